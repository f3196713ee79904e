import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { describe, expect, it } from 'vitest';
import { sealing, unsealing } from './sealStream.ts';

describe('a sealed file', () => {
  const key = newKey();
  const about = ['document', 't1', 'd1'];
  const sealed = (content: Buffer) => buffer(Readable.from([content]).pipe(sealing(key, about)));
  const opened = (content: Buffer, size: number) => {
    const through = unsealing(key, about, size);
    return buffer(Readable.from([content]).pipe(through));
  };

  it('comes back as it was, of whatever size', async () => {
    for (const size of [1, 65_535, 65_536, 65_537, 200_000]) {
      const content = Buffer.alloc(size, 'content');
      const stored = await sealed(content);
      expect(stored.length % (65_536 + 28)).toBe(0);
      expect(stored.includes('content')).toBe(false);
      expect((await opened(stored, size)).equals(content)).toBe(true);
    }
  });
  it('that was cut short, put in another order or changed is found out', async () => {
    const size = 200_000;
    const stored = await sealed(Buffer.alloc(size, 'content'));
    const length = 65_536 + 28;
    const part = (n: number) => stored.subarray(n * length, (n + 1) * length);
    for (const forged of [
      stored.subarray(0, -1),
      stored.subarray(0, 3 * length),
      Buffer.concat([part(1), part(0), part(2), part(3)]),
      Buffer.concat([stored, part(3)]),
      Buffer.concat([stored.subarray(0, 100), Buffer.from([(stored[100] ?? 0) ^ 1]), stored.subarray(101)]),
    ])
      await expect(opened(forged, size)).rejects.toThrow();
  });
});
