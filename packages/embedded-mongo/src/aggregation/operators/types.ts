import { Binary, Decimal128, Double, Int32, Long, ObjectId, UUID } from 'bson';
import { asDecimal, exact, ten } from '../../bson/decimal.ts';
import { isNumeric, longOf, show, toNumber, truthy, typeOf, type Value } from '../../bson/values.ts';
import { failure, type MongoFailure } from '../../errors.ts';
import { fixed, isMissing, namedFields } from '../arguments.ts';
import type { OperatorCompiler } from '../scope.ts';

const cannot = (value: Value, to: string, why = ''): MongoFailure =>
  failure('ConversionFailure', `Unsupported conversion from ${typeOf(value)} to ${to} in $convert${why && `: ${why}`}`);

const unparsed = (value: Value, what: string): MongoFailure =>
  failure('ConversionFailure', `Failed to parse ${what} '${show(value)}' in $convert`);

export const asText = (value: Value): string => {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Binary) return value.sub_type === 4 ? new UUID(value.value()).toString() : value.toString('base64');
  if (typeof value === 'boolean' || isNumeric(value)) return String(value);
  throw cannot(value, 'string');
};

/** The whole part, when it lies between the bounds. */
const wholeBetween = (value: Value, low: bigint, high: bigint, to: string): bigint => {
  const number = exact(value);
  if (typeof number === 'string')
    throw failure('ConversionFailure', `Attempt to convert ${number} value to integer type in $convert with no onError value`);
  const whole = number.exponent >= 0 ? number.coefficient * ten(number.exponent) : number.coefficient / ten(-number.exponent);
  if (whole < low || whole > high)
    throw failure(
      'ConversionFailure',
      `Conversion would overflow target type in $convert with no onError value: ${show(value)} to ${to}`,
    );
  return whole;
};

const integer = (value: Value, low: bigint, high: bigint, to: string): bigint => {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (isNumeric(value)) return wholeBetween(value, low, high, to);
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw unparsed(value, 'number');
    return wholeBetween(asDecimal(longOf(BigInt(value))), low, high, to);
  }
  if (value instanceof Date && to === 'long') return BigInt(value.getTime());
  throw cannot(value, to);
};

const conversions: Readonly<Record<string, (value: Value) => Value>> = {
  string: asText,
  int: (value) => new Int32(Number(integer(value, -2147483648n, 2147483647n, 'int'))),
  long: (value) => longOf(integer(value, -(2n ** 63n), 2n ** 63n - 1n, 'long')),
  double: (value) => {
    if (typeof value === 'boolean') return new Double(Number(value));
    if (value instanceof Date) return new Double(value.getTime());
    if (isNumeric(value)) return new Double(toNumber(value));
    if (typeof value !== 'string') throw cannot(value, 'double');
    const number = Number(value);
    if (value.trim() === '' || value !== value.trim() || (Number.isNaN(number) && value !== 'NaN'))
      throw unparsed(value, 'number');
    return new Double(number);
  },
  decimal: (value) => {
    if (typeof value === 'boolean') return asDecimal(new Int32(Number(value)));
    if (value instanceof Date) return asDecimal(longOf(BigInt(value.getTime())));
    if (isNumeric(value)) return asDecimal(value);
    if (typeof value !== 'string') throw cannot(value, 'decimal');
    try {
      return Decimal128.fromStringWithRounding(value);
    } catch {
      throw unparsed(value, 'number');
    }
  },
  bool: (value) => truthy(value),
  date: (value) => {
    if (value instanceof Date) return value;
    if (value instanceof ObjectId) return value.getTimestamp();
    if (value instanceof Long || value instanceof Double || value instanceof Decimal128)
      return new Date(Math.trunc(toNumber(value)));
    if (typeof value !== 'string') throw cannot(value, 'date');
    const instant = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(value) || /^\d{4}-\d\d-\d\d$/.test(value) ? value : `${value}Z`);
    if (Number.isNaN(instant.getTime())) throw failure('ConversionFailure', `Error parsing date string '${value}'`);
    return instant;
  },
  objectId: (value) => {
    if (value instanceof ObjectId) return value;
    if (typeof value !== 'string') throw cannot(value, 'objectId');
    if (!/^[0-9a-fA-F]{24}$/.test(value))
      throw failure(
        'ConversionFailure',
        `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
      );
    return new ObjectId(value);
  },
};

const numbered: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

const to = (type: string): OperatorCompiler =>
  fixed(1, 1, ([value]) => (isMissing(value) ? null : (conversions[type] as (typeof conversions)[string])(value)));

const convert: OperatorCompiler = (argument, compile) => {
  const {
    input,
    to: target,
    onError,
    onNull,
  } = namedFields(argument, '$convert', ['input', 'to'], ['onError', 'onNull', 'format', 'byteOrder']);
  const [from, type, failed, empty] = [
    compile(input),
    compile(target),
    onError === undefined ? undefined : compile(onError),
    onNull === undefined ? undefined : compile(onNull),
  ];
  return (scope) => {
    const value = from(scope);
    if (isMissing(value)) return empty ? empty(scope) : null;
    const wanted = type(scope);
    if (isMissing(wanted)) return null;
    const conversion = conversions[isNumeric(wanted) ? (numbered[toNumber(wanted)] ?? '') : String(wanted)];
    if (!conversion) throw failure('BadValue', `Unknown type name: ${show(wanted)}`);
    try {
      return conversion(value);
    } catch (error) {
      if (failed) return failed(scope);
      throw error;
    }
  };
};

export const types: Readonly<Record<string, OperatorCompiler>> = {
  $type: fixed(1, 1, ([value]) => typeOf(value)),
  $isNumber: fixed(1, 1, ([value]) => isNumeric(value)),
  $convert: convert,
  $toString: to('string'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDouble: to('double'),
  $toDecimal: to('decimal'),
  $toBool: to('bool'),
  $toDate: to('date'),
  $toObjectId: to('objectId'),
};
