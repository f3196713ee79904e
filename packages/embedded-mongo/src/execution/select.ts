import { compileExpression } from '../aggregation/expression.ts';
import type { Scope } from '../aggregation/scope.ts';
import { truthy, type Value } from '../bson/values.ts';
import { type IndexPlan, type Plan, planFor } from '../planning/planner.ts';
import { type Filter, rootsOf } from '../query/filter.ts';
import { compileFilter, type Evaluate, type Matcher } from '../query/matcher.ts';
import type { Place } from '../query/paths.ts';
import { type Collection, findById, findByIdKey } from '../storage/collection.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import { scanCollection, scanIndex, scanKeys } from '../storage/scan.ts';
import type { Store } from '../storage/store.ts';
import { Item } from './item.ts';
import { sorted } from './sort.ts';

export type Selection = {
  readonly filter: Filter;
  readonly sort: KeyPattern;
  readonly skip: number;
  /** Zero for all. */
  readonly limit: number;
  readonly hint?: Value;
  readonly variables: Scope['variables'];
  /** The fields of the top that will be looked at in what is found, besides those of the filter; all where it is not said. */
  readonly needs?: ReadonlySet<string>;
  /** Only which documents they are, or how many, is asked: where an index tells it they are not read. */
  readonly unread?: boolean;
};

/** Nothing is looked at: documents are counted, or sent on as they are. */
export const nothingMore: ReadonlySet<string> = new Set();

export type Examined = { keys: number; documents: number };

export const evaluator =
  (variables: Scope['variables']): Evaluate =>
  (expression) => {
    const compiled = compileExpression(expression);
    return (document) => truthy(compiled({ root: document, variables }));
  };

export const matcherOf = ({ filter, variables }: Pick<Selection, 'filter' | 'variables'>): Matcher =>
  compileFilter(filter, evaluator(variables));

/** The documents a query asks for, one after the other; nothing is read before it is wanted. */
export function* select(store: Store, collection: Collection, selection: Selection, examined?: Examined): Generator<Item> {
  const { sort, skip, limit } = selection;
  const plan = planFor(collection, selection);
  const rows = matching(store, collection, plan, selection, examined);
  const ordered = sort.length === 0 || isSorted(plan) ? rows : sorted(rows, sort, limit > 0 ? skip + limit : 0);
  let passed = 0;
  for (const item of ordered) {
    passed += 1;
    if (passed <= skip) continue;
    yield item;
    if (limit > 0 && passed >= skip + limit) return;
  }
}

export const isSorted = (plan: Plan): boolean =>
  plan.kind === 'id' || plan.kind === 'nothing' || (plan.kind !== 'union' && plan.sorted);

/** The fields that a selection decodes; undefined for whole documents. */
const namesOf = ({ filter, needs }: Selection): ReadonlySet<string> | undefined => {
  const roots = needs && rootsOf(filter);
  if (!roots || !needs) return undefined;
  return isWithin(roots, needs) ? needs : new Set([...roots, ...needs]);
};

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => {
  for (const each of some) if (!all.has(each)) return false;
  return true;
};

function* matching(store: Store, collection: Collection, plan: Plan, selection: Selection, examined?: Examined): Generator<Item> {
  const { filter, sort, unread = false } = selection;
  if (unread && plan.kind === 'index' && plan.exact && (sort.length === 0 || plan.sorted)) {
    yield* known(store, collection, plan, examined);
    return;
  }
  const rows = candidates(store, collection, plan, examined);
  // What was sought by just what the filter says need not be looked into.
  const everything = filter.kind === 'and' && filter.of.length === 0;
  if (everything || (plan.kind === 'id' && filter.kind === 'field') || (plan.kind === 'index' && plan.exact)) {
    yield* rows;
    return;
  }
  const matches = matcherOf(selection);
  const names = namesOf(selection);
  for (const item of rows) if (matches(item.part(names))) yield item;
}

/** From the index alone. */
function* known(
  store: Store,
  collection: Collection,
  { index, ranges, reverse }: IndexPlan,
  examined: Examined = { keys: 0, documents: 0 },
): Generator<Item> {
  for (const rid of scanKeys(store, collection, index, ranges, reverse)) {
    examined.keys += 1;
    yield Item.unread(rid);
  }
}

function* candidates(
  store: Store,
  collection: Collection,
  plan: Plan,
  examined: Examined = { keys: 0, documents: 0 },
): Generator<Item> {
  switch (plan.kind) {
    case 'nothing':
      return;
    case 'id': {
      examined.keys += 1;
      const row = findById(store, collection, plan.id);
      if (row) {
        examined.documents += 1;
        yield Item.stored(row.rid, row.raw);
      }
      return;
    }
    case 'collection':
      for (const { rid, raw } of scanCollection(store, collection, plan.reverse)) {
        examined.documents += 1;
        yield Item.stored(rid, raw);
      }
      return;
    case 'index':
      for (const key of plan.ids ?? []) {
        const row = findByIdKey(store, collection, key);
        examined.keys += 1;
        if (!row) continue;
        examined.documents += 1;
        yield Item.stored(row.rid, row.raw);
      }
      if (plan.ids) return;
      for (const { rid, raw } of scanIndex(store, collection, plan.index, plan.ranges, plan.reverse)) {
        examined.keys += 1;
        examined.documents += 1;
        yield Item.stored(rid, raw);
      }
      return;
    case 'union': {
      const seen = new Set<number>();
      for (const part of plan.plans) {
        for (const item of candidates(store, collection, part, examined)) {
          if (seen.has(item.rid)) continue;
          seen.add(item.rid);
          yield item;
        }
      }
    }
  }
}

/** Where in an array the filter matched. */
export const placeIn = (matches: Matcher, item: Item): Place => {
  const place: Place = {};
  matches(item.document, place);
  return place;
};
