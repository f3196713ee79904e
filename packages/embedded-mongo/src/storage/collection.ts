import type { StatementSync } from 'node:sqlite';
import { emptyArray, keyOf } from '../bson/keys.ts';
import { type Document, encode, maxDocumentBytes, show, type Value } from '../bson/values.ts';
import { failure, type MongoFailure } from '../errors.ts';
import { entriesOf, type Index, idIndex } from './indexes.ts';
import { type IndexKeys, indexKeysOf, textOf } from './indexKeys.ts';
import type { Store } from './store.ts';

export type Collection = {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly options: Document;
  /** The index on `_id` first. */
  indexes: Index[];
  /** Known after the first time it was asked for. */
  count: number | undefined;
};

export const namespace = (collection: { readonly db: string; readonly name: string }): string =>
  `${collection.db}.${collection.name}`;

export const documentsTable = (collection: Collection): string => `docs_${collection.id}`;
export const entriesTable = (index: Index): string => `entries_${index.id}`;

export const createDocumentsTable = (id: number): string =>
  `CREATE TABLE docs_${id} (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`;
export const createEntriesTable = (id: number): string =>
  `CREATE TABLE entries_${id} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (key, rid)) WITHOUT ROWID`;

/** One document as it lies in the store. */
export type Row = { readonly rid: number; readonly raw: Uint8Array };

type Statements = { readonly [Name in 'insert' | 'byId' | 'byRid' | 'replace' | 'remove']: StatementSync };

const statements = new WeakMap<Collection, Statements>();

/** Prepared once: building their text for each document costs as much as running them. */
const statementsOf = (store: Store, collection: Collection): Statements => {
  const known = statements.get(collection);
  if (known) return known;
  const table = documentsTable(collection);
  const made: Statements = {
    insert: store.prepare(`INSERT INTO ${table} (id, doc) VALUES (?, ?) ON CONFLICT (id) DO NOTHING`),
    byId: store.prepare(`SELECT rid, doc FROM ${table} WHERE id = ?`),
    byRid: store.prepare(`SELECT doc FROM ${table} WHERE rid = ?`),
    replace: store.prepare(`UPDATE ${table} SET doc = ? WHERE rid = ?`),
    remove: store.prepare(`DELETE FROM ${table} WHERE rid = ?`),
  };
  statements.set(collection, made);
  return made;
};

type EntryStatements = { readonly [Name in 'add' | 'remove' | 'holder']: StatementSync };

const entryStatements = new WeakMap<Store, Map<number, EntryStatements>>();

const entryStatementsOf = (store: Store, index: Index): EntryStatements => {
  let byIndex = entryStatements.get(store);
  if (!byIndex) {
    byIndex = new Map();
    entryStatements.set(store, byIndex);
  }
  const known = byIndex.get(index.id);
  if (known) return known;
  const table = entriesTable(index);
  const made: EntryStatements = {
    add: store.prepare(`INSERT INTO ${table} (key, rid) VALUES (?, ?)`),
    remove: store.prepare(`DELETE FROM ${table} WHERE key = ? AND rid = ?`),
    holder: store.prepare(`SELECT rid FROM ${table} WHERE key = ? AND rid <> ? LIMIT 1`),
  };
  byIndex.set(index.id, made);
  return made;
};

export const findById = (store: Store, collection: Collection, id: Value): Row | undefined =>
  findByIdKey(store, collection, keyOf(id));

/** By the key that the index on `_id` holds. */
export const findByIdKey = (store: Store, collection: Collection, key: Uint8Array): Row | undefined => {
  const row = statementsOf(store, collection).byId.get(key);
  return row && { rid: Number(row.rid), raw: row.doc as Uint8Array };
};

export const findByRid = (store: Store, collection: Collection, rid: number): Uint8Array | undefined =>
  statementsOf(store, collection).byRid.get(rid)?.doc as Uint8Array | undefined;

/** The fields of the top that decide all entries of a document, `_id` included. */
export const rootsOfIndexes = (indexes: readonly Index[]): ReadonlySet<string> => {
  const known = indexRoots.get(indexes);
  if (known) return known;
  const roots = new Set(indexes.flatMap((index) => [...index.roots]));
  indexRoots.set(indexes, roots);
  return roots;
};

const indexRoots = new WeakMap<readonly Index[], ReadonlySet<string>>();

/**
 * Checks first and writes after, so that a refused document leaves no trace. `raw` is the document's BSON where it is at hand;
 * `document` then needs no more than the fields that the indexes are about.
 */
export const insertDocument = (
  store: Store,
  collection: Collection,
  document: Document,
  raw: Uint8Array = encode(document),
): void => {
  checkId(document._id);
  if (raw.length > maxDocumentBytes) throw tooLarge(raw.length);
  const { insert, remove } = statementsOf(store, collection);
  const id = keyOf(document._id);
  const entries = secondary(collection).map((index) => entriesOf(index, document));
  const { changes, lastInsertRowid } = insert.run(id, raw);
  if (Number(changes) === 0) throw duplicate(collection, idIndex, document, id);
  const rid = Number(lastInsertRowid);
  try {
    entries.forEach((keys, i) => {
      const index = collection.indexes[i + 1] as Index;
      if (index.unique) refuseTaken(store, collection, index, document, keys.keys, rid);
    });
  } catch (error) {
    remove.run(rid);
    throw error;
  }
  entries.forEach((keys, i) => {
    addEntries(store, collection.indexes[i + 1] as Index, keys, rid);
  });
  if (collection.count !== undefined) collection.count += 1;
};

