import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();

describe('comparing', () => {
  it('finds by equality, and numbers whatever their types', async () => {
    await test.with(
      { _id: 1, n: new Int32(5) },
      { _id: 2, n: new Double(5) },
      { _id: 3, n: Long.fromNumber(5) },
      { _id: 4, n: Decimal128.fromString('5.00') },
      { _id: 5, n: '5' },
    );
    expect(await test.ids({ n: 5 })).toEqual([1, 2, 3, 4]);
    expect(await test.ids({ n: { $in: [Decimal128.fromString('5'), 7] } })).toEqual([1, 2, 3, 4]);
    expect(await test.ids({ n: { $ne: 5 } })).toEqual([5]);
  });

  it('keeps long numbers apart that are one as doubles', async () => {
    await test.with({ _id: 1, n: Long.fromString('9007199254740993') }, { _id: 2, n: Long.fromString('9007199254740992') });
    expect(await test.ids({ n: Long.fromString('9007199254740993') })).toEqual([1]);
    expect(await test.ids({ n: { $gt: 9007199254740992 } })).toEqual([1]);
  });

  it('compares only within a type', async () => {
    await test.with(
      { _id: 1, v: 1 },
      { _id: 2, v: 'a' },
      { _id: 3, v: null },
      { _id: 4 },
      { _id: 5, v: new Date(0) },
      { _id: 6, v: true },
      { _id: 7, v: { a: 1 } },
    );
    expect(await test.ids({ v: { $gt: 0 } })).toEqual([1]);
    expect(await test.ids({ v: { $gte: '' } })).toEqual([2]);
    expect(await test.ids({ v: { $lte: new Date(1) } })).toEqual([5]);
    expect(await test.ids({ v: { $lt: true } })).toEqual([]);
    expect(await test.ids({ v: { $gte: {} } })).toEqual([7]);
    expect(await test.ids({ v: { $gt: new MinKey() } })).toEqual([1, 2, 3, 4, 5, 6, 7].filter((id) => id !== 4));
    expect(await test.ids({ v: { $lt: new MaxKey() } })).toEqual([1, 2, 3, 5, 6, 7]);
  });

  it('takes null for missing too, and tells them apart by $exists and $type', async () => {
    await test.with({ _id: 1, v: null }, { _id: 2 }, { _id: 3, v: 0 });
    expect(await test.ids({ v: null })).toEqual([1, 2]);
    expect(await test.ids({ v: { $ne: null } })).toEqual([3]);
    expect(await test.ids({ v: { $exists: true } })).toEqual([1, 3]);
    expect(await test.ids({ v: { $exists: false } })).toEqual([2]);
    expect(await test.ids({ v: { $type: 'null' } })).toEqual([1]);
    expect(await test.ids({ v: { $in: [null, 0] } })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $nin: [null] } })).toEqual([3]);
    expect(await test.ids({ v: { $gte: null } })).toEqual([1, 2]);
  });

  it('knows NaN as equal to itself and in no range', async () => {
    await test.with({ _id: 1, v: Number.NaN }, { _id: 2, v: 1 });
    expect(await test.ids({ v: Number.NaN })).toEqual([1]);
    expect(await test.ids({ v: { $lt: 5 } })).toEqual([2]);
    expect(await test.ids({ v: { $gte: Number.NaN } })).toEqual([1]);
  });

  it('compares documents field by field in their order', async () => {
    await test.with({ _id: 1, v: { a: 1, b: 2 } }, { _id: 2, v: { b: 2, a: 1 } }, { _id: 3, v: { a: 1 } });
    expect(await test.ids({ v: { a: 1, b: 2 } })).toEqual([1]);
    expect(await test.ids({ 'v.a': 1 })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $gt: { a: 1 } } })).toEqual([1, 2]);
  });

  it('finds ids, dates, binary data and timestamps by value', async () => {
    const id = new ObjectId();
    await test.with(
      { _id: 1, v: id },
      { _id: 2, v: new Date(5) },
      { _id: 3, v: new Binary(Buffer.from('abc')) },
      { _id: 4, v: new Timestamp({ t: 1, i: 2 }) },
    );
    expect(await test.ids({ v: new ObjectId(id.toHexString()) })).toEqual([1]);
    expect(await test.ids({ v: new Date(5) })).toEqual([2]);
    expect(await test.ids({ v: new Binary(Buffer.from('abc')) })).toEqual([3]);
    expect(await test.ids({ v: new Binary(Buffer.from('abc'), 4) })).toEqual([]);
    expect(await test.ids({ v: new Timestamp({ t: 1, i: 2 }) })).toEqual([4]);
  });
});

