import { rowsOf, type TermRow, type TermWords } from './termRows.ts';

/** A part of a term as it was and as it became; without `before` it is new, without `after` it is gone. */
export type TermDifference = { readonly before?: string; readonly after?: string };

/** What differs between two versions of a term, in words: only the parts that do, and of long texts the surroundings of the change. */
export const differencesOf = (term: string, from: unknown, to: unknown, words: TermWords): readonly TermDifference[] => {
  const [before, after] = [withKeys(rowsOf(term, from, words)), withKeys(rowsOf(term, to, words))];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly TermDifference[] => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was === is) return [];
    if (was === undefined) return is === undefined ? [] : [{ after: is }];
    if (is === undefined) return [{ before: was }];
    const [shownBefore, shownAfter] = aroundTheChange(was, is);
    return [{ before: shownBefore, after: shownAfter }];
  });
};

/** Rows of the same key are told apart by their place. */
const withKeys = (rows: readonly TermRow[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { key, text } of rows) {
    let free = key;
    for (let place = 2; found.has(free); place++) free = `${key} ${place}`;
    found.set(free, text);
  }
  return found;
};

/** Characters up to which a text is shown whole, and how many of a longer one stand around what changed. */
const whole = 300;
const around = 80;
const mostOfChange = 600;

/** Two versions of a text, cut to what differs with some of what stands around it. */
export const aroundTheChange = (from: string, to: string): readonly [string, string] => {
  if (from.length <= whole && to.length <= whole) return [from, to];
  const shorter = Math.min(from.length, to.length);
  let same = 0;
  while (same < shorter && from[same] === to[same]) same++;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && from.at(-1 - sameAtEnd) === to.at(-1 - sameAtEnd)) sameAtEnd++;
  const begin = wordBoundary(from, Math.max(0, same - around));
  const cut = (text: string): string => {
    const end = Math.min(text.length, text.length - sameAtEnd + around);
    const bounded = Math.min(end, begin + mostOfChange);
    return `${begin > 0 ? '… ' : ''}${text.slice(begin, bounded).trim()}${bounded < text.length ? ' …' : ''}`;
  };
  return [cut(from), cut(to)];
};

/** The beginning of the word at a place, unless that is far away. */
const wordBoundary = (text: string, place: number): number => {
  const space = text.lastIndexOf(' ', place);
  return place === 0 || space < place - 40 ? place : space + 1;
};
