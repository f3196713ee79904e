import { createHash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { mostUploadBytes } from '@umuhuza/contracts/api';
import type { Document } from '@umuhuza/contracts/documents';
import type { FileStore } from './fileStore.ts';
import { kindOf, typeIn } from './kinds.ts';
import { readsAsText } from './readsAsText.ts';
import { extensionOf, safeName } from './safeName.ts';

export type NotTaken = 'document-type-not-taken' | 'document-too-large' | 'document-empty';

class TooLarge extends Error {}

/** What may come: how many bytes, and types besides those that every document may have, with their extension. */
export type Taken = { readonly mostBytes: number; readonly more: Readonly<Record<string, string>> };
const everyDocument: Taken = { mostBytes: mostUploadBytes, more: {} };

export type Upload = {
  readonly id: string;
  /** As the client calls it. */
  readonly name: string;
  readonly content: Readable;
  /** What is done to the bytes before they are stored. */
  readonly through?: Transform;
  readonly taken?: Taken;
};

/** Stores an upload while it comes in, and finds out what it is. What is not taken is not kept. */
export const receiveDocument = async (
  files: FileStore,
  { id, name, content, through, taken: { mostBytes, more } = everyDocument }: Upload,
): Promise<Document | NotTaken> => {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const looked = new PassThrough({ highWaterMark: mostBytes + 1 });
  let size = 0;
  let isText = true;
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > mostBytes) return done(new TooLarge());
      hash.update(chunk);
      isText &&= readsAsText(utf8, chunk, true);
      if (looked.writable) looked.write(chunk);
      done(null, chunk);
    },
    flush(done) {
      isText &&= readsAsText(utf8, new Uint8Array(), false);
      looked.end();
      done();
    },
  });
  // A failure of the content ends the whole chain; `put` sees it and leaves nothing behind.
  const last = through ?? tap;
  content.once('error', (error) => tap.destroy(error));
  content.once('close', () => {
    if (!content.readableEnded) tap.destroy(new Error('the upload was broken off'));
  });
  tap.once('error', (error) => {
    looked.destroy();
    if (through) through.destroy(error);
  });
  content.pipe(tap);
  if (through) tap.pipe(through);

  const type = typeIn(Readable.toWeb(looked) as ReadableStream<Uint8Array>).catch((): 'broken' => 'broken');
  try {
    await files.put(id, last);
  } catch (error) {
    if (error instanceof TooLarge) return 'document-too-large';
    throw error;
  } finally {
    looked.end();
  }
  const found = await type;
  const kind = found === 'broken' ? undefined : kindOf(found, extensionOf(name), isText, more);
  if (size > 0 && kind)
    return { id, name: safeName(name, kind.extension), type: kind.type, size, sha256: hash.digest('base64url') };
  await files.delete(id);
  return size === 0 ? 'document-empty' : 'document-type-not-taken';
};