describe('arrays', () => {
  it('fit by an element or as a whole', async () => {
    await test.with({ _id: 1, v: [1, 2] }, { _id: 2, v: 2 }, { _id: 3, v: [[1, 2]] }, { _id: 4, v: [] });
    expect(await test.ids({ v: 2 })).toEqual([1, 2]);
    expect(await test.ids({ v: [1, 2] })).toEqual([1, 3]);
    expect(await test.ids({ v: [] })).toEqual([4]);
    expect(await test.ids({ v: { $ne: 2 } })).toEqual([3, 4]);
  });

  it('let two tests be met by two elements, unless $elemMatch holds them together', async () => {
    await test.with({ _id: 1, v: [1, 9] }, { _id: 2, v: [5] });
    expect(await test.ids({ v: { $gt: 4, $lt: 6 } })).toEqual([1, 2]);
    expect(await test.ids({ v: { $elemMatch: { $gt: 4, $lt: 6 } } })).toEqual([2]);
  });

  it('of documents are looked into along a path, by position too', async () => {
    await test.with(
      { _id: 1, v: [{ a: 1 }, { a: 2, b: 3 }] },
      { _id: 2, v: [{ a: 2 }, { b: 3 }] },
      { _id: 3, v: { a: 2, b: 3 } },
    );
    expect(await test.ids({ 'v.a': 2, 'v.b': 3 })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $elemMatch: { a: 2, b: 3 } } })).toEqual([1]);
    expect(await test.ids({ 'v.0.a': 1 })).toEqual([1]);
    expect(await test.ids({ 'v.1.b': { $exists: true } })).toEqual([1, 2]);
  });

  it('are told by $size, $all and $type', async () => {
    await test.with({ _id: 1, v: ['a', 'b'] }, { _id: 2, v: ['a', 'b', 'c'] }, { _id: 3, v: 'a' });
    expect(await test.ids({ v: { $size: 2 } })).toEqual([1]);
    expect(await test.ids({ v: { $all: ['b', 'a'] } })).toEqual([1, 2]);
    expect(await test.ids({ v: { $all: ['a'] } })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $type: 'array' } })).toEqual([1, 2]);
    expect(await test.ids({ v: { $type: 'string' } })).toEqual([1, 2, 3]);
  });

  it('within arrays are documents of their positions to $elemMatch', async () => {
    await test.with(
      { _id: 1, a: [[]] },
      { _id: 2, a: [{ b: 1 }] },
      { _id: 3, a: [{ b: null }] },
      { _id: 4, a: [1] },
      { _id: 5, a: [[5]] },
    );
    expect(await test.ids({ a: { $elemMatch: { b: null } } })).toEqual([1, 3, 5]);
    expect(await test.ids({ a: { $elemMatch: { 0: 5 } } })).toEqual([5]);
    expect(await test.ids({ a: { $elemMatch: { $ne: 1 } } })).toEqual([1, 2, 3, 5]);
  });

  it('meet null along a path only where a document lacks the field', async () => {
    await test.with(
      { _id: 1, a: [] },
      { _id: 2, a: [1, 2] },
      { _id: 3, a: [{ b: 3 }, {}] },
      { _id: 4, a: [{ b: 3 }] },
      { _id: 5, a: {} },
      { _id: 6 },
      { _id: 7, a: 4 },
    );
    expect(await test.ids({ 'a.b': null })).toEqual([3, 5, 6, 7]);
    expect(await test.ids({ 'a.b': { $exists: false } })).toEqual([1, 2, 5, 6, 7]);
  });
});

