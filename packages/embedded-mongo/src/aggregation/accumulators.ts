import { Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { hashOf } from '../bson/keys.ts';
import { isDocument, longOf, toNumber, type Value } from '../bson/values.ts';
import { location, unsupported } from '../errors.ts';
import { isMissing, namedFields } from './arguments.ts';
import { compileExpression } from './expression.ts';
import { average, deviation, extreme, type Fold, sum } from './folds.ts';
import { elementOrder } from './operators/arrays.ts';
import { merged } from './operators/objects.ts';
import type { Expression, Scope } from './scope.ts';

/** Gathers values, one group's worth. */
export type Accumulator = { readonly take: (scope: Scope) => void; readonly result: () => Value };
export type AccumulatorFactory = () => Accumulator;

const folded =
  (make: () => Fold) =>
  (expression: Expression): AccumulatorFactory =>
  () => {
    const fold = make();
    return { take: (scope) => fold.take(expression(scope)), result: fold.result };
  };

const simple: Readonly<Record<string, (expression: Expression) => AccumulatorFactory>> = {
  $sum: folded(sum),
  $avg: folded(average),
  $min: folded(extreme(1)),
  $max: folded(extreme(-1)),
  $stdDevPop: folded(deviation(false)),
  $stdDevSamp: folded(deviation(true)),
  $first: folded(() => {
    let first: Value;
    let taken = false;
    return {
      take: (value) => {
        if (!taken) first = value;
        taken = true;
      },
      result: () => first ?? null,
    };
  }),
  $last: folded(() => {
    let last: Value;
    return {
      take: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  }),
  $push: folded(() => {
    const values: Value[] = [];
    return {
      take: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  }),
  $addToSet: folded(() => {
    const values = new Map<string, Value>();
    return {
      take: (value) => {
        if (value === undefined) return;
        const hash = hashOf(value);
        if (!values.has(hash)) values.set(hash, value);
      },
      result: () => [...values.values()],
    };
  }),
  $mergeObjects: folded(() => {
    const values: Value[] = [];
    return { take: (value) => values.push(value), result: () => merged(values) };
  }),
};

/** `$topN` and its kin: the n best by an order, `$top` and `$bottom` without a list. */
const ranked = (name: string, argument: Value): AccumulatorFactory => {
  const many = name.endsWith('N');
  const { n, sortBy, output } = namedFields(argument, name, many ? ['n', 'sortBy', 'output'] : ['sortBy', 'output'], []);
  const order = elementOrder(sortBy);
  const [value, count] = [compileExpression(output), many ? compileExpression(n) : undefined];
  return () => {
    const held: { root: Value; value: Value }[] = [];
    let most = 1;
    return {
      take: (scope) => {
        if (count) most = toNumber(count(scope));
        held.push({ root: scope.root, value: value(scope) });
      },
      result: () => {
        const sorted = held.toSorted((a, b) => order(a.root, b.root)).map((each) => each.value ?? null);
        const chosen = name.startsWith('$top') ? sorted.slice(0, most) : sorted.slice(Math.max(0, sorted.length - most));
        return many ? chosen : (chosen[0] ?? null);
      },
    };
  };
};

const several = (name: string, argument: Value): AccumulatorFactory => {
  const { input, n } = namedFields(argument, name, ['input', 'n'], []);
  const [value, count] = [compileExpression(input), compileExpression(n)];
  return () => {
    const held: Value[] = [];
    let most = 1;
    return {
      take: (scope) => {
        most = toNumber(count(scope));
        held.push(value(scope));
      },
      result: () => {
        if (name === '$firstN') return held.slice(0, most).map((each) => each ?? null);
        if (name === '$lastN') return held.slice(Math.max(0, held.length - most)).map((each) => each ?? null);
        const known = held.filter((each) => !isMissing(each)).toSorted(name === '$minN' ? compare : (a, b) => compare(b, a));
        return known.slice(0, most);
      },
    };
  };
};

export const compileAccumulator = (field: string, given: Value): AccumulatorFactory => {
  if (!isDocument(given)) throw location(40234, `The field '${field}' must be an accumulator object`);
  const names = Object.keys(given);
  const name = names[0];
  if (names.length !== 1 || name === undefined) throw location(40238, `The field '${field}' must specify one accumulator`);
  const argument = given[name];
  if (name === '$count') return () => counting();
  const accumulator = simple[name];
  if (accumulator) {
    if (Array.isArray(argument) && argument.length !== 1 && name !== '$push' && name !== '$addToSet')
      throw location(40237, `The ${name} accumulator is a unary operator`);
    return accumulator(
      compileExpression(Array.isArray(argument) && name !== '$push' && name !== '$addToSet' ? argument[0] : argument),
    );
  }
  if (['$top', '$topN', '$bottom', '$bottomN'].includes(name)) return ranked(name, argument);
  if (['$firstN', '$lastN', '$minN', '$maxN'].includes(name)) return several(name, argument);
  if (['$accumulator', '$function', '$median', '$percentile'].includes(name)) throw unsupported(`The accumulator ${name}`);
  throw location(15952, `unknown group operator '${name}'`);
};

const counting = (): Accumulator => {
  let count = 0;
  return {
    take: () => {
      count += 1;
    },
    result: () => (count > 2147483647 ? longOf(BigInt(count)) : new Int32(count)),
  };
};
