import { Long } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();
const many = (count: number) => test.with(...Array.from({ length: count }, (_, i) => ({ _id: i, n: i, text: 'x'.repeat(100) })));

describe('a cursor', () => {
  it('gives everything in batches of the size asked for', async () => {
    const things = await many(250);
    for (const batchSize of [1, 7, 100, 1000]) {
      const found = await things.find({}, { batchSize }).toArray();
      expect(found.map(({ _id }) => _id)).toEqual(Array.from({ length: 250 }, (_, i) => i));
    }
    expect(
      await things
        .find({ n: { $gte: 100 } }, { batchSize: 10 })
        .sort({ n: -1 })
        .limit(33)
        .toArray(),
    ).toHaveLength(33);
    expect(
      await things.aggregate([{ $match: { n: { $lt: 120 } } }, { $project: { n: 1 } }], { batchSize: 11 }).toArray(),
    ).toHaveLength(120);
  });

  it('says how much is left: nothing after the last batch', async () => {
    await many(5);
    const { collectionName } = test.things();
    const first = await test.db().command({ find: collectionName, batchSize: 2 });
    expect(first.cursor.firstBatch).toHaveLength(2);
    const second = await test.db().command({ getMore: first.cursor.id, collection: collectionName, batchSize: 2 });
    expect(second.cursor.nextBatch).toHaveLength(2);
    const third = await test.db().command({ getMore: first.cursor.id, collection: collectionName, batchSize: 2 });
    expect(third.cursor).toMatchObject({ nextBatch: [{ _id: 4 }], id: Long.ZERO.toNumber() });
    expect(await failureOf(test.db().command({ getMore: first.cursor.id, collection: collectionName }))).toMatchObject({
      code: 43,
    });
  });

  it('with an empty first batch waits for the first getMore', async () => {
    await many(3);
    const { collectionName } = test.things();
    const first = await test.db().command({ find: collectionName, batchSize: 0 });
    expect(first.cursor.firstBatch).toEqual([]);
    expect((await test.db().command({ getMore: first.cursor.id, collection: collectionName })).cursor.nextBatch).toHaveLength(3);
  });

  it('can be one batch only, and can be killed', async () => {
    await many(5);
    const { collectionName } = test.things();
    const single = await test.db().command({ find: collectionName, batchSize: 2, singleBatch: true });
    expect(Number(single.cursor.id)).toBe(0);
    const open = await test.db().command({ find: collectionName, batchSize: 2 });
    expect(await test.db().command({ killCursors: collectionName, cursors: [open.cursor.id] })).toMatchObject({
      cursorsKilled: [open.cursor.id],
    });
    expect(await failureOf(test.db().command({ getMore: open.cursor.id, collection: collectionName }))).toMatchObject({
      code: 43,
    });
  });

  it('goes on while documents are written and deleted', async () => {
    const things = await many(200);
    const cursor = things.find({}, { batchSize: 10 });
    const seen: unknown[] = [];
    for await (const { _id } of cursor) {
      seen.push(_id);
      if (_id === 20) await things.deleteMany({ n: { $gte: 150 } });
    }
    expect(seen.slice(0, 150)).toEqual(Array.from({ length: 150 }, (_, i) => i));
    expect(seen.length).toBeLessThan(200);
  });

  it('ends with its collection, and never reads what was made after that', async () => {
    const things = await many(200);
    await things.createIndex({ n: 1 });
    const open = () =>
      Promise.all(
        [{}, { n: { $gte: 0 } }].map((filter) => test.db().command({ find: things.collectionName, filter, batchSize: 2 })),
      );
    const cursors = await open();
    await things.drop();
    const others = ['a', 'b', 'c', 'd'].map((name) =>
      test.db().collection<{ _id: number; n: number }>(`${things.collectionName}_${name}`),
    );
    for (const other of others) {
      await other.createIndex({ n: 1 });
      await other.insertMany(Array.from({ length: 200 }, (_, n) => ({ _id: n, n, secret: true })));
    }
    for (const { cursor } of cursors) {
      const { code } = await failureOf(test.db().command({ getMore: cursor.id, collection: things.collectionName }));
      // Killed with its plan, or forgotten: which of both depends on the server's version.
      expect([43, 175]).toContain(code);
    }
  });

  it('carries batches of large documents that are more than one message', async () => {
    const things = test.things();
    for (let i = 0; i < 6; i += 1) await things.insertOne({ _id: i, text: 'x'.repeat(6_000_000) } as never);
    expect((await things.find().toArray()).map(({ _id }) => _id)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