describe('joining conditions', () => {
  it('knows $and, $or, $nor and $not', async () => {
    await test.with({ _id: 1, a: 1, b: 1 }, { _id: 2, a: 1, b: 2 }, { _id: 3, a: 2 });
    expect(await test.ids({ $and: [{ a: 1 }, { b: 2 }] })).toEqual([2]);
    expect(await test.ids({ $or: [{ a: 2 }, { b: 1 }] })).toEqual([1, 3]);
    expect(await test.ids({ $nor: [{ a: 2 }, { b: 1 }] })).toEqual([2]);
    expect(await test.ids({ b: { $not: { $gt: 1 } } })).toEqual([1, 3]);
  });

  it('compares fields with each other by $expr', async () => {
    await test.with({ _id: 1, spent: 5, budget: 4 }, { _id: 2, spent: 3, budget: 4 });
    expect(await test.ids({ $expr: { $gt: ['$spent', '$budget'] } })).toEqual([1]);
    expect(await test.ids({ $expr: { $eq: [1, 0] } })).toEqual([]);
  });

  it('divides by $mod and tests bits', async () => {
    await test.with({ _id: 1, n: 4 }, { _id: 2, n: 5 }, { _id: 3, n: 'x' });
    expect(await test.ids({ n: { $mod: [2, 0] } })).toEqual([1]);
    expect(await test.ids({ n: { $bitsAllSet: 5 } })).toEqual([2]);
    expect(await test.ids({ n: { $bitsAnySet: [0] } })).toEqual([2]);
    expect(await test.ids({ n: { $bitsAllClear: 1 } })).toEqual([1]);
  });
});

describe('patterns', () => {
  it('match strings with their flags, and array elements', async () => {
    await test.with({ _id: 1, v: 'Kigali' }, { _id: 2, v: 'kigali port' }, { _id: 3, v: ['Berlin', 'Kigali'] }, { _id: 4, v: 5 });
    expect(await test.ids({ v: /^kigali/i })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $regex: '^Kig' } })).toEqual([1, 3]);
    expect(await test.ids({ v: { $regex: 'PORT$', $options: 'i' } })).toEqual([2]);
    expect(await test.ids({ v: { $in: [/port/, 'Kigali'] } })).toEqual([1, 2, 3]);
    expect(await test.ids({ v: { $not: /i$/ } })).toEqual([2, 4]);
  });
});

