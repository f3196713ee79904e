import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { mostUploadBytes } from '@umuhuza/contracts/api';
import type { Document } from '@umuhuza/contracts/documents';
import { extensionOf, safeName } from './safeName.ts';

/**
 * Whether an upload is the document that came under its key before, by its name and its bytes. It is read to its end, so that its sender hears
 * the answer, or until it is longer than any document may be; nothing of it is stored.
 */
export const isSameDocument = async (
  { name, content }: { readonly name: string; readonly content: Readable },
  there: Document,
): Promise<boolean> => {
  const hash = createHash('sha256');
  let size = 0;
  // Left as it is at an early return: what destroys a request takes the line along on which its answer goes.
  for await (const part of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostUploadBytes) return false;
    if (size <= there.size) hash.update(part);
  }
  return (
    size === there.size && hash.digest('base64url') === there.sha256 && safeName(name, extensionOf(there.name)) === there.name
  );
};
