import { type Collection, documentsTable, entriesTable, type Row } from './collection.ts';
import type { Index } from './indexes.ts';
import type { Store } from './store.ts';

/** Keys from `from` up to, not including, `to`. */
export type KeyRange = { readonly from: Uint8Array; readonly to: Uint8Array };

export type IndexedRow = Row & { readonly key: Uint8Array };

/**
 * Rows are read in batches and no statement stays open between them: a cursor that waits holds no lock, and no more memory than a
 * batch. The batch grows from little, for most reads want one document, and shrinks when documents are large.
 */
const firstBatch = 4;
const largestBatch = 512;
const batchBytes = 1024 * 1024;

const next = (count: number, bytes: number): number =>
  bytes === 0 ? firstBatch : Math.max(1, Math.min(largestBatch, count * 4, Math.floor((batchBytes * count) / bytes)));

/** In the order of insertion. */
export function* scanCollection(store: Store, collection: Collection, reverse = false): Generator<Row> {
  const table = documentsTable(collection);
  const sql = reverse
    ? `SELECT rid, doc FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ?`
    : `SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`;
  let last = reverse ? Number.MAX_SAFE_INTEGER : -1;
  let count = firstBatch;
  for (;;) {
    const rows = store.rows(sql).all(last, count);
    let bytes = 0;
    for (const [id, doc] of rows) {
      const raw = doc as Uint8Array;
      bytes += raw.length;
      last = id as number;
      yield { rid: last, raw };
    }
    if (rows.length < count) return;
    count = next(count, bytes);
  }
}

/** In the order of the index's keys; a document with several keys in the ranges comes once. */
export function* scanIndex(
  store: Store,
  collection: Collection,
  index: Index,
  ranges: readonly KeyRange[],
  reverse = false,
): Generator<IndexedRow> {
  const seen = index.multikey.includes(true) ? new Set<number>() : undefined;
  const sql = index.id === 0 ? idSql(collection, reverse) : entriesSql(collection, index, reverse);
  for (const range of reverse ? ranges.toReversed() : ranges) {
    let key = reverse ? range.to : range.from;
    let rid = -1;
    let count = firstBatch;
    for (;;) {
      const rows = store.rows(sql).all(key, rid, reverse ? range.from : range.to, count);
      let bytes = 0;
      for (const [at, id, doc] of rows) {
        const raw = doc as Uint8Array;
        bytes += raw.length;
        key = at as Uint8Array;
        rid = id as number;
        if (seen) {
          if (seen.has(rid)) continue;
          seen.add(rid);
        }
        yield { rid, raw, key };
      }
      if (rows.length < count) break;
      count = next(count, bytes);
    }
  }
}

/** Which documents they are, in the order of the index's keys; each once, and none of them is read. */
export function* scanKeys(
  store: Store,
  collection: Collection,
  index: Index,
  ranges: readonly KeyRange[],
  reverse = false,
): Generator<number> {
  const seen = index.multikey.includes(true) ? new Set<number>() : undefined;
  const sql = index.id === 0 ? idSql(collection, reverse, false) : keysSql(index, reverse);
  for (const range of reverse ? ranges.toReversed() : ranges) {
    let key = reverse ? range.to : range.from;
    let rid = -1;
    for (;;) {
      const rows = store.rows(sql).all(key, rid, reverse ? range.from : range.to, largestBatch);
      for (const [at, id] of rows) {
        key = at as Uint8Array;
        rid = id as number;
        if (seen?.has(rid)) continue;
        seen?.add(rid);
        yield rid;
      }
      if (rows.length < largestBatch) break;
    }
  }
}

const keysSql = (index: Index, reverse: boolean): string => {
  const from = `SELECT key, rid FROM ${entriesTable(index)}`;
  return reverse
    ? `${from} WHERE (key, rid) < (?, ?) AND key >= ? ORDER BY key DESC, rid DESC LIMIT ?`
    : `${from} WHERE (key, rid) > (?, ?) AND key < ? ORDER BY key, rid LIMIT ?`;
};

const entriesSql = (collection: Collection, index: Index, reverse: boolean): string => {
  const from = `SELECT e.key AS key, e.rid AS rid, d.doc AS doc FROM ${entriesTable(index)} e CROSS JOIN ${documentsTable(collection)} d ON d.rid = e.rid`;
  return reverse
    ? `${from} WHERE (e.key, e.rid) < (?, ?) AND e.key >= ? ORDER BY e.key DESC, e.rid DESC LIMIT ?`
    : `${from} WHERE (e.key, e.rid) > (?, ?) AND e.key < ? ORDER BY e.key, e.rid LIMIT ?`;
};

const idSql = (collection: Collection, reverse: boolean, read = true): string => {
  const from = `SELECT id AS key, rid${read ? ', doc' : ''} FROM ${documentsTable(collection)}`;
  return reverse
    ? `${from} WHERE (id, rid) < (?, ?) AND id >= ? ORDER BY id DESC, rid DESC LIMIT ?`
    : `${from} WHERE (id, rid) > (?, ?) AND id < ? ORDER BY id, rid LIMIT ?`;
};
