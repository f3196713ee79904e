import type { Money } from '@umuhuza/contracts/values';

/** How many decimals an amount of this currency has in major units. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** OCDS counts in major units. Exact: the digits are moved as text, never multiplied. */
export const toMajor = ({ amount, currency }: Money): number => {
  const decimals = decimalsOf(currency);
  const digits = String(amount).padStart(decimals + 1, '0');
  const whole = digits.length - decimals;
  return Number(`${digits.slice(0, whole)}.${digits.slice(whole)}`);
};

/** The amount in minor units; undefined when the currency has none so small, or the number cannot be one of money. */
export const fromMajor = (amount: number, currency: string): Money | undefined => {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined) return undefined;
  const decimals = decimalsOf(currency);
  if (fraction.length > decimals) return undefined;
  const minor = Number(whole + fraction.padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) ? { amount: minor, currency } : undefined;
};

/** Codes younger than the list of OCDS 1.1: a value in one of them cannot be said there. */
const youngerThanOcds = ['SLE', 'XCG', 'ZWG'];

/** An amount as a release says it. */
export const asValue = (money: Money): { readonly value?: Money } =>
  youngerThanOcds.includes(money.currency) ? {} : { value: { amount: toMajor(money), currency: money.currency } };
