import type { Scope } from '../aggregation/scope.ts';
import { after } from '../bson/keys.ts';
import { type Document, isDocument, isNumeric, show, toNumber, typeOf, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import type { FieldTest, Filter } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import type { Index } from '../storage/indexes.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import type { KeyRange } from '../storage/scan.ts';
import { type Bounds, boundsOf, intersect, toKeyRange } from './bounds.ts';
import { equalitiesIn } from './equalities.ts';
import { implies } from './implies.ts';

export type IndexPlan = {
  readonly kind: 'index';
  readonly index: Index;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Per field of the index, for `explain`. */
  readonly shown: readonly (readonly string[])[];
  /** Rows come in the order asked for. */
  readonly sorted: boolean;
  /** How much the index is expected to narrow. */
  readonly score: number;
  /** The filter says nothing but what the ranges say: what they hold need not be looked into. */
  readonly exact: boolean;
  /** The keys themselves, where single values of `_id` are sought; in the order of the plan. */
  readonly ids: readonly Uint8Array[] | undefined;
};

export type Plan =
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly sorted: boolean }
  | { readonly kind: 'id'; readonly id: Value }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'union'; readonly plans: readonly IndexPlan[] }
  | IndexPlan;

/** More points than this in one plan: scanning a little more costs less than so many seeks. */
const mostRanges = 4096;

export type PlanRequest = {
  readonly filter: Filter;
  readonly sort: KeyPattern;
  readonly hint?: Value;
  /** What `$expr` may speak of. */
  readonly variables: Scope['variables'];
};

export const planFor = (collection: Collection, { filter, sort, hint, variables }: PlanRequest): Plan => {
  const natural = naturalHint(hint) ?? naturalSort(sort);
  if (natural !== undefined) return { kind: 'collection', reverse: natural < 0, sorted: sort[0]?.path === '$natural' };
  const conjuncts = conjunctsOf(filter).flatMap<Filter>((part) =>
    part.kind === 'expression' ? [part, ...equalitiesIn(part.expression, variables)] : [part],
  );
  if (hint === undefined) {
    if (conjuncts.some((part) => part.kind === 'constant' && !part.value)) return { kind: 'nothing' };
    const id = onlyId(conjuncts);
    if (id !== undefined) return { kind: 'id', id };
  }
  const candidates = hint === undefined ? collection.indexes.filter((index) => !index.hidden) : [hinted(collection, hint)];
  const plans = candidates
    .map((index) => planIndex(index, conjuncts, filter, sort, hint !== undefined))
    .filter((plan) => plan !== undefined);
  const best = plans.reduce<IndexPlan | undefined>(
    (chosen, plan) => (chosen && chosen.score >= plan.score ? chosen : plan),
    undefined,
  );
  if (hint !== undefined) return best ?? { kind: 'collection', reverse: false, sorted: sort.length === 0 };
  if (!best || best.score < 2) {
    const union = planUnion(candidates, conjuncts);
    if (union) return union;
  }
  return best ?? { kind: 'collection', reverse: false, sorted: sort.length === 0 };
};

const naturalSort = (sort: KeyPattern): number | undefined =>
  sort[0]?.path === '$natural' ? (sort[0].descending ? -1 : 1) : undefined;
const naturalHint = (hint: Value): number | undefined =>
  isDocument(hint) && hint.$natural !== undefined ? toNumber(hint.$natural) : undefined;

export const hinted = (collection: Collection, hint: Value): Index => {
  const index = collection.indexes.find((each) =>
    typeof hint === 'string' ? each.name === hint : isDocument(hint) && show(each.spec.key) === show(hint),
  );
  if (!index) throw failure('BadValue', 'error processing query: hint provided does not correspond to an existing index');
  return index;
};

const conjunctsOf = (filter: Filter): Filter[] => (filter.kind === 'and' ? filter.of.flatMap(conjunctsOf) : [filter]);

/** The value of `_id` when the filter asks for one. Where it asks for more, that is looked at after the document was found. */
const onlyId = (conjuncts: readonly Filter[]): Value | undefined => {
  const found = conjuncts.find((part) => part.kind === 'field' && part.path === '_id' && part.test.op === 'eq');
  if (found?.kind !== 'field' || found.test.op !== 'eq') return undefined;
  return found.test.value === null || Array.isArray(found.test.value) ? undefined : found.test.value;
};

/** A test that every document found meets; `element` is the path of the `$elemMatch` it stands in. */
type SureTest = { readonly test: FieldTest; readonly element: string; readonly scalarOnly: boolean };
type TestsByPath = Map<string, SureTest[]>;

/** Those within `$elemMatch` by their full path. */
const testsByPath = (conjuncts: readonly Filter[], within = ''): TestsByPath => {
  const tests = new Map<string, SureTest[]>();
  const add = (path: string, test: FieldTest, element: string, scalarOnly = false): void => {
    tests.set(path, [...(tests.get(path) ?? []), { test, element, scalarOnly }]);
  };
  for (const part of conjuncts) {
    if (part.kind !== 'field') continue;
    const path = within === '' ? part.path : part.path === '' ? within : `${within}.${part.path}`;
    if (part.test.op === 'elemMatchObject' || part.test.op === 'elemMatchValue') {
      for (const [inner, found] of testsByPath(conjunctsOf(part.test.of), path))
        for (const { test } of found) add(inner, test, path);
    }
    add(path, part.test, within, part.scalarOnly);
  }
  return tests;
};

