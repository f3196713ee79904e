import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
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
  });
});
