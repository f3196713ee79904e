import { compare, equal } from '../../bson/compare.ts';
import { hashOf } from '../../bson/keys.ts';
import {
  type Document,
  fieldOf,
  fieldsOf,
  isDocument,
  isNumeric,
  setField,
  show,
  toNumber,
  truthy,
  typeOf,
  type Value,
} from '../../bson/values.ts';
import { location } from '../../errors.ts';
import { valueAt } from '../../query/paths.ts';
import { arrayFor, fixed, integerFor, isMissing, listed, named, namedFields, numberFor, unary } from '../arguments.ts';
import { type OperatorCompiler, withVariables } from '../scope.ts';

const elementAt = fixed(2, 2, ([array, index]) => {
  if (isMissing(array) || isMissing(index)) return null;
  if (!Array.isArray(array)) throw location(28689, `$arrayElemAt's first argument must be an array, but is ${typeOf(array)}`);
  if (!isNumeric(index)) throw location(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeOf(index)}`);
  return array.at(integerFor(index, '$arrayElemAt'));
});

const end = (at: 0 | -1): OperatorCompiler =>
  unary((value, name) => (Array.isArray(value) ? value.at(at) : arrayFor(value, name)));

const filter: OperatorCompiler = (argument, compile) => {
  const { input, as = 'this', cond, limit } = namedFields(argument, '$filter', ['input', 'cond'], ['as', 'limit']);
  const [from, test, most] = [compile(input), compile(cond), limit === undefined ? undefined : compile(limit)];
  return (scope) => {
    const array = from(scope);
    if (isMissing(array)) return null;
    if (!Array.isArray(array)) throw location(28651, `input to $filter must be an array not ${typeOf(array)}`);
    const kept = array.filter((element) => truthy(test(withVariables(scope, { [String(as)]: element }))));
    const count = most?.(scope);
    return isMissing(count) ? kept : kept.slice(0, integerFor(count, '$filter'));
  };
};

const map: OperatorCompiler = (argument, compile) => {
  const { input, as = 'this', in: body } = namedFields(argument, '$map', ['input', 'in'], ['as']);
  const [from, each] = [compile(input), compile(body)];
  return (scope) => {
    const array = from(scope);
    if (isMissing(array)) return null;
    if (!Array.isArray(array)) throw location(16883, `input to $map must be an array not ${typeOf(array)}`);
    return array.map((element) => each(withVariables(scope, { [String(as)]: element })) ?? null);
  };
};

const reduce: OperatorCompiler = (argument, compile) => {
  const { input, initialValue, in: body } = namedFields(argument, '$reduce', ['input', 'initialValue', 'in'], []);
  const [from, start, each] = [compile(input), compile(initialValue), compile(body)];
  return (scope) => {
    const array = from(scope);
    if (isMissing(array)) return null;
    if (!Array.isArray(array)) throw location(40080, `$reduce requires that 'input' be an array, found: ${show(array)}`);
    return array.reduce<Value>((value, element) => each(withVariables(scope, { this: element, value })), start(scope));
  };
};

const slice = fixed(2, 3, ([array, a, b]) => {
  if (isMissing(array) || isMissing(a)) return null;
  const all = arrayFor(array, '$slice');
  const first = integerFor(a, '$slice');
  if (b === undefined) return first < 0 ? all.slice(first) : all.slice(0, first);
  if (b === null) return null;
  const count = integerFor(b, '$slice');
  if (count <= 0) throw location(28729, `Third argument to $slice must be positive: ${count}`);
  const from = first < 0 ? Math.max(0, all.length + first) : first;
  return all.slice(from, from + count);
});

/** Reads `{ field: 1 }` or a direction for whole elements. */
export const elementOrder = (sort: Value): ((a: Value, b: Value) => number) => {
  if (isNumeric(sort)) {
    const way = toNumber(sort);
    return (a, b) => way * compare(a, b);
  }
  if (!isDocument(sort)) throw location(2942504, `The $sort is invalid: ${show(sort)}`);
  const fields = Object.entries(sort).map(([path, way]) => ({ parts: path.split('.'), way: toNumber(way) }));
  return (a, b) => {
    for (const { parts, way } of fields) {
      const order = way * compare(valueAt(a, parts), valueAt(b, parts));
      if (order !== 0) return order;
    }
    return 0;
  };
};

const sortArray: OperatorCompiler = (argument, compile) => {
  const { input, sortBy } = namedFields(argument, '$sortArray', ['input', 'sortBy'], []);
  const from = compile(input);
  const order = elementOrder(sortBy);
  return (scope) => {
    const array = from(scope);
    return isMissing(array) ? null : arrayFor(array, '$sortArray').toSorted(order);
  };
};

const range = fixed(2, 3, ([from, to, by]) => {
  const [start, stop, step] = [
    integerFor(from, '$range'),
    integerFor(to, '$range'),
    by === undefined ? 1 : integerFor(by, '$range'),
  ];
  if (step === 0) throw location(34449, '$range requires a non-zero step value');
  if (Math.abs((stop - start) / step) > 1_000_000) throw location(146, '$range would use too much memory');
  const made: Value[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) made.push(i);
  return made;
});

const zip: OperatorCompiler = named(['inputs'], ['useLongestLength', 'defaults'], ({ inputs, useLongestLength, defaults }) => {
  const arrays = arrayFor(inputs, '$zip');
  if (arrays.some(isMissing)) return null;
  const lengths = arrays.map((array) => arrayFor(array, '$zip').length);
  const length = truthy(useLongestLength) ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_, i) =>
    arrays.map((array, j) => (array as Value[])[i] ?? (Array.isArray(defaults) ? defaults[j] : null) ?? null),
  );
});

const arrayToObject = unary((value, name) => {
  const made: Document = {};
  for (const pair of arrayFor(value, name)) {
    const [key, held] = Array.isArray(pair) ? pair : isDocument(pair) ? [fieldOf(pair, 'k'), fieldOf(pair, 'v')] : [];
    if (typeof key !== 'string')
      throw location(40394, `$arrayToObject requires an array of key-value pairs, where the key must be of type string`);
    setField(made, key, held ?? null);
  }
  return made;
});

const objectToArray = unary((value) => {
  if (!isDocument(value)) throw location(40390, `$objectToArray requires a document input, found: ${typeOf(value)}`);
  return Object.entries(fieldsOf(value)).map(([k, v]) => ({ k, v: v ?? null }));
});

const some = (name: string, order: ((a: Value, b: Value) => number) | undefined, fromEnd: boolean): OperatorCompiler =>
  named(['input', 'n'], [], ({ input, n }) => {
    if (isMissing(input)) return null;
    const count = numberFor(n, name);
    const array = arrayFor(input, name);
    const wanted = order ? array.filter((value) => !isMissing(value)).toSorted(order) : array;
    return fromEnd ? wanted.slice(Math.max(0, wanted.length - count)) : wanted.slice(0, count);
  });

const distinct = (values: readonly Value[]): Map<string, Value> => {
  const found = new Map<string, Value>();
  for (const value of values) {
    const hash = hashOf(value);
    if (!found.has(hash)) found.set(hash, value);
  }
  return found;
};

const sets =
  (run: (sets: Map<string, Value>[]) => Value): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = listed(argument, compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (values.some(isMissing) && name !== '$setEquals' && name !== '$setIsSubset') return null;
      return run(values.map((value) => distinct(arrayFor(value, name))));
    };
  };

const indexOfArray = fixed(2, 4, ([array, wanted, from, to]) => {
  if (isMissing(array)) return null;
  const all = arrayFor(array, '$indexOfArray');
  const start = from === undefined ? 0 : integerFor(from, '$indexOfArray');
  const stop = to === undefined ? all.length : Math.min(all.length, integerFor(to, '$indexOfArray'));
  for (let i = start; i < stop; i += 1) if (equal(all[i], wanted)) return i;
  return -1;
});

export const arrays: Readonly<Record<string, OperatorCompiler>> = {
  $arrayElemAt: elementAt,
  $first: end(0),
  $last: end(-1),
  $firstN: some('$firstN', undefined, false),
  $lastN: some('$lastN', undefined, true),
  $minN: some('$minN', compare, false),
  $maxN: some('$maxN', (a, b) => compare(b, a), false),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $slice: slice,
  $sortArray: sortArray,
  $range: range,
  $zip: zip,
  $arrayToObject: arrayToObject,
  $objectToArray: objectToArray,
  $indexOfArray: indexOfArray,
  $concatArrays: (argument, compile, name) => {
    const parts = listed(argument, compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      return values.some(isMissing) ? null : values.flatMap((value) => arrayFor(value, name));
    };
  },
  $in: fixed(2, 2, ([value, array]) => {
    if (!Array.isArray(array)) throw location(40081, `$in requires an array as a second argument, found: ${typeOf(array)}`);
    return array.some((element) => (value === undefined ? false : equal(element, value)));
  }),
  $isArray: fixed(1, 1, ([value]) => Array.isArray(value)),
  $reverseArray: unary((value, name) => arrayFor(value, name).toReversed()),
  $size: fixed(1, 1, ([value]) => {
    if (!Array.isArray(value)) throw location(17124, `The argument to $size must be an array, but was of type: ${typeOf(value)}`);
    return value.length;
  }),
  $setUnion: sets((all) => [...distinct(all.flatMap((set) => [...set.values()])).values()]),
  $setIntersection: sets(([first, ...others]) =>
    [...(first ?? [])].filter(([hash]) => others.every((set) => set.has(hash))).map(([, value]) => value),
  ),
  $setDifference: sets(([a, b]) => [...(a ?? [])].filter(([hash]) => !b?.has(hash)).map(([, value]) => value)),
  $setEquals: sets(([first, ...others]) =>
    others.every((set) => set.size === first?.size && [...set.keys()].every((hash) => first.has(hash))),
  ),
  $setIsSubset: sets(([a, b]) => [...(a?.keys() ?? [])].every((hash) => b?.has(hash))),
  $anyElementTrue: fixed(1, 1, ([value]) => arrayFor(value, '$anyElementTrue').some(truthy)),
  $allElementsTrue: fixed(1, 1, ([value]) => arrayFor(value, '$allElementsTrue').every(truthy)),
};
