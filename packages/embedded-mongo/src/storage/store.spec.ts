import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { afterAll, describe, expect, it } from 'vitest';
import { type Document, decode, encode } from '../bson/values.ts';
import type { Engine } from '../commands/command.ts';
import { dispatch } from '../commands/dispatch.ts';
import { createCursors } from '../cursors.ts';
import { openCatalog } from './catalog.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a commit', () => {
  it('is on disk before it is acknowledged: write-ahead log, synchronous FULL', () => {
    const store = openStore(join(folder, 'durable.sqlite'));
    // SQLite's number for FULL; NORMAL, 1, syncs a commit only with a later checkpoint.
    expect(store.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(store.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    store.close();
  });
});

const engineOn = (file: string, readThrough?: number): Engine => {
  const store = openStore(file, readThrough);
  return { store, catalog: openCatalog(store), cursors: createCursors() };
};

const run = (engine: Engine, body: Document, faults: unknown[] = []): Document => {
  const [name = ''] = Object.keys(body);
  const request = { name, db: 'd', body: decode(encode(body)), sequences: new Map(), connectionId: 1 };
  return BSON.deserialize(dispatch(request, engine, (fault) => faults.push(fault)));
};

const documents = 3000;
const filled = (file: string): void => {
  const engine = engineOn(file);
  run(engine, { createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n' }] });
  run(engine, { insert: 'c', documents: Array.from({ length: documents }, (_, n) => ({ _id: n, n, text: 'x'.repeat(300) })) });
  engine.store.commit();
  engine.store.close();
};

/** What is not read through, by its size, is here every file. */
const nothing = 0;

describe('a file too large to be read through at its start', () => {
  it('is refused all the same when its end is missing', () => {
    const file = join(folder, 'large-short.sqlite');
    filled(file);
    truncateSync(file, readFileSync(file).length - 4096 * 20);
    expect(() => openStore(file, nothing)).toThrow(/large-short\.sqlite is damaged/);
  });

  it('tells of damage in every command that meets it, and never answers with less than there was', () => {
    const file = join(folder, 'large-torn.sqlite');
    filled(file);
    const bytes = readFileSync(file);
    bytes.fill(0xab, 4096 * 60, 4096 * 90);
    writeFileSync(file, bytes);
    expect(() => openStore(file)).toThrow(/large-torn\.sqlite is damaged/);

    const engine = engineOn(file, nothing);
    const faults: unknown[] = [];
    for (const command of [
      { find: 'c', batchSize: 100_000 },
      { count: 'c' },
      { find: 'c', filter: { n: { $gte: 0 } }, batchSize: 100_000 },
      { aggregate: 'c', pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], cursor: {} },
      { update: 'c', updates: [{ q: {}, u: { $set: { seen: true } }, multi: true }] },
    ]) {
      expect(run(engine, command, faults), JSON.stringify(command)).toMatchObject({
        ok: 0,
        errmsg: expect.stringMatching(/malformed/),
      });
    }
    expect(faults).toHaveLength(5);
    // What the damage leaves alone is served.
    expect(run(engine, { find: 'c', filter: { _id: 1 } }, faults)).toMatchObject({ ok: 1 });
    engine.store.rollback();
    engine.store.close();
  });
});
