import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from './conformance/database.ts';
import { type EmbeddedMongo, startEmbeddedMongo } from './server.ts';

let folder: string;
let mongo: EmbeddedMongo;
let client: MongoClient;
let db: Db;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-left-out-'));
  mongo = await startEmbeddedMongo({ file: folder });
  client = await new MongoClient(mongo.url).connect();
  db = client.db('d');
  await db.collection<Document>('c').insertOne({ n: 1 });
});
afterAll(async () => {
  await client.close();
  await mongo.close();
  await rm(folder, { recursive: true });
});

const aggregate = (...pipeline: Document[]): Document => ({ aggregate: 'c', pipeline, cursor: {} });
const find = (filter: Document, more: Document = {}): Document => ({ find: 'c', filter, ...more });
const index = (key: Document, more: Document = {}): Document => ({ createIndexes: 'c', indexes: [{ key, name: 'i', ...more }] });

/** What the README says is left out. */
const leftOut: Readonly<Record<string, Document>> = {
  mapReduce: { mapReduce: 'c', map: 'f', reduce: 'f', out: { inline: 1 } },
  renameCollection: { renameCollection: 'd.c', to: 'd.e' },
  'users and roles': { createUser: 'u', pwd: 'p', roles: [] },
  'replica sets': { replSetInitiate: {} },
  sharding: { shardCollection: 'd.c', key: { n: 1 } },
  'capped collections': { create: 'e', capped: true, size: 4096 },
  'time series': { create: 'e', timeseries: { timeField: 't' } },
  'clustered collections': { create: 'e', clusteredIndex: { key: { _id: 1 }, unique: true } },
  views: { create: 'e', viewOn: 'c', pipeline: [] },
  validators: { create: 'e', validator: { n: 1 } },
  'text indexes': index({ n: 'text' }),
  'geo indexes': index({ n: '2dsphere' }),
  'hashed indexes': index({ n: 'hashed' }),
  'wildcard indexes': index({ '$**': 1 }),
  'collations of indexes': index({ n: 1 }, { collation: { locale: 'de' } }),
  'collations of reads': find({}, { collation: { locale: 'de' } }),
  $setWindowFields: aggregate({ $setWindowFields: { output: {} } }),
  $fill: aggregate({ $fill: { output: { n: { value: 1 } } } }),
  $geoNear: aggregate({ $geoNear: { near: [0, 0], distanceField: 'd' } }),
  $changeStream: aggregate({ $changeStream: {} }),
  $indexStats: aggregate({ $indexStats: {} }),
  $collStats: aggregate({ $collStats: {} }),
  $search: aggregate({ $search: {} }),
  $vectorSearch: aggregate({ $vectorSearch: {} }),
  $currentOp: aggregate({ $currentOp: {} }),
  $where: find({ $where: 'true' }),
  $text: find({ $text: { $search: 'x' } }),
  $jsonSchema: find({ $jsonSchema: {} }),
  $near: find({ n: { $near: [0, 0] } }),
  $geoWithin: find({ n: { $geoWithin: { $box: [] } } }),
  $sampleRate: find({ $sampleRate: 0.5 }),
  $function: aggregate({ $project: { x: { $function: { body: 'f', args: [], lang: 'js' } } } }),
  $accumulator: aggregate({ $group: { _id: null, x: { $accumulator: {} } } }),
  $meta: find({}, { projection: { x: { $meta: 'textScore' } } }),
  '$merge with a pipeline': aggregate({ $merge: { into: 'e', whenMatched: [{ $set: { a: 1 } }] } }),
  '$lookup from another database': aggregate({
    $lookup: { from: { db: 'x', coll: 'y' }, localField: 'a', foreignField: 'b', as: 'z' },
  }),
  'tailable cursors': find({}, { tailable: true }),
  min: find({}, { min: { n: 1 }, hint: { n: 1 } }),
  returnKey: find({}, { returnKey: true }),
};

describe('what the README names as left out', () => {
  it.each(Object.entries(leftOut))('%s is refused by name, and leaves no trace', async (_name, command) => {
    expect(await failureOf(db.command(command))).toMatchObject({ code: 115, message: expect.stringContaining('MONGODB_URL') });
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['c']);
    expect((await db.collection('c').indexes()).map(({ name }) => name)).toEqual(['_id_']);
  });
});
