import { Decimal128, Double, Int32, Long } from 'bson';
import type { Value } from './values.ts';

/** An exact number: `coefficient × 10^exponent`. What has no such form is named. */
export type Exact = { readonly coefficient: bigint; readonly exponent: number } | 'NaN' | 'Infinity' | '-Infinity';

const digits = 34;

export const ten = (power: number): bigint => 10n ** BigInt(power);

const parseDecimal = (text: string): Exact => {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text);
  if (!match) return text.includes('NaN') ? 'NaN' : text.startsWith('-') ? '-Infinity' : 'Infinity';
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const coefficient = BigInt(`${whole}${fraction}` || '0');
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent: Number(power) - fraction.length };
};

/** The double as the finite decimal number it is exactly. */
const exactDouble = (value: number): Exact => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Number.isSafeInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = raw === 0 ? fraction : fraction | 0x10000000000000n;
  const binary = (raw === 0 ? 1 : raw) - 1075;
  const signed = bits >> 63n ? -mantissa : mantissa;
  return binary >= 0
    ? { coefficient: signed << BigInt(binary), exponent: 0 }
    : { coefficient: signed * 5n ** BigInt(-binary), exponent: binary };
};

export const exact = (value: Value): Exact => {
  if (typeof value === 'number') return exactDouble(value);
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  if (value instanceof Double) return exactDouble(value.value);
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  return 'NaN';
};

/** A double enters decimal arithmetic with the fifteen digits MongoDB gives it. */
const decimalOperand = (value: Value): Exact => {
  const number = value instanceof Double ? value.value : value;
  return typeof number === 'number' && Number.isFinite(number) && !Number.isSafeInteger(number)
    ? parseDecimal(number.toPrecision(15))
    : exact(value);
};

/** Rounds half to even to the 34 digits a Decimal128 holds. */
const toDecimal = (value: Exact): Decimal128 => {
  if (typeof value === 'string') return Decimal128.fromString(value);
  let { coefficient, exponent } = value;
  const negative = coefficient < 0n;
  if (negative) coefficient = -coefficient;
  const excess = coefficient.toString().length - digits;
  if (excess > 0) {
    const divisor = ten(excess);
    const rest = coefficient % divisor;
    coefficient /= divisor;
    const half = divisor / 2n;
    if (rest > half || (rest === half && coefficient % 2n === 1n)) coefficient += 1n;
    exponent += excess;
  }
  if (exponent > 6111) {
    const room = digits - coefficient.toString().length;
    if (exponent - 6111 > room) return Decimal128.fromString(negative ? '-Infinity' : 'Infinity');
    coefficient *= ten(exponent - 6111);
    exponent = 6111;
  }
  return Decimal128.fromStringWithRounding(`${negative ? '-' : ''}${coefficient}E${exponent}`);
};

export const asDecimal = (value: Value): Decimal128 => (value instanceof Decimal128 ? value : toDecimal(decimalOperand(value)));

export const addDecimals = (left: Value, right: Value): Decimal128 => {
  const a = decimalOperand(left);
  const b = decimalOperand(right);
  if (typeof a === 'string' || typeof b === 'string') return fromDouble(asNumber(a) + asNumber(b));
  const exponent = Math.min(a.exponent, b.exponent);
  return toDecimal({
    coefficient: a.coefficient * ten(a.exponent - exponent) + b.coefficient * ten(b.exponent - exponent),
    exponent,
  });
};

export const multiplyDecimals = (left: Value, right: Value): Decimal128 => {
  const a = decimalOperand(left);
  const b = decimalOperand(right);
  if (typeof a === 'string' || typeof b === 'string') return fromDouble(asNumber(a) * asNumber(b));
  return toDecimal({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent });
};

/** The divisor is not zero. */
export const divideDecimals = (left: Value, right: Value): Decimal128 => {
  const a = decimalOperand(left);
  const b = decimalOperand(right);
  if (typeof a === 'string' || typeof b === 'string' || b.coefficient === 0n) return fromDouble(asNumber(a) / asNumber(b));
  let { coefficient, exponent } = { coefficient: a.coefficient, exponent: a.exponent - b.exponent };
  if (coefficient % b.coefficient !== 0n) {
    const shift = digits + 2 + b.coefficient.toString().length;
    coefficient *= ten(shift);
    exponent -= shift;
  }
  let quotient = coefficient / b.coefficient;
  while (quotient !== 0n && quotient % 10n === 0n && exponent < a.exponent - b.exponent) {
    quotient /= 10n;
    exponent += 1;
  }
  return toDecimal({ coefficient: quotient, exponent });
};

const asNumber = (value: Exact): number =>
  typeof value === 'string' ? Number(value) : Number(`${value.coefficient}e${value.exponent}`);

const fromDouble = (value: number): Decimal128 =>
  Decimal128.fromString(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
