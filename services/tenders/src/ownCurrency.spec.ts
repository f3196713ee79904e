import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOwnCurrency } from './ownCurrency.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('a price in the bidder’s own currency', () => {
  it('knows that francs have no cents', () => {
    expect(inOwnCurrency(euros(10_000), { currency: 'RWF', rate: '1450.25' })).toEqual({ amount: 145_025, currency: 'RWF' });
    expect(inOwnCurrency({ amount: 145_025, currency: 'RWF' }, { currency: 'EUR', rate: '0.00069' })).toEqual(euros(10_007));
    expect(inOwnCurrency(euros(12_345), { currency: 'USD', rate: '1' })).toEqual({ amount: 12_345, currency: 'USD' });
  });
  it('is rounded half up, and exact where a number of the language would not be', () => {
    expect(inOwnCurrency(euros(50), { currency: 'RWF', rate: '1' })).toMatchObject({ amount: 1 });
    expect(inOwnCurrency(euros(49), { currency: 'RWF', rate: '1' })).toMatchObject({ amount: 0 });
    expect(inOwnCurrency(euros(123_456_789_012_345), { currency: 'USD', rate: '0.999999999' })).toEqual({
      amount: 123_456_788_888_888,
      currency: 'USD',
    });
  });
  it('is not shown when it is more than money can be here', () =>
    expect(inOwnCurrency(euros(1_000_000_000_000_000), { currency: 'USD', rate: '2' })).toBeUndefined());
  it('at a rate of one is the same amount', () =>
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        expect(inOwnCurrency(euros(amount), { currency: 'USD', rate: '1.0' })?.amount).toBe(amount);
      }),
    ));
});
