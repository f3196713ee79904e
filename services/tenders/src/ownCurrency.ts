import type { Money } from '@umuhuza/contracts/values';
import { decimalsOf } from './ocds/amounts.ts';

/**
 * An amount in another currency, at what one unit (major) of its own is worth in it, a decimal like 1450.25. Exact but for the last minor
 * unit, which is rounded half up. Undefined when it is more than money here can be.
 */
export const inOwnCurrency = (
  { amount, currency }: Money,
  own: { readonly currency: string; readonly rate: string },
): Money | undefined => {
  const [whole = '', fraction = ''] = own.rate.split('.');
  const shift = decimalsOf(own.currency) - decimalsOf(currency);
  const numerator = BigInt(amount) * BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, shift));
  const denominator = 10n ** BigInt(fraction.length + Math.max(0, -shift));
  const converted = (2n * numerator + denominator) / (2n * denominator);
  return converted > mostMoney ? undefined : { amount: Number(converted), currency: own.currency };
};

/** As the contract bounds amounts. */
const mostMoney = 1_000_000_000_000_000n;
