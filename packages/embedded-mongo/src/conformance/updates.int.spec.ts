import { Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();

/** One document before and after one update. */
const updated = async (document: object, update: object, options: { filter?: object; arrayFilters?: object[] } = {}) => {
  const things = test.things();
  await things.deleteMany({});
  await things.insertOne({ _id: 1, ...document } as never);
  const { filter = {}, arrayFilters } = options;
  await things.updateOne(filter, update, arrayFilters ? { arrayFilters } : {});
  const { _id, ...after } = ((await things.findOne({})) ?? {}) as { [field: string]: unknown };
  return after;
};

describe('fields', () => {
  it('are set, along paths that are made, and unset', async () => {
    expect(await updated({ a: 1 }, { $set: { 'b.c.d': 2, a: 3 } })).toEqual({ a: 3, b: { c: { d: 2 } } });
    expect(await updated({ a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', 'x.y': '' } })).toEqual({ b: { d: 2 } });
    expect(await updated({ a: [1, 2] }, { $set: { 'a.3': 9 } })).toEqual({ a: [1, 2, null, 9] });
    expect(await updated({ a: [1, 2] }, { $unset: { 'a.0': '' } })).toEqual({ a: [null, 2] });
    expect(await updated({ a: [{ b: 1 }, { b: 2 }] }, { $set: { 'a.1.b': 5 } })).toEqual({ a: [{ b: 1 }, { b: 5 }] });
  });

  it('are counted up, multiplied, held to the least or greatest, renamed and dated', async () => {
    expect(await updated({ n: 1 }, { $inc: { n: 2, m: 5 }, $mul: { o: 3 } })).toEqual({ n: 3, m: 5, o: 0 });
    expect(await updated({ n: 4 }, { $mul: { n: 2.5 } })).toEqual({ n: 10 });
    expect(await updated({ a: 5, b: 5 }, { $min: { a: 3, b: 9, c: 1 } })).toEqual({ a: 3, b: 5, c: 1 });
    expect(await updated({ a: 5, b: 5 }, { $max: { a: 3, b: 9, c: 1 } })).toEqual({ a: 5, b: 9, c: 1 });
    expect(await updated({ a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'y', x: 'w' } })).toEqual({ b: {}, z: 1, y: 2 });
    expect((await updated({}, { $currentDate: { at: true } })).at).toBeInstanceOf(Date);
    expect(await updated({ n: 13 }, { $bit: { n: { and: 10 } } })).toEqual({ n: 8 });
  });

  it('keep the types of their numbers', async () => {
    const things = await test.with({
      _id: 1,
      i: new Int32(1),
      l: Long.fromNumber(1),
      d: new Double(1),
      m: Decimal128.fromString('1.10'),
      untouched: new Double(3),
    });
    await things.updateOne({}, { $inc: { i: new Int32(1), l: new Int32(1), d: new Int32(1), m: new Int32(1) } });
    const types = await things
      .aggregate([
        {
          $project: {
            _id: 0,
            i: { $type: '$i' },
            l: { $type: '$l' },
            d: { $type: '$d' },
            m: { $type: '$m' },
            untouched: { $type: '$untouched' },
          },
        },
      ])
      .toArray();
    expect(types).toEqual([{ i: 'int', l: 'long', d: 'double', m: 'decimal', untouched: 'double' }]);
    expect((await things.findOne({}))?.m).toEqual(Decimal128.fromString('2.10'));
    await things.updateOne({}, { $set: { i: new Int32(2147483647) } });
    await things.updateOne({}, { $inc: { i: new Int32(1) } });
    expect(await things.find({ i: { $type: 'long' } }).toArray()).toHaveLength(1);
    expect(
      await failureOf(
        things.updateOne({}, [{ $set: { l: Long.MAX_VALUE } }]).then(() => things.updateOne({}, { $inc: { l: 1 } })),
      ),
    ).toMatchObject({ code: 2 });
  });
});

describe('arrays', () => {
  it('take elements at the end, at a place, sorted and sliced', async () => {
    expect(await updated({ a: [1] }, { $push: { a: 2, b: 3 } })).toEqual({ a: [1, 2], b: [3] });
    expect(await updated({ a: [1] }, { $push: { a: { $each: [2, 3] } } })).toEqual({ a: [1, 2, 3] });
    expect(await updated({ a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } })).toEqual({ a: [1, 2, 3, 4] });
    expect(await updated({ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1 } } })).toEqual({ a: [1, 2, 3] });
    expect(
      await updated({ a: [{ n: 3 }, { n: 1 }] }, { $push: { a: { $each: [{ n: 2 }], $sort: { n: -1 }, $slice: 2 } } }),
    ).toEqual({ a: [{ n: 3 }, { n: 2 }] });
    expect(await updated({ a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } })).toEqual({ a: [2, 3] });
    expect(await updated({ a: [1, 2] }, { $push: { a: { $each: [], $slice: 0 } } })).toEqual({ a: [] });
    expect(await updated({ a: [1] }, { $push: { a: [2, 3] } })).toEqual({ a: [1, [2, 3]] });
  });

  it('hold a value once by $addToSet', async () => {
    expect(await updated({ a: [1] }, { $addToSet: { a: 1 } })).toEqual({ a: [1] });
    expect(await updated({ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } })).toEqual({ a: [1, 2] });
    expect(await updated({}, { $addToSet: { a: { x: 1 } } })).toEqual({ a: [{ x: 1 }] });
    expect(await updated({ a: [{ x: 1, y: 2 }] }, { $addToSet: { a: { y: 2, x: 1 } } })).toEqual({
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    });
  });

  it('lose elements by $pull, $pullAll and $pop', async () => {
    expect(await updated({ a: [1, 2, 1] }, { $pull: { a: 1 } })).toEqual({ a: [2] });
    expect(await updated({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } })).toEqual({ a: [1] });
    expect(await updated({ a: [{ id: 'x', n: 1 }, { id: 'y' }] }, { $pull: { a: { id: { $in: ['x', 'z'] } } } })).toEqual({
      a: [{ id: 'y' }],
    });
    expect(await updated({ a: [{ b: [1, 2] }, { b: [3] }] }, { $pull: { a: { b: 2 } } })).toEqual({ a: [{ b: [3] }] });
    expect(await updated({ a: ['x', 'yx', 3] }, { $pull: { a: /x/ } })).toEqual({ a: [3] });
    expect(await updated({ a: [1, 2, 3, 2] }, { $pullAll: { a: [2, 3] } })).toEqual({ a: [1] });
    expect(await updated({ a: [1, 2, 3] }, { $pop: { a: 1 } })).toEqual({ a: [1, 2] });
    expect(await updated({ a: [1, 2, 3] }, { $pop: { a: -1 } })).toEqual({ a: [2, 3] });
    expect(await updated({}, { $pull: { a: 1 } })).toEqual({});
  });

  it('are changed at the element that matched, at all, or at those a filter names', async () => {
    expect(await updated({ a: [1, 5, 5] }, { $set: { 'a.$': 9 } }, { filter: { a: 5 } })).toEqual({ a: [1, 9, 5] });
    expect(await updated({ a: [{ n: 1 }, { n: 2 }] }, { $inc: { 'a.$.n': 10 } }, { filter: { 'a.n': 2 } })).toEqual({
      a: [{ n: 1 }, { n: 12 }],
    });
    expect(
      await updated(
        {
          a: [
            { n: 1, m: 1 },
            { n: 1, m: 2 },
          ],
        },
        { $set: { 'a.$.x': 1 } },
        { filter: { a: { $elemMatch: { n: 1, m: 2 } } } },
      ),
    ).toEqual({
      a: [
        { n: 1, m: 1 },
        { n: 1, m: 2, x: 1 },
      ],
    });
    expect(await updated({ a: [1, 2] }, { $mul: { 'a.$[]': 2 } })).toEqual({ a: [2, 4] });
    expect(await updated({ a: [{ b: [1, 2] }, { b: [3] }] }, { $inc: { 'a.$[].b.$[]': 1 } })).toEqual({
      a: [{ b: [2, 3] }, { b: [4] }],
    });
    expect(await updated({ a: [1, 6, 8] }, { $set: { 'a.$[big]': 0 } }, { arrayFilters: [{ big: { $gt: 5 } }] })).toEqual({
      a: [1, 0, 0],
    });
    expect(
      await updated({ a: [{ n: 1 }, { n: 7 }] }, { $set: { 'a.$[e].hit': true } }, { arrayFilters: [{ 'e.n': { $gte: 5 } }] }),
    ).toEqual({ a: [{ n: 1 }, { n: 7, hit: true }] });
  });
});

