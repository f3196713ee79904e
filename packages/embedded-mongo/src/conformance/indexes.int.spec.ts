import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();

/** The names of the indexes a plan reads; "collection" where it reads all. */
const scans = (plan: unknown): string[] => {
  if (Array.isArray(plan)) return plan.flatMap(scans);
  if (plan === null || typeof plan !== 'object') return [];
  const { stage, indexName, inputStage, inputStages, queryPlan, shards, ...rest } = plan as { [field: string]: unknown };
  if (stage === 'COLLSCAN') return ['collection'];
  if (stage === 'IDHACK' || stage === 'EXPRESS_IXSCAN') return ['_id_'];
  if (stage === 'IXSCAN') return [String(indexName)];
  void rest;
  return [...scans(inputStage), ...scans(inputStages), ...scans(queryPlan)];
};

const planOf = async (filter: object, sort: object = {}) => {
  const explained = await test
    .things()
    .find(filter)
    .sort(sort as never)
    .explain('executionStats');
  const text = JSON.stringify(explained.queryPlanner.winningPlan);
  return {
    indexes: scans(explained.queryPlanner.winningPlan),
    sortsInMemory: text.includes('"SORT"'),
    examined: explained.executionStats.totalDocsExamined as number,
  };
};

describe('a unique index', () => {
  it('refuses a second document with E11000, the pattern and the value', async () => {
    const things = test.things();
    await things.createIndex({ email: 1 }, { unique: true });
    await things.insertOne({ email: 'a@example.org' } as never);
    const error = await failureOf(things.insertOne({ email: 'a@example.org' } as never));
    expect(error).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: 'a@example.org' } });
    expect(error.message).toMatch(
      /^E11000 duplicate key error collection: \S+ index: email_1 dup key: \{ email: "a@example.org" \}$/,
    );
    expect(await things.countDocuments()).toBe(1);
  });

  it('holds in updates, upserts and replacements, and lets a document keep its own value', async () => {
    const things = test.things();
    await things.createIndex({ k: 1 }, { unique: true });
    await things.insertMany([
      { _id: 1, k: 'a' },
      { _id: 2, k: 'b' },
    ] as never);
    expect(await failureOf(things.updateOne({ _id: 2 } as never, { $set: { k: 'a' } }))).toMatchObject({
      code: 11000,
      keyValue: { k: 'a' },
    });
    expect(await failureOf(things.findOneAndUpdate({ _id: 2 } as never, { $set: { k: 'a' } }))).toMatchObject({
      code: 11000,
      keyPattern: { k: 1 },
    });
    expect(await failureOf(things.updateOne({ _id: 3 } as never, { $set: { k: 'a' } }, { upsert: true }))).toMatchObject({
      code: 11000,
    });
    expect(await things.updateOne({ _id: 1 } as never, { $set: { k: 'a', other: 1 } })).toMatchObject({ modifiedCount: 1 });
    await things.deleteOne({ _id: 1 } as never);
    expect(await things.updateOne({ _id: 2 } as never, { $set: { k: 'a' } })).toMatchObject({ modifiedCount: 1 });
  });

  it('counts a missing field as null, unless it is sparse', async () => {
    const things = test.things();
    await things.createIndex({ a: 1 }, { unique: true });
    await things.createIndex({ b: 1 }, { unique: true, sparse: true });
    await things.insertOne({ _id: 1 } as never);
    expect(await failureOf(things.insertOne({ _id: 2 } as never))).toMatchObject({
      code: 11000,
      keyPattern: { a: 1 },
      keyValue: { a: null },
    });
    await things.insertOne({ _id: 3, a: 3, b: 1 } as never);
    await things.insertOne({ _id: 4, a: 4 } as never);
    expect(await failureOf(things.insertOne({ _id: 5, a: 5, b: 1 } as never))).toMatchObject({
      code: 11000,
      keyPattern: { b: 1 },
    });
  });

  it('holds only where its partial filter does', async () => {
    const things = test.things();
    await things.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await things.insertMany([
      { _id: 1, k: 1, live: false },
      { _id: 2, k: 1, live: false },
      { _id: 3, k: 1, live: true },
    ] as never);
    expect(await failureOf(things.updateOne({ _id: 1 } as never, { $set: { live: true } }))).toMatchObject({ code: 11000 });
    await things.updateOne({ _id: 3 } as never, { $set: { live: false } });
    expect(await things.updateOne({ _id: 1 } as never, { $set: { live: true } })).toMatchObject({ modifiedCount: 1 });
  });

  it('over several fields refuses only the whole', async () => {
    const things = test.things();
    await things.createIndex({ a: 1, b: -1 }, { unique: true });
    await things.insertMany([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ] as never);
    expect(await failureOf(things.insertOne({ a: 1, b: 2 } as never))).toMatchObject({
      code: 11000,
      keyPattern: { a: 1, b: -1 },
      keyValue: { a: 1, b: 2 },
    });
  });

  it('over an array holds for each element, across documents only', async () => {
    const things = test.things();
    await things.createIndex({ tags: 1 }, { unique: true });
    await things.insertOne({ _id: 1, tags: ['a', 'b', 'a'] } as never);
    expect(await failureOf(things.insertOne({ tags: ['c', 'b'] } as never))).toMatchObject({
      code: 11000,
      keyValue: { tags: 'b' },
    });
    await things.updateOne({ _id: 1 } as never, { $pull: { tags: 'b' } } as never);
    await things.insertOne({ tags: ['c', 'b'] } as never);
  });

  it('cannot be made over documents that break it', async () => {
    const things = await test.with({ k: 1 }, { k: 1 });
    expect(await failureOf(things.createIndex({ k: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect(await things.indexes()).toHaveLength(1);
  });
});

describe('an index', () => {
  it('is used for equality, ranges, $in, prefixes of patterns and compound prefixes', async () => {
    const things = await test.with(
      ...Array.from({ length: 200 }, (_, i) => ({ _id: i, a: i % 20, b: i, s: `name ${String(i).padStart(3, '0')}` })),
    );
    await things.createIndex({ a: 1, b: 1 });
    await things.createIndex({ s: 1 });
    expect(await planOf({ a: 3 })).toMatchObject({ indexes: ['a_1_b_1'], examined: 10 });
    expect(await planOf({ a: 3, b: { $gte: 100 } })).toMatchObject({ indexes: ['a_1_b_1'], examined: 5 });
    expect(await planOf({ a: { $in: [1, 2] }, b: { $lt: 40 } })).toMatchObject({ indexes: ['a_1_b_1'], examined: 4 });
    expect(await planOf({ s: /^name 01/ })).toMatchObject({ indexes: ['s_1'], examined: 10 });
    expect(await planOf({ s: { $gt: 'name 197' } })).toMatchObject({ indexes: ['s_1'], examined: 2 });
    expect(await planOf({ b: 5 })).toMatchObject({ indexes: ['collection'] });
    expect(await planOf({ _id: 7 })).toMatchObject({ indexes: ['_id_'], examined: 1 });
    expect(await planOf({ $or: [{ a: 3 }, { s: 'name 000' }] })).toMatchObject({ indexes: ['a_1_b_1', 's_1'], examined: 11 });
  });

  it('counts what it holds by itself, of arrays each document once', async () => {
    const things = await test.with(
      ...Array.from({ length: 60 }, (_, i) => ({ _id: i, a: i % 3 === 0 ? [1, 2, 2] : i % 3, b: i, c: i % 2 })),
    );
    await things.createIndex({ a: 1, b: 1 });
    for (const filter of [{ a: 1 }, { a: 1, b: { $lt: 31 } }, { a: { $in: [1, 2] }, b: { $gte: 31 } }, { b: 7, a: 1 }]) {
      const found = (await things.find(filter).toArray()).length;
      expect(await things.countDocuments(filter)).toBe(found);
      expect(await things.countDocuments(filter, { skip: 3, limit: 5 })).toBe(Math.max(0, Math.min(5, found - 3)));
      expect(Number((await test.db().command({ count: things.collectionName, query: filter })).n)).toBe(found);
    }
    expect(await things.countDocuments({ a: 1, c: 1 })).toBe(20);
    expect(await things.countDocuments({ a: 1, b: { $ne: 3 } })).toBe(39);
    const { modifiedCount } = await things.updateMany({ a: 1, b: { $lt: 10 } }, { $set: { b: 100 } });
    expect(modifiedCount).toBe(7);
    expect(await things.countDocuments({ a: 1, b: 100 })).toBe(7);
    expect((await things.deleteMany({ a: { $in: [1, 2] }, b: 100 })).deletedCount).toBe(7);
    const groups = await things.aggregate([
      { $match: { a: 1 } },
      { $group: { _id: null, all: { $sum: 1 }, last: { $max: '$b' } } },
    ]);
    expect(await groups.toArray()).toEqual([{ _id: null, all: 33, last: 58 }]);
  });

  it('gives the order of a sort, forwards and backwards', async () => {
    const things = await test.with(...Array.from({ length: 60 }, (_, i) => ({ _id: i, a: i % 3, b: (i * 7) % 60 })));
    await things.createIndex({ a: 1, b: -1 });
    expect(await planOf({ a: 1 }, { b: -1 })).toMatchObject({ indexes: ['a_1_b_-1'], sortsInMemory: false });
    expect(await planOf({ a: 1 }, { b: 1 })).toMatchObject({ indexes: ['a_1_b_-1'], sortsInMemory: false });
    expect(await planOf({}, { a: -1, b: 1 })).toMatchObject({ indexes: ['a_1_b_-1'], sortsInMemory: false });
    expect(await planOf({}, { a: 1, b: 1 })).toMatchObject({ sortsInMemory: true });
    const ordered = await things.find({ a: 1 }).sort({ b: 1 }).toArray();
    expect(ordered.map(({ b }) => b)).toEqual(ordered.map(({ b }) => b as number).toSorted((x, y) => x - y));
  });

  it('finds the same as no index does, arrays, nulls and all types included', async () => {
    const values = [
      null,
      1,
      2.5,
      'a',
      'b',
      [],
      [1, 'a'],
      [[1]],
      { x: 1 },
      [{ x: 1 }, { x: [2, 3] }],
      true,
      new Date(3),
      new ObjectId('a'.repeat(24)),
      [null],
    ];
    const things = await test.with(
      { _id: 'none' },
      ...values.map((v, i) => ({ _id: `v${String(i).padStart(2, '0')}`, v, w: i % 3 })),
    );
    const filters = [
      ...values.map((v) => ({ v })),
      ...values.filter((v) => !Array.isArray(v)).flatMap((v) => [{ v: { $gte: v } }, { v: { $lt: v } }]),
      { v: { $in: [1, null, 'b'] } },
      { v: { $ne: 1 } },
      { v: { $exists: true } },
      { v: { $exists: false } },
      { 'v.x': 1 },
      { 'v.x': { $gt: 1 } },
      { 'v.x': null },
      { v: { $gt: 0, $lt: 2 } },
      { v: { $elemMatch: { $gt: 0 } } },
      { v: { $elemMatch: { x: { $gte: 2 } } } },
      { v: /^a/ },
      { v: { $all: [1, 'a'] } },
      { w: { $gte: 1 }, v: { $lte: 'zz' } },
    ];
    const before = await Promise.all(filters.map((filter) => test.ids(filter)));
    await things.createIndex({ v: 1 });
    await things.createIndex({ 'v.x': -1 });
    await things.createIndex({ w: -1, v: 1 });
    await things.createIndex({ v: 1, w: 1 }, { sparse: true, name: 'sparse' });
    const after = await Promise.all(filters.map((filter) => test.ids(filter)));
    for (const [i, filter] of filters.entries()) expect(after[i], JSON.stringify(filter)).toEqual(before[i]);
  });

  it('serves an equality that an expression speaks of, as $lookup does', async () => {
    const things = await test.with(...Array.from({ length: 50 }, (_, i) => ({ _id: i, owner: i % 10, nested: { k: i } })), {
      _id: 'list',
      owner: [3],
    });
    await things.createIndex({ 'nested.k': 1 });
    const plan = await planOf({ $expr: { $eq: ['$nested.k', 7] } });
    expect(plan.indexes).toEqual(['nested.k_1']);
    await things.createIndex({ owner: 1 });
    expect(await test.ids({ $expr: { $eq: ['$owner', 3] } })).toEqual([3, 13, 23, 33, 43]);
    expect(await test.ids({ $expr: { $eq: ['$owner', [3]] } })).toEqual(['list']);
  });

  it('that leaves documents out is used only for queries that cannot mean them', async () => {
    const things = await test.with({ _id: 1, k: 1, live: true }, { _id: 2, live: true }, { _id: 3, k: 1 });
    await things.createIndex({ k: 1 }, { sparse: true });
    await things.createIndex({ k: 1, live: 1 }, { partialFilterExpression: { live: true }, name: 'living' });
    expect(await test.ids({ k: null })).toEqual([2]);
    expect(await test.ids({ k: 1 })).toEqual([1, 3]);
    expect(await test.ids({ k: 1, live: true })).toEqual([1]);
    expect((await things.find().sort({ k: 1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1, 3]);
  });

  it('is listed, taken again for done, refused when it conflicts, and dropped', async () => {
    const things = await test.with({ a: 1 });
    expect(await things.createIndex({ a: 1 }, { unique: true, expireAfterSeconds: 60 })).toBe('a_1');
    expect(await things.createIndex({ a: 1 }, { unique: true, expireAfterSeconds: 60 })).toBe('a_1');
    expect(await things.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'a_1', unique: true, expireAfterSeconds: 60 },
    ]);
    expect(await failureOf(things.createIndex({ b: 1 }, { name: 'a_1' }))).toMatchObject({ code: 86 });
    expect(await failureOf(things.createIndex({ a: 1 }, { unique: true, name: 'other' }))).toMatchObject({ code: 85 });
    expect(await failureOf(things.dropIndex('nothing'))).toMatchObject({ code: 27 });
    await things.dropIndex('a_1');
    expect(await things.indexes()).toHaveLength(1);
    expect(await failureOf(test.db().collection('missing').indexes())).toMatchObject({ code: 26 });
  });

  it('cannot hold two arrays side by side', async () => {
    const things = await test.with({ a: 1, b: [1] });
    await things.createIndex({ a: 1, b: 1 });
    expect(await failureOf(things.insertOne({ a: [1], b: [2] } as never))).toMatchObject({ code: 171 });
    expect(await things.countDocuments()).toBe(1);
  });

  it('that is named as a hint is used, and one that is not there refused', async () => {
    const things = await test.with({ _id: 1, a: 1 }, { _id: 2, a: 2 });
    await things.createIndex({ a: -1 });
    const explained = await things.find({}).hint('a_-1').explain();
    expect(scans(explained.queryPlanner.winningPlan)).toEqual(['a_-1']);
    expect(await things.find({}).hint({ a: -1 }).toArray()).toHaveLength(2);
    expect(await failureOf(things.find({}).hint('nothing').toArray())).toMatchObject({ code: 2 });
  });
});
