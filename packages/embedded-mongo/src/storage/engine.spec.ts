import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Int32 } from 'bson';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fewScalars, fewValues } from '../arbitraries.ts';
import { compare } from '../bson/compare.ts';
import { type Document, decode, encode, type Value } from '../bson/values.ts';
import type { Engine } from '../commands/command.ts';
import { dispatch } from '../commands/dispatch.ts';
import { createCursors } from '../cursors.ts';
import { openCatalog } from './catalog.ts';
import { entriesOf } from './indexes.ts';
import { plainlyFits, plainOf } from './plainMatcher.ts';
import { openStore, type Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-engine-'));
let store: Store;
let engine: Engine;
let runs = 0;

const open = (): void => {
  store = openStore(join(folder, 'engine.sqlite'));
  engine = { store, catalog: openCatalog(store), cursors: createCursors() };
};

beforeAll(open);
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const faults: unknown[] = [];
/** As drivers send them: what a command writes lies beside it, as bytes. */
const apart = ['documents', 'updates', 'deletes'];

const run = (given: Document): Document => {
  const [name = ''] = Object.keys(given);
  const body = Object.fromEntries(Object.entries(given).filter(([field]) => !apart.includes(field)));
  const sequences = new Map(
    apart.flatMap((field) => (field in given ? [[field, (given[field] as Document[]).map(encode)] as const] : [])),
  );
  const request = { name, db: 'model', body: decode(encode(body)), sequences, connectionId: 1 };
  const answered = decode(dispatch(request, engine, (fault) => faults.push(fault)));
  expect(faults).toEqual([]);
  return answered;
};

const field = fc.constantFrom('a', 'b', 'a.x');
// Arrays in one field only: two side by side are refused by compound indexes and sorts.
const documents = fc.record({ a: fewValues, b: fewScalars }, { requiredKeys: [] });
const comparison = fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne');
const filters: fc.Arbitrary<Document> = fc.oneof(
  fc.tuple(field, comparison, fewValues).map(([path, operator, value]) => ({ [path]: { [operator]: value } })),
  fc.tuple(field, fewValues).map(([path, value]) => ({ [path]: value })),
  fc.tuple(field, fc.array(fewValues, { maxLength: 3 })).map(([path, values]) => ({ [path]: { $in: values } })),
  fc.tuple(field, fewValues, fewValues).map(([path, low, high]) => ({ [path]: { $gte: low, $lt: high } })),
  fc.tuple(fewValues, comparison, fewValues).map(([a, operator, b]) => ({ a, b: { [operator]: b } })),
  fc.tuple(fewValues, fewValues).map(([a, b]) => ({ $or: [{ a }, { b }] })),
  fc
    .tuple(comparison, fewScalars, fewScalars)
    .map(([operator, low, high]) => ({ a: { $elemMatch: { [operator]: low, $lt: high } } })),
  fc.tuple(comparison, fewScalars).map(([operator, value]) => ({ a: { $elemMatch: { x: { [operator]: value } } } })),
  fc.tuple(fewScalars, fewScalars).map(([low, high]) => ({ a: { $gt: low }, b: { $lte: high } })),
  fc.tuple(field, fc.boolean()).map(([path, exists]) => ({ [path]: { $exists: exists } })),
);

type Step =
  | { readonly do: 'insert'; readonly id: number; readonly document: Document }
  | { readonly do: 'replace'; readonly id: number; readonly document: Document }
  | { readonly do: 'set'; readonly filter: Document; readonly field: string; readonly value: Value }
  | { readonly do: 'delete'; readonly filter: Document }
  | { readonly do: 'undo'; readonly id: number; readonly document: Document }
  | { readonly do: 'reopen' };

const ids = fc.integer({ min: 0, max: 12 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('insert' as const), id: ids, document: documents }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replace' as const), id: ids, document: documents }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      filter: filters,
      field: fc.constant('a'),
      value: fewValues,
    }),
  },
  fc.record({ do: fc.constant('set' as const), filter: filters, field: fc.constant('b'), value: fewScalars }),
  fc.record({ do: fc.constant('delete' as const), filter: filters }),
  fc.record({ do: fc.constant('undo' as const), id: ids, document: documents }),
  fc.record({ do: fc.constant('reopen' as const) }),
);

const indexSets: readonly (readonly Document[])[] = [
  [],
  [
    { key: { a: 1 }, name: 'a' },
    { key: { b: -1, a: 1 }, name: 'ba' },
  ],
  [
    { key: { a: -1, b: 1 }, name: 'ab' },
    { key: { 'a.x': 1 }, name: 'ax' },
  ],
  [
    { key: { a: 1 }, name: 'a', sparse: true },
    { key: { b: 1 }, name: 'b', partialFilterExpression: { b: { $gte: 1 } } },
  ],
];

const numberOf = (id: Value): number => Number(id);
const matches = (filter: Document, document: Document): boolean =>
  plainlyFits(plainOf(document) as never, plainOf(filter) as never);

/** The plain model: a list in memory, every filter asked of every document. */
const apply = (model: Document[], step: Step): Document[] => {
  switch (step.do) {
    case 'insert':
      return model.some(({ _id }) => numberOf(_id) === step.id)
        ? model
        : [...model, { _id: new Int32(step.id), ...step.document }];
    case 'replace':
      return model.map((document) => (numberOf(document._id) === step.id ? { _id: document._id, ...step.document } : document));
    case 'set':
      return model.map((document) => (matches(step.filter, document) ? { ...document, [step.field]: step.value } : document));
    case 'delete':
      return model.filter((document) => !matches(step.filter, document));
    case 'undo':
    case 'reopen':
      return model;
  }
};

