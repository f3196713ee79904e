import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { type Collection, MongoClient } from 'mongodb';
import { openWriters, type Writers } from './bench/writers.ts';

export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly aim?: string };

export type BenchOptions = {
  readonly rounds?: number;
  /** Documents in the large collection; the small one has a thousand. */
  readonly large?: number;
  readonly onProgress?: (done: number, of: number, what: string) => void;
};

type Document = { _id: number; key: string; n: number; text: string; at: Date; tags: string[] };
type Server = {
  readonly documents: Collection<Document>;
  readonly writers: Writers;
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

const writers = 50;
const small = 1_000;
const readsARound = 1_000;
const writesARound = 3_000;

const documentAt = (n: number): Document => ({
  _id: n,
  key: `key ${n}`,
  n: n % 1000,
  text: 'x'.repeat(300),
  at: new Date(n),
  tags: ['a', 'b'],
});

const serve = async (folder: string, mode: 'grouped' | 'each'): Promise<Server> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./bench/serve.ts', import.meta.url)), folder, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<Record<string, unknown>> =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const { url } = await line();
  const client = await new MongoClient(String(url), { maxPoolSize: writers }).connect();
  const fifty = await openWriters(String(url), writers);
  return {
    writers: fifty,
    documents: client.db('bench').collection<Document>('documents'),
    memory: async () => {
      child.stdin.write('memory\n');
      return Number((await line()).rss);
    },
    stop: async () => {
      fifty.close();
      await client.close();
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
};

/** Operations a second, with so many under way at once. */
const rate = async (count: number, lanes: number, operation: (n: number) => Promise<unknown>): Promise<number> => {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < count) {
        next += 1;
        await operation(next);
      }
    }),
  );
  return count / ((performance.now() - begun) / 1000);
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** What SQLite alone does: one insert of the same size a transaction, made durable. */
const sqliteInserts = (folder: string) => {
  const db = new DatabaseSync(join(folder, 'plain.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, doc BLOB)');
  const insert = db.prepare('INSERT INTO t (doc) VALUES (?)');
  const bytes = Buffer.alloc(420);
  return {
    rate: (count: number): number => {
      const begun = performance.now();
      for (let i = 0; i < count; i += 1) insert.run(bytes);
      return count / ((performance.now() - begun) / 1000);
    },
    close: () => db.close(),
  };
};

/** A file with so many documents, its server stopped again: what filling took is not part of what reading takes. */
const filled = async (folder: string, count: number, onProgress: (done: number) => void): Promise<void> => {
  const server = await serve(folder, 'grouped');
  const { documents } = server;
  await documents.createIndex({ key: 1 }, { unique: true });
  const atOnce = 5_000;
  for (let from = 0; from < count; from += atOnce) {
    await documents.insertMany(Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => documentAt(from + i)));
    onProgress(Math.min(count, from + atOnce));
  }
  await server.stop();
};

/**
 * Group commit against one transaction a write, under fifty parallel writers; reads by `_id` and by an index among a million
 * documents against a thousand, and the memory of the servers after these. Baseline and subject take turns in every round.
 */
export const embeddedMongoBench = async ({
  rounds = 5,
  large = 1_000_000,
  onProgress = () => undefined,
}: BenchOptions = {}): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-bench-'));
  const samples: Record<string, number[]> = {};
  const note = (name: string, value: number): void => {
    samples[name] = [...(samples[name] ?? []), value];
  };
  await filled(join(folder, 'few'), small, () => undefined);
  await filled(join(folder, 'many'), large, (done) => onProgress(done, large, 'documents'));
  const [grouped, each, few, many] = await Promise.all([
    serve(join(folder, 'grouped'), 'grouped'),
    serve(join(folder, 'each'), 'each'),
    serve(join(folder, 'few'), 'grouped'),
    serve(join(folder, 'many'), 'grouped'),
  ]);
  const plain = sqliteInserts(folder);
  try {
    let written = 0;
    const nextDocument = () => documentAt(++written);
    const insertAlone = (server: Server): Promise<number> => rate(150, 1, () => server.documents.insertOne(nextDocument()));
    const read = (server: Server, count: number, filter: (n: number) => object): Promise<number> =>
      rate(readsARound, 1, () => server.documents.findOne(filter(Math.floor(Math.random() * count))));
    for (let round = 0; round < rounds; round += 1) {
      note('each', await each.writers.rate(writesARound, nextDocument));
      note('grouped', await grouped.writers.rate(writesARound, nextDocument));
      note('alone', await insertAlone(grouped));
      note('plain', plain.rate(150));
      for (const [name, server, count] of [['few', few, small] as const, ['many', many, large] as const]) {
        note(`${name} by id`, await read(server, count, (n) => ({ _id: n })));
        note(`${name} by key`, await read(server, count, (n) => ({ key: `key ${n}` })));
      }
      onProgress(round + 1, rounds, 'rounds');
    }
    const [memoryOfFew, memoryOfMany] = [await few.memory(), await many.memory()];
    for await (const _ of many.documents.find({}, { batchSize: 5_000 }));
    const memory = await many.memory();
    const of = (name: string): number => median(samples[name] ?? []);
    return [
      {
        name: 'group commit: inserts a second, against one transaction a write',
        value: of('grouped') / of('each'),
        unit: 'times',
        aim: '>=3',
      },
      { name: `inserts by ${writers} writers`, value: of('grouped'), unit: 'a second' },
      { name: `inserts by ${writers} writers, one transaction a write`, value: of('each'), unit: 'a second' },
      { name: 'inserts by one writer, against SQLite alone', value: of('alone') / of('plain'), unit: 'times' },
      {
        name: 'a read by _id among all documents, against a thousand',
        value: of('few by id') / of('many by id'),
        unit: 'times',
        aim: '<=2',
      },
      {
        name: 'a read by an index among all documents, against a thousand',
        value: of('few by key') / of('many by key'),
        unit: 'times',
        aim: '<=2',
      },
      { name: 'reads by _id among all documents, one after another', value: of('many by id'), unit: 'a second' },
      { name: 'documents', value: large, unit: '' },
      {
        name: 'memory of the server with all documents, against a thousand, after the same reads',
        value: memoryOfMany / memoryOfFew,
        unit: 'times',
        aim: '<=1.5',
      },
      { name: 'memory with a thousand documents, after the same reads', value: memoryOfFew / 1024 / 1024, unit: 'MB' },
      { name: 'memory with all documents, after the same reads', value: memoryOfMany / 1024 / 1024, unit: 'MB' },
      { name: 'memory after all documents were read', value: memory / 1024 / 1024, unit: 'MB' },
    ];
  } finally {
    plain.close();
    await Promise.all([grouped, each, few, many].map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  }
};
