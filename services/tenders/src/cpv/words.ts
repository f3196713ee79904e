/** A word in the forms people write it: with its umlauts as two letters, and without any marks. */
export type Word = readonly string[];

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

const formsOf = (word: string): Word => {
  const spelled = word.replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter);
  return [...new Set([spelled, word.replaceAll('ß', 'ss')].map(withoutMarks))];
};

const withoutMarks = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');

/** The words of a text in small letters; a compound with hyphens gives its parts and itself: Software-Entwicklung is three words. */
export const wordsOf = (text: string): Word[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .flatMap((word) => {
      const parts = word.split('-').filter((part) => part !== '');
      return parts.length > 1 ? [...parts, parts.join('')] : parts;
    })
    .map(formsOf);