const planIndex = (
  index: Index,
  conjuncts: readonly Filter[],
  filter: Filter,
  sort: KeyPattern,
  forced: boolean,
): IndexPlan | undefined => {
  const tests = testsByPath(conjuncts);
  const bounds = index.pattern.map(({ path }, i) => fieldBounds(tests.get(path) ?? [], path, index.multikey[i] === true));
  if (index.partial && !implies(filter, index.partial.filter)) return undefined;
  if (index.sparse && !index.pattern.some(({ path }) => (tests.get(path) ?? []).some(({ test }) => excludesMissing(test)))) {
    if (!forced) return undefined;
  }
  const usable = usableBounds(index, bounds);
  const { ranges, shown, fixed, score } = rangesOf(index, usable);
  const order = sort.length === 0 ? 'forward' : orderOf(index, fixed, sort, usable);
  if (!forced && score === 0 && order !== 'forward' && order !== 'backward') return undefined;
  if (!forced && score === 0 && sort.length === 0) return undefined;
  const sorted = order !== undefined;
  const first = usable[0];
  const taken = first !== undefined && first.intervals.length <= mostRanges;
  const keys = index.id === 0 && taken && first.points ? ranges.map(({ from }) => from) : undefined;
  return {
    kind: 'index',
    index,
    ranges,
    reverse: order === 'backward',
    shown,
    sorted,
    score: score + (sorted && sort.length > 0 ? 1 : 0),
    exact: taken && isSaidByRanges(conjuncts, index, usable),
    ids: keys && order === 'backward' ? keys.toReversed() : keys,
  };
};

/** One test of each of the index's first fields, all but the last for single values: then the ranges hold what the filter says and no more. */
const isSaidByRanges = (conjuncts: readonly Filter[], index: Index, bounds: readonly (Bounds | undefined)[]): boolean => {
  if (conjuncts.length === 0 || conjuncts.length > index.pattern.length) return false;
  const ranges = bounds.slice(0, conjuncts.length).reduce((sum, each) => sum * (each?.intervals.length ?? Number.NaN), 1);
  return (
    ranges <= mostRanges &&
    index.pattern.slice(0, conjuncts.length).every(({ path }, i) => {
      const about = conjuncts.filter((part) => part.kind === 'field' && part.path === path);
      const narrowed = i === conjuncts.length - 1 || bounds[i]?.points === true;
      return narrowed && about.length === 1 && isSaidByRange(about[0]);
    })
  );
};

/** Null also asks for what is missing, an array for its elements, a pattern for what only reading tells. */
const isSaidByRange = (part: Filter | undefined): boolean => {
  if (part?.kind !== 'field' || part.scalarOnly) return false;
  const { test } = part;
  if (test.op === 'eq') return isPlain(test.value);
  if (test.op === 'in') return test.patterns.length === 0 && test.values.every(isPlain);
  return (test.op === 'gt' || test.op === 'gte' || test.op === 'lt' || test.op === 'lte') && isPlain(test.value);
};

const plainTypes = new Set(['int', 'long', 'double', 'decimal', 'string', 'objectId', 'bool', 'date']);
const isPlain = (value: Value): boolean => plainTypes.has(typeOf(value)) && !(isNumeric(value) && Number.isNaN(toNumber(value)));

/** Two tests on an array's field may be met by two elements: only tests of one `$elemMatch` on that field narrow each other there. */
const fieldBounds = (tests: readonly SureTest[], path: string, multikey: boolean): Bounds | undefined => {
  const known = tests.flatMap(({ test, element, scalarOnly }) => {
    const bounds = multikey && scalarOnly ? undefined : boundsOf(test);
    return bounds ? [{ bounds, group: !multikey || element === path ? 'together' : 'apart' }] : [];
  });
  const together = known.filter(({ group }) => group === 'together').map(({ bounds }) => bounds);
  const apart = known.filter(({ group }) => group === 'apart').map(({ bounds }) => bounds);
  const joined = together.length > 0 ? [together.reduce(intersect), ...apart] : apart;
  return joined.toSorted((a, b) => selectivity(b) - selectivity(a))[0];
};

const selectivity = (bounds: Bounds): number => {
  if (bounds.intervals.length === 0) return 10;
  if (bounds.points) return bounds.intervals.length === 1 ? 4 : 3.5;
  return bounds.intervals.every(({ low, high }) => low.bytes.length > 1 && high.bytes.length > 1) ? 2 : 1.5;
};

/** A second field under the same array may be met by another element: it cannot narrow beside the first. */
const usableBounds = (index: Index, bounds: readonly (Bounds | undefined)[]): (Bounds | undefined)[] => {
  const arrays = new Set<string>();
  return bounds.map((each, i) => {
    if (!each || !index.multikey[i]) return each;
    const root = index.pattern[i]?.parts[0] as string;
    if (arrays.has(root)) return undefined;
    arrays.add(root);
    return each;
  });
};

