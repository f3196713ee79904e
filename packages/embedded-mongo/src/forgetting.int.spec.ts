import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedMongo, startEmbeddedMongo } from './server.ts';

let folder: string;
let mongo: EmbeddedMongo;
let client: MongoClient;
const faults: unknown[] = [];
const onFault = (error: unknown) => void faults.push(error);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-forgets-'));
  mongo = await startEmbeddedMongo({ file: join(folder, 'data'), forgetWithin: 50, onFault });
  client = await new MongoClient(mongo.url).connect();
});
afterEach(async () => {
  await client.close();
  await mongo.close();
  await rm(folder, { recursive: true, force: true });
  expect(faults.splice(0)).toEqual([]);
});

/** In which of the files this text lies, as a copy of the folder would have it. */
const filesWith = (text: string): string[] =>
  readdirSync(join(folder, 'data')).filter((name) => readFileSync(join(folder, 'data', name)).includes(text));
const gone = (text: string) => expect.poll(() => filesWith(text), { timeout: 10_000, interval: 20 }).toEqual([]);
const there = (text: string) => expect(filesWith(text).length).toBeGreaterThan(0);

const collection = () => client.db('d').collection<Record<string, unknown> & { _id: string }>('c');

describe('what was deleted or written over', () => {
  it('is in none of the files within the time that was said: a small document, a large one, and their index entries', async () => {
    await collection().createIndex({ named: 1 });
    for (let n = 0; n < 200; n++) await collection().insertOne({ _id: `keeps-${n}`, named: `KEPT-${n}`, text: 'y'.repeat(200) });
    await collection().insertOne({ _id: 'small', named: 'SECRET-NAME', text: 'SECRET-SMALL' });
    await collection().insertOne({ _id: 'large', named: 'other', text: 'SECRET-LARGE'.repeat(20_000) });
    for (const text of ['SECRET-NAME', 'SECRET-SMALL', 'SECRET-LARGE']) there(text);
    await collection().deleteMany({ _id: { $in: ['small', 'large'] } });
    for (const text of ['SECRET-NAME', 'SECRET-SMALL', 'SECRET-LARGE']) await gone(text);
    there('KEPT-199');
    expect(await collection().countDocuments({ named: { $gte: 'KEPT' } })).toBe(200);
  });

  it('is a field that was removed, a document that was replaced, and a collection that was dropped', async () => {
    await collection().insertOne({ _id: 'one', key: 'SECRET-FIELD', rest: 'stays' });
    await collection().insertOne({ _id: 'two', text: 'SECRET-BEFORE' });
    await client.db('d').collection('other').insertOne({ text: 'SECRET-DROPPED' });
    await collection().updateOne({ _id: 'one' }, { $unset: { key: 1 } });
    await collection().replaceOne({ _id: 'two' }, { text: 'AFTER' });
    await client.db('d').dropCollection('other');
    for (const text of ['SECRET-FIELD', 'SECRET-BEFORE', 'SECRET-DROPPED']) await gone(text);
    expect(await collection().find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'one', rest: 'stays' },
      { _id: 'two', text: 'AFTER' },
    ]);
  });

  it('is not in the log that a process before left', async () => {
    await collection().insertOne({ _id: 'one', text: 'SECRET-LEFT' });
    await collection().deleteOne({ _id: 'one' });
    await cp(join(folder, 'data'), join(folder, 'left'), { recursive: true });
    const next = await startEmbeddedMongo({ file: join(folder, 'left'), forgetWithin: 50, onFault });
    await expect
      .poll(() =>
        readdirSync(join(folder, 'left')).filter((name) => readFileSync(join(folder, 'left', name)).includes('SECRET-LEFT')),
      )
      .toEqual([]);
    await next.close();
  });
});

describe('a copy made while nothing is written', () => {
  it('opens with everything, though the log was emptied', async () => {
    await collection().insertOne({ _id: 'one', text: 'KEPT' });
    await collection().insertOne({ _id: 'two', text: 'SECRET' });
    await collection().deleteOne({ _id: 'two' });
    await gone('SECRET');
    await cp(join(folder, 'data'), join(folder, 'copy'), { recursive: true });
    const copy = await startEmbeddedMongo({ file: join(folder, 'copy'), onFault });
    const other = await new MongoClient(copy.url).connect();
    expect(await other.db('d').collection('c').find().toArray()).toEqual([{ _id: 'one', text: 'KEPT' }]);
    await other.close();
    await copy.close();
  });
});
