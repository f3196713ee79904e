import { hash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failingChild, killedAfterItsFirstTouch, startChild } from './children.ts';
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

/** A folder as a `kill -9` left it after so many acknowledged documents, written a hundred at a time. */
const killed = async (name: string, documents = 500): Promise<{ folder: string; file: string; log: string }> => {
  const dataDir = join(folder, name);
  const child = await startChild(dataDir);
  const client = await new MongoClient(child.url, { retryWrites: false }).connect();
  for (let from = 0; from < documents; from += 100)
    await client
      .db('d')
      .collection('c')
      .insertMany(Array.from({ length: 100 }, (_, i) => ({ _id: (from + i) as never, text: 'x'.repeat(300) })));
  await child.kill('SIGKILL');
  await client.close();
  const file = join(dataDir, 'embedded-mongo.sqlite');
  return { folder: dataDir, file, log: `${file}-wal` };
};

const held = async (file: string): Promise<number> => {
  const server = await startEmbeddedMongo({ file });
  const client = await new MongoClient(server.url).connect();
  const count = await client.db('d').collection('c').countDocuments();
  await client.close();
  await server.close();
  return count;
};

const overwrite = async (file: string, at: number, bytes: Buffer): Promise<void> => {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
};

/** Each file of a folder by the hash of what it holds. */
const bytesIn = async (dataDir: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      readdirSync(dataDir).map(async (name) => [name, hash('sha256', await readFile(join(dataDir, name)))] as const),
    ),
  );

/** A frame of the log: 24 bytes of its own and a page. */
const frame = 24 + 4096;
const frameAt = (n: number): number => 32 + n * frame;

describe('a file that lost what was acknowledged is refused, never opened as an empty or an older database', () => {
  it.each<[string, (left: { file: string; log: string }) => Promise<void>, RegExp]>([
    ['the file is emptied', ({ file }) => truncate(file, 0), /mongo\.sqlite is damaged: it is empty, yet .*-wal holds data/],
    ['the file is missing', ({ file }) => rm(file), /mongo\.sqlite is missing, yet .*-wal is there/],
    [
      'its log is missing',
      ({ log }) => rm(log),
      /it was in use when it was left, and .*-wal, which holds the last writes, is missing/,
    ],
    ['its log is emptied', ({ log }) => truncate(log, 0), /it was in use when it was left, and .*-wal.* is empty/],
    [
      'the log does not begin as one',
      ({ log }) => overwrite(log, 0, Buffer.alloc(32, 0xab)),
      /-wal is damaged: it does not begin as a log of SQLite/,
    ],
    [
      'a bit of the beginning of the log is another',
      ({ log }) => overwrite(log, 17, Buffer.from([0x55])),
      /-wal is damaged: it does not begin as a log of SQLite/,
    ],
    [
      'the first frame of the log is damaged',
      ({ log }) => overwrite(log, frameAt(0) + 500, Buffer.alloc(64, 0xab)),
      /-wal is damaged: writes that were acknowledged cannot be read from it/,
    ],
    [
      'the head of a frame in the middle is damaged',
      ({ log }) => overwrite(log, frameAt(9), Buffer.alloc(24, 0xab)),
      /-wal is damaged: writes that were acknowledged cannot be read from it/,
    ],
    [
      'many frames are damaged',
      ({ log }) => overwrite(log, frameAt(2), Buffer.alloc(20 * frame, 0xab)),
      /-wal is damaged: writes that were acknowledged cannot be read from it/,
    ],
  ])('when %s', async (name, harm, says) => {
    const left = await killed(name.replaceAll(' ', '-'));
    await harm(left);
    const before = await bytesIn(left.folder);
    await expect(startEmbeddedMongo({ file: left.folder })).rejects.toThrow(says);
    expect(await bytesIn(left.folder)).toEqual(before);
  });

  it('also the first time after it was made, when one write was all there was', async () => {
    const left = await killed('one-write', 100);
    await overwrite(left.log, frameAt(0) + 500, Buffer.alloc(64, 0xab));
    await expect(startEmbeddedMongo({ file: left.folder })).rejects.toThrow(/-wal is damaged/);
  });

  it('when it was closed in order and is empty now', async () => {
    const file = join(folder, 'closed.sqlite');
    await filled(file, 10);
    expect(existsSync(`${file}-wal`)).toBe(false);
    await truncate(file, 0);
    await expect(startEmbeddedMongo({ file })).rejects.toThrow(/closed\.sqlite is empty: what it held is gone/);
  });

  it('and a file in use is said to be locked, whatever its log looks like at the moment', async () => {
    const dataDir = join(folder, 'in-use');
    const child = await startChild(dataDir);
    await overwrite(join(dataDir, 'embedded-mongo.sqlite-wal'), 17, Buffer.from([0x55]));
    await expect(startEmbeddedMongo({ file: dataDir })).rejects.toThrow(/is locked: another process uses it/);
    await child.kill('SIGKILL');
  });
});

describe('a file that lost nothing is opened', () => {
  it('after a kill, with all that was acknowledged, again and again', async () => {
    const left = await killed('kept');
    expect(await held(left.folder)).toBe(500);
    expect(existsSync(left.log)).toBe(false);
    expect(await held(left.folder)).toBe(500);
  });

  it('when it was closed in order, and copied without its log', async () => {
    const file = join(folder, 'original.sqlite');
    await filled(file, 10);
    await copyFile(file, join(folder, 'copy.sqlite'));
    expect(await held(join(folder, 'copy.sqlite'))).toBe(10);
  });

  it.each<[string, (log: string, size: number) => Promise<void>]>([
    ['its end is missing', (log, size) => truncate(log, size - 1500)],
    ['its last frames are missing', (log, size) => truncate(log, size - 3 * frame)],
    ['its last frame is half written', (log, size) => overwrite(log, size - 2000, Buffer.alloc(2000))],
    // A disk may write what came last first.
    ['a frame within the last write is missing', (log, size) => overwrite(log, size - 4 * frame, Buffer.alloc(frame))],
  ])('when a power loss tore the last write of the log: %s', async (name, tear) => {
    const left = await killed(`torn ${name}`);
    await tear(left.log, (await stat(left.log)).size);
    expect(await held(left.folder)).toBe(400);
  });

  it('when it was killed at any early moment of its first start, and of the next', async () => {
    for (let moment = 0; moment < 8; moment += 1) {
      const dataDir = join(folder, `early-${moment}`);
      await mkdir(dataDir);
      await killedAfterItsFirstTouch(dataDir, moment * 4);
      await killedAfterItsFirstTouch(dataDir, moment);
      const server = await startEmbeddedMongo({ file: dataDir });
      const client = await new MongoClient(server.url).connect();
      await client.db('d').collection('c').insertOne({ moment });
      await client.close();
      await server.close();
      expect(await held(dataDir)).toBe(1);
      expect(existsSync(join(dataDir, 'embedded-mongo.sqlite.new'))).toBe(false);
    }
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