const lowest = new Uint8Array(0);
const highest = Uint8Array.of(0xff);

const rangesOf = (index: Index, bounds: readonly (Bounds | undefined)[]) => {
  let prefixes: Uint8Array[] = [lowest];
  let ranges: KeyRange[] | undefined;
  let score = 0;
  let fixed = 0;
  const shown: string[][] = [];
  for (const [i, { descending }] of index.pattern.entries()) {
    const field = bounds[i];
    if (!field || ranges || prefixes.length * field.intervals.length > mostRanges) {
      ranges ??= prefixes.map(all);
      shown.push(['[MinKey, MaxKey]']);
      continue;
    }
    const intervals = field.intervals.map((interval) => toKeyRange(interval, descending));
    if (descending) intervals.reverse();
    shown.push(field.intervals.map((interval) => interval.shown));
    score += selectivity(field);
    if (field.points) {
      if (field.intervals.length === 1 && fixed === i) fixed += 1;
      prefixes = prefixes.flatMap((prefix) => intervals.map(({ from }) => join(prefix, from)));
    } else {
      ranges = prefixes.flatMap((prefix) =>
        intervals.map(({ from, to }) => ({ from: join(prefix, from), to: join(prefix, to) })),
      );
    }
  }
  ranges ??= prefixes.map(all);
  const complete = index.unique && fixed === index.pattern.length;
  return { ranges, shown, fixed, score: complete ? score + 100 : score };
};

const all = (prefix: Uint8Array): KeyRange => ({ from: prefix, to: prefix.length === 0 ? highest : after(prefix) });

const join = (prefix: Uint8Array, rest: Uint8Array): Uint8Array => {
  const joined = new Uint8Array(prefix.length + rest.length);
  joined.set(prefix);
  joined.set(rest, prefix.length);
  return joined;
};

/** How the index must be read to give the sort's order; undefined when it cannot. Fields held to one value do not count. */
const orderOf = (
  index: Index,
  fixed: number,
  sort: KeyPattern,
  bounds: readonly (Bounds | undefined)[],
): 'forward' | 'backward' | undefined => {
  const constant = new Set(
    index.pattern
      .slice(0, fixed)
      .filter((_, i) => !index.multikey[i])
      .map(({ path }) => path),
  );
  const wanted = sort.filter(({ path }) => !constant.has(path));
  let direction: 'forward' | 'backward' | undefined;
  let at = 0;
  for (const field of wanted) {
    while (at < fixed && index.pattern[at]?.path !== field.path) at += 1;
    const held = index.pattern[at];
    if (held?.path !== field.path) return undefined;
    // A document with several keys is placed by its least (or greatest) one, which bounds may have cut away.
    if (index.multikey[at] && bounds[at]) return undefined;
    const way = held.descending === field.descending ? 'forward' : 'backward';
    if (direction !== undefined && direction !== way) return undefined;
    direction = way;
    at += 1;
  }
  return direction ?? 'forward';
};

const excludesMissing = (test: FieldTest): boolean => {
  switch (test.op) {
    case 'eq':
    case 'gte':
    case 'lte':
      return test.value !== null && test.value !== undefined;
    case 'in':
      return test.values.every((value) => value !== null && value !== undefined);
    case 'type':
      return !test.types.has('missing') && !test.types.has('undefined');
    default:
      return true;
  }
};

/** `$or` by the indexes of its branches, when each has one. */
const planUnion = (indexes: readonly Index[], conjuncts: readonly Filter[]): Plan | undefined => {
  const or = conjuncts.find((part) => part.kind === 'or');
  if (or?.kind !== 'or') return undefined;
  const rest = conjuncts.filter((part) => part !== or);
  const plans: IndexPlan[] = [];
  for (const branch of or.of) {
    const parts = [...conjunctsOf(branch), ...rest];
    const filter: Filter = { kind: 'and', of: parts };
    const best = indexes
      .map((index) => planIndex(index, parts, filter, [], false))
      .filter((plan) => plan !== undefined)
      .reduce<IndexPlan | undefined>((chosen, plan) => (chosen && chosen.score >= plan.score ? chosen : plan), undefined);
    if (!best) return undefined;
    plans.push(best);
  }
  return { kind: 'union', plans };
};

export const readSort = (sort: Value): KeyPattern => {
  if (sort === undefined || sort === null) return [];
  if (!isDocument(sort)) throw failure('TypeMismatch', `Expected field sort to be of type object, but found ${show(sort)}`);
  return Object.entries(sort as Document).map(([path, direction]) => {
    if (isDocument(direction))
      throw failure('CommandNotSupported', `Sorting by ${show(direction)} is not supported by the embedded MongoDB stand-in`);
    const way = toNumber(direction);
    if (way !== 1 && way !== -1) throw failure('BadValue', `$sort key ordering must be 1 (for ascending) or -1 (for descending)`);
    if (path === '') throw failure('BadValue', 'FieldPath cannot be constructed with empty string');
    return { path, parts: path.split('.'), descending: way < 0 };
  });
};
