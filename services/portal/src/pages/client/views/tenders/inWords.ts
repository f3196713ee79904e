import { localeOf } from '../../times.ts';

/** A language's name in the language of the page; its code where the browser knows no name. */
export const inWords = (code: string, language: 'en' | 'de'): string =>
  new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(code) ?? code;

/** A currency with its name: EUR – Euro. */
export const currencyInWords = (code: string, language: 'en' | 'de'): string =>
  `${code} – ${new Intl.DisplayNames(localeOf(language), { type: 'currency' }).of(code) ?? code}`;

/** The currencies that are offered; one that is there already stays among them. */
export const currenciesWith = (present: string | undefined): readonly string[] => [
  ...new Set(['EUR', 'RWF', 'USD', 'GBP', 'CHF', 'KES', ...(present === undefined ? [] : [present])]),
];