/**
 * The `_id` stays; entries are touched only in indexes whose fields changed. `raw` is the BSON of what `after` shows, as in
 * `insertDocument`: the two documents need the fields that changed, and all others of the indexes these are in.
 */
export const replaceDocument = (
  store: Store,
  collection: Collection,
  rid: number,
  before: Document,
  after: Document,
  raw: Uint8Array = encode(after),
): void => {
  if (raw.length > maxDocumentBytes) throw tooLarge(raw.length);
  const changes = secondary(collection)
    .filter((index) => touches(index, before, after))
    .map((index) => ({ index, ...difference(entriesOf(index, before), entriesOf(index, after)) }));
  for (const { index, added } of changes) if (index.unique) refuseTaken(store, collection, index, after, added.keys, rid);
  statementsOf(store, collection).replace.run(raw, rid);
  for (const { index, removed, added } of changes) {
    removeEntries(store, index, removed, rid);
    addEntries(store, index, added, rid);
  }
};

/** What an index must lose and gain: entries that stay are left alone. */
const difference = (old: IndexKeys, now: IndexKeys): { removed: readonly Uint8Array[]; added: IndexKeys } => {
  const isIn = (keys: readonly Uint8Array[]): ((key: Uint8Array) => boolean) => {
    if (keys.length < 8) return (key) => keys.some((other) => Buffer.compare(other, key) === 0);
    const texts = new Set(keys.map(textOf));
    return (key) => texts.has(textOf(key));
  };
  const [held, wanted] = [isIn(old.keys), isIn(now.keys)];
  return {
    removed: old.keys.filter((key) => !wanted(key)),
    added: { ...now, keys: now.keys.filter((key) => !held(key)) },
  };
};

export const removeDocument = (store: Store, collection: Collection, rid: number, document: Document): void => {
  for (const index of secondary(collection)) removeEntries(store, index, entriesOf(index, document).keys, rid);
  statementsOf(store, collection).remove.run(rid);
  if (collection.count !== undefined) collection.count -= 1;
};

const secondary = (collection: Collection): Index[] => collection.indexes.slice(1);

/** Updates share what they leave alone with the document before, so that identity tells what changed. */
const touches = (index: Index, before: Document, after: Document): boolean => {
  for (const root of index.roots) if (before[root] !== after[root]) return true;
  return false;
};

export const addEntries = (store: Store, index: Index, { keys, multikey }: IndexKeys, rid: number): void => {
  const { add } = entryStatementsOf(store, index);
  for (const key of keys) add.run(key, rid);
  if (multikey?.some((is, i) => is && !index.multikey[i])) {
    index.multikey = index.multikey.map((was, i) => was || multikey[i] === true);
    store.prepare('UPDATE indexes SET multikey = ? WHERE id = ?').run(JSON.stringify(index.multikey), index.id);
  }
};

const removeEntries = (store: Store, index: Index, keys: readonly Uint8Array[], rid: number): void => {
  const { remove } = entryStatementsOf(store, index);
  for (const key of keys) remove.run(key, rid);
};

export const refuseTaken = (
  store: Store,
  collection: Collection,
  index: Index,
  document: Document,
  keys: readonly Uint8Array[],
  rid: number,
): void => {
  const { holder } = entryStatementsOf(store, index);
  for (const key of keys) if (holder.get(key, rid)) throw duplicate(collection, index, document, key);
};

const duplicate = (collection: Collection, index: Index, document: Document, key: Uint8Array): MongoFailure => {
  const { tuples, keys } = indexKeysOf(document, index.pattern);
  const at = tuples.length === 1 ? 0 : keys.findIndex((each) => Buffer.compare(each, key) === 0);
  const values = index.id === 0 ? [document._id] : (tuples[at] ?? []);
  const keyValue: Document = Object.fromEntries(
    index.pattern.map(({ path }, i) => {
      const value = values[i];
      return [path, value === undefined || value === emptyArray ? null : value];
    }),
  );
  return failure(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace(collection)} index: ${index.name} dup key: ${show(keyValue)}`,
    {
      keyPattern: index.spec.key as Document,
      keyValue,
    },
  );
};

const checkId = (id: Value): void => {
  if (Array.isArray(id)) throw failure('InvalidIdField', "The '_id' value cannot be of type array");
  if (id !== null && typeof id === 'object' && id.constructor.name === 'BSONRegExp')
    throw failure('InvalidIdField', "The '_id' value cannot be of type regex");
};

const tooLarge = (bytes: number): MongoFailure =>
  failure(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes} (0x${bytes.toString(16).toUpperCase()}) is invalid. Size must be between 0 and ${maxDocumentBytes}`,
  );