describe('what an update says it did', () => {
  it('counts what matched and what changed', async () => {
    const things = await test.with({ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 });
    expect(await things.updateMany({ a: 1 }, { $set: { a: 2 } })).toMatchObject({ matchedCount: 2, modifiedCount: 2 });
    expect(await things.updateMany({}, { $set: { a: 2 } })).toMatchObject({ matchedCount: 3, modifiedCount: 0 });
    expect(await things.updateOne({ a: 9 }, { $set: { a: 2 } })).toMatchObject({ matchedCount: 0, modifiedCount: 0 });
    expect(await things.replaceOne({ _id: 1 } as never, { b: 1 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await things.findOne({ _id: 1 } as never)).toEqual({ _id: 1, b: 1 });
    expect(await things.deleteMany({ a: 2 })).toMatchObject({ deletedCount: 2 });
    expect(await things.deleteOne({ a: 2 })).toMatchObject({ deletedCount: 0 });
  });
});

describe('an upsert', () => {
  it('makes the document from what the filter holds to one value', async () => {
    const things = test.things();
    const result = await things.updateOne(
      { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: { $in: [7] } }] },
      { $set: { f: 3 }, $setOnInsert: { g: 4 }, $inc: { h: 1 } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: expect.any(ObjectId) });
    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 1, b: { c: 2 }, e: 7, f: 3, g: 4, h: 1 });
    expect(await things.updateOne({ a: 1 }, { $set: { f: 4 }, $setOnInsert: { g: 9 } }, { upsert: true })).toMatchObject({
      matchedCount: 1,
      upsertedCount: 0,
    });
    expect(await things.findOne({ a: 1 })).toMatchObject({ f: 4, g: 4 });
  });

  it('takes the _id of the filter, for a replacement too', async () => {
    const things = test.things();
    expect(await things.updateOne({ _id: 'x' } as never, { $set: { a: 1 } }, { upsert: true })).toMatchObject({
      upsertedId: 'x',
    });
    expect(await things.replaceOne({ _id: 'y', n: { $lt: 3 } } as never, { n: 3 }, { upsert: true })).toMatchObject({
      upsertedId: 'y',
    });
    expect(await things.findOne({ _id: 'y' } as never)).toEqual({ _id: 'y', n: 3 });
    expect(await failureOf(things.replaceOne({ _id: 'y', n: { $lt: 3 } } as never, { n: 3 }, { upsert: true }))).toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 'y' },
    });
  });
});

