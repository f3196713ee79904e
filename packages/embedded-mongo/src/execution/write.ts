import { compilePipeline } from '../aggregation/pipeline.ts';
import type { Variables } from '../aggregation/stage.ts';
import { splice } from '../bson/raw.ts';
import { type Document, encode, isDocument, type Value } from '../bson/values.ts';
import { failure, MongoFailure } from '../errors.ts';
import { readSort } from '../planning/planner.ts';
import { type Filter, rootsOf } from '../query/filter.ts';
import { parseFilter } from '../query/parseFilter.ts';
import type { Catalog } from '../storage/catalog.ts';
import {
  type Collection,
  findByRid,
  insertDocument,
  removeDocument,
  replaceDocument,
  rootsOfIndexes,
} from '../storage/collection.ts';
import type { Index } from '../storage/indexes.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import type { Store } from '../storage/store.ts';
import { compileUpdate, isReplacement, reachOf, type Update } from '../update/update.ts';
import { seedFrom, withNewId } from '../update/upsert.ts';
import { Item } from './item.ts';
import { matcherOf, nothingMore, placeIn, type Selection, select } from './select.ts';

export type Database = { readonly store: Store; readonly catalog: Catalog };

export type UpdateRequest = {
  readonly filter: Filter;
  readonly u: Value;
  readonly arrayFilters: Value;
  readonly constants: Value;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort: KeyPattern;
  readonly hint: Value;
  readonly variables: Variables;
  /** The document before or after is asked for, whole. */
  readonly shown?: boolean;
};

export type UpdateResult = {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: Value;
  /** Of the one document that was changed, for `findAndModify`. */
  readonly before?: Document;
  readonly after?: Document;
};

export const readUpdateRequest = (given: Document, variables: Variables): UpdateRequest => ({
  filter: parseFilter(given.q),
  u: given.u,
  arrayFilters: given.arrayFilters,
  constants: given.c,
  multi: given.multi === true,
  upsert: given.upsert === true,
  sort: readSort(given.sort),
  hint: given.hint,
  variables,
});

export const selectionOf = (
  request: Pick<UpdateRequest, 'filter' | 'sort' | 'hint' | 'variables'>,
  limit: number,
  needs?: ReadonlySet<string>,
): Selection => ({
  filter: request.filter,
  sort: request.sort,
  skip: 0,
  limit,
  variables: request.variables,
  ...(request.hint === undefined ? {} : { hint: request.hint }),
  ...(needs === undefined ? {} : { needs }),
});

/** Runs one update statement. An upsert makes the collection where it is missing. */
export const runUpdate = (database: Database, db: string, name: string, request: UpdateRequest): UpdateResult => {
  const { store, catalog } = database;
  const update = compileUpdate(
    { u: request.u, arrayFilters: request.arrayFilters, c: request.constants, multi: request.multi },
    pipelineUpdates(database, db, name, request.variables),
  );
  const collection = catalog.find(db, name);
  const result = collection ? updateMatching(store, collection, request, update) : { matched: 0, modified: 0 };
  if (result.matched > 0 || !request.upsert) return result;
  const after = upserted(request, update);
  insertDocument(store, collection ?? catalog.ensure(db, name), after);
  return { matched: 0, modified: 0, upserted: after._id, after };
};

type Changed = { readonly before: Document; readonly after: Document; readonly modified: boolean };

const updateMatching = (store: Store, collection: Collection, request: UpdateRequest, update: Update): UpdateResult => {
  const now = new Date();
  const matches = usesPlace(request.u) ? matcherOf(request) : undefined;
  const needs = needsOf(collection, request);
  const replacing = isReplacement(request.u);
  const change = (item: Item): Changed => {
    const before = item.part(needs);
    const place = matches ? placeIn(matches, item) : {};
    const after = update(before, { now, inserting: false, place, partial: needs !== undefined });
    if (after === before) return { before, after, modified: false };
    const raw = needs === undefined || replacing ? encode(after) : splice(item.raw, before, after);
    if (needs !== undefined && Buffer.compare(raw, item.raw) === 0) return { before, after, modified: false };
    replaceDocument(store, collection, item.rid, before, after, raw);
    return { before, after, modified: true };
  };
  if (!request.multi) {
    for (const item of select(store, collection, selectionOf(request, 1, needs))) {
      const { before, after, modified } = change(item);
      return { matched: 1, modified: Number(modified), before, after };
    }
    return { matched: 0, modified: 0 };
  }
  // First all that match, then the changes: a change may move a document along the very index that is read.
  const rids: number[] = [];
  for (const item of select(store, collection, { ...selectionOf(request, 0, nothingMore), unread: true })) rids.push(item.rid);
  let modified = 0;
  for (const rid of rids) {
    const raw = findByRid(store, collection, rid);
    if (raw && change(Item.stored(rid, raw)).modified) modified += 1;
  }
  return { matched: rids.length, modified };
};

