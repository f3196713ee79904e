import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import type { Told } from '../told.ts';
import type { Say, TextCatalogue, Written } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { sayFor } from './say.ts';

/** A language is one file and one line here. */
export const catalogues: Readonly<Record<PersonLanguage, TextCatalogue>> = { en, de };

const says = new Map<string, Say>();
/** Formats are dear to make and few: a language and a zone each. */
const sayOf = (locale: string, timeZone: string): Say => {
  const key = `${locale} ${timeZone}`;
  const say = says.get(key) ?? sayFor(locale, timeZone);
  says.set(key, say);
  return say;
};

/** What a notification says in words. */
export const write = (told: Told, language: PersonLanguage, timeZone: string): Written => {
  const catalogue = catalogues[language];
  const { subject, body } = writeOf(catalogue, told, sayOf(catalogue.locale, timeZone));
  return { subject: subject.replace(/\s+/g, ' ').trim(), body };
};

const writeOf = <K extends NotificationKind>(catalogue: TextCatalogue, told: Told<K>, say: Say): Written => {
  const { kind, data, other } = told as Told<K> & { readonly kind: K };
  return catalogue.told[kind](data, other?.name ?? '', say);
};
