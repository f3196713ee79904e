import { above, branchOf, covers } from './tree.ts';
import { type Word, wordsOf } from './words.ts';

export type CpvEntry = {
  /** Eight digits. */
  readonly code: string;
  readonly checkDigit: number;
  readonly titles: { readonly en: string; readonly de: string };
};
export type CpvPlace = CpvEntry & {
  /** From its division down. */
  readonly parents: readonly CpvEntry[];
  /** Those directly below. */
  readonly children: readonly CpvEntry[];
};

/** The codes and titles of the vocabulary, as far as the platform knows them. */
export type CpvVocabulary = {
  readonly find: (code: string) => CpvPlace | undefined;
  readonly named: (code: string) => CpvEntry | undefined;
  /** By code or its first digits, else by words of either language, the best first. */
  readonly search: (query: string, limit: number) => readonly CpvEntry[];
  /** The codes without a parent. */
  readonly divisions: readonly CpvEntry[];
};

/** Says nothing of what is sought. */
const fillers = new Set(
  'a an and for in of or on other the to with auf der die das den des fuer im in mit oder und von zum zur'.split(' '),
);
/** What joins the parts of a German compound. */
const joints = ['', 's', 'es', 'n', 'en', 'e'];
/** Shorter pieces are found inside too many words to mean anything. */
const shortestPart = 3;

/** What a word of the query is worth where it stands: as itself, as the beginning of a word, with another ending, or inside a compound. */
const worth = { same: 8, beginning: 6, ending: 5, inside: 3 } as const;
/** What it is worth that the words stand side by side as they are asked. */
const sideBySide = 2;
type Searched = { readonly entry: CpvEntry; readonly words: readonly string[]; readonly phrases: string };

export const vocabularyOf = (entries: readonly CpvEntry[]): CpvVocabulary => {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const searched: Searched[] = entries.map((entry) => {
    const titles = [entry.titles.en, entry.titles.de].map(wordsOf);
    return { entry, words: [...new Set(titles.flat(2))], phrases: titles.map(phraseOf).join('|') };
  });
  const known = new Set(searched.flatMap(({ words }) => words).filter((word) => word.length >= shortestPart));
  const parentOf = (code: string): string | undefined => above(code).find((one) => byCode.has(one));

  const withWords = (query: string): readonly CpvEntry[] => {
    const asked = wordsOf(query);
    const telling = asked.filter((word) => !word.some((form) => fillers.has(form)));
    const sought = (telling.length > 0 ? telling : asked).map((word) => [word, ...partsOf(word, known)]);
    const phrase = phraseOf(asked);
    const found = searched.flatMap(({ entry, words, phrases }) => {
      const worths = sought.map((readings) => Math.max(...readings.map((reading) => worthOf(reading, words))));
      const said = worths.filter((one) => one > 0).length;
      if (said === 0) return [];
      const sum = worths.reduce((total, one) => total + one, phrases.includes(phrase) ? sideBySide : 0);
      return [{ entry, said, worth: sum, length: words.length }];
    });
    const most = Math.max(...found.map(({ said }) => said));
    return found
      .filter(({ said }) => said === most)
      .sort((a, b) => b.worth - a.worth || a.length - b.length || (a.entry.code < b.entry.code ? -1 : 1))
      .map(({ entry }) => entry);
  };

  return {
    divisions: entries.filter(({ code }) => parentOf(code) === undefined),
    named: (code) => byCode.get(code),
    find: (code) => {
      const entry = byCode.get(code);
      if (!entry) return undefined;
      const isBelow = (one: CpvEntry) => one.code !== code && covers(code, one.code) && parentOf(one.code) === code;
      return {
        ...entry,
        parents: above(code)
          .flatMap((one) => byCode.get(one) ?? [])
          .reverse(),
        children: entries.filter(isBelow),
      };
    },
    search: (query, limit) => {
      const digits = /^\s*(\d{1,8})(?:-\d)?\s*$/.exec(query)?.[1];
      if (digits === undefined) return withWords(query).slice(0, limit);
      const beginning = digits.length === 8 ? branchOf(digits) : digits;
      return entries.filter(({ code }) => code.startsWith(beginning)).slice(0, limit);
    },
  };
};

const phraseOf = (words: readonly Word[]): string => ` ${words.map(([form]) => form).join(' ')} `;

/** How well a reading of a word is said by a title; one in several parts only when all of them are. */
const worthOf = (reading: Word | readonly Word[], words: readonly string[]): number => {
  const parts = reading.every((part) => typeof part === 'string') ? [reading as Word] : (reading as readonly Word[]);
  const worths = parts.map((forms) => Math.max(...forms.flatMap((form) => words.map((word) => nearness(form, word)))));
  if (worths.some((one) => one === 0)) return 0;
  const least = Math.min(...worths);
  return parts.length === 1 ? least : Math.min(least, worth.ending);
};

const nearness = (sought: string, word: string): number => {
  if (word === sought) return worth.same;
  if (word.startsWith(sought)) return worth.beginning;
  if (word.length > shortestPart && sought.startsWith(word) && sought.length - word.length <= 2) return worth.ending;
  return sought.length >= shortestPart && word.includes(sought) ? worth.inside : 0;
};

/** A compound as words the vocabulary knows: Softwareentwicklung as Software and Entwicklung. Empty when it is none. */
const partsOf = (word: Word, known: ReadonlySet<string>): (readonly Word[])[] =>
  word.flatMap((form) => {
    const parts = split(form, known);
    return parts ? [parts.map((part) => [part])] : [];
  });

const split = (word: string, known: ReadonlySet<string>): string[] | undefined => {
  // What each beginning of the word can be split into; the fewest parts win.
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++)
    for (let start = 0; start <= end - shortestPart; start++) {
      const before = best[start];
      if (!before || end - start === word.length) continue;
      const piece = word.slice(start, end);
      const part = joints
        .filter((joint) => piece.endsWith(joint) && (joint === '' || end < word.length))
        .map((joint) => piece.slice(0, piece.length - joint.length))
        .find((one) => known.has(one));
      const present = best[end];
      if (part !== undefined && (!present || before.length + 1 < present.length)) best[end] = [...before, part];
    }
  return best[word.length];
};
