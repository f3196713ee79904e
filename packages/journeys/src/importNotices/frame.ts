/**
 * A release, a record or whatever stands in its place, as text; or how long it was, when that was more than is read. `beside`: the name of what a
 * package says beside its releases.
 */
export type Framed = { readonly text: string } | { readonly tooLong: number } | { readonly beside: string };

export type Framer = {
  readonly push: (chunk: string) => Framed[];
  /** What was begun and not finished when the text ended. */
  readonly end: () => Framed[];
};

/** What is being cut out: its parts so far, how long they are, and how many brackets are open. */
type Cut = {
  parts: string[];
  length: number;
  depth: number;
  readonly mayBePackage: boolean;
  hasOcid: boolean;
  /** Of its first fields: what a package says beside its releases, should it be one. */
  readonly names: string[];
};

const listsOfPackages: ReadonlySet<string> = new Set(['releases', 'records']);
/** They say of a package where and when it was made. */
const ofPackage: ReadonlySet<string> = new Set([...listsOfPackages, 'uri', 'version', 'publishedDate']);
const longestName = 100;
const mostNames = 50;
const [quote, backslash, comma, colon, newline] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a];
const isOpening = (code: number) => code === 0x7b || code === 0x5b;
const isClosing = (code: number) => code === 0x7d || code === 0x5d;
const isBlank = (code: number) => code === 0x20 || code === newline || code === 0x0d || code === 0x09;
const closeSquare = 0x5d;
const openSquare = 0x5b;
const openCurly = 0x7b;

/**
 * Cuts a stream of JSON text into releases without reading it as JSON: a package, a list of packages or releases, or one value after the
 * other. Only brackets, commas and texts are looked at, so a release that is no JSON ends where its brackets end, and the next one is
 * whole again; never more than one is kept, and none that is longer than `longest` characters.
 */
export const framer = (longest: number): Framer => {
  /** From the outside in: a list at the top, a package, the list in a package. */
  const within: ('list' | 'package' | 'elements')[] = [];
  let packageDepth = 0;
  let cut: Cut | undefined;
  let inText = false;
  let isEscaped = false;
  /** The beginning of the last text, and the name it is once a colon followed. */
  let word = '';
  let name: string | undefined;

  /** Whether names are of interest here: at the level of what may be, or is, a package. */
  const isWatching = () => (cut ? cut.mayBePackage && cut.depth === 1 : within.at(-1) === 'package' && packageDepth === 1);

  const keep = (part: string) => {
    if (!cut) return;
    cut.length += part.length;
    if (cut.length > longest) cut.parts = [];
    else cut.parts.push(part);
  };
  const finish = (): Framed[] => {
    if (!cut) return [];
    const { parts, length } = cut;
    cut = undefined;
    const text = parts.join('');
    return length > longest ? [{ tooLong: length }] : text.trim() === '' ? [] : [{ text }];
  };
  const begin = (code: number) => {
    name = undefined;
    const mayBePackage = code === openCurly && within.at(-1) !== 'elements';
    cut = { parts: [], length: 0, depth: 0, mayBePackage, hasOcid: false, names: [] };
  };
  /** What was thought to be a release is a package: its list begins here. */
  const openPackage = (): Framed[] => {
    const names = cut?.names ?? [];
    if (cut) {
      within.push('package');
      packageDepth = 1;
      cut = undefined;
    }
    within.push('elements');
    name = undefined;
    return names.flatMap(besideOf);
  };
  const besideOf = (named: string): Framed[] => (ofPackage.has(named) ? [] : [{ beside: named }]);

  const push = (chunk: string): Framed[] => {
    const found: Framed[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (code === backslash) isEscaped = true;
        else if (code === quote) inText = false;
        else if (word.length < longestName) word += chunk[at];
        continue;
      }
      if (!cut && within.at(-1) !== 'package') {
        if (isBlank(code) || code === comma) continue;
        if (within.length === 0 && code === openSquare) {
          within.push('list');
          continue;
        }
        if (within.length > 0 && code === closeSquare) {
          within.pop();
          continue;
        }
        begin(code);
        from = at;
      }
      if (code === quote) {
        inText = true;
        word = '';
        continue;
      }
      if (code === colon && isWatching()) {
        name = word;
        if (cut && word === 'ocid') cut.hasOcid = true;
        if (!cut) found.push(...besideOf(word));
        else if (cut.names.length < mostNames) cut.names.push(word);
      } else if (code === comma && isWatching()) name = undefined;
      else if (code === openSquare && isWatching() && !cut?.hasOcid && listsOfPackages.has(name ?? '')) {
        found.push(...openPackage());
        continue;
      }

      if (!cut) {
        packageDepth += isOpening(code) ? 1 : isClosing(code) ? -1 : 0;
        if (packageDepth === 0) within.pop();
      } else if (isOpening(code)) cut.depth += 1;
      else if (cut.depth > 0) {
        if (isClosing(code)) cut.depth -= 1;
        if (cut.depth === 0) {
          keep(chunk.slice(from, at + 1));
          found.push(...finish());
        }
      } else if (code === comma || isClosing(code) || (within.length === 0 && code === newline)) {
        // A value without brackets ends where something else begins; what ends it is looked at again, unless it closes nothing.
        keep(chunk.slice(from, at));
        found.push(...finish());
        if (code === closeSquare && within.length > 0) within.pop();
      }
    }
    keep(chunk.slice(from));
    return found;
  };
  return { push, end: finish };
};
