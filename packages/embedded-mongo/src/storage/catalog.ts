import { compare } from '../bson/compare.ts';
import { type Document, decode, encode, show } from '../bson/values.ts';
import { failure, unsupported } from '../errors.ts';
import {
  addEntries,
  type Collection,
  createDocumentsTable,
  createEntriesTable,
  documentsTable,
  entriesTable,
  namespace,
  refuseTaken,
} from './collection.ts';
import { entriesOf, type Index, idIndex, indexFrom } from './indexes.ts';
import { scanCollection } from './scan.ts';
import type { Store } from './store.ts';

/** What databases, collections and indexes there are; held in memory, written with the transaction that changes it. */
export type Catalog = {
  readonly find: (db: string, name: string) => Collection | undefined;
  /** Makes the collection when it is not there: a first write does that in MongoDB. */
  readonly ensure: (db: string, name: string) => Collection;
  readonly create: (db: string, name: string, options: Document) => Collection;
  readonly drop: (collection: Collection) => void;
  readonly collectionsOf: (db: string) => Collection[];
  readonly databases: () => string[];
  readonly all: () => Collection[];
  /** False when an equal index was there already. */
  readonly createIndex: (collection: Collection, spec: Document) => boolean;
  readonly dropIndex: (collection: Collection, index: Index) => void;
  readonly changeIndex: (collection: Collection, index: Index, spec: Document) => void;
  /** Forgets what is in memory: after a transaction was undone. */
  readonly reload: () => void;
};

export const openCatalog = (store: Store): Catalog => {
  const databases = new Map<string, Map<string, Collection>>();
  /** No number is given twice while the process lives: a cursor may still read by that of what was dropped. */
  let lastNumber = 0;
  const nextNumber = (): number => {
    lastNumber += 1;
    return lastNumber;
  };

  const keep = (collection: Collection): Collection => {
    const names = databases.get(collection.db) ?? new Map<string, Collection>();
    names.set(collection.name, collection);
    databases.set(collection.db, names);
    return collection;
  };

  const load = (): void => {
    databases.clear();
    const specs = store.prepare('SELECT id, collection, spec, multikey FROM indexes ORDER BY id').all();
    const rows = store.prepare('SELECT id, db, name, options FROM collections ORDER BY id').all();
    for (const { id } of [...specs, ...rows]) lastNumber = Math.max(lastNumber, Number(id));
    for (const row of rows) {
      const indexes = specs
        .filter((spec) => spec.collection === row.id)
        .map((spec) =>
          indexFrom(Number(spec.id), decode(spec.spec as Uint8Array), JSON.parse(String(spec.multikey)) as boolean[]),
        );
      keep({
        id: Number(row.id),
        db: String(row.db),
        name: String(row.name),
        options: decode(row.options as Uint8Array),
        indexes: [idIndex, ...indexes],
        count: undefined,
      });
    }
  };
  load();

  const find = (db: string, name: string): Collection | undefined => databases.get(db)?.get(name);

  const create = (db: string, name: string, options: Document): Collection => {
    checkName(db, name);
    const id = nextNumber();
    store.prepare('INSERT INTO collections (id, db, name, options) VALUES (?, ?, ?, ?)').run(id, db, name, encode(options));
    store.exec(createDocumentsTable(id));
    return keep({ id, db, name, options, indexes: [idIndex], count: 0 });
  };

  const dropIndex = (collection: Collection, index: Index): void => {
    store.exec(`DROP TABLE ${entriesTable(index)}`);
    store.prepare('DELETE FROM indexes WHERE id = ?').run(index.id);
    collection.indexes = collection.indexes.filter((other) => other !== index);
  };

  const build = (collection: Collection, index: Index): void => {
    for (const { rid, raw } of scanCollection(store, collection)) {
      const document = decode(raw);
      const entries = entriesOf(index, document);
      if (index.unique) refuseTaken(store, collection, index, document, entries.keys, rid);
      addEntries(store, index, entries, rid);
    }
  };

  return {
    find,
    create,
    ensure: (db, name) => find(db, name) ?? create(db, name, {}),
    drop: (collection) => {
      for (const index of collection.indexes.slice(1)) dropIndex(collection, index);
      store.exec(`DROP TABLE ${documentsTable(collection)}`);
      store.prepare('DELETE FROM collections WHERE id = ?').run(collection.id);
      const names = databases.get(collection.db);
      names?.delete(collection.name);
      if (names?.size === 0) databases.delete(collection.db);
    },
    collectionsOf: (db) => [...(databases.get(db)?.values() ?? [])],
    databases: () => [...databases.keys()].sort(),
    all: () => [...databases.values()].flatMap((names) => [...names.values()]),
    createIndex: (collection, spec) => {
      if (isThereAlready(collection, spec)) return false;
      if (collection.indexes.length >= 64)
        throw failure(
          'CannotCreateIndex',
          `add index fails, too many indexes for ${namespace(collection)} key:${show(spec.key)}`,
        );
      const index = indexFrom(nextNumber(), spec);
      store
        .prepare('INSERT INTO indexes (id, collection, name, spec, multikey) VALUES (?, ?, ?, ?, ?)')
        .run(index.id, collection.id, String(spec.name), encode(spec), '[]');
      store.exec(createEntriesTable(index.id));
      build(collection, index);
      collection.indexes = [...collection.indexes, index];
      return true;
    },
    dropIndex,
    changeIndex: (collection, index, spec) => {
      store.prepare('UPDATE indexes SET spec = ? WHERE id = ?').run(encode(spec), index.id);
      const changed = indexFrom(index.id, spec, index.multikey);
      collection.indexes = collection.indexes.map((other) => (other === index ? changed : other));
    },
    reload: load,
  };
};

const identity = ({ v, name, hidden, ...rest }: Document): Document =>
  Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

const sameKey = (a: Document, b: Document): boolean => compare(a.key, b.key) === 0;

/** The same index again is nothing to do; the same name or key with anything else is refused, as MongoDB does. */
const isThereAlready = (collection: Collection, spec: Document): boolean => {
  if (sameKey(spec, idIndex.spec)) return true;
  const byName = collection.indexes.find(({ name }) => name === spec.name);
  if (byName) {
    if (compare(identity(byName.spec), identity(spec)) === 0) return true;
    const about = `Requested index: ${show(spec)}, existing index: ${show(byName.spec)}`;
    if (!sameKey(byName.spec, spec)) {
      throw failure(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${about}`,
      );
    }
    throw failure(
      'IndexOptionsConflict',
      `An equivalent index already exists with the same name but different options. ${about}`,
    );
  }
  const sameFields = collection.indexes.filter(
    (index) => sameKey(index.spec, spec) && compare(index.spec.partialFilterExpression, spec.partialFilterExpression) === 0,
  );
  const twin = sameFields.find((index) => index.unique === (spec.unique === true) && index.sparse === (spec.sparse === true));
  if (twin) {
    throw failure('IndexOptionsConflict', `Index already exists with a different name: ${twin.name}`);
  }
  return false;
};

const checkName = (db: string, name: string): void => {
  if (db === '' || db.length > 63 || /[/\\. "$*<>:|?\0]/.test(db))
    throw failure('InvalidNamespace', `Invalid database name: '${db}'`);
  if (
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('$') ||
    name.includes('\0') ||
    Buffer.byteLength(`${db}.${name}`) > 255
  ) {
    throw failure('InvalidNamespace', `Invalid collection name: '${name}'`);
  }
  if (name.startsWith('system.')) throw unsupported(`Writing to ${db}.${name}`);
};
