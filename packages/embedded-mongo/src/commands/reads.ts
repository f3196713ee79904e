import { compilePipeline } from '../aggregation/pipeline.ts';
import type { Variables } from '../aggregation/stage.ts';
import { hashOf } from '../bson/keys.ts';
import { pick } from '../bson/raw.ts';
import { type Document, encode, isDocument, isNumeric, maxDocumentBytes, show, toNumber, type Value } from '../bson/values.ts';
import { failure, location, unsupported } from '../errors.ts';
import { Item } from '../execution/item.ts';
import { matcherOf, nothingMore, placeIn, type Selection, select } from '../execution/select.ts';
import { readSort } from '../planning/planner.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { someAt } from '../query/paths.ts';
import { compileProjection, fieldsKept } from '../query/projection.ts';
import { type Collection, documentsTable } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import {
  type Command,
  collectionName,
  countField,
  type Engine,
  optionalNumber,
  type Reply,
  type Request,
  reply,
  variablesOf,
} from './command.ts';
import { cursorReply } from './cursorReply.ts';

const firstBatch = 101;

/** What a `find` asks for; a negative limit means one batch only. */
export const readFind = (body: Document, variables: Variables): { selection: Selection; single: boolean } => {
  const limit = optionalNumber(body.limit, 'find.limit') ?? 0;
  for (const option of ['tailable', 'awaitData', 'returnKey', 'min', 'max'] as const) {
    if (body[option] !== undefined && body[option] !== false) throw unsupported(`The option ${option} of find`);
  }
  return {
    single: body.singleBatch === true || limit < 0,
    selection: {
      filter: parseFilter(body.filter),
      sort: readSort(body.sort),
      skip: countField(body.skip, 'find.skip'),
      limit: Math.abs(limit),
      variables,
      ...(hintOf(body.hint) === undefined ? {} : { hint: body.hint }),
    },
  };
};

const hintOf = (hint: Value): Value => (isDocument(hint) && Object.keys(hint).length === 0 ? undefined : hint);

/** The documents of a `find`, projected. */
export const found = (engine: Engine, collection: Collection, selection: Selection, projection: Value): Iterable<Item> => {
  const project = compileProjection(projection);
  const kept = fieldsKept(projection);
  if (!project || kept) {
    const items = select(engine.store, collection, { ...selection, needs: nothingMore });
    return kept ? items.map(({ rid, raw }) => Item.stored(rid, pick(raw, kept))) : items;
  }
  const items = select(engine.store, collection, selection);
  const positional = isDocument(projection) && Object.keys(projection).some((path) => path.endsWith('.$'));
  const matches = positional ? matcherOf(selection) : undefined;
  return (function* () {
    for (const item of items)
      yield Item.made(project(item.document, selection.variables, matches && placeIn(matches, item).index));
  })();
};

const find: Command = {
  writes: false,
  fields: [
    ...[
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'max',
      'min',
      'returnKey',
      'showRecordId',
      'tailable',
    ],
    ...['oplogReplay', 'noCursorTimeout', 'awaitData', 'allowPartialResults', 'allowDiskUse', 'let', 'ntoreturn'],
  ],
  run: (request, engine) => {
    const { body, db } = request;
    const name = collectionName(request);
    const { selection, single } = readFind(body, variablesOf(body));
    const batchSize = optionalNumber(body.batchSize, 'find.batchSize');
    if (batchSize !== undefined && batchSize < 0)
      throw location(51024, `BSON field 'find.batchSize' value must be >= 0, actual value '${batchSize}'`);
    const collection = engine.catalog.find(db, name);
    // Reading the projection and the filter first: what is wrong is wrong also where there is nothing to find.
    const items = collection ? found(engine, collection, selection, body.projection) : nothing(selection, body.projection);
    const namespace = `${db}.${name}`;
    return cursorReply('firstBatch', namespace, engine.cursors.open(namespace, items, batchSize ?? firstBatch, single));
  },
};

const nothing = (selection: Selection, projection: Value): Iterable<Item> => {
  compileProjection(projection);
  matcherOf(selection);
  return [];
};

