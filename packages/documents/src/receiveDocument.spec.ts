import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { mostUploadBytes } from '@umuhuza/contracts/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileStore } from './fileStore.ts';
import { receiveDocument } from './receiveDocument.ts';
import { safeName } from './safeName.ts';

const memory = () => {
  const kept = new Map<string, Buffer>();
  const files: FileStore = {
    put: async (id, content) => void kept.set(id, await buffer(content)),
    get: async (id) => (kept.has(id) ? Readable.from([kept.get(id)]) : undefined),
    delete: async (id) => void kept.delete(id),
  };
  return { files, kept };
};
const received = async (name: string, content: Buffer | string) => {
  const { files, kept } = memory();
  const document = await receiveDocument(files, { id: 'd', name, content: Readable.from([Buffer.from(content)]) });
  return { document, kept: kept.size };
};
const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const olderOffice = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);

describe('a document', () => {
  it('is what its content shows, not what its name says', async () => {
    expect(await received('offer.exe', pdf)).toMatchObject({
      document: {
        name: 'offer.exe.pdf',
        type: 'application/pdf',
        size: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('base64url'),
      },
    });
    expect(await received('logo.pdf', png)).toMatchObject({ document: { name: 'logo.pdf.png', type: 'image/png' } });
    // As a phone takes it.
    for (const [brand, type, extension] of [
      ['heic', 'image/heic', 'heic'],
      ['mif1', 'image/heif', 'heif'],
      ['hevc', 'image/heic-sequence', 'heic'],
      ['msf1', 'image/heif-sequence', 'heif'],
    ]) {
      const photo = Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`)]);
      expect(await received('site.jpg', photo)).toMatchObject({ document: { name: `site.jpg.${extension}`, type } });
    }
    expect(await received('plan.doc', olderOffice)).toMatchObject({ document: { name: 'plan.doc', type: 'application/msword' } });
    expect(await received('prices.csv', 'lot;price\nbuild;5\n')).toMatchObject({ document: { type: 'text/csv' } });
    expect(await received('page.html', '<script>alert(1)</script>')).toMatchObject({
      document: { name: 'page.html.txt', type: 'text/plain' },
    });
  });
  it('of a kind that is not taken, or empty, is not kept', async () => {
    for (const [name, content] of [
      ['run.exe', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
      ['run.pdf', Buffer.from('7f454c46020101000000000000000000', 'hex')],
      ['setup.msi', olderOffice],
      ['more.zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
      ['noise.txt', Buffer.from([1, 2, 3, 250, 251])],
    ] as const)
      expect(await received(name, content), name).toEqual({ document: 'document-type-not-taken', kept: 0 });
    expect(await received('empty.txt', '')).toEqual({ document: 'document-empty', kept: 0 });
  });
  it('may have twenty megabytes, and not a byte more', async () => {
    const whole = Buffer.alloc(mostUploadBytes, 'a');
    expect(await received('a.txt', whole)).toMatchObject({ document: { size: mostUploadBytes }, kept: 1 });
    expect(await received('a.txt', Buffer.concat([whole, Buffer.from('b')]))).toEqual({
      document: 'document-too-large',
      kept: 0,
    });
  });
  it('that breaks off on its way leaves nothing', async () => {
    const { files, kept } = memory();
    const content = new Readable({
      read() {
        this.push(pdf);
        this.destroy(new Error('the line is dead'));
      },
    });
    await expect(receiveDocument(files, { id: 'd', name: 'a.pdf', content })).rejects.toThrow();
    expect(kept.size).toBe(0);
  });
});

describe('a file’s name', () => {
  it('is one that any system can save, and shows what it is', () => {
    expect(safeName('../../etc/passwd', 'txt')).toBe('passwd.txt');
    expect(safeName('C:\\Angebote\\Angebot für Kigali.PDF', 'pdf')).toBe('Angebot für Kigali.pdf');
    expect(safeName('a\u202Efdp.exe', 'pdf')).toBe('afdp.exe.pdf');
    expect(safeName('CON.pdf', 'pdf')).toBe('document-CON.pdf');
    expect(safeName('...', 'pdf')).toBe('document.pdf');
    expect(safeName('.htaccess', 'txt')).toBe('htaccess.txt');
  });
  it('is safe whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeName(given, 'pdf');
        expect(name).toMatch(/^[^/\\<>:"|?*\p{C}]+\.pdf$/u);
        expect(name.startsWith('.')).toBe(false);
        expect([...name].length).toBeLessThanOrEqual(133);
      }),
    );
  });
});
