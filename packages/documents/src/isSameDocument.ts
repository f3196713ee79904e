import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import { extensionOf, safeName } from './safeName.ts';

/**
 * Whether an upload is the document that came under its key before, by its name and its bytes. It is read to its end, so that its sender hears
 * the answer, and nothing of it is stored.
 */
export const isSameDocument = async (
  { name, content }: { readonly name: string; readonly content: Readable },
  there: Document,
): Promise<boolean> => {
  const hash = createHash('sha256');
  for await (const part of content as AsyncIterable<Buffer>) hash.update(part);
  return hash.digest('base64url') === there.sha256 && safeName(name, extensionOf(there.name)) === there.name;
};
