import { wordsOf } from './cpv/words.ts';

/** How many words of a tender are kept for searching: those of its title, then the first of its description. */
const mostWords = 120;
/** More text than so many words have; it is read anew at each change of a tender. */
const mostText = 3_000;
/** Endings that English and German put to a word that is searched for without them. */
const ending = /(?:es|en|er|s|n|e)$/;
const shortestStem = 4;

/** The word without its endings: Schulungen and Schulung, services and service are one. */
const stemOf = (word: string): string => {
  const stem = word.replace(ending, '');
  return stem === word || stem.length < shortestStem ? word : stemOf(stem);
};

/** The words by which a tender is found, each in the forms people type it. */
export const searchWordsOf = ({ title, description }: { readonly title: string; readonly description: string }): string[] => {
  const words = new Set<string>();
  for (const forms of wordsOf(`${title} ${description}`.slice(0, mostText))) {
    if (words.size + forms.length > mostWords) break;
    for (const form of forms) words.add(stemOf(form));
  }
  return [...words];
};

/** What is asked for: every one of these words must be there. */
export const askedWordsOf = (query: string): string[] => [...new Set(wordsOf(query).map(([form = '']) => stemOf(form)))];
