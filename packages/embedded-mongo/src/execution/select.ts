import { compileExpression } from '../aggregation/expression.ts';
import type { Scope } from '../aggregation/scope.ts';
import { truthy, type Value } from '../bson/values.ts';
import { type Plan, planFor } from '../planning/planner.ts';
import type { Filter } from '../query/filter.ts';
import { compileFilter, type Evaluate, type Matcher } from '../query/matcher.ts';
import type { Place } from '../query/paths.ts';
import { type Collection, findById } from '../storage/collection.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import { scanCollection, scanIndex } from '../storage/scan.ts';
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
};

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
  const { filter, sort, skip, limit } = selection;
  const matches = matcherOf(selection);
  const plan = planFor(collection, selection);
  const rows = matching(store, collection, plan, filter, matches, examined);
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

function* matching(
  store: Store,
  collection: Collection,
  plan: Plan,
  filter: Filter,
  matches: Matcher,
  examined?: Examined,
): Generator<Item> {
  // A filter that says nothing, or nothing but the `_id` that was sought, need not look into documents.
  const everything = filter.kind === 'and' && filter.of.length === 0;
  const settled = everything || (plan.kind === 'id' && filter.kind === 'field');
  for (const item of candidates(store, collection, plan, examined)) {
    if (settled || matches(item.document)) yield item;
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