const getMore: Command = {
  writes: false,
  fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  run: ({ body, db }, engine) => {
    const batchSize = optionalNumber(body.batchSize, 'getMore.batchSize');
    if (batchSize !== undefined && batchSize < 0)
      throw location(51024, `BSON field 'getMore.batchSize' value must be >= 0, actual value '${batchSize}'`);
    if (!isNumeric(body.getMore))
      throw failure('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const namespace = `${db}.${String(body.collection)}`;
    return cursorReply(
      'nextBatch',
      namespace,
      engine.cursors.more(toNumber(body.getMore), namespace, batchSize || Number.POSITIVE_INFINITY),
    );
  },
};

const killCursors: Command = {
  writes: false,
  fields: ['cursors'],
  run: ({ body }, { cursors }) => {
    const ids = Array.isArray(body.cursors) ? body.cursors : [];
    const cursorsKilled = ids.filter((id) => cursors.kill(toNumber(id)));
    return reply({
      cursorsKilled,
      cursorsNotFound: ids.filter((id) => !cursorsKilled.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
    });
  },
};

export const aggregateFields = ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'let'];

/** `{ aggregate: 1 }` is about the database: only pipelines that make their own documents run there. */
export const aggregateTarget = ({ body, name }: Request): string => {
  const target = body[name];
  if (typeof target === 'string') return target;
  if (isNumeric(target) && toNumber(target) === 1) return '$cmd.aggregate';
  throw failure(
    'FailedToParse',
    `Invalid command format: the 'aggregate' field must specify a collection name or 1, not ${show(target)}`,
  );
};

const runAggregate = (request: Request, engine: Engine): Reply => {
  const { body, db } = request;
  const collection = aggregateTarget(request);
  if (!isDocument(body.cursor))
    throw failure('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
  const pipeline = compilePipeline(body.pipeline, { ...engine, db, collection });
  const items = pipeline.run(variablesOf(body), hintOf(body.hint));
  const batchSize = optionalNumber(body.cursor.batchSize, 'cursor.batchSize') ?? firstBatch;
  const namespace = `${db}.${collection}`;
  // What writes must have written when the reply goes out.
  const opened = engine.cursors.open(namespace, pipeline.writes ? [...items] : items, batchSize, false);
  return cursorReply('firstBatch', namespace, opened);
};

export const aggregateWrites = (body: Document): boolean =>
  Array.isArray(body.pipeline) && body.pipeline.some((stage) => isDocument(stage) && ('$out' in stage || '$merge' in stage));

const aggregate: Command = { writes: false, fields: aggregateFields, run: runAggregate };

/** SQLite counts by reading; the count is then kept as documents come and go. */
const countAll = (store: Store, collection: Collection): number => {
  collection.count ??= Number(store.prepare(`SELECT count(*) AS n FROM ${documentsTable(collection)}`).get()?.n);
  return collection.count;
};

const count: Command = {
  writes: false,
  fields: ['query', 'limit', 'skip', 'hint', 'fields'],
  run: (request, engine) => {
    const { body, db } = request;
    const collection = engine.catalog.find(db, collectionName(request));
    const filter = parseFilter(body.query);
    const limit = Math.abs(optionalNumber(body.limit, 'count.limit') ?? 0);
    const skip = countField(body.skip, 'count.skip');
    if (!collection) return reply({ n: 0 });
    if (filter.kind === 'and' && filter.of.length === 0) {
      const all = Math.max(0, countAll(engine.store, collection) - skip);
      return reply({ n: limit > 0 ? Math.min(limit, all) : all });
    }
    let n = 0;
    const hint = hintOf(body.hint);
    for (const _ of select(engine.store, collection, {
      filter,
      sort: [],
      skip,
      limit,
      variables: variablesOf(body),
      needs: nothingMore,
      unread: true,
      ...(hint === undefined ? {} : { hint }),
    }))
      n += 1;
    return reply({ n });
  },
};

const distinct: Command = {
  writes: false,
  fields: ['key', 'query', 'hint'],
  run: (request, engine) => {
    const { body, db } = request;
    if (typeof body.key !== 'string')
      throw failure('TypeMismatch', `BSON field 'distinct.key' is the wrong type, expected type 'string'`);
    const parts = body.key.split('.');
    const filter = parseFilter(body.query);
    const collection = engine.catalog.find(db, collectionName(request));
    const values = new Map<string, Value>();
    let bytes = 0;
    /** The reply is one document, and as large as one may be. */
    const keep = (value: Value) => {
      const hash = hashOf(value);
      if (values.has(hash)) return;
      bytes += encode({ [values.size]: value }).length;
      if (bytes > maxDocumentBytes) throw location(17217, 'distinct too big, 16mb cap');
      values.set(hash, value);
    };
    if (collection) {
      for (const { document } of select(engine.store, collection, {
        filter,
        sort: [],
        skip: 0,
        limit: 0,
        variables: variablesOf(body),
      })) {
        someAt(document, parts, 0, false, (value) => {
          for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) keep(each);
          return false;
        });
      }
    }
    return reply({ values: [...values.values()] });
  },
};

export const reads: Readonly<Record<string, Command>> = { find, getMore, killCursors, aggregate, count, distinct };
