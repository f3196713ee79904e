import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from './children.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-kill-'));
});
afterAll(() => rm(folder, { recursive: true }));

const writers = 50;
const connect = (url: string) =>
  new MongoClient(url, { maxPoolSize: writers, retryWrites: false, serverSelectionTimeoutMS: 1_000 }).connect();

type Book = { acknowledged: Set<string>; counted: Map<number, number> };

/** Writes without end until the server is gone, noting what was acknowledged. */
const writeUntilKilled = async (client: MongoClient, round: number, book: Book): Promise<void> => {
  const db = client.db('killed');
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      try {
        for (let i = 0; ; i += 1) {
          const id = `${round}-${writer}-${i}`;
          await db.collection('inserts').insertOne({ _id: id as never, key: id, text: 'x'.repeat(200) });
          book.acknowledged.add(id);
          await db.collection('counters').updateOne({ _id: writer as never }, { $inc: { n: 1 } }, { upsert: true });
          book.counted.set(writer, (book.counted.get(writer) ?? 0) + 1);
        }
      } catch (error) {
        expect(String(error)).toMatch(/Mongo|connection|ECONN/i);
      }
    }),
  );
};

const hasty = fileURLToPath(new URL('./hasty.fixture.ts', import.meta.url));

describe.each([
  { server: 'a server', entry: undefined },
  { server: 'a server that empties its log all the time', entry: hasty },
])('$server, killed with -9 while fifty writers write', ({ entry }) => {
  it('has every write it acknowledged, whole and in its indexes', async () => {
    const dataDir = join(folder, entry ? 'hasty' : 'data');
    const book: Book = { acknowledged: new Set(), counted: new Map() };
    for (let round = 0; round < 4; round += 1) {
      const child = await startChild(dataDir, 0, entry);
      const client = await connect(child.url);
      await client.db('killed').collection('inserts').createIndex({ key: 1 }, { unique: true });
      const before = book.acknowledged.size;
      const writing = writeUntilKilled(client, round, book);
      await expect
        .poll(() => book.acknowledged.size - before, { timeout: 60_000, interval: 5 })
        .toBeGreaterThan(200 + 37 * round);
      await child.kill('SIGKILL');
      await writing;
      await client.close();
    }

    const child = await startChild(dataDir, 0, entry);
    const client = await connect(child.url);
    const inserts = client.db('killed').collection('inserts');
    const held = new Set((await inserts.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => String(_id)));
    expect([...book.acknowledged].filter((id) => !held.has(id))).toEqual([]);
    // Through the unique index there are just as many, so no entry was lost or left behind.
    expect(
      await inserts
        .find({ key: { $gte: '' } })
        .hint('key_1')
        .toArray(),
    ).toHaveLength(held.size);
    for (const counter of await client.db('killed').collection('counters').find().toArray()) {
      const acknowledged = book.counted.get(Number(counter._id)) ?? 0;
      expect(Number(counter.n)).toBeGreaterThanOrEqual(acknowledged);
      // At most one write a kill was under way unanswered.
      expect(Number(counter.n)).toBeLessThanOrEqual(acknowledged + 4);
    }
    await client.close();
    expect(await child.kill('SIGTERM')).toBe(0);
  }, 180_000);
});
