import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { mostUploadBytes } from '@umuhuza/contracts/api';
import { describe, expect, it } from 'vitest';
import { isSameDocument } from './isSameDocument.ts';

const bytes = Buffer.from('What was sent.');
const sha256 = createHash('sha256').update(bytes).digest('base64url');
const there = { id: 'd1', name: 'offer.txt', type: 'text/plain', size: bytes.length, sha256 };
const upload = (name: string, content: Buffer) => ({
  name,
  content: Readable.from([content.subarray(0, 5), content.subarray(5)]),
});

describe('an upload is the document of before', () => {
  it('when name and bytes are', async () => {
    expect(await isSameDocument(upload('offer.txt', bytes), there)).toBe(true);
    expect(await isSameDocument(upload('../offer.TXT', bytes), there)).toBe(true);
  });
  it('not with other bytes, nor under another name', async () => {
    expect(await isSameDocument(upload('offer.txt', Buffer.from('What was said.')), there)).toBe(false);
    expect(await isSameDocument(upload('another.txt', bytes), there)).toBe(false);
    expect(await isSameDocument(upload('offer.txt', Buffer.alloc(0)), there)).toBe(false);
    expect(await isSameDocument(upload('offer.txt', Buffer.concat([bytes, Buffer.alloc(1)])), there)).toBe(false);
  });
  it('not when it does not end: it is left, its line open, once it is longer than any document may be', async () => {
    const part = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += part.length;
        // So that a reader without an end fails here instead of never coming back.
        this.push(sent < 10 * mostUploadBytes ? part : null);
      },
    });
    expect(await isSameDocument({ name: 'offer.txt', content: endless }, there)).toBe(false);
    expect(sent).toBeLessThan(mostUploadBytes + 3 * part.length);
    expect(endless.destroyed).toBe(false);
    endless.destroy();
  });
});
