import { Readable } from 'node:stream';
import { type Kind, kindOf, typeIn } from './kinds.ts';
import { readsAsText } from './readsAsText.ts';
import { extensionOf } from './safeName.ts';

/** What a whole content is, by what it shows; undefined where it is not taken. `more` are types that are taken here besides, with their extension. */
export const identify = async (
  content: Buffer,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Kind | undefined> => {
  const found = await typeIn(Readable.toWeb(Readable.from([content])) as ReadableStream<Uint8Array>).catch(
    (): 'broken' => 'broken',
  );
  if (found === 'broken') return undefined;
  const extension = found === undefined ? undefined : more[found];
  if (found !== undefined && extension !== undefined) return { type: found, extension };
  return kindOf(found, extensionOf(name), readsAsText(new TextDecoder('utf-8', { fatal: true }), content, false));
};
