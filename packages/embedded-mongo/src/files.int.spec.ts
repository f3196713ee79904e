import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failingChild, startChild } from './children.ts';
import { startEmbeddedMongo } from './server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const filled = async (file: string, documents = 2000): Promise<void> => {
  const server = await startEmbeddedMongo({ file });
  const client = await new MongoClient(server.url).connect();
  await client
    .db('d')
    .collection('c')
    .insertMany(Array.from({ length: documents }, (_, i) => ({ i, text: 'x'.repeat(300) })));
  await client.close();
  await server.close();
};

const oneLine = (text: string): string[] => text.trim().split('\n');

describe('a file that cannot be used ends the start with one line and leaves the file alone', () => {
  it('when it is no database', async () => {
    const file = join(folder, 'noise.sqlite');
    await writeFile(file, Buffer.alloc(9000, 'no database at all '));
    const { code, stderr, stdout } = await failingChild({ DATA_DIR: file });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(oneLine(stderr)).toEqual([expect.stringMatching(/noise\.sqlite is damaged or not a database/)]);
    expect((await readFile(file)).equals(Buffer.alloc(9000, 'no database at all '))).toBe(true);
  });

  it('when its end is missing', async () => {
    const file = join(folder, 'short.sqlite');
    await filled(file);
    await truncate(file, Math.floor((await stat(file)).size / 2));
    await expect(startEmbeddedMongo({ file })).rejects.toThrow(/short\.sqlite is damaged/);
  });

  it('when pages within are overwritten', async () => {
    const file = join(folder, 'torn.sqlite');
    await filled(file);
    const bytes = await readFile(file);
    bytes.fill(0xab, 4096 * 3, 4096 * 40);
    await writeFile(file, bytes);
    await expect(startEmbeddedMongo({ file })).rejects.toThrow(/torn\.sqlite is damaged/);
  });

  it('when another program wrote it', async () => {
    const file = join(folder, 'other.sqlite');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE letters (id INTEGER PRIMARY KEY)');
    other.close();
    await expect(startEmbeddedMongo({ file })).rejects.toThrow(/other\.sqlite is a SQLite file of another program/);
  });

  it('when a later version wrote it', async () => {
    const file = join(folder, 'later.sqlite');
    await filled(file, 1);
    const raw = new DatabaseSync(file);
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    await expect(startEmbeddedMongo({ file })).rejects.toThrow(/has format 99; this program reads format 1/);
  });

  it('when another process uses it', async () => {
    const dataDir = join(folder, 'shared');
    const first = await startChild(dataDir);
    const { code, stderr } = await failingChild({ DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(oneLine(stderr)).toEqual([expect.stringMatching(/is locked: another process uses it/)]);
    expect(await first.kill('SIGTERM')).toBe(0);
  });
});

describe('a start', () => {
  it('on a port that is taken ends with one line that names it', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await failingChild({ DATA_DIR: join(folder, 'port'), MONGO_PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(oneLine(stderr)).toEqual([expect.stringMatching(new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken`))]);
  });

  it('finds what an earlier run wrote, its indexes and their kind included', async () => {
    const dataDir = join(folder, 'again');
    const first = await startChild(dataDir);
    const client = await new MongoClient(first.url).connect();
    await client
      .db('d')
      .collection('c')
      .insertOne({ _id: 1 as never, tags: ['a', 'b'] });
    await client.db('d').collection('c').createIndex({ tags: 1 }, { unique: true });
    await client.close();
    expect(await first.kill('SIGTERM')).toBe(0);
    const second = await startChild(dataDir);
    const again = await new MongoClient(second.url).connect();
    const collection = again.db('d').collection('c');
    expect(await collection.find({ tags: 'b' }).toArray()).toEqual([{ _id: 1, tags: ['a', 'b'] }]);
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'tags_1']);
    await expect(collection.insertOne({ tags: 'b' })).rejects.toMatchObject({ code: 11000 });
    await again.close();
    expect(await second.kill('SIGINT')).toBe(0);
  });
});
