import { type Document, isDocument, isNumeric, show, toNumber, truthy, type Value } from '../bson/values.ts';
import { failure, unsupported } from '../errors.ts';
import { Item } from '../execution/item.ts';
import { evaluator } from '../execution/select.ts';
import { compileFilter } from '../query/matcher.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { type Collection, namespace } from '../storage/collection.ts';
import { type Index, readIndexSpec, refuseCollation } from '../storage/indexes.ts';
import { type Command, collectionName, type Engine, optionalNumber, type Request, reply } from './command.ts';
import { cursorReply } from './cursorReply.ts';

const existing = (request: Request, engine: Engine): Collection => {
  const name = collectionName(request);
  const collection = engine.catalog.find(request.db, name);
  if (!collection) throw failure('NamespaceNotFound', `ns does not exist: ${request.db}.${name}`);
  return collection;
};

const listed = (engine: Engine, name: string, documents: Iterable<Document>, cursor: Value) => {
  const size = isDocument(cursor) ? optionalNumber(cursor.batchSize, 'cursor.batchSize') : undefined;
  const items = [...documents].map((document) => Item.made(document));
  return cursorReply('firstBatch', name, engine.cursors.open(name, items, size ?? Math.max(1, items.length), false));
};

const createIndexes: Command = {
  writes: true,
  fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  run: (request, engine) => {
    const name = collectionName(request);
    const { indexes } = request.body;
    if (!Array.isArray(indexes) || indexes.length === 0) throw failure('BadValue', 'Must specify at least one index to create');
    const specs = indexes.map(readIndexSpec);
    const before = engine.catalog.find(request.db, name);
    const collection = before ?? engine.catalog.create(request.db, name, {});
    const numIndexesBefore = collection.indexes.length;
    const made = specs.filter((spec) => engine.catalog.createIndex(collection, spec));
    return reply({
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: before === undefined,
      ...(made.length === 0 ? { note: 'all indexes already exist' } : {}),
    });
  },
};

const indexNamed = (collection: Collection, wanted: Value): Index[] => {
  if (wanted === '*') return collection.indexes.slice(1);
  if (Array.isArray(wanted)) return wanted.flatMap((each) => indexNamed(collection, each));
  const index = collection.indexes.find((each) =>
    isDocument(wanted) ? show(each.spec.key) === show(wanted) : each.name === wanted,
  );
  if (!index)
    throw failure(
      'IndexNotFound',
      isDocument(wanted) ? `can't find index with key: ${show(wanted)}` : `index not found with name [${String(wanted)}]`,
    );
  if (index.id === 0) throw failure('InvalidOptions', 'cannot drop _id index');
  return [index];
};

const dropIndexes: Command = {
  writes: true,
  fields: ['index'],
  run: (request, engine) => {
    const collection = existing(request, engine);
    const nIndexesWas = collection.indexes.length;
    for (const index of indexNamed(collection, request.body.index)) engine.catalog.dropIndex(collection, index);
    return reply({ nIndexesWas });
  },
};

const listIndexes: Command = {
  writes: false,
  fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'],
  run: (request, engine) => {
    const collection = existing(request, engine);
    return listed(
      engine,
      namespace(collection),
      collection.indexes.map(({ spec }) => spec),
      request.body.cursor,
    );
  },
};

const listCollections: Command = {
  writes: false,
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run: ({ body, db }, engine) => {
    const matches = compileFilter(parseFilter(body.filter), evaluator({}));
    const nameOnly = truthy(body.nameOnly);
    const documents = engine.catalog
      .collectionsOf(db)
      .map(
        ({ name, options }): Document =>
          nameOnly
            ? { name, type: 'collection' }
            : { name, type: 'collection', options, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } },
      );
    return listed(
      engine,
      `${db}.$cmd.listCollections`,
      documents.filter((document) => matches(document)),
      body.cursor,
    );
  },
};