const perform = (name: string, step: Step): void => {
  switch (step.do) {
    case 'insert':
      run({ insert: name, documents: [{ _id: step.id, ...step.document }] });
      return;
    case 'replace':
      run({ update: name, updates: [{ q: { _id: step.id }, u: step.document }] });
      return;
    case 'set':
      run({ update: name, updates: [{ q: step.filter, u: { $set: { [step.field]: step.value } }, multi: true }] });
      return;
    case 'delete':
      run({ delete: name, deletes: [{ q: step.filter, limit: 0 }] });
      return;
    case 'undo':
      // A commit that fails undoes the whole group, indexes and what is held in memory included.
      store.commit();
      run({ insert: name, documents: [{ _id: 100 + step.id, ...step.document }] });
      store.rollback();
      engine.catalog.reload();
      return;
    case 'reopen':
      store.commit();
      store.close();
      open();
  }
};

const found = (name: string, filter: Document, sort: Document = {}): Document[] => {
  const { cursor } = run({ find: name, filter, sort, batchSize: 1000 });
  return (cursor as { firstBatch: Document[] }).firstBatch;
};

/** As drivers count: by a group of all. */
const counted = (name: string, filter: Document): number => {
  const pipeline = [{ $match: filter }, { $group: { _id: 1, n: { $sum: 1 } } }];
  const { cursor } = run({ aggregate: name, pipeline, cursor: {} });
  return Number((cursor as { firstBatch: { n: number }[] }).firstBatch[0]?.n ?? 0);
};

/** Every index of a collection, as it lies in the file and as the documents have it. */
const entries = (name: string): { held: string[]; due: string[] } => {
  const collection = engine.catalog.find('model', name);
  const documents = store.prepare(`SELECT rid, doc FROM docs_${collection?.id}`).all();
  const held: string[] = [];
  const due: string[] = [];
  for (const index of collection?.indexes.slice(1) ?? []) {
    const shown = (key: Uint8Array, rid: unknown): string => `${index.name} ${Buffer.from(key).toString('hex')} ${rid}`;
    for (const { key, rid } of store.prepare(`SELECT key, rid FROM entries_${index.id}`).all())
      held.push(shown(key as Uint8Array, rid));
    for (const { rid, doc } of documents)
      for (const key of entriesOf(index, decode(doc as Uint8Array)).keys) due.push(shown(key, rid));
  }
  return { held: held.toSorted(), due: due.toSorted() };
};

const plain = (documents: readonly Document[]): string[] =>
  documents.map((document) => Buffer.from(encode(document)).toString('hex'));

describe('the storage engine', () => {
  it('holds and finds what a plain list in memory does, whatever the indexes', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { maxLength: 25 }),
        fc.array(filters, { minLength: 3, maxLength: 8 }),
        fc.constantFrom(...indexSets),
        (taken, asked, indexes) => {
          runs += 1;
          const name = `run${runs}`;
          run({ create: name });
          if (indexes.length > 0) run({ createIndexes: name, indexes: [...indexes] });
          let model: Document[] = [];
          for (const step of taken) {
            perform(name, step);
            model = apply(model, step);
          }
          store.commit();
          expect(plain(found(name, {}))).toEqual(plain(model));
          const { held, due } = entries(name);
          expect(held).toEqual(due);
          for (const filter of asked) {
            const wanted = model.filter((document) => matches(filter, document));
            expect(plain(found(name, filter)).toSorted(), JSON.stringify(filter)).toEqual(plain(wanted).toSorted());
            expect(Number(run({ count: name, query: filter }).n), JSON.stringify(filter)).toBe(wanted.length);
            expect(counted(name, filter), JSON.stringify(filter)).toBe(wanted.length);
          }
          for (const sort of [{ _id: -1 }, { a: 1, _id: 1 }, { b: -1, a: 1, _id: 1 }]) {
            const sorted = found(name, {}, sort);
            expect(sorted).toHaveLength(model.length);
            if ('_id' in sort && Object.keys(sort).length === 1) {
              expect(sorted.map(({ _id }) => numberOf(_id))).toEqual(model.map(({ _id }) => numberOf(_id)).sort((x, y) => y - x));
            }
          }
          run({ drop: name });
          store.commit();
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('sorts by an index as it does in memory', () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 15 }), fc.constantFrom(1, -1), (all, way) => {
        runs += 1;
        const name = `run${runs}`;
        run({ create: name });
        if (all.length > 0) run({ insert: name, documents: all.map((document, _id) => ({ _id, ...document })) });
        const sort = { a: way, b: 1, _id: 1 };
        const before = plain(found(name, {}, sort));
        run({ createIndexes: name, indexes: [{ key: { a: 1, b: way, _id: way }, name: 'sorted' }] });
        expect(plain(found(name, {}, sort))).toEqual(before);
        run({ drop: name });
        store.commit();
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('never takes a document that breaks a unique index, and always one that does not', () => {
    const keys = fc.array(fc.oneof(fewValues, fc.constant(undefined)), { maxLength: 12 });
    fc.assert(
      fc.property(keys, (values) => {
        runs += 1;
        const name = `run${runs}`;
        run({ createIndexes: name, indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });
        const entries = (value: Value): Value[] => (Array.isArray(value) ? (value.length === 0 ? [[]] : value) : [value ?? null]);
        const taken: Value[] = [];
        for (const [_id, k] of values.entries()) {
          const free = !entries(k).some((entry) => taken.some((other) => compare(entry, other) === 0));
          const answered = run({ insert: name, documents: [k === undefined ? { _id } : { _id, k }] });
          expect(Number(answered.n), JSON.stringify(k)).toBe(free ? 1 : 0);
          if (free) taken.push(...entries(k));
        }
        run({ drop: name });
        store.commit();
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
