import type { Language } from './texts/language.ts';
import { localeOf } from './times.ts';

/** What a language is called in the language of the page; its code where it is called nothing there. */
export const nameOfLanguage = (code: string, inLanguage: Language): string =>
  new Intl.DisplayNames(localeOf(inLanguage), { type: 'language' }).of(code) ?? code;

/** A currency with its name: EUR – Euro. */
const nameOfCurrency = (code: string, inLanguage: Language): string =>
  `${code} – ${new Intl.DisplayNames(localeOf(inLanguage), { type: 'currency' }).of(code) ?? code}`;

const offered = ['EUR', 'RWF', 'USD', 'GBP', 'CHF', 'KES'];

/** The currencies to choose from; one that is there already stays among them. */
export const currenciesWith = (present: string | undefined, inLanguage: Language) =>
  [...new Set(present === undefined ? offered : [...offered, present])].map((code) => ({
    value: code,
    label: nameOfCurrency(code, inLanguage),
  }));
