import { isUtf8 } from 'node:buffer';

/** What a file's first bytes say of its encoding; what is no UTF-8 and has no mark is taken for what Windows and Latin 1 share. */
const encodingOf = (first: Uint8Array): string => {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  // JSON begins with a character of ASCII, so a zero beside it is the other half of it.
  if (first.length > 1 && first[0] === 0) return 'utf-16be';
  if (first.length > 1 && first[1] === 0) return 'utf-16le';
  // A character may be cut at the end of the piece.
  return [0, 1, 2, 3].some((cut) => isUtf8(first.subarray(0, first.length - cut))) ? 'utf-8' : 'windows-1252';
};

/** Bytes as text, whatever their encoding; a mark at the beginning is left out, bytes that are no character become U+FFFD. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece));
    yield decoder.decode(piece, { stream: true });
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}
