import { readFile } from 'node:fs/promises';
import { type CpvEntry, type CpvVocabulary, vocabularyOf } from './cpv/vocabulary.ts';

/** Where the codes lie; `data/cpv/README.md` says where they are from. */
const file = new URL('../data/cpv/cpv2008.tsv', import.meta.url);

/** The official codes and titles of the divisions 48, 72, 73, 79 and 80. */
export const openCpvVocabulary = async (): Promise<CpvVocabulary> =>
  vocabularyOf((await readFile(file, 'utf8')).trimEnd().split('\n').map(readLine));

const readLine = (line: string): CpvEntry => {
  const [, code, checkDigit, en, de] = /^(\d{8})-(\d)\t([^\t]+)\t([^\t]+)$/.exec(line) ?? [];
  if (!code || !en || !de) throw new Error(`${file.pathname} has a line that is no CPV code with two titles: ${line}`);
  return { code, checkDigit: Number(checkDigit), titles: { en, de } };
};
