import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from './children.ts';
import { failureOf } from './conformance/database.ts';
import { type EmbeddedMongo, startEmbeddedMongo } from './server.ts';
import { maxMessageBytes } from './wire.ts';

let folder: string;
let server: EmbeddedMongo;
let client: MongoClient;
const faults: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-server-'));
  server = await startEmbeddedMongo({
    file: join(folder, 'deep', 'er', 'data.sqlite'),
    onFault: (fault) => faults.push(fault),
    expireEvery: 20,
  });
  client = await new MongoClient(server.url).connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
  await rm(folder, { recursive: true });
});

const header = (length: number, code: number, id = 7): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(code, 12);
  return bytes;
};

const message = (body: object, { flags = 0, sections = [] as Buffer[], trailer = Buffer.alloc(0) } = {}): Buffer => {
  const flagBytes = Buffer.alloc(4);
  flagBytes.writeUInt32LE(flags);
  const content = Buffer.concat([flagBytes, Buffer.from([0]), BSON.serialize(body), ...sections, trailer]);
  return Buffer.concat([header(16 + content.length, 2013), content]);
};

const section = (name: string, documents: object[]): Buffer => {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => BSON.serialize(document))]);
  const size = Buffer.alloc(5);
  size[0] = 1;
  size.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([size, content]);
};

const open = async (): Promise<Socket> => {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** The documents of the replies, as many as are awaited. */
const replies = async (socket: Socket, count: number): Promise<BSON.Document[]> => {
  let held = Buffer.alloc(0);
  const found: BSON.Document[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    held = Buffer.concat([held, chunk as Buffer]);
    while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      found.push(BSON.deserialize(held.subarray(held.readInt32LE(12) === 1 ? 36 : 21, length)));
      held = held.subarray(length);
    }
    if (found.length >= count) break;
  }
  return found;
};

const stillServes = async (): Promise<void> => {
  expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect(faults).toEqual([]);
};

/** Whether somebody answers there. */
const answers = async (host: string, port: number): Promise<boolean> => {
  const socket = connect(port, host);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
};

describe('unless told otherwise the server listens on loopback only', () => {
  // 127.0.0.2 is this machine too, and open where a server listens on every address.
  const others = [
    '127.0.0.2',
    ...Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address),
  ];

  it('in a process of ours', async () => {
    expect(await answers('127.0.0.1', server.port)).toBe(true);
    for (const host of others) expect(await answers(host, server.port), host).toBe(false);
  });

  it('as a process of its own', async () => {
    const child = await startChild(join(folder, 'loopback'));
    expect(await answers('127.0.0.1', child.port)).toBe(true);
    for (const host of others) expect(await answers(host, child.port), host).toBe(false);
    await child.kill('SIGTERM');
  });
});

describe('the wire', () => {
  it('takes documents in a section of their own, and a checksum', async () => {
    const socket = await open();
    socket.write(message({ insert: 'sections', $db: 'wire' }, { sections: [section('documents', [{ _id: 1 }, { _id: 2 }])] }));
    socket.write(message({ ping: 1, $db: 'admin' }, { flags: 1, trailer: Buffer.alloc(4) }));
    expect(await replies(socket, 2)).toMatchObject([{ n: 2, ok: 1 }, { ok: 1 }]);
    socket.destroy();
  });

  it('answers the old greeting', async () => {
    const socket = await open();
    const body = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from('admin.$cmd\0'),
      Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]),
      BSON.serialize({ isMaster: 1, helloOk: true }),
    ]);
    socket.write(Buffer.concat([header(16 + body.length, 2004), body]));
    expect(await replies(socket, 1)).toMatchObject([
      { ismaster: true, helloOk: true, maxWireVersion: expect.any(Number), maxMessageSizeBytes: maxMessageBytes },
    ]);
    socket.destroy();
  });

  it('gives no reply where none is wanted, and keeps the order', async () => {
    const socket = await open();
    socket.write(message({ insert: 'quiet', documents: [{ _id: 1 }], $db: 'wire', writeConcern: { w: 0 } }, { flags: 2 }));
    socket.write(message({ count: 'quiet', $db: 'wire' }));
    expect(await replies(socket, 1)).toMatchObject([{ n: 1 }]);
    socket.destroy();
  });

  it('puts a message together from single bytes', async () => {
    const socket = await open();
    socket.setNoDelay(true);
    for (const byte of message({ ping: 1, $db: 'admin' })) socket.write(Buffer.from([byte]));
    expect(await replies(socket, 1)).toMatchObject([{ ok: 1 }]);
    socket.destroy();
  });
});