const listDatabases: Command = {
  writes: false,
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run: ({ body }, { catalog }) => {
    const matches = compileFilter(parseFilter(body.filter), evaluator({}));
    const databases = catalog
      .databases()
      .map((name): Document => (truthy(body.nameOnly) ? { name } : { name, sizeOnDisk: 0, empty: false }));
    return reply({ databases: databases.filter((database) => matches(database)), totalSize: 0, totalSizeMb: 0 });
  },
};

const refusedOptions = [
  'capped',
  'timeseries',
  'viewOn',
  'pipeline',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'expireAfterSeconds',
];

const create: Command = {
  writes: true,
  fields: [
    ...refusedOptions,
    'size',
    'max',
    'validator',
    'validationLevel',
    'validationAction',
    'storageEngine',
    'indexOptionDefaults',
    'autoIndexId',
    'idIndex',
  ],
  run: (request, { catalog }) => {
    const { body, db } = request;
    const name = collectionName(request);
    for (const option of refusedOptions) if (truthy(body[option])) throw unsupported(`The option ${option} of create`);
    if (isDocument(body.validator) && Object.keys(body.validator).length > 0) throw unsupported('The option validator of create');
    refuseCollation(body.collation);
    if (catalog.find(db, name)) {
      // MongoDB takes the same collection again for done.
      return reply({});
    }
    catalog.create(db, name, {});
    return reply({});
  },
};

const drop: Command = {
  writes: true,
  fields: [],
  run: (request, { catalog }) => {
    const collection = catalog.find(request.db, collectionName(request));
    if (!collection) return reply({});
    const nIndexesWas = collection.indexes.length;
    catalog.drop(collection);
    return reply({ nIndexesWas, ns: namespace(collection) });
  },
};

const dropDatabase: Command = {
  writes: true,
  fields: [],
  run: ({ db }, { catalog }) => {
    const collections = catalog.collectionsOf(db);
    for (const collection of collections) catalog.drop(collection);
    return reply(collections.length > 0 ? { dropped: db } : {});
  },
};

/** Of `collMod` what concerns indexes: their expiry and whether they are hidden. */
const collMod: Command = {
  writes: true,
  fields: ['index', 'validator', 'validationLevel', 'validationAction'],
  run: (request, engine) => {
    const collection = existing(request, engine);
    const { index: change, validator } = request.body;
    if (isDocument(validator) && Object.keys(validator).length > 0) throw unsupported('The option validator of collMod');
    if (!isDocument(change)) return reply({});
    const [index] = indexNamed(collection, change.name ?? change.keyPattern);
    if (!index) throw failure('IndexNotFound', 'index not found');
    const spec = { ...index.spec };
    if (isNumeric(change.expireAfterSeconds)) spec.expireAfterSeconds = toNumber(change.expireAfterSeconds);
    if (change.hidden !== undefined) spec.hidden = truthy(change.hidden);
    engine.catalog.changeIndex(collection, index, spec);
    return reply({});
  },
};

const statistics = (engine: Engine, collection: Collection): Document => {
  let [count, size] = [0, 0];
  const row = engine.store
    .prepare(`SELECT count(*) AS count, coalesce(sum(length(doc)), 0) AS size FROM docs_${collection.id}`)
    .get();
  count += Number(row?.count);
  size += Number(row?.size);
  return {
    ns: namespace(collection),
    count,
    size,
    avgObjSize: count === 0 ? 0 : Math.round(size / count),
    nindexes: collection.indexes.length,
    capped: false,
  };
};

const collStats: Command = {
  writes: false,
  fields: ['scale'],
  run: (request, engine) => reply(statistics(engine, existing(request, engine))),
};

const dbStats: Command = {
  writes: false,
  fields: ['scale', 'freeStorage'],
  run: ({ db }, engine) => {
    const all = engine.catalog.collectionsOf(db).map((collection) => statistics(engine, collection));
    const total = (field: string): number => all.reduce((sum, each) => sum + toNumber(each[field]), 0);
    return reply({ db, collections: all.length, objects: total('count'), dataSize: total('size'), indexes: total('nindexes') });
  },
};

export const collections: Readonly<Record<string, Command>> = {
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  listIndexes,
  listCollections,
  listDatabases,
  create,
  drop,
  dropDatabase,
  collMod,
  collStats,
  dbStats,
};
