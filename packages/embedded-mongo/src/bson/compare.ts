import type { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { Decimal128, Double, Int32, Long } from 'bson';
import { type Exact, exact, ten } from './decimal.ts';
import { type BsonType, type Document, fieldsOf, typeOf, type Value } from './values.ts';

/** The order of types, from MongoDB's manual, "Comparison/Sort Order". Types of one rank compare by value. */
export const rankOf: { readonly [Type in BsonType]: number } = {
  minKey: 0x0a,
  missing: 0x14,
  null: 0x14,
  int: 0x1e,
  long: 0x1e,
  double: 0x1e,
  decimal: 0x1e,
  string: 0x28,
  symbol: 0x28,
  object: 0x32,
  array: 0x3c,
  binData: 0x46,
  objectId: 0x50,
  bool: 0x5a,
  date: 0x64,
  timestamp: 0x6e,
  regex: 0x78,
  javascript: 0x82,
  javascriptWithScope: 0x8c,
  maxKey: 0xf0,
};

export const rank = (value: Value): number => rankOf[typeOf(value)];

/** BSON order across types, numbers by their exact values whatever their types. */
export const compare = (a: Value, b: Value): number => {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  const byType = rankOf[typeA] - rankOf[typeB];
  return byType === 0 ? compareWithin(typeA, a, b) : byType;
};

export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0;

/** UTF-8 order, which is code point order: JavaScript's own comparison goes by UTF-16 units and differs above U+FFFF. */
const compareStrings = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return inCodePointOrder(x) - inCodePointOrder(y);
  }
  return a.length - b.length;
};

/** Moves surrogates above the rest of the basic plane. */
const inCodePointOrder = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

const compareWithin = (type: BsonType, a: Value, b: Value): number => {
  switch (type) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return compareNumbers(a, b);
    case 'string':
    case 'symbol':
      return compareStrings(String((a as BSONSymbol).valueOf()), String((b as BSONSymbol).valueOf()));
    case 'object':
      return compareDocuments(fieldsOf(a as Document), fieldsOf(b as Document));
    case 'array':
      return compareArrays(a as Value[], b as Value[]);
    case 'binData': {
      const [x, y] = [a as Binary, b as Binary];
      return x.length() - y.length() || x.sub_type - y.sub_type || Buffer.compare(x.value(), y.value());
    }
    case 'objectId':
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 'bool':
      return Number(a) - Number(b);
    case 'date':
      return (a as Date).getTime() - (b as Date).getTime();
    case 'timestamp': {
      const [x, y] = [(a as Timestamp).toBigInt(), (b as Timestamp).toBigInt()];
      return x < y ? -1 : x > y ? 1 : 0;
    }
    case 'regex': {
      const [x, y] = [a as BSONRegExp, b as BSONRegExp];
      return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
    }
    case 'javascript':
    case 'javascriptWithScope':
      return compareStrings((a as Code).code, (b as Code).code);
    default:
      return 0;
  }
};

const compareDocuments = (a: Document, b: Document): number => {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  for (let i = 0; i < namesA.length && i < namesB.length; i += 1) {
    const nameA = namesA[i] as string;
    const nameB = namesB[i] as string;
    const order = rank(a[nameA]) - rank(b[nameB]) || compareStrings(nameA, nameB) || compare(a[nameA], b[nameB]);
    if (order !== 0) return order;
  }
  return namesA.length - namesB.length;
};

const compareArrays = (a: Value[], b: Value[]): number => {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
};

const compareNumbers = (a: Value, b: Value): number => {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareExact(exact(a), exact(b));
  const x = plain(a);
  const y = plain(b);
  // JavaScript compares a bigint with a number by exact value.
  if (x < y) return -1;
  if (x > y) return 1;
  if (x === y || (typeof x !== typeof y && !Number.isNaN(Number(x)) && !Number.isNaN(Number(y)))) return 0;
  return Number(Number.isNaN(Number(y))) - Number(Number.isNaN(Number(x)));
};

const plain = (value: Value): number | bigint => {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toBigInt();
  return value as number;
};

const special = { NaN: 0, '-Infinity': 1, Infinity: 3 } as const;

const compareExact = (a: Exact, b: Exact): number => {
  if (typeof a === 'string' || typeof b === 'string') {
    return (typeof a === 'string' ? special[a] : 2) - (typeof b === 'string' ? special[b] : 2);
  }
  const signs = sign(a.coefficient) - sign(b.coefficient);
  if (signs !== 0 || a.coefficient === 0n) return signs;
  const magnitudes = magnitude(a) - magnitude(b);
  if (magnitudes !== 0) return sign(a.coefficient) * magnitudes;
  const exponent = Math.min(a.exponent, b.exponent);
  return sign(a.coefficient * ten(a.exponent - exponent) - b.coefficient * ten(b.exponent - exponent));
};

const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);
const magnitude = ({ coefficient, exponent }: Exclude<Exact, string>): number =>
  (coefficient < 0n ? -coefficient : coefficient).toString().length + exponent;
