import { Decimal128, Double, Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { divideDecimals } from '../bson/decimal.ts';
import { isNumeric, toNumber, type Value } from '../bson/values.ts';
import { isMissing, listed } from './arguments.ts';
import { addOrDouble } from './operators/arithmetic.ts';
import type { OperatorCompiler } from './scope.ts';

/** Takes values one by one and gives one for all; what cannot take part is passed over. */
export type Fold = { readonly take: (value: Value) => void; readonly result: () => Value };

export const sum = (): Fold => {
  let total: Value = new Int32(0);
  return {
    take: (value) => {
      if (isNumeric(value)) total = addOrDouble(total, value);
    },
    result: () => total,
  };
};

export const average = (): Fold => {
  const total = sum();
  let count = 0;
  return {
    take: (value) => {
      if (!isNumeric(value)) return;
      total.take(value);
      count += 1;
    },
    result: () => {
      if (count === 0) return null;
      const all = total.result();
      return all instanceof Decimal128 ? divideDecimals(all, new Int32(count)) : new Double(toNumber(all) / count);
    },
  };
};

export const extreme = (way: 1 | -1) => (): Fold => {
  let best: Value;
  return {
    take: (value) => {
      if (!isMissing(value) && (best === undefined || way * compare(value, best) < 0)) best = value;
    },
    result: () => best ?? null,
  };
};

export const deviation = (sample: boolean) => (): Fold => {
  let [count, mean, squares] = [0, 0, 0];
  return {
    take: (value) => {
      if (!isNumeric(value)) return;
      const number = toNumber(value);
      count += 1;
      const delta = number - mean;
      mean += delta / count;
      squares += delta * (number - mean);
    },
    result: () => (count < (sample ? 2 : 1) ? null : new Double(Math.sqrt(squares / (sample ? count - 1 : count)))),
  };
};

/** As an expression: over the one argument when that is a list, else over the arguments. */
const overArguments =
  (make: () => Fold): OperatorCompiler =>
  (argument, compile) => {
    const parts = listed(argument, compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      const fold = make();
      for (const value of values.length === 1 && Array.isArray(values[0]) ? values[0] : values) fold.take(value);
      return fold.result();
    };
  };

export const folds: Readonly<Record<string, OperatorCompiler>> = {
  $sum: overArguments(sum),
  $avg: overArguments(average),
  $min: overArguments(extreme(1)),
  $max: overArguments(extreme(-1)),
  $stdDevPop: overArguments(deviation(false)),
  $stdDevSamp: overArguments(deviation(true)),
};
