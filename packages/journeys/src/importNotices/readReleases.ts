import { decoded } from './decode.ts';
import { type Framed, framer } from './frame.ts';

/** A release as it stands in the file, or why it cannot be read. `beside`: the name of what a package says beside its releases, each told once. */
export type Read =
  | { readonly release: unknown; readonly length: number }
  | { readonly unreadable: string }
  | { readonly beside: string };

/**
 * The releases in a file, one at a time: of a release or record package, of a list of packages or releases, or of one to a line. What
 * cannot be read is said in its place. No more than one release is held at once.
 */
export async function* readReleases(bytes: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Read> {
  const told = new Set<string>();
  for await (const framed of frames(decoded(bytes), longest)) {
    if (!('beside' in framed)) yield read(framed, longest);
    else if (told.size < mostBeside && !told.has(framed.beside)) {
      told.add(framed.beside);
      yield framed;
    }
  }
}
const mostBeside = 200;

const read = (framed: Exclude<Framed, { readonly beside: string }>, longest: number): Read => {
  if ('tooLong' in framed) return { unreadable: `It has ${framed.tooLong} characters; no more than ${longest} are read.` };
  try {
    return { release: JSON.parse(framed.text) as unknown, length: framed.text.length };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { unreadable: `It is not JSON: ${error.message}` };
  }
};

async function* frames(chunks: AsyncIterable<string>, longest: number): AsyncGenerator<Framed> {
  let beginning = '';
  let cutter: ReturnType<typeof framer> | undefined;
  for await (const chunk of chunks) {
    if (cutter) {
      yield* cutter.push(chunk);
      continue;
    }
    // Looked at again only where there may be another line: a package often stands in one, and comes in many pieces.
    const mayTell = beginning === '' || chunk.includes('\n');
    beginning += chunk;
    const byLines = mayTell ? isOneToALine(beginning) : undefined;
    if (byLines === undefined && beginning.length <= longest) continue;
    cutter = byLines ? lineCutter(longest) : framer(longest);
    yield* cutter.push(beginning);
    beginning = '';
  }
  cutter ??= framer(longest);
  yield* cutter.push(beginning);
  yield* cutter.end();
}

/** Whether each line is a value of its own; undefined while the beginning does not tell. */
const isOneToALine = (beginning: string): boolean | undefined => {
  const [first = '', ...others] = beginning.split('\n').filter((line) => line.trim() !== '');
  const [second] = others;
  if (first !== '' && !first.trimStart().startsWith('{')) return false;
  if (second === undefined) return undefined;
  return first.trimEnd().endsWith('}') && second.trimStart().startsWith('{');
};

/** Cuts line by line, so that a line which breaks off takes no other with it. */
const lineCutter = (longest: number): ReturnType<typeof framer> => {
  let line = framer(longest);
  const endLine = () => {
    const ended = line.end();
    line = framer(longest);
    return ended;
  };
  return {
    push: (chunk) => {
      const [first = '', ...others] = chunk.split('\n');
      return [...line.push(first), ...others.flatMap((one) => [...endLine(), ...line.push(one)])];
    },
    end: endLine,
  };
};
