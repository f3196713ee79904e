import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import type { Document, Value } from './bson/values.ts';

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((n) => new Int32(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => Long.fromNumber(n)),
  fc.integer({ min: -30, max: 30 }).map((n) => Decimal128.fromString(`${n}E-1`)),
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  // Where doubles can no longer tell whole numbers apart.
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map((n) => Long.fromBigInt(n)),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map((n) => new Double(Number(n))),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }), fc.integer({ min: -6176, max: 6111 }))
    .map(([c, e]) => Decimal128.fromString(`${c}E${e}`)),
  fc
    .constantFrom('NaN', 'Infinity', '-Infinity', '0', '-0', '0.1', '0.5', '1E+400', '-1E-400')
    .map((text) => Decimal128.fromString(text)),
);

const strings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => text.isWellFormed()),
  fc.constantFrom('', 'a', 'b', 'a\u0000', 'a\u0000b', 'aa', '\uffff', '😀', 'é'),
);

const scalars: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: numbers },
  { weight: 3, arbitrary: strings },
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -5, max: 5 }).map((n) => new Date(n)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 4, 128)).map(([bytes, type]) => new Binary(bytes, type)),
  fc.tuple(fc.integer({ min: 0, max: 4294967295 }), fc.integer({ min: 0, max: 3 })).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom('a', '^b').map((pattern) => new BSONRegExp(pattern, 'i')),
  fc.constant(new MinKey()),
  fc.constant(new MaxKey()),
);

const names = fc.constantFrom('a', 'b', 'c', 'd');

const { value } = fc.letrec<{ value: Value; list: Value[]; document: Document }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, { weight: 6, arbitrary: scalars }, tie('list'), tie('document')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  document: fc.dictionary(names, tie('value'), { maxKeys: 3 }).map((fields) => ({ ...fields })),
}));

/** Any BSON value, and often one that is equal to another of a different type. */
export const anyValue: fc.Arbitrary<Value> = value;

const smallNumber = fc.integer({ min: 0, max: 3 }).map((n) => new Int32(n));
const smallDocument = fc.record({ x: fc.integer({ min: 0, max: 2 }).map((n) => new Int32(n)) });

/** Few values, so that documents and queries meet. */
export const fewScalars: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: smallNumber },
  fc.integer({ min: 0, max: 3 }).map((n) => new Double(n / 2)),
  fc.constantFrom('a', 'b', 'ab'),
  fc.constantFrom(null, true, false),
  smallDocument,
);

export const fewValues: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fewScalars },
  fc.array(smallNumber, { maxLength: 3 }),
  fc.array(smallDocument, { maxLength: 2 }),
);
