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

describe('an ordered batch that stops half way', () => {
  it('has done what came before, nothing of what comes after, and tells how far it came', async () => {
    const things = await test.with({ _id: 1, n: 1 }, { _id: 2, n: 2 }, { _id: 3, n: 3 });
    const error = await failureOf(
      things.bulkWrite([
        { insertOne: { document: { _id: 4, n: 4 } as never } },
        { updateOne: { filter: { _id: 1 } as never, update: { $set: { n: 10 } } } },
        { updateOne: { filter: { _id: 8 } as never, update: { $set: { n: 80 } }, upsert: true } },
        { deleteOne: { filter: { _id: 2 } as never } },
        { insertOne: { document: { _id: 5, n: 5 } as never } },
        { insertOne: { document: { _id: 4, n: 40 } as never } },
        { insertOne: { document: { _id: 6, n: 6 } as never } },
        { deleteMany: { filter: {} } },
      ]),
    );
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect((error as unknown as MongoBulkWriteError).result).toMatchObject({
      insertedCount: 2,
      matchedCount: 1,
      modifiedCount: 1,
      upsertedCount: 1,
      upsertedIds: { 2: 8 },
      deletedCount: 1,
    });
    expect(error.writeErrors).toMatchObject([{ index: 5, code: 11000 }]);
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 10 },
      { _id: 3, n: 3 },
      { _id: 4, n: 4 },
      { _id: 5, n: 5 },
      { _id: 8, n: 80 },
    ]);
  });

  it('of updates stops at the one that fails', async () => {
    const things = await test.with({ _id: 1, n: 1 }, { _id: 2, n: 'text' }, { _id: 3, n: 3 });
    const reply = await test.db().command({
      update: things.collectionName,
      updates: [1, 2, 3].map((_id) => ({ q: { _id }, u: { $inc: { n: 1 } } })),
    });
    expect(reply).toMatchObject({ ok: 1, n: 1, nModified: 1, writeErrors: [{ index: 1, code: 14 }] });
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 2, n: 'text' },
      { _id: 3, n: 3 },
    ]);
  });
});

describe('each error of a batch', () => {
  it('tells the key that is taken, in its fields, as the server sent it', async () => {
    const things = await test.with({ _id: 1, firm: 'a', lot: { id: 'l1' } });
    await things.createIndex({ firm: 1, 'lot.id': -1 }, { unique: true });
    const inserted = await test.db().command({
      insert: things.collectionName,
      ordered: false,
      documents: [
        { _id: 1, firm: 'b' },
        { _id: 2, firm: 'a', lot: { id: 'l1' } },
        { _id: 3, firm: 'c' },
        { _id: 4, firm: 'c' },
      ],
    });
    expect(inserted).toMatchObject({
      ok: 1,
      n: 1,
      writeErrors: [
        { index: 0, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } },
        { index: 1, code: 11000, keyPattern: { firm: 1, 'lot.id': -1 }, keyValue: { firm: 'a', 'lot.id': 'l1' } },
        { index: 3, code: 11000, keyPattern: { firm: 1, 'lot.id': -1 }, keyValue: { firm: 'c', 'lot.id': null } },
      ],
    });
    expect(inserted.writeErrors).toHaveLength(3);
    const updated = await test.db().command({
      update: things.collectionName,
      updates: [
        { q: { _id: 3 }, u: { $set: { firm: 'a', lot: { id: 'l1' } } } },
        { q: { _id: 9 }, u: { firm: 'c' }, upsert: true },
      ],
      ordered: false,
    });
    expect(updated).toMatchObject({
      ok: 1,
      n: 0,
      nModified: 0,
      writeErrors: [
        { index: 0, code: 11000, keyPattern: { firm: 1, 'lot.id': -1 }, keyValue: { firm: 'a', 'lot.id': 'l1' } },
        { index: 1, code: 11000, keyPattern: { firm: 1, 'lot.id': -1 }, keyValue: { firm: 'c', 'lot.id': null } },
      ],
    });
    expect(await test.ids({})).toEqual([1, 3]);
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

describe('a database that is dropped', () => {
  it('is gone with its collections, documents and indexes, and leaves its neighbours alone', async () => {
    const things = await test.with({ _id: 1 });
    const client = await new MongoClient(test.url()).connect();
    const name = `${test.db().databaseName}_dropped`;
    const dropped = client.db(name);
    await dropped.collection('a').insertOne({ n: 1 });
    await dropped.collection('b').createIndex({ n: 1 }, { unique: true });
    const names = async () => (await client.db().admin().listDatabases()).databases.map((database) => database.name);
    expect(await names()).toContain(name);
    expect(await dropped.command({ dropDatabase: 1 })).toMatchObject({ ok: 1 });
    expect(await names()).not.toContain(name);
    expect(await dropped.listCollections().toArray()).toEqual([]);
    expect(await dropped.collection('a').countDocuments()).toBe(0);
    await dropped.collection('b').insertMany([{ n: 1 }, { n: 1 }]);
    expect(await dropped.collection('b').countDocuments()).toBe(2);
    expect((await dropped.collection('b').indexes()).map((index) => index.name)).toEqual(['_id_']);
    expect(await things.countDocuments()).toBe(1);
    // Once more where there is nothing is no error.
    await dropped.dropDatabase();
    expect(await dropped.command({ dropDatabase: 1 })).toMatchObject({ ok: 1 });
    await client.close();
  });
});

describe('a transaction', () => {
  it('is refused by a standalone server in the words drivers know, and keeps its word on a replica set', async () => {
    const client = await new MongoClient(test.url()).connect();
    const hello = await client.db('admin').command({ hello: 1 });
    const things = client.db(test.db().databaseName).collection('transactions');
    await things.insertOne({ before: true });
    const session = client.startSession();
    session.startTransaction();
    if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
      expect(await failureOf(things.findOne({}, { session }))).toMatchObject({
        code: 20,
        codeName: 'IllegalOperation',
        message: 'Transaction numbers are only allowed on a replica set member or mongos',
      });
      // As a command of its own, for the driver has its own words for a write.
      const write = { insert: 'transactions', documents: [{ within: true }] };
      expect(await failureOf(client.db(test.db().databaseName).command(write, { session }))).toMatchObject({ code: 20 });
    } else {
      await things.insertOne({ within: true }, { session });
      await session.abortTransaction();
    }
    expect(await things.countDocuments()).toBe(1);
    await session.endSession();
    await client.close();
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
