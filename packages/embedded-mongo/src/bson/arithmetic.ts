import { Decimal128, Double, Int32, Long } from 'bson';
import { addDecimals, asDecimal, multiplyDecimals } from './decimal.ts';
import { longOf, toNumber, typeOf, type Value } from './values.ts';

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

/** The whole number as an int where it fits and no operand was a long, else a long; undefined when it fits neither. */
const whole = (value: bigint, wide: boolean): Int32 | Long | undefined => {
  if (!wide && value >= -2147483648n && value <= 2147483647n) return new Int32(Number(value));
  return value >= minLong && value <= maxLong ? longOf(value) : undefined;
};

export const toBigInt = (value: Value): bigint => (value instanceof Long ? value.toBigInt() : BigInt(toNumber(value)));

/** The wider of the operands' types decides the result's, as MongoDB has it; whole numbers grow from int to long. */
const combine = (
  a: Value,
  b: Value,
  decimals: (a: Value, b: Value) => Decimal128,
  doubles: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): Value => {
  const types = [typeOf(a), typeOf(b)];
  if (types.includes('decimal')) return decimals(a, b);
  if (types.includes('double')) return new Double(doubles(toNumber(a), toNumber(b)));
  return whole(integers(toBigInt(a), toBigInt(b)), types.includes('long'));
};

/** Undefined when whole numbers overflow 64 bits. Both operands are numbers. */
export const add = (a: Value, b: Value): Value =>
  combine(
    a,
    b,
    addDecimals,
    (x, y) => x + y,
    (x, y) => x + y,
  );

export const multiply = (a: Value, b: Value): Value =>
  combine(
    a,
    b,
    multiplyDecimals,
    (x, y) => x * y,
    (x, y) => x * y,
  );

export const negate = (value: Value): Value => {
  if (value instanceof Decimal128) return multiplyDecimals(value, new Int32(-1));
  if (typeOf(value) === 'double') return new Double(-toNumber(value));
  return whole(-toBigInt(value), typeOf(value) === 'long');
};

export { asDecimal };
