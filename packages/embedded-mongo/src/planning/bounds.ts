import { BSONRegExp } from 'bson';
import { rank, rankOf } from '../bson/compare.ts';
import { after, invert, keyOf } from '../bson/keys.ts';
import { isDocument, isNumeric, toNumber, typeOf, type Value } from '../bson/values.ts';
import type { FieldTest } from '../query/filter.ts';
import { literalPrefix } from '../query/regex.ts';

/** A place between keys: before all that begin with `bytes`, or after them. */
export type Edge = { readonly bytes: Uint8Array; readonly after: boolean };

/** What an index field may hold for a test to have a chance, in ascending order. */
export type Interval = { readonly low: Edge; readonly high: Edge; readonly shown: string };

export type Bounds = {
  readonly intervals: readonly Interval[];
  /** Each interval holds one value only. */
  readonly points: boolean;
};

const before = (bytes: Uint8Array): Edge => ({ bytes, after: false });
const behind = (bytes: Uint8Array): Edge => ({ bytes, after: true });
const point = (bytes: Uint8Array, shown: string): Interval => ({ low: before(bytes), high: behind(bytes), shown });

const bracket = (from: number, to = from): [Edge, Edge] => [before(Uint8Array.of(from)), behind(Uint8Array.of(to))];
const emptyArrayKey = Uint8Array.of(rankOf.null - 1);

const shown = (value: Value): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Undefined where an index cannot narrow the test. Bounds may let too much through, never too little. */
export const boundsOf = (test: FieldTest): Bounds | undefined => {
  switch (test.op) {
    case 'eq':
      return equalTo(test.value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return beyond(test.op, test.value);
    case 'in': {
      const parts = [...test.values.map(equalTo), ...test.patterns.map((pattern) => matching(pattern, true))];
      const intervals = parts.flatMap((part) => part.intervals);
      return { intervals: tidy(intervals), points: parts.every((part) => part.points) };
    }
    case 'regex':
      return matching(test.pattern, test.source instanceof BSONRegExp);
    default:
      return undefined;
  }
};

const equalTo = (value: Value): Bounds => {
  if (!Array.isArray(value)) return { intervals: [point(keyOf(value), `[${shown(value)}, ${shown(value)}]`)], points: true };
  // An index holds an array's elements; only an array within an array is held whole.
  const first = value.length === 0 ? emptyArrayKey : keyOf(value[0]);
  const whole = keyOf(value);
  return {
    intervals: tidy([
      point(first, `[${shown(value[0])}, ${shown(value[0])}]`),
      point(whole, `[${shown(value)}, ${shown(value)}]`),
    ]),
    points: true,
  };
};

const beyond = (op: 'gt' | 'gte' | 'lt' | 'lte', value: Value): Bounds | undefined => {
  const type = typeOf(value);
  if (type === 'minKey' || type === 'maxKey' || type === 'array') return undefined;
  if (type === 'null' || type === 'missing')
    return op === 'gte' || op === 'lte' ? equalTo(null) : { intervals: [], points: false };
  if (isNumeric(value) && Number.isNaN(toNumber(value)))
    return op === 'gte' || op === 'lte' ? equalTo(value) : { intervals: [], points: false };
  const [start, end] = bracket(rank(value));
  const key = keyOf(value);
  const name = shown(value);
  switch (op) {
    case 'gt':
      return { intervals: [{ low: behind(key), high: end, shown: `(${name}, ${endOf(value)})` }], points: false };
    case 'gte':
      return { intervals: [{ low: before(key), high: end, shown: `[${name}, ${endOf(value)})` }], points: false };
    case 'lt':
      return { intervals: [{ low: start, high: before(key), shown: `(${startOf(value)}, ${name})` }], points: false };
    case 'lte':
      return { intervals: [{ low: start, high: behind(key), shown: `(${startOf(value)}, ${name}]` }], points: false };
  }
};

const startOf = (value: Value): string => (isNumeric(value) ? '-inf' : isDocument(value) ? '{}' : `first ${typeOf(value)}`);
const endOf = (value: Value): string => (isNumeric(value) ? 'inf' : isDocument(value) ? 'last object' : `last ${typeOf(value)}`);

const matching = (pattern: RegExp, alsoItself: boolean): Bounds => {
  const prefix = literalPrefix(pattern);
  const [low, high] = bracket(rankOf.string);
  // Without its two closing bytes a string's key is the beginning of the keys of all longer ones.
  const begun = prefix === undefined ? undefined : keyOf(prefix).slice(0, -2);
  const strings: Interval = begun
    ? { low: before(begun), high: behind(begun), shown: `["${prefix}", next after "${prefix}")` }
    : { low, high, shown: '["", {})' };
  const [first, last] = bracket(rankOf.regex);
  const patterns: Interval = { low: first, high: last, shown: `[${pattern}, ${pattern}]` };
  return { intervals: alsoItself ? [strings, patterns] : [strings], points: false };
};

const order = (a: Edge, b: Edge): number =>
  Buffer.compare(a.after ? after(a.bytes) : a.bytes, b.after ? after(b.bytes) : b.bytes);
const later = (a: Edge, b: Edge): Edge => (order(a, b) >= 0 ? a : b);
const earlier = (a: Edge, b: Edge): Edge => (order(a, b) <= 0 ? a : b);

/** Sorted, without overlaps. */
const tidy = (intervals: readonly Interval[]): Interval[] => {
  const tidied: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => order(a.low, b.low))) {
    const last = tidied.at(-1);
    if (last && order(interval.low, last.high) < 0) {
      if (order(interval.high, last.high) > 0)
        tidied[tidied.length - 1] = { low: last.low, high: interval.high, shown: `${last.shown} + ${interval.shown}` };
    } else {
      tidied.push(interval);
    }
  }
  return tidied;
};

export const intersect = (a: Bounds, b: Bounds): Bounds => {
  const intervals = a.intervals.flatMap((x) =>
    b.intervals.flatMap((y) => {
      const low = later(x.low, y.low);
      const high = earlier(x.high, y.high);
      if (order(low, high) >= 0) return [];
      return [
        {
          low,
          high,
          shown:
            low === x.low && high === x.high ? x.shown : low === y.low && high === y.high ? y.shown : `${x.shown} and ${y.shown}`,
        },
      ];
    }),
  );
  return { intervals, points: a.points || b.points };
};

/** The interval as bytes of an index field, whose direction may be descending. */
export const toKeyRange = ({ low, high }: Interval, descending: boolean): { from: Uint8Array; to: Uint8Array } =>
  descending ? { from: inverted(high), to: inverted(low) } : { from: at(low), to: at(high) };

const at = (edge: Edge): Uint8Array => (edge.after ? after(edge.bytes) : edge.bytes);
const inverted = (edge: Edge): Uint8Array => {
  const bytes = Uint8Array.from(edge.bytes);
  invert(bytes, 0, bytes.length);
  return edge.after ? bytes : after(bytes);
};
