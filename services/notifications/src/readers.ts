import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { Directory } from './directory.ts';
import { type PersonPreferences, type PreferencesBook, wishesOf } from './preferencesBook.ts';

/** How a person is written to. */
export type Reader = { readonly language: PersonLanguage; readonly timeZone: string };

/** Where neither the person nor the account says anything: somebody without an organisation. */
const unsaid: Reader = { language: 'en', timeZone: 'Europe/Berlin' };

export type ReaderDeps = { readonly preferences: PreferencesBook; readonly directory: Directory };

/** What was chosen here counts before what the account says. */
export const readerOf = async (
  { preferences, directory }: ReaderDeps,
  person: string,
  chosen?: PersonPreferences,
): Promise<Reader> => {
  const { language, timeZone } = chosen ?? (await wishesOf(preferences, person));
  if (language !== null && timeZone !== null) return { language, timeZone };
  return (await directory.person(person)) ?? unsaid;
};
