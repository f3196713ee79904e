import { Decimal128, Long, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();
const run = (...stages: object[]) =>
  test
    .things()
    .aggregate(stages as never)
    .toArray();
/** The value of an expression over one document. */
const value = async (document: object, expression: unknown) => {
  await test.things().deleteMany({});
  await test.things().insertOne({ _id: 1, ...document } as never);
  return (await run({ $project: { _id: 0, v: expression } }))[0]?.v;
};

describe('stages', () => {
  it('filter, sort, skip, limit and count', async () => {
    await test.with(...Array.from({ length: 10 }, (_, i) => ({ _id: i, n: 9 - i })));
    expect(await run({ $match: { n: { $gt: 3 } } }, { $sort: { n: 1 } }, { $skip: 1 }, { $limit: 2 })).toEqual([
      { _id: 4, n: 5 },
      { _id: 3, n: 6 },
    ]);
    expect(await run({ $limit: 3 }, { $match: { n: { $lt: 9 } } }, { $count: 'left' })).toEqual([{ left: 2 }]);
    expect(await run({ $match: { n: 99 } }, { $count: 'left' })).toEqual([]);
  });

  it('group by a value or several, null and missing as one', async () => {
    await test.with({ k: 'a', n: 1 }, { k: 'b', n: 2 }, { k: 'a', n: 3.5 }, { k: null, n: 4 }, { n: 5 });
    const groups = await run(
      {
        $group: {
          _id: '$k',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          first: { $first: '$n' },
          last: { $last: '$n' },
          all: { $push: '$n' },
          count: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(groups).toEqual([
      { _id: null, sum: 9, avg: 4.5, min: 4, max: 5, first: 4, last: 5, all: [4, 5], count: 2 },
      { _id: 'a', sum: 4.5, avg: 2.25, min: 1, max: 3.5, first: 1, last: 3.5, all: [1, 3.5], count: 2 },
      { _id: 'b', sum: 2, avg: 2, min: 2, max: 2, first: 2, last: 2, all: [2], count: 1 },
    ]);
    expect(
      await run(
        { $group: { _id: { k: '$k', big: { $gt: ['$n', 2] } }, n: { $sum: 1 } } },
        { $match: { '_id.k': 'a' } },
        { $sort: { '_id.big': 1 } },
      ),
    ).toEqual([
      { _id: { k: 'a', big: false }, n: 1 },
      { _id: { k: 'a', big: true }, n: 1 },
    ]);
    expect(
      await run({ $group: { _id: null, kinds: { $addToSet: '$k' } } }, { $project: { _id: 0, n: { $size: '$kinds' } } }),
    ).toEqual([{ n: 3 }]);
  });

  it('group ObjectIds and numbers of several types by value', async () => {
    const id = new ObjectId();
    await test.with(
      { k: id },
      { k: new ObjectId(id.toHexString()) },
      { n: 1 },
      { n: Long.fromNumber(1) },
      { n: Decimal128.fromString('1.0') },
    );
    expect(await run({ $match: { k: { $exists: true } } }, { $group: { _id: '$k', n: { $sum: 1 } } })).toEqual([
      { _id: id, n: 2 },
    ]);
    expect(
      await run({ $match: { n: { $exists: true } } }, { $group: { _id: '$n', count: { $sum: 1 } } }, { $project: { _id: 0 } }),
    ).toEqual([{ count: 3 }]);
  });

  it('shape documents', async () => {
    await test.with({ _id: 1, a: 1, b: { c: 2, d: [{ e: 1 }, { e: 2 }] } });
    expect(await run({ $project: { a: 1, e: '$b.d.e', _id: 0 } })).toEqual([{ a: 1, e: [1, 2] }]);
    expect(await run({ $set: { 'b.c': 9, 'b.d.f': 0, x: { y: '$a' } } })).toEqual([
      {
        _id: 1,
        a: 1,
        b: {
          c: 9,
          d: [
            { e: 1, f: 0 },
            { e: 2, f: 0 },
          ],
        },
        x: { y: 1 },
      },
    ]);
    expect(await run({ $unset: ['a', 'b.d'] })).toEqual([{ _id: 1, b: { c: 2 } }]);
    expect(await run({ $replaceRoot: { newRoot: { $mergeObjects: ['$b', { z: 1 }] } } }, { $unset: 'd' })).toEqual([
      { c: 2, z: 1 },
    ]);
    expect(await run({ $replaceWith: '$b' }, { $project: { c: 1 } })).toEqual([{ c: 2 }]);
  });

  it('unwind arrays, keeping empty ones when asked', async () => {
    await test.with({ _id: 1, v: ['a', 'b'] }, { _id: 2, v: [] }, { _id: 3 }, { _id: 4, v: 'x' });
    expect(await run({ $unwind: '$v' })).toEqual([
      { _id: 1, v: 'a' },
      { _id: 1, v: 'b' },
      { _id: 4, v: 'x' },
    ]);
    expect(await run({ $unwind: { path: '$v', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } })).toEqual([
      { _id: 1, v: 'a', i: 0 },
      { _id: 1, v: 'b', i: 1 },
      { _id: 2, i: null },
      { _id: 3, i: null },
      { _id: 4, v: 'x', i: null },
    ]);
  });

  it('join other collections by a field, through arrays, or by a pipeline', async () => {
    const other = test.db().collection('firms');
    await other.deleteMany({});
    await other.insertMany([
      { _id: 'x', city: 'Kigali' },
      { _id: 'y', city: 'Huye' },
      { _id: 'z', city: null },
    ] as never);
    await test.with({ _id: 1, firm: 'x' }, { _id: 2, firm: ['x', 'y'] }, { _id: 3 });
    expect(
      await run(
        { $lookup: { from: 'firms', localField: 'firm', foreignField: '_id', as: 'firms' } },
        { $project: { ids: '$firms._id' } },
      ),
    ).toEqual([
      { _id: 1, ids: ['x'] },
      { _id: 2, ids: ['x', 'y'] },
      { _id: 3, ids: [] },
    ]);
    expect(
      await run(
        { $match: { _id: 3 } },
        { $lookup: { from: 'firms', localField: 'firm', foreignField: 'city', as: 'firms' } },
        { $project: { ids: '$firms._id' } },
      ),
    ).toEqual([{ _id: 3, ids: ['z'] }]);
    const byPipeline = {
      from: 'firms',
      let: { f: '$firm' },
      pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$f'] } } }, { $project: { city: 1, _id: 0 } }],
      as: 'firms',
    };
    expect(await run({ $lookup: byPipeline }, { $project: { firms: 1 } })).toEqual([
      { _id: 1, firms: [{ city: 'Kigali' }] },
      { _id: 2, firms: [] },
      { _id: 3, firms: [] },
    ]);
    expect(
      await run({ $lookup: { from: 'missing', localField: 'firm', foreignField: '_id', as: 'none' } }, { $limit: 1 }),
    ).toEqual([{ _id: 1, firm: 'x', none: [] }]);
  });

  it('look from several sides at once, bucket, and sort by count', async () => {
    await test.with(...[1, 5, 7, 12, 25].map((n) => ({ n, odd: n % 2 === 1 })));
    expect(
      await run({
        $facet: {
          total: [{ $count: 'n' }],
          big: [{ $match: { n: { $gt: 6 } } }, { $sort: { n: -1 } }, { $limit: 1 }, { $project: { _id: 0, n: 1 } }],
        },
      }),
    ).toEqual([{ total: [{ n: 5 }], big: [{ n: 25 }] }]);
    expect(await run({ $bucket: { groupBy: '$n', boundaries: [0, 6, 20], default: 'more' } })).toEqual([
      { _id: 0, count: 2 },
      { _id: 6, count: 2 },
      { _id: 'more', count: 1 },
    ]);
    expect(await run({ $sortByCount: '$odd' })).toEqual([
      { _id: true, count: 4 },
      { _id: false, count: 1 },
    ]);
    expect(await run({ $bucketAuto: { groupBy: '$n', buckets: 2 } })).toMatchObject([{ _id: { min: 1 } }, { _id: { max: 25 } }]);
    expect(await run({ $sample: { size: 3 } })).toHaveLength(3);
  });

  it('fill the gaps of a row of values', async () => {
    await test.with({ _id: 1, n: 1 }, { _id: 2, n: 4 });
    expect((await run({ $densify: { field: 'n', range: { step: 1, bounds: 'full' } } })).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });

  it('follow references and add other collections', async () => {
    await test.with({ _id: 1, boss: null }, { _id: 2, boss: 1 }, { _id: 3, boss: 2 });
    const { collectionName } = test.things();
    const [up] = await run(
      { $match: { _id: 3 } },
      {
        $graphLookup: {
          from: collectionName,
          startWith: '$boss',
          connectFromField: 'boss',
          connectToField: '_id',
          as: 'above',
          depthField: 'depth',
        },
      },
    );
    expect(up?.above.toSorted((a: { _id: number }, b: { _id: number }) => a._id - b._id)).toMatchObject([{ _id: 1 }, { _id: 2 }]);
    expect(
      await run(
        { $match: { _id: 1 } },
        { $unionWith: { coll: collectionName, pipeline: [{ $match: { _id: 2 } }] } },
        { $project: { _id: 1 } },
      ),
    ).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  it('write what they made to a collection', async () => {
    await test.with({ _id: 1, n: 1 }, { _id: 2, n: 2 });
    const target = test.db().collection('target');
    await run({ $match: { n: 1 } }, { $out: 'target' });
    expect(await target.find().toArray()).toEqual([{ _id: 1, n: 1 }]);
    await run({ $set: { m: 1 } }, { $merge: { into: 'target', whenMatched: 'merge' } });
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 1, m: 1 },
      { _id: 2, n: 2, m: 1 },
    ]);
  });
});

describe('expressions', () => {
  it('calculate', async () => {
    expect(await value({ a: 7, b: 2 }, { $add: ['$a', '$b', 1] })).toBe(10);
    expect(await value({ a: 7, b: 2 }, { $subtract: ['$a', '$b'] })).toBe(5);
    expect(await value({ a: 7, b: 2 }, { $divide: ['$a', '$b'] })).toBe(3.5);
    expect(await value({ a: 7, b: 2 }, { $mod: ['$a', '$b'] })).toBe(1);
    expect(await value({ a: 2.5 }, { $round: ['$a', 0] })).toBe(2);
    expect(await value({ a: -2.5 }, { $trunc: '$a' })).toBe(-2);
    expect(await value({ a: -2.5 }, { $floor: '$a' })).toBe(-3);
    expect(await value({ a: 2 }, { $pow: ['$a', 10] })).toBe(1024);
    expect(await value({ a: null }, { $add: ['$a', 1] })).toBeNull();
    expect(await value({ a: Decimal128.fromString('0.1') }, { $add: ['$a', Decimal128.fromString('0.2')] })).toEqual(
      Decimal128.fromString('0.3'),
    );
    expect(await value({ at: new Date(1000) }, { $add: ['$at', 500] })).toEqual(new Date(1500));
    expect(await value({ a: new Date(1500), b: new Date(1000) }, { $subtract: ['$a', '$b'] })).toBe(500);
  });

  it('compare and decide', async () => {
    expect(await value({ a: 5 }, { $cond: [{ $gte: ['$a', 5] }, 'yes', 'no'] })).toBe('yes');
    expect(await value({}, { $ifNull: ['$a', '$b', 'none'] })).toBe('none');
    expect(
      await value(
        { a: 3 },
        {
          $switch: {
            branches: [
              // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name for it.
              { case: { $lt: ['$a', 2] }, then: 'low' },
              // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name for it.
              { case: { $lt: ['$a', 5] }, then: 'mid' },
            ],
            default: 'high',
          },
        },
      ),
    ).toBe('mid');
    expect(await value({ a: null }, { $eq: ['$a', '$missing'] })).toBe(false);
    expect(await value({ a: 1 }, { $and: ['$a', { $not: ['$b'] }] })).toBe(true);
    expect(await value({ id: new ObjectId('a'.repeat(24)) }, { $eq: ['$id', new ObjectId('a'.repeat(24))] })).toBe(true);
    expect(await value({ a: 'x' }, { $cmp: ['$a', 5] })).toBe(1);
  });

  it('work on arrays', async () => {
    const list = { l: [3, 1, 2], d: [{ n: 1 }, { n: 2 }] };
    expect(await value(list, { $size: '$l' })).toBe(3);
    expect(await value(list, { $arrayElemAt: ['$l', -1] })).toBe(2);
    expect(await value(list, { $filter: { input: '$l', as: 'x', cond: { $gt: ['$$x', 1] } } })).toEqual([3, 2]);
    expect(await value(list, { $map: { input: '$d', as: 'x', in: { $multiply: ['$$x.n', 10] } } })).toEqual([10, 20]);
    expect(await value(list, { $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } })).toBe(6);
    expect(await value(list, { $in: [2, '$l'] })).toBe(true);
    expect(await value(list, { $slice: ['$l', 1, 2] })).toEqual([1, 2]);
    expect(await value(list, { $concatArrays: ['$l', [9]] })).toEqual([3, 1, 2, 9]);
    expect(await value(list, { $sum: '$l' })).toBe(6);
    expect(await value(list, { $max: '$l' })).toBe(3);
    expect(await value(list, { $avg: '$d.n' })).toBe(1.5);
    expect(await value(list, { $sortArray: { input: '$l', sortBy: -1 } })).toEqual([3, 2, 1]);
    expect(await value(list, { $indexOfArray: ['$l', 2] })).toBe(2);
    expect(await value(list, { $setUnion: ['$l', [1, 4]] }).then((set) => set.toSorted())).toEqual([1, 2, 3, 4]);
    expect(await value(list, { $range: [0, 6, 2] })).toEqual([0, 2, 4]);
    expect(
      await value(list, {
        $arrayToObject: [
          [
            ['a', 1],
            ['b', '$l'],
          ],
        ],
      }),
    ).toEqual({ a: 1, b: [3, 1, 2] });
    expect(await value({ o: { a: 1 } }, { $objectToArray: '$o' })).toEqual([{ k: 'a', v: 1 }]);
    expect(await value(list, { $let: { vars: { first: { $first: '$l' } }, in: { $add: ['$$first', 1] } } })).toBe(4);
  });

  it('work on strings, types and dates', async () => {
    expect(await value({ a: 'Ki', b: 'gali' }, { $concat: ['$a', '$b'] })).toBe('Kigali');
    expect(await value({ a: 'ABC' }, { $toLower: '$a' })).toBe('abc');
    expect(await value({ a: 'a,b' }, { $split: ['$a', ','] })).toEqual(['a', 'b']);
    expect(await value({ a: '  x ' }, { $trim: { input: '$a' } })).toBe('x');
    expect(await value({ a: 'größe' }, { $strLenCP: '$a' })).toBe(5);
    expect(await value({ a: 'größe' }, { $substrCP: ['$a', 2, 2] })).toBe('öß');
    expect(await value({ a: 'abc' }, { $regexMatch: { input: '$a', regex: '^AB', options: 'i' } })).toBe(true);
    expect(await value({ a: 'a-b-c' }, { $replaceAll: { input: '$a', find: '-', replacement: { $literal: '$' } } })).toBe(
      'a$b$c',
    );
    expect(await value({ a: new ObjectId('b'.repeat(24)) }, { $toString: '$a' })).toBe('b'.repeat(24));
    expect(await value({ a: 'c'.repeat(24) }, { $toObjectId: '$a' })).toEqual(new ObjectId('c'.repeat(24)));
    expect(await value({ a: '12' }, { $toInt: '$a' })).toBe(12);
    expect(await value({ a: 'no' }, { $convert: { input: '$a', to: 'int', onError: -1 } })).toBe(-1);
    expect(
      await value(
        { at: new Date('2026-03-29T01:30:00Z') },
        { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M', timezone: 'Europe/Berlin' } },
      ),
    ).toBe('2026-03-29 03:30');
    expect(await value({ at: new Date('2026-03-29T01:30:00Z') }, { $year: '$at' })).toBe(2026);
    expect(await value({ at: new Date('2026-03-29T01:30:00Z') }, { $dateTrunc: { date: '$at', unit: 'day' } })).toEqual(
      new Date('2026-03-29T00:00:00Z'),
    );
    expect(
      await value({ at: new Date('2026-03-29T01:30:00Z') }, { $dateAdd: { startDate: '$at', unit: 'hour', amount: 2 } }),
    ).toEqual(new Date('2026-03-29T03:30:00Z'));
    expect(await value({ a: { b: 1 } }, { $getField: { field: 'b', input: '$a' } })).toBe(1);
    expect(await value({ a: '$b' }, { $literal: '$b' })).toBe('$b');
  });
});

describe('a pipeline that makes no sense', () => {
  it('is refused with the code a driver knows', async () => {
    await test.with({ a: 'x' });
    expect(await failureOf(run({ $nonsense: 1 }))).toMatchObject({ code: 40324 });
    expect(await failureOf(run({ $project: { v: { $nonsense: 1 } } }))).toMatchObject({ code: expect.any(Number) });
    expect(await failureOf(run({ $project: { v: { $add: ['$a', 1] } } }))).toMatchObject({ code: expect.any(Number) });
    expect(await failureOf(run({ $project: { v: { $divide: [1, 0] } } }))).toMatchObject({ code: expect.any(Number) });
    expect(await failureOf(run({ $group: { n: { $sum: 1 } } }))).toMatchObject({ code: 15955 });
    expect(await failureOf(run({ $limit: 0 }))).toMatchObject({ code: 15958 });
    expect(await failureOf(run({ $match: {}, $limit: 1 }))).toMatchObject({ code: 40323 });
    expect(await failureOf(run({ $project: { v: '$$unknown' } }))).toMatchObject({ code: 17276 });
  });
});
