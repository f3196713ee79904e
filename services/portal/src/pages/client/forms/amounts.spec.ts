import { describe, expect, it } from 'vitest';
import { readAmount, writeAmount } from './amounts.ts';

describe('an amount as people type it', () => {
  it.each([
    ['12500', 'EUR', 1_250_000],
    ['12,500.50', 'EUR', 1_250_050],
    ['12.500,50', 'EUR', 1_250_050],
    ['12 500,5', 'EUR', 1_250_050],
    ['1.500', 'EUR', 150_000],
    ['1,500', 'EUR', 150_000],
    ['1.5', 'EUR', 150],
    [',99', 'EUR', 99],
    ['1.234.567', 'EUR', 123_456_700],
    ['500.000', 'RWF', 500_000],
    ['500000', 'RWF', 500_000],
    ['0', 'EUR', 0],
  ])('%s of %s is %d in minor units', (typed, currency, amount) => {
    expect(readAmount(typed, currency)).toBe(amount);
  });

  it.each([
    ['', 'EUR'],
    ['about 5', 'EUR'],
    ['-5', 'EUR'],
    ['1.2.3', 'EUR'],
    ['1,234.567,8', 'EUR'],
    ['1.500.00', 'EUR'],
    ['1.5', 'RWF'],
    ['12.34', 'RWF'],
    ['99999999999999999', 'EUR'],
  ])('%j of %s is none', (typed, currency) => {
    expect(readAmount(typed, currency)).toBeUndefined();
  });

  it('reads what it writes', () => {
    for (const language of ['en', 'de'] as const)
      for (const amount of [0, 1, 99, 100, 150_000, 123_456_789])
        for (const currency of ['EUR', 'RWF']) expect(readAmount(writeAmount(amount, currency, language), currency)).toBe(amount);
    expect(writeAmount(1_250_050, 'EUR', 'de')).toBe('12500,50');
  });
});
