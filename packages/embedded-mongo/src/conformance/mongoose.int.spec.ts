import mongoose, { type Connection, Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();
let connection: Connection;

beforeAll(async () => {
  connection = await mongoose
    .createConnection(test.url(), {
      dbName: `${test.db().databaseName}_mongoose`,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const bid = new Schema({ firm: String, price: Number }, { _id: false });
const tenderSchema = new Schema(
  {
    title: { type: String, required: true },
    reference: { type: String, unique: true },
    deadline: Date,
    budget: Schema.Types.Decimal128,
    bids: [bid],
    buyer: { type: Schema.Types.ObjectId, ref: 'Firm' },
    extra: Schema.Types.Mixed,
  },
  { timestamps: true },
);
tenderSchema.index({ deadline: 1, title: -1 });

const models = async () => {
  const firms = connection.models.Firm ?? connection.model('Firm', new Schema({ name: String }));
  const tenders = connection.models.Tender ?? connection.model('Tender', tenderSchema);
  await tenders.init();
  await tenders.deleteMany();
  return { firms, tenders: tenders as unknown as mongoose.Model<mongoose.InferSchemaType<typeof tenderSchema>> };
};

describe('a mongoose model', () => {
  it('makes its indexes, saves, finds and populates', async () => {
    const { firms, tenders } = await models();
    const firm = await firms.create({ name: 'Demonstration GmbH' });
    const made = await tenders.create({
      title: 'Portal',
      reference: 'r1',
      deadline: new Date('2026-12-01'),
      budget: '12.50',
      buyer: firm._id,
      extra: { a: [1, { b: 2 }] },
    });
    const found = await tenders.findById(made._id).populate<{ buyer: { name: string } }>('buyer');
    expect(found?.buyer.name).toBe('Demonstration GmbH');
    expect(String(found?.budget)).toBe('12.50');
    expect(found?.createdAt).toBeInstanceOf(Date);
    expect((await tenders.listIndexes()).map(({ name }) => name)).toEqual(['_id_', 'reference_1', 'deadline_1_title_-1']);
    expect(await tenders.syncIndexes()).toEqual([]);
  });

  it('saves what changed, and notices that another was faster', async () => {
    const { tenders } = await models();
    await tenders.create({ title: 'Portal', reference: 'r2', bids: [{ firm: 'a', price: 1 }] });
    const [mine, other] = await Promise.all([tenders.findOne({ reference: 'r2' }), tenders.findOne({ reference: 'r2' })]);
    other?.bids.push({ firm: 'b', price: 2 });
    await other?.save();
    mine?.set('bids', [{ firm: 'c', price: 3 }]);
    const error = await failureOf(mine?.save() ?? Promise.resolve());
    expect(error).toBeInstanceOf(mongoose.Error.VersionError);
    expect((await tenders.findOne({ reference: 'r2' }).lean())?.bids.map(({ firm }) => firm)).toEqual(['a', 'b']);
  });

  it('reports a value that is taken by its key', async () => {
    const { tenders } = await models();
    await tenders.create({ title: 'a', reference: 'same' });
    expect(await failureOf(tenders.create({ title: 'b', reference: 'same' }))).toMatchObject({
      code: 11000,
      keyPattern: { reference: 1 },
      keyValue: { reference: 'same' },
    });
  });

  /** As the kernel writes: independent, in one round trip, and with `upsert`, so that a version that is gone is told as an error. */
  const guarded = (_id: string, version: number, more: object = {}) => ({
    updateOne: { filter: { _id, version }, update: { $set: { version: version + 1, ...more } }, upsert: true },
  });

  it('writes guarded by a version: of many writers at once exactly one wins each round', async () => {
    const collection = connection.collection<{ _id: string; version: number; log: number[] }>('guarded');
    await collection.insertOne({ _id: 'guarded', version: 0, log: [] });
    const write = async (writer: number): Promise<void> => {
      for (;;) {
        const version = (await collection.findOne({ _id: 'guarded' }))?.version ?? -1;
        const { updateOne } = guarded('guarded', version);
        const update = { ...updateOne.update, $push: { log: writer } };
        try {
          const { upsertedCount } = await collection.bulkWrite([{ updateOne: { ...updateOne, update } }], { ordered: false });
          expect(upsertedCount).toBe(0);
          return;
        } catch (error) {
          expect(error).toMatchObject({ code: 11000 });
        }
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
    const after = await collection.findOne({ _id: 'guarded' });
    expect(after?.version).toBe(20);
    expect(after?.log.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('tells of guarded writes in one round trip what became of each, and writes all that can be', async () => {
    const collection = connection.collection<{ _id: string; version: number; lookup?: string }>('together');
    await collection.createIndex({ lookup: 1 }, { unique: true, sparse: true });
    await collection.insertMany([
      { _id: 'current', version: 3 },
      { _id: 'stale', version: 9, lookup: 'taken' },
      { _id: 'collides', version: 1 },
    ]);
    const error = await failureOf(
      collection.bulkWrite(
        [
          guarded('stale', 8),
          guarded('current', 3, { lookup: 'free' }),
          guarded('collides', 1, { lookup: 'taken' }),
          guarded('gone', 5),
          { insertOne: { document: { _id: 'current', version: 1 } } },
          { insertOne: { document: { _id: 'new', version: 1 } } },
        ],
        { ordered: false },
      ),
    );
    expect(error).toBeInstanceOf(mongoose.mongo.MongoBulkWriteError);
    const { writeErrors, upsertedIds, insertedCount, matchedCount } = error as unknown as mongoose.mongo.MongoBulkWriteError;
    const told = [writeErrors].flat().map(({ index, code, errmsg }) => [index, code, /index: (\S+)/.exec(errmsg ?? '')?.[1]]);
    expect(told.toSorted()).toEqual([
      [0, 11000, '_id_'],
      [2, 11000, 'lookup_1'],
      [4, 11000, '_id_'],
    ]);
    expect({ upsertedIds, insertedCount, matchedCount }).toEqual({
      upsertedIds: { 3: 'gone' },
      insertedCount: 1,
      matchedCount: 1,
    });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'collides', version: 1 },
      { _id: 'current', version: 4, lookup: 'free' },
      { _id: 'gone', version: 6 },
      { _id: 'new', version: 1 },
      { _id: 'stale', version: 9, lookup: 'taken' },
    ]);
  });

  it('keeps a projection only when it is newer', async () => {
    const { tenders } = await models();
    const put = async (sequence: number): Promise<number> => {
      try {
        const { modifiedCount, upsertedCount } = await tenders.collection.replaceOne(
          { _id: 'p' as never, sequence: { $lt: sequence } },
          { sequence, text: `state ${sequence}` } as never,
          { upsert: true },
        );
        return modifiedCount + upsertedCount;
      } catch (error) {
        expect(error).toMatchObject({ code: 11000 });
        return 0;
      }
    };
    expect([await put(2), await put(1), await put(2), await put(3)]).toEqual([1, 0, 0, 1]);
    expect(await tenders.collection.findOne({ _id: 'p' as never })).toEqual({ _id: 'p', sequence: 3, text: 'state 3' });
  });

  it('moves sent events out of an outbox', async () => {
    const collection = connection.collection<{ _id: string; outbox: { id: string }[] }>('books');
    await collection.createIndex({ 'outbox.id': 1 });
    await collection.insertMany([
      { _id: 'a', outbox: [{ id: '1' }, { id: '2' }] },
      { _id: 'b', outbox: [] },
      { _id: 'c', outbox: [{ id: '3' }] },
    ]);
    const waiting = () =>
      collection
        .find({ 'outbox.id': { $gt: '' } }, { projection: { outbox: 1 } })
        .limit(10)
        .toArray();
    expect((await waiting()).map(({ _id }) => String(_id))).toEqual(['a', 'c']);
    await collection.bulkWrite(
      [{ updateOne: { filter: { _id: 'a' }, update: { $pull: { outbox: { id: { $in: ['1', '2'] } } } } } }],
      { ordered: false },
    );
    expect((await waiting()).map(({ _id }) => String(_id))).toEqual(['c']);
  });

  it('pages by cursor, aggregates and updates many', async () => {
    const { tenders } = await models();
    await tenders.insertMany(
      Array.from({ length: 30 }, (_, i) => ({ title: `t${i % 3}`, reference: `p${String(i).padStart(2, '0')}` })),
    );
    const seen: string[] = [];
    for await (const tender of tenders.find().sort({ reference: 1 }).cursor({ batchSize: 7 }))
      seen.push(String(tender.reference));
    expect(seen).toHaveLength(30);
    expect(seen).toEqual(seen.toSorted());
    const after = await tenders
      .find({ reference: { $gt: 'p20' } })
      .sort({ reference: 1 })
      .limit(2)
      .lean();
    expect(after.map(({ reference }) => reference)).toEqual(['p21', 'p22']);
    expect(await tenders.aggregate([{ $group: { _id: '$title', n: { $sum: 1 } } }, { $sort: { _id: 1 } }])).toEqual([
      { _id: 't0', n: 10 },
      { _id: 't1', n: 10 },
      { _id: 't2', n: 10 },
    ]);
    expect(await tenders.updateMany({ title: 't1' }, { $set: { title: 'new' } })).toMatchObject({ modifiedCount: 10 });
    expect(
      await tenders
        .findOneAndUpdate({ reference: 'p05' }, { $push: { bids: { firm: 'x', price: 1 } } }, { returnDocument: 'after' })
        .lean(),
    ).toMatchObject({ bids: [{ firm: 'x', price: 1 }] });
    expect(await tenders.exists({ reference: 'nothing' })).toBeNull();
    expect(await tenders.distinct('title')).toEqual(expect.arrayContaining(['t0', 'new', 't2']));
  });
});
