import type { Language } from '../texts/language.ts';
/** How many decimals a currency has: 2 for EUR, none for RWF. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** The most that money can be here, in minor units. */
const most = 1_000_000_000_000_000;

/**
 * What somebody typed as an amount, in minor units; undefined where it is none. Both ways of writing are understood: 12,500.50 and
 * 12.500,50. The last sign counts as the decimal one where as many digits follow as the currency has, or fewer; three digits after it
 * are thousands, so that 1.500 is the same everywhere.
 */
export const readAmount = (typed: string, currency: string): number | undefined => {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '');
  const decimals = decimalsOf(currency);
  const [, wholeText = '', fraction = ''] =
    new RegExp(`^([\\d.,]*?)(?:[.,](\\d{1,${Math.max(1, decimals)}}))?$`).exec(text) ?? [];
  if (fraction.length > decimals || (wholeText === '' && fraction === '')) return undefined;
  const sign = fraction === '' ? undefined : text.at(-fraction.length - 1);
  const groups = /^\d{1,3}(?:([.,])\d{3})*$/.exec(wholeText);
  const isGrouped = /[.,]/.test(wholeText);
  if (isGrouped && (!groups || new Set(wholeText.replace(/\d/g, '')).size > 1 || groups[1] === sign)) return undefined;
  const amount = Number(wholeText.replace(/[.,]/g, '') + fraction.padEnd(decimals, '0'));
  return Number.isSafeInteger(amount) && amount <= most ? amount : undefined;
};

/** As it is typed: 12500.5 of EUR is 12500.50 in English and 12500,50 in German. */
export const writeAmount = (amount: number, currency: string, language: Language): string => {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    minimumFractionDigits: amount % 10 ** decimals === 0 ? 0 : decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  }).format(amount / 10 ** decimals);
};
