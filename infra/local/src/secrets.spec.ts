import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeSecrets, openSecrets } from './secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the secrets of a data directory', () => {
  it('are all different and long', async () => {
    const { nats, sealingKeys, postKeys, ...others } = await openSecrets(folder, ['tenders', 'operator']);
    const all = [nats, sealingKeys, postKeys, others].flatMap((some) => Object.values(some));
    expect(new Set(all).size).toBe(7);
    expect(Math.min(...all.map((one) => one.length))).toBeGreaterThanOrEqual(43);
  });

  it('gain a password for a new service and keep the others', () => {
    const before = completeSecrets({}, ['tenders'], () => 'old');
    expect(completeSecrets(before, ['tenders', 'sandbox'], () => 'new')).toEqual({
      ...before,
      nats: { tenders: 'old', sandbox: 'new' },
    });
  });

  it('are never silently made anew over a damaged file', async () => {
    const path = join(folder, 'secrets.json');
    for (const damaged of ['', '{"authSecret": "short"}', '{"nats":']) {
      await writeFile(path, damaged);
      await expect(openSecrets(folder, ['tenders'])).rejects.toThrow(/damaged.*backup/);
      expect(await readFile(path, 'utf8')).toBe(damaged);
    }
  });

  it('have sealing keys in the order they were added; ids that JSON would put in another order are refused', async () => {
    const path = join(folder, 'secrets.json');
    const [one, two] = ['1', '2'].map((n) => n.repeat(43));
    await writeFile(path, JSON.stringify({ sealingKeys: { k2: one, k1: two } }));
    expect(Object.keys((await openSecrets(folder, [])).sealingKeys)).toEqual(['k2', 'k1']);
    for (const named of ['sealingKeys', 'postKeys']) {
      await writeFile(path, JSON.stringify({ [named]: { k1: one, 2: two } }));
      await expect(openSecrets(folder, [])).rejects.toThrow(/a key 2.*like k2/);
    }
  });
});
