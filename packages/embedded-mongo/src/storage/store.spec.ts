import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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
