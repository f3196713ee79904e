import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { startEmbeddedMongo } from '../server.ts';

type Documents = Collection<Document & { _id: never }>;

export type TestDatabase = {
  readonly db: () => Db;
  /** An empty collection for each test. */
  readonly things: () => Documents;
  readonly url: () => string;
  /** Inserts and gives the collection. */
  readonly with: (...documents: Document[]) => Promise<Documents>;
  /** The ids of what a filter finds, in `_id` order. */
  readonly ids: (filter: Document) => Promise<unknown[]>;
};

/**
 * A database of its own on the MongoDB this run is given (`MONGODB_URL`, or the one the run shares), else on a server started for
 * this file: the same expectations hold for each.
 */
export const testDatabase = (): TestDatabase => {
  let client: MongoClient;
  let db: Db;
  let url: string;
  let tests = 0;
  let end: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    const given = process.env.MONGODB_URL ?? (inject('mongoUrl' as never) as string | undefined);
    if (given) url = given;
    else {
      const folder = await mkdtemp(join(tmpdir(), 'embedded-mongo-'));
      const server = await startEmbeddedMongo({ file: folder });
      url = server.url;
      end = async () => {
        await server.close();
        await rm(folder, { recursive: true });
      };
    }
    client = await new MongoClient(url).connect();
    db = client.db(`conformance_${process.pid}_${Math.random().toString(36).slice(2)}`);
  });
  beforeEach(() => {
    tests += 1;
  });
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
    await end();
  });

  const things = (): Documents => db.collection(`things${tests}`) as unknown as Documents;
  return {
    db: () => db,
    url: () => url,
    things,
    with: async (...documents) => {
      if (documents.length > 0) await things().insertMany(documents as never);
      return things();
    },
    ids: async (filter) =>
      (
        await things()
          .find(filter, { projection: { _id: 1 } })
          .sort({ _id: 1 })
          .toArray()
      ).map(({ _id }) => _id),
  };
};

/** The error a promise ends in; fails when it does not. */
export const failureOf = async (
  work: Promise<unknown>,
): Promise<{ code: unknown; message: string; [field: string]: unknown }> => {
  try {
    await work;
  } catch (error) {
    return error as never;
  }
  throw new Error('expected a refusal, and there was none');
};
