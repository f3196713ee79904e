import { MongoBulkWriteError, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();

describe('writing many at once', () => {
  it('stops at the first error when ordered, and says which it was', async () => {
    const things = await test.with({ _id: 2 });
    const error = await failureOf(things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }] as never));
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(error).toMatchObject({
      code: 11000,
      insertedCount: 1,
      writeErrors: [expect.objectContaining({ index: 1, code: 11000 })],
    });
    expect(await test.ids({})).toEqual([1, 2]);
  });

  it('goes on past errors when unordered, and tells each', async () => {
    const things = await test.with({ _id: 2 });
    const error = await failureOf(
      things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 3 }] as never, { ordered: false }),
    );
    expect(error).toMatchObject({ code: 11000, insertedCount: 2 });
    expect((error as unknown as MongoBulkWriteError).writeErrors).toMatchObject([{ index: 1 }, { index: 3 }]);
    expect(await test.ids({})).toEqual([1, 2, 3]);
  });

  it('mixes inserts, updates, upserts, replacements and deletes, each counted', async () => {
    const things = await test.with({ _id: 1, n: 1 }, { _id: 2, n: 2 }, { _id: 3, n: 3 });
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 4, n: 4 } as never } },
      { updateOne: { filter: { _id: 1 } as never, update: { $inc: { n: 10 } } } },
      { updateMany: { filter: { n: { $lt: 4 } }, update: { $set: { low: true } } } },
      { replaceOne: { filter: { _id: 3 } as never, replacement: { r: 1 } as never } },
      { deleteOne: { filter: { _id: 4 } as never } },
      { updateOne: { filter: { _id: 9 } as never, update: { $set: { made: true } }, upsert: true } },
      { deleteMany: { filter: { low: true } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 4,
      modifiedCount: 4,
      deletedCount: 2,
      upsertedCount: 1,
      upsertedIds: { 5: 9 },
    });
    expect(await test.ids({})).toEqual([1, 3, 9]);
  });

  it('tells the index of a failing update within its batch', async () => {
    const things = await test.with({ _id: 1, n: 'text' }, { _id: 2, n: 1 });
    const operations = [1, 2].map((_id) => ({ updateOne: { filter: { _id } as never, update: { $inc: { n: 1 } } } }));
    expect((await failureOf(things.bulkWrite(operations, { ordered: false }))).writeErrors).toMatchObject([
      { index: 0, code: 14 },
    ]);
    expect(await things.findOne({ _id: 2 } as never)).toEqual({ _id: 2, n: 2 });
  });
});

describe('a document', () => {
  it('with an _id that is taken is refused with the value', async () => {
    const things = await test.with({ _id: 'a' });
    expect(await failureOf(things.insertOne({ _id: 'a' } as never))).toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 'a' },
    });
  });

  it('cannot have an array for its _id', async () => {
    expect(await failureOf(test.things().insertOne({ _id: [1] } as never))).toMatchObject({ code: 53 });
  });

  it('is given an _id that comes first', async () => {
    const things = test.things();
    await test.db().command({ insert: things.collectionName, documents: [{ a: 1 }, { b: 1, _id: 5 }] });
    const found = await things.find().toArray();
    expect(found.map((document) => Object.keys(document)[0])).toEqual(['_id', '_id']);
  });

  it('cannot grow over 16 MB', async () => {
    const things = await test.with({ _id: 1, text: 'x'.repeat(9_000_000) });
    expect(await failureOf(things.updateOne({}, [{ $set: { more: '$text' } }]))).toMatchObject({ code: expect.any(Number) });
    expect(Object.keys((await things.findOne({})) ?? {})).toEqual(['_id', 'text']);
  });
});

describe('a command', () => {
  it('that no server knows is refused by name', async () => {
    expect(await failureOf(test.db().command({ nonsense: 1 }))).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
  });

  it('with a field no server knows is refused', async () => {
    expect(await failureOf(test.db().command({ find: 'x', nonsense: 1 }))).toMatchObject({ code: 40415 });
  });

  it('for a name that cannot be is refused', async () => {
    expect(await failureOf(test.db().command({ insert: '', documents: [{}] }))).toMatchObject({ code: 73 });
    expect(await failureOf(test.db().command({ create: 'a$b' }))).toMatchObject({ code: 73 });
  });

  it('lists, makes and drops collections and databases', async () => {
    const things = await test.with({ a: 1 });
    const names = async () => (await test.db().listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect(await names()).toContain(things.collectionName);
    await test.db().createCollection('made');
    expect(await names()).toContain('made');
    expect(await things.drop()).toBe(true);
    expect(await names()).not.toContain(things.collectionName);
    expect(await test.db().listCollections({ name: 'made' }).toArray()).toMatchObject([{ name: 'made', type: 'collection' }]);
    expect((await test.db().admin().listDatabases()).databases.map(({ name }) => name)).toContain(test.db().databaseName);
    expect(await test.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('a session', () => {
  it('is accepted', async () => {
    const client = await new MongoClient(test.url()).connect();
    const session = client.startSession();
    const things = client.db(test.db().databaseName).collection('sessions');
    await things.insertOne({ a: 1 }, { session });
    expect(await things.findOne({ a: 1 }, { session })).toMatchObject({ a: 1 });
    await session.endSession();
    await client.close();
  });
});