/**
 * The fields an update must see: those of its filter, those it reads, and, for the entries, all of each index that it reaches. Most
 * documents are many times as large. Undefined where it must see all.
 */
const needsOf = ({ indexes }: Collection, { filter, u, shown }: UpdateRequest): ReadonlySet<string> | undefined => {
  const filtered = shown ? undefined : rootsOf(filter);
  const reach = isReplacement(u) ? 'replaced' : reachOf(u);
  if (!filtered || !reach) return undefined;
  const { reads, puts } = reach === 'replaced' ? { reads: [], puts: [] } : reach;
  let known = needsBySay.get(indexes);
  if (!known) {
    known = new Map();
    needsBySay.set(indexes, known);
  }
  const say = JSON.stringify([[...filtered], reach]);
  const before = known.get(say);
  if (before) return before;
  const reached = [...reads, ...puts];
  const touched = reach === 'replaced' ? indexes : indexes.filter(({ roots }) => reached.some((root) => roots.has(root)));
  const needs = new Set(['_id', ...filtered, ...reads, ...touched.flatMap(({ roots }) => [...roots])]);
  if (known.size >= mostSays) known.clear();
  known.set(say, needs);
  return needs;
};

/** Programs say the same few things again and again; found again, a set has its names ready as bytes. */
const needsBySay = new WeakMap<readonly Index[], Map<string, ReadonlySet<string>>>();
const mostSays = 500;

/** Only then the filter is asked again where in the array it matched. */
const usesPlace = (u: Value): boolean =>
  isDocument(u) &&
  Object.values(u).some((fields) => isDocument(fields) && Object.keys(fields).some((path) => /(?:^|\.)\$(?:\.|$)/.test(path)));

const upserted = (request: UpdateRequest, update: Update): Document => {
  const seed = seedFrom(request.filter, isReplacement(request.u));
  const made = update(seed, { now: new Date(), inserting: true, place: {} });
  const document = withNewId(made === seed ? { ...seed } : made);
  if ('_id' in seed && document._id === undefined)
    throw failure('ImmutableField', 'The _id field cannot be removed by an upsert');
  return document;
};

const pipelineUpdates =
  ({ store, catalog }: Database, db: string, collection: string, variables: Variables) =>
  (stages: Value[], constants: Value) => {
    const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);
    for (const stage of stages) {
      const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
      if (name && !allowed.has(name)) throw failure('InvalidOptions', `${name} is not allowed to be used within an update`);
    }
    const { through } = compilePipeline(stages, { store, catalog, db, collection }, true);
    const bound = { ...variables, ...(isDocument(constants) ? constants : {}) };
    return (document: Document): Document => {
      const [made] = through([Item.made(document)], bound);
      const after = made?.document ?? document;
      return '_id' in document && !('_id' in after) ? { _id: document._id, ...after } : after;
    };
  };

/** Deletes one or all that match; gives the last one deleted, whole where it is to be shown. */
export const runDelete = (
  database: Database,
  db: string,
  name: string,
  selection: Selection,
  shown = false,
): { deleted: number; document?: Document } => {
  const { store, catalog } = database;
  const collection = catalog.find(db, name);
  if (!collection) return { deleted: 0 };
  const names = shown ? undefined : rootsOfIndexes(collection.indexes);
  if (selection.limit === 1) {
    for (const item of select(store, collection, names ? { ...selection, needs: names } : selection)) {
      const document = item.part(names);
      removeDocument(store, collection, item.rid, document);
      return { deleted: 1, document };
    }
    return { deleted: 0 };
  }
  const rids: number[] = [];
  for (const item of select(store, collection, { ...selection, needs: nothingMore, unread: true })) rids.push(item.rid);
  for (const rid of rids) {
    const raw = findByRid(store, collection, rid);
    if (raw) removeDocument(store, collection, rid, Item.stored(rid, raw).part(names));
  }
  return { deleted: rids.length };
};

/** As one entry of `writeErrors`. What is no refusal but a fault goes on to end the command. */
export const writeError = (error: unknown, index: number): Document => {
  if (!(error instanceof MongoFailure)) throw error;
  return { index, code: error.code, ...error.details, errmsg: error.message };
};