describe('results', () => {
  it('come in the order of insertion, or as sorted, skipped and limited', async () => {
    const things = await test.with({ _id: 3, a: 1, b: 2 }, { _id: 1, a: 2, b: 1 }, { _id: 2, a: 1, b: 1 });
    expect((await things.find().toArray()).map(({ _id }) => _id)).toEqual([3, 1, 2]);
    expect((await things.find().sort({ a: 1, b: -1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 2, 1]);
    expect((await things.find().sort({ _id: -1 }).skip(1).limit(1).toArray()).map(({ _id }) => _id)).toEqual([2]);
    expect((await things.find().sort({ $natural: -1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1, 3]);
  });

  it('sort across all types in BSON order, an array by its least or greatest element', async () => {
    const inOrder = [
      new MinKey(),
      [],
      null,
      Number.NaN,
      -1,
      0.5,
      Decimal128.fromString('0.6'),
      Long.fromNumber(7),
      '',
      'A',
      'a',
      'é',
      '😀',
      { a: 1 },
      { b: 0 },
      new Binary(Buffer.from('a')),
      new ObjectId('0'.repeat(24)),
      false,
      true,
      new Date(-5),
      new Date(5),
      new Timestamp({ t: 1, i: 1 }),
      /a/,
      new MaxKey(),
    ];
    const things = await test.with(...inOrder.map((v, i) => ({ _id: i, v })).reverse());
    expect((await things.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id)).toEqual(inOrder.map((_, i) => i));
    expect((await things.find().sort({ v: -1 }).toArray()).map(({ _id }) => _id)).toEqual(inOrder.map((_, i) => i).reverse());
    await things.deleteMany({});
    await things.insertMany([
      { _id: 1, v: [5, 1] },
      { _id: 2, v: 2 },
      { _id: 3, v: [3, 4] },
    ] as never);
    expect((await things.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 2, 3]);
    expect((await things.find().sort({ v: -1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 3, 2]);
  });

  it('are projected by inclusion, exclusion and computed fields', async () => {
    const things = await test.with({ _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }] });
    const projected = async (projection: object) => (await things.find({}, { projection }).toArray())[0];
    expect(await projected({ a: 1 })).toEqual({ _id: 1, a: 1 });
    expect(await projected({ a: 1, _id: 0 })).toEqual({ a: 1 });
    expect(await projected({ a: 0, 'b.d': 0 })).toEqual({ _id: 1, b: { c: 2 }, e: [{ f: 1, g: 2 }] });
    expect(await projected({ 'b.c': 1, 'e.f': 1 })).toEqual({ _id: 1, b: { c: 2 }, e: [{ f: 1 }] });
    expect(await projected({ b: { d: 1 }, sum: { $add: ['$a', '$b.c'] } })).toEqual({ _id: 1, b: { d: 3 }, sum: 3 });
    expect(await projected({ _id: 0 })).toEqual({ a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }] });
  });

  it('show of an array a slice, the element that matched, or the first that fits', async () => {
    const things = await test.with({ _id: 1, v: [1, 2, 3, 4], w: [{ a: 1 }, { a: 2, b: 1 }, { a: 2, b: 2 }] });
    const projected = async (filter: object, projection: object) => (await things.find(filter, { projection }).toArray())[0];
    expect((await projected({}, { v: { $slice: 2 } }))?.v).toEqual([1, 2]);
    expect((await projected({}, { v: { $slice: -1 } }))?.v).toEqual([4]);
    expect((await projected({}, { v: { $slice: [1, 2] } }))?.v).toEqual([2, 3]);
    expect(await projected({ v: { $gt: 2 } }, { 'v.$': 1 })).toEqual({ _id: 1, v: [3] });
    expect(await projected({ w: { $elemMatch: { a: 2, b: 2 } } }, { 'w.$': 1 })).toEqual({ _id: 1, w: [{ a: 2, b: 2 }] });
    expect(await projected({}, { w: { $elemMatch: { a: 2 } } })).toEqual({ _id: 1, w: [{ a: 2, b: 1 }] });
  });

  it('are counted and listed by distinct values', async () => {
    const things = await test.with(
      { v: 1, w: [{ a: 'x' }, { a: 'y' }] },
      { v: 1.0, w: [{ a: 'x' }] },
      { v: [2, 3] },
      { v: null },
      {},
    );
    expect(await things.countDocuments({ v: 1 })).toBe(2);
    expect(await things.countDocuments({}, { skip: 1, limit: 3 })).toBe(3);
    expect(await things.estimatedDocumentCount()).toBe(5);
    expect((await things.distinct('v')).toSorted()).toEqual([1, 2, 3, null]);
    expect((await things.distinct('w.a')).toSorted()).toEqual(['x', 'y']);
    expect(await things.distinct('v', { w: { $exists: true } })).toEqual([1]);
  });

  it('are not listed by distinct values that are more than a document holds', async () => {
    const things = await test.with(...['a', 'b'].map((letter) => ({ v: letter.repeat(9 * 1024 ** 2) })));
    await expect(things.distinct('v')).rejects.toMatchObject({ code: 17217 });
    expect(await things.distinct('v', { v: /^a/ })).toHaveLength(1);
  });

  it('of a collection that is not there are none', async () => {
    expect(await test.things().find().toArray()).toEqual([]);
    expect(await test.things().findOne({ a: 1 })).toBeNull();
    expect(await test.things().countDocuments()).toBe(0);
    expect(await test.things().distinct('a')).toEqual([]);
  });
});

describe('a query that makes no sense', () => {
  it('is refused with the code a driver knows', async () => {
    const things = await test.with({ a: 1 });
    expect(await failureOf(things.find({ a: { $nonsense: 1 } } as never).toArray())).toMatchObject({
      code: 2,
      message: expect.stringContaining('unknown operator: $nonsense'),
    });
    expect(await failureOf(things.find({ $nonsense: 1 } as never).toArray())).toMatchObject({ code: 2 });
    expect(await failureOf(things.find({ $or: [] }).toArray())).toMatchObject({ code: 2 });
    expect(await failureOf(things.find({ a: { $in: 1 } } as never).toArray())).toMatchObject({ code: 2 });
    expect(await failureOf(things.find({}, { projection: { a: 1, b: 0 } }).toArray())).toMatchObject({ code: 31254 });
    expect(await failureOf(test.db().command({ find: things.collectionName, sort: { a: 2 } }))).toMatchObject({ code: 2 });
    expect(await failureOf(things.find({ a: { $regex: '(' } }).toArray())).toMatchObject({ code: expect.any(Number) });
  });
});