/** The same again with `FUZZ_SEED` in the environment; the names of the tests tell it. */
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomFrom = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

describe(`bytes that are no messages (FUZZ_SEED=${seed})`, () => {
  const noise = randomFrom(seed);
  const broken: { readonly [name: string]: () => Buffer } = {
    noise: () => Buffer.from(Array.from({ length: 5000 }, () => Math.floor(noise() * 256))),
    'a length below a header': () => header(3, 2013),
    'a negative length': () => header(-5, 2013),
    'a length over the limit': () => header(maxMessageBytes + 1, 2013),
    'an unknown operation': () => Buffer.concat([header(20, 9999), Buffer.alloc(4)]),
    'an unknown section': () => Buffer.concat([header(26, 2013), Buffer.alloc(4), Buffer.from([9, 5, 0, 0, 0, 0])]),
    'a document that ends outside': () => Buffer.concat([header(26, 2013), Buffer.alloc(4), Buffer.from([0, 255, 0, 0, 0, 0])]),
    'unknown flags': () => message({ ping: 1 }, { flags: 4 }),
    'no document at all': () => Buffer.concat([header(20, 2013), Buffer.alloc(4)]),
    'a broken document': () => {
      const bytes = message({ find: 'x', filter: { a: 'text' }, $db: 'wire' });
      bytes.fill(0xee, 30, 45);
      return bytes;
    },
  };

  it.each(Object.keys(broken))('end their own connection only: %s', async (name) => {
    const socket = await open();
    socket.write(broken[name]?.() ?? Buffer.alloc(0));
    // Noise may by chance begin with a length that is still awaited.
    if (name === 'noise') socket.end();
    socket.resume();
    await once(socket, 'close');
    await stillServes();
  });

  it('half a message and then nothing harms nobody', async () => {
    const socket = await open();
    const bytes = message({ insert: 'half', documents: [{ _id: 1 }], $db: 'wire' });
    socket.write(bytes.subarray(0, bytes.length - 5));
    await stillServes();
    socket.destroy();
    await stillServes();
    expect(await client.db('wire').collection('half').countDocuments()).toBe(0);
  });

  it(`random changes to good messages never end the server (FUZZ_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const good = message({
      update: 'fuzz',
      updates: [{ q: { a: 1 }, u: { $set: { b: [1, 'x', null] } }, upsert: true }],
      $db: 'wire',
    });
    for (let round = 0; round < 200; round += 1) {
      const bytes = Buffer.from(good);
      for (let change = 0; change < 3; change += 1)
        bytes[16 + Math.floor(random() * (bytes.length - 16))] = Math.floor(random() * 256);
      const socket = await open();
      socket.end(bytes);
      socket.resume();
      await once(socket, 'close');
    }
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('commands that share a commit', () => {
  it('fail alone: their neighbours in the same turn are kept, whole', async () => {
    const socket = await open();
    const db = 'neighbours';
    const insert = (_id: number, documents = [{ _id, k: _id }]) => message({ insert: 'c', documents, $db: db });
    socket.write(
      Buffer.concat([
        message({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', unique: true }], $db: db }),
        insert(1),
        message({ findAndModify: 'c', query: { _id: 9 }, update: { $set: { k: 1 } }, upsert: true, $db: db }),
        insert(2),
        message({
          insert: 'c',
          documents: [
            { _id: 3, k: 3 },
            { _id: 4, k: 3 },
            { _id: 5, k: 5 },
          ],
          $db: db,
        }),
        message({
          createIndexes: 'c',
          indexes: [
            { key: { n: 1 }, name: 'n' },
            { key: { m: 1 }, name: 'm', unique: true },
          ],
          $db: db,
        }),
        message({ update: 'c', updates: [{ q: {}, u: { $set: { k: 7 } }, multi: true }], $db: db }),
        message({ nonsense: 1, $db: db }),
        insert(6),
      ]),
    );
    expect(
      (await replies(socket, 9)).map(({ ok, code, n, writeErrors }) => ({ ok, code, n, errors: writeErrors?.length })),
    ).toMatchObject([
      { ok: 1 },
      { ok: 1, n: 1 },
      { ok: 0, code: 11000 },
      { ok: 1, n: 1 },
      { ok: 1, n: 1, errors: 1 },
      { ok: 0, code: 11000 },
      { ok: 1, errors: 1 },
      { ok: 0, code: 59 },
      { ok: 1, n: 1 },
    ]);
    socket.destroy();
    const collection = client.db(db).collection('c');
    expect((await collection.find().sort({ _id: 1 }).toArray()).map(({ _id }) => Number(_id))).toEqual([1, 2, 3, 6]);
    // Of two indexes asked for together neither was made, for one could not be.
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'k']);
    expect(
      await collection
        .find({ k: { $gte: 0 } })
        .hint('k')
        .toArray(),
    ).toHaveLength(4);
  });
});

describe('what is not there', () => {
  it('is refused by name', async () => {
    const db = client.db('refused');
    const unsupported = {
      code: 115,
      codeName: 'CommandNotSupported',
      message: expect.stringContaining('not supported by the embedded MongoDB stand-in'),
    };
    expect(await failureOf(db.command({ mapReduce: 'x' }))).toMatchObject(unsupported);
    expect(await failureOf(db.createCollection('capped', { capped: true, size: 1000 }))).toMatchObject(unsupported);
    expect(await failureOf(db.createCollection('view', { viewOn: 'x', pipeline: [] }))).toMatchObject(unsupported);
    expect(await failureOf(db.collection('x').createIndex({ text: 'text' }))).toMatchObject(unsupported);
    expect(
      await failureOf(
        db
          .collection('x')
          .find({}, { collation: { locale: 'de' } })
          .toArray(),
      ),
    ).toMatchObject(unsupported);
    expect(
      await failureOf(
        db
          .collection('x')
          .find({ $where: 'true' } as never)
          .toArray(),
      ),
    ).toMatchObject(unsupported);
    expect(
      await failureOf(
        db
          .collection('x')
          .aggregate([{ $geoNear: {} }])
          .toArray(),
      ),
    ).toMatchObject(unsupported);
    expect(await failureOf(db.collection('x').watch().next())).toMatchObject({ code: 115 });
  });
});

describe('a TTL index', () => {
  it('ends documents whose date has passed, and no others', async () => {
    const collection = client.db('expiry').collection('c');
    await collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 });
    await collection.createIndex({ seen: -1 }, { expireAfterSeconds: 3600 });
    const past = new Date(Date.now() - 1000);
    const later = new Date(Date.now() + 3_600_000);
    await collection.insertMany([
      ...Array.from({ length: 700 }, (_, i) => ({ _id: `old${i}` as never, until: past })),
      { _id: 'list' as never, until: [later, past] },
      { _id: 'future' as never, until: later },
      { _id: 'text' as never, until: 'yesterday' },
      { _id: 'none' as never },
      { _id: 'seen' as never, seen: new Date(Date.now() - 7_200_000) },
      { _id: 'recent' as never, seen: past },
    ]);
    const left = async () => (await collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => String(_id));
    await expect.poll(left, { timeout: 10_000 }).toEqual(['future', 'text', 'none', 'recent']);
  });
});

describe('a sort that no index serves', () => {
  it('is refused over 100 MB rather than filling the memory, and served with an index', async () => {
    const collection = client.db('large').collection('c');
    for (let i = 0; i < 13; i += 1) await collection.insertOne({ n: i % 5, text: 'x'.repeat(8_500_000) });
    const sorted = () =>
      collection
        .find({}, { projection: { n: 1 } })
        .sort({ n: 1 })
        .toArray();
    expect(await failureOf(sorted())).toMatchObject({ code: 292 });
    await collection.createIndex({ n: 1 });
    expect(await sorted()).toHaveLength(13);
  }, 60_000);
});