describe('a pipeline as an update', () => {
  it('computes from the document', async () => {
    const things = await test.with({ _id: 1, a: 2, b: 3 });
    await things.updateOne({}, [{ $set: { sum: { $add: ['$a', '$b'] }, a: '$$REMOVE' } }, { $unset: 'b' }]);
    expect(await things.findOne({})).toEqual({ _id: 1, sum: 5 });
    await things.updateOne({}, [{ $replaceWith: { kept: '$sum' } }]);
    expect(await things.findOne({})).toEqual({ _id: 1, kept: 5 });
  });
});

describe('finding and changing at once', () => {
  it('gives the document before or after, chosen by sort and projected', async () => {
    const things = await test.with({ _id: 1, n: 1, s: 2 }, { _id: 2, n: 2, s: 1 });
    expect(await things.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { s: 1 } })).toEqual({ _id: 2, n: 2, s: 1 });
    expect(
      await things.findOneAndUpdate({ _id: 2 } as never, { $inc: { n: 10 } }, { returnDocument: 'after', projection: { n: 1 } }),
    ).toEqual({ _id: 2, n: 22 });
    expect(await things.findOneAndReplace({ _id: 1 } as never, { r: 1 }, { returnDocument: 'after' })).toEqual({ _id: 1, r: 1 });
    expect(await things.findOneAndDelete({ _id: 1 } as never)).toEqual({ _id: 1, r: 1 });
    expect(await things.findOneAndUpdate({ _id: 9 } as never, { $set: { a: 1 } })).toBeNull();
    const made = await things.findOneAndUpdate(
      { _id: 9 } as never,
      { $set: { a: 1 } },
      { upsert: true, returnDocument: 'after', includeResultMetadata: true },
    );
    expect(made).toMatchObject({ value: { _id: 9, a: 1 }, lastErrorObject: { updatedExisting: false, upserted: 9, n: 1 } });
    expect(await things.findOneAndUpdate({ _id: 10 } as never, { $set: { a: 1 } }, { upsert: true })).toBeNull();
  });
});

describe('an update that makes no sense', () => {
  it('is refused with the code a driver knows, and changes nothing', async () => {
    const things = await test.with({ _id: 1, a: 'text', b: { c: 1 }, l: [1] });
    const refused = (update: object, options = {}) => failureOf(things.updateOne({}, update, options));
    expect(await refused({ $inc: { a: 1 } })).toMatchObject({ code: 14 });
    expect(await refused({ $inc: { n: 'x' } })).toMatchObject({ code: 14 });
    expect(await refused({ $push: { a: 1 } })).toMatchObject({ code: 2 });
    expect(await refused({ $pop: { a: 1 } })).toMatchObject({ code: 14 });
    expect(await refused({ $set: { 'a.b': 1 } })).toMatchObject({ code: 28 });
    expect(await refused({ $set: { 'l.x': 1 } })).toMatchObject({ code: 28 });
    expect(await refused({ $set: { b: 1, 'b.c': 2 } })).toMatchObject({ code: 40 });
    expect(await refused({ $set: { x: 1 }, $inc: { x: 2 } })).toMatchObject({ code: 40 });
    expect(await refused({ $set: { _id: 2 } })).toMatchObject({ code: 66 });
    expect(await refused({ $nonsense: { a: 1 } })).toMatchObject({ code: 9 });
    expect(await refused({ $set: { 'l.$': 1 } })).toMatchObject({ code: 2 });
    expect(await refused({ $set: { 'l.$[x]': 1 } })).toMatchObject({ code: 2 });
    expect(await refused({ $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] })).toMatchObject({ code: 9 });
    expect(await refused({ $set: { '': 1 } })).toMatchObject({ code: 56 });
    expect(await failureOf(things.replaceOne({ _id: 1 } as never, { _id: 5 } as never))).toMatchObject({ code: 66 });
    expect(await things.find().toArray()).toEqual([{ _id: 1, a: 'text', b: { c: 1 }, l: [1] }]);
  });
});
