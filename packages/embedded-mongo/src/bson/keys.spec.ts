import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from '../arbitraries.ts';
import { compare } from './compare.ts';
import { after, compoundKey, keyOf } from './keys.ts';

const sign = (order: number): number => Math.sign(order) + 0;
const bytes = (a: Uint8Array, b: Uint8Array): number => sign(Buffer.compare(a, b));

describe('the key of a value', () => {
  it('compares byte by byte as the values do, for all types', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(bytes(keyOf(a), keyOf(b))).toBe(sign(compare(a, b)));
      }),
      { numRuns: 4000 },
    );
  });

  it('is never the beginning of the key of another value', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const [x, y] = [keyOf(a), keyOf(b)];
        if (compare(a, b) !== 0) expect(Buffer.compare(x, y.subarray(0, x.length))).not.toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes before the end of its own range and all greater values after it', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const end = after(keyOf(a));
        expect(bytes(keyOf(b), end) < 0).toBe(compare(b, a) <= 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a compound key', () => {
  it('orders by the first field, then by the second, descending where it says so', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyValue, anyValue),
        fc.tuple(anyValue, anyValue),
        fc.boolean(),
        fc.boolean(),
        (a, b, first, second) => {
          const expected = (first ? -1 : 1) * sign(compare(a[0], b[0])) || (second ? -1 : 1) * sign(compare(a[1], b[1]));
          expect(bytes(compoundKey(a, [first, second]), compoundKey(b, [first, second]))).toBe(expected + 0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('comparing', () => {
  it('is an order: of three values no circle can be made', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        expect(sign(compare(a, b))).toBe(0 - sign(compare(b, a)) + 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('knows the exact value of a number whatever its type', () => {
    const big = Long.fromString('9007199254740993');
    expect(compare(big, new Double(9007199254740992))).toBeGreaterThan(0);
    expect(compare(Decimal128.fromString('0.1'), new Double(0.1))).toBeLessThan(0);
    expect(compare(Decimal128.fromString('0.5'), new Double(0.5))).toBe(0);
    expect(compare(new Int32(2), Decimal128.fromString('2.000'))).toBe(0);
    expect(compare(new Double(-0), new Int32(0))).toBe(0);
    expect(compare(new Double(Number.NaN), new Double(Number.NEGATIVE_INFINITY))).toBeLessThan(0);
  });
});
