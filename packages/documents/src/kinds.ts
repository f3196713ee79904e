import { fileTypeFromStream } from 'file-type';

/** What is taken, by what its content shows: the type it is served with, and the extension it gets. */
const kinds: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/rtf': 'rtf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'image/heic': 'heic',
  'image/heif': 'heif',
  // Pictures in a row and with movement; phones call them as they call single ones.
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heif',
};
/** Older Office files share one container, which other programs use too: their name decides among them. */
const olderOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};
/** Text has no mark of its own. */
const texts: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv', md: 'text/markdown' };

export type Kind = { readonly type: string; readonly extension: string };

/**
 * The kind that a content shows; undefined for what is not taken. `isText`: it is valid UTF-8 without control characters. `more` are types that
 * are taken besides, with their extension.
 */
export const kindOf = (
  found: string | undefined,
  extension: string,
  isText: boolean,
  more: Readonly<Record<string, string>> = {},
): Kind | undefined => {
  const besides = found === undefined ? undefined : more[found];
  if (found !== undefined && besides !== undefined) return { type: found, extension: besides };
  if (found === 'application/x-cfb') {
    const type = olderOffice[extension];
    return type === undefined ? undefined : { type, extension };
  }
  if (found !== undefined) {
    const known = kinds[found];
    return known === undefined ? undefined : { type: found, extension: known === 'jpg' && extension === 'jpeg' ? 'jpeg' : known };
  }
  if (!isText) return undefined;
  return { type: texts[extension] ?? 'text/plain', extension: extension in texts ? extension : 'txt' };
};

/** The type that a content shows by its first bytes, and for containers by what they hold. Reads no more than it needs. */
export const typeIn = async (content: ReadableStream<Uint8Array>): Promise<string | undefined> =>
  (await fileTypeFromStream(content as never))?.mime;
