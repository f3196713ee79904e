import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMajor, toMajor } from './amounts.ts';

describe('an amount in OCDS', () => {
  it('has as many decimals as its currency', () => {
    expect(toMajor({ amount: 7_122_031, currency: 'EUR' })).toBe(71_220.31);
    expect(toMajor({ amount: 5, currency: 'EUR' })).toBe(0.05);
    expect(toMajor({ amount: 1_500, currency: 'RWF' })).toBe(1_500);
    expect(toMajor({ amount: 1_234, currency: 'KWD' })).toBe(1.234);
    expect(fromMajor(71_220.31, 'GBP')).toEqual({ amount: 7_122_031, currency: 'GBP' });
    expect(fromMajor(84_358.8, 'GBP')).toEqual({ amount: 8_435_880, currency: 'GBP' });
    expect(fromMajor(1_500, 'RWF')).toEqual({ amount: 1_500, currency: 'RWF' });
  });
  it('is refused rather than rounded', () => {
    expect(fromMajor(1.005, 'EUR')).toBeUndefined();
    expect(fromMajor(0.5, 'RWF')).toBeUndefined();
    for (const none of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7]) expect(fromMajor(none, 'EUR')).toBeUndefined();
  });
  it('comes back exactly, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), fc.constantFrom('EUR', 'RWF', 'KWD', 'USD', 'JPY'), (amount, currency) => {
        expect(fromMajor(toMajor({ amount, currency }), currency)).toEqual({ amount, currency });
      }),
    );
  });
});
