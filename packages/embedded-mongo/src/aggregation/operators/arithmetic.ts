import { Decimal128, Double, Int32 } from 'bson';
import { add, multiply, negate, toBigInt } from '../../bson/arithmetic.ts';
import { asDecimal, divideDecimals, exact, ten } from '../../bson/decimal.ts';
import { isNumeric, longOf, toNumber, typeOf, type Value } from '../../bson/values.ts';
import { failure, location } from '../../errors.ts';
import { fixed, integerFor, isMissing, listed, numberFor, unary, wrongType } from '../arguments.ts';
import type { OperatorCompiler } from '../scope.ts';

/** Whole numbers that leave 64 bits go on as doubles, as MongoDB's expressions do. */
const addOrDouble = (a: Value, b: Value): Value => add(a, b) ?? new Double(toNumber(a) + toNumber(b));
const multiplyOrDouble = (a: Value, b: Value): Value => multiply(a, b) ?? new Double(toNumber(a) * toNumber(b));

const addOperator: OperatorCompiler = (argument, compile) => {
  const parts = listed(argument, compile);
  return (scope) => {
    let sum: Value = new Int32(0);
    let date = false;
    for (const part of parts) {
      const value = part(scope);
      if (isMissing(value)) return null;
      if (value instanceof Date) {
        if (date) throw location(16612, 'only one date allowed in an $add expression');
        date = true;
        sum = addOrDouble(sum, longOf(BigInt(value.getTime())));
      } else if (isNumeric(value)) sum = addOrDouble(sum, value);
      else throw location(16554, `$add only supports numeric or date types, not ${typeOf(value)}`);
    }
    return date ? new Date(Math.round(toNumber(sum))) : sum;
  };
};

const subtract = fixed(2, 2, ([a, b]) => {
  if (isMissing(a) || isMissing(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return longOf(BigInt(a.getTime() - b.getTime()));
    return new Date(a.getTime() - Math.round(numberFor(b, '$subtract')));
  }
  if (!isNumeric(a) || !isNumeric(b)) throw location(16556, `can't $subtract ${typeOf(b)} from ${typeOf(a)}`);
  return addOrDouble(a, negate(b));
});

const multiplyOperator: OperatorCompiler = (argument, compile) => {
  const parts = listed(argument, compile);
  return (scope) => {
    let product: Value = new Int32(1);
    for (const part of parts) {
      const value = part(scope);
      if (isMissing(value)) return null;
      if (!isNumeric(value)) throw wrongType('$multiply', 'numeric', value);
      product = multiplyOrDouble(product, value);
    }
    return product;
  };
};

const divide = fixed(2, 2, ([a, b]) => {
  if (isMissing(a) || isMissing(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw location(16609, `$divide only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`);
  if (toNumber(b) === 0) throw failure('BadValue', "can't $divide by zero");
  return a instanceof Decimal128 || b instanceof Decimal128 ? divideDecimals(a, b) : new Double(toNumber(a) / toNumber(b));
});

const isWhole = (value: Value): boolean => typeOf(value) === 'int' || typeOf(value) === 'long';

const mod = fixed(2, 2, ([a, b]) => {
  if (isMissing(a) || isMissing(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw location(16611, `$mod only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`);
  if (toNumber(b) === 0) throw location(16610, "can't $mod by zero");
  if (isWhole(a) && isWhole(b)) {
    const rest = toBigInt(a) % toBigInt(b);
    return typeOf(a) === 'int' && typeOf(b) === 'int' ? new Int32(Number(rest)) : longOf(rest);
  }
  return new Double(toNumber(a) % toNumber(b));
});

const keepingType = (value: Value, number: number): Value => {
  if (typeOf(value) === 'int') return new Int32(number);
  return new Double(number);
};

/** Rounding at a decimal place: half to even, exact for decimals. */
const rounding = (name: string, half: boolean): OperatorCompiler =>
  fixed(1, 2, ([value, place]) => {
    if (isMissing(value) || place === null) return null;
    const at = place === undefined ? 0 : integerFor(place, name);
    if (!isNumeric(value)) throw location(51081, `${name} only supports numeric types, not ${typeOf(value)}`);
    const number = exact(value);
    if (typeof number === 'string' || -number.exponent <= at) return value;
    const divisor = ten(-at - number.exponent);
    let quotient = number.coefficient / divisor;
    const rest = number.coefficient % divisor;
    const twice = (rest < 0n ? -rest : rest) * 2n;
    if (half && (twice > divisor || (twice === divisor && quotient % 2n !== 0n))) quotient += number.coefficient < 0n ? -1n : 1n;
    const rounded = `${quotient}E${-at}`;
    if (value instanceof Decimal128) return Decimal128.fromString(rounded);
    if (isWhole(value)) {
      const whole = quotient * ten(Math.max(0, -at));
      return typeOf(value) === 'int' && whole === BigInt.asIntN(32, whole) ? new Int32(Number(whole)) : longOf(whole);
    }
    return new Double(Number(rounded));
  });

const toward = (name: string, round: (value: number) => number): OperatorCompiler =>
  unary((value) => {
    if (!isNumeric(value)) throw wrongType(name, 'numeric', value);
    if (isWhole(value)) return value;
    if (value instanceof Decimal128) {
      const number = exact(value);
      if (typeof number === 'string' || number.exponent >= 0) return value;
      const unit = ten(-number.exponent);
      const cut = number.coefficient / unit;
      const rest = number.coefficient % unit;
      const moved = rest === 0n ? 0n : name === '$ceil' ? (rest > 0n ? 1n : 0n) : rest < 0n ? -1n : 0n;
      return asDecimal(longOf(cut + moved));
    }
    return new Double(round(toNumber(value)));
  });

const doubles =
  (run: (...values: number[]) => number, count = 1): OperatorCompiler =>
  (argument, compile, name) =>
    fixed(count, count, (values) =>
      values.some(isMissing) ? null : new Double(run(...values.map((value) => numberFor(value, name)))),
    )(argument, compile, name);

const positive = (name: string, run: (value: number) => number): OperatorCompiler =>
  unary((value) => {
    const number = numberFor(value, name);
    if (number <= 0) throw location(28766, `${name}'s argument must be a positive number, but is ${number}`);
    return new Double(run(number));
  });

export const arithmetic: Readonly<Record<string, OperatorCompiler>> = {
  $add: addOperator,
  $subtract: subtract,
  $multiply: multiplyOperator,
  $divide: divide,
  $mod: mod,
  $abs: unary((value, name) => {
    if (!isNumeric(value)) throw wrongType(name, 'numeric', value);
    return toNumber(value) < 0 ? (negate(value) ?? null) : value;
  }),
  $ceil: toward('$ceil', Math.ceil),
  $floor: toward('$floor', Math.floor),
  $round: rounding('$round', true),
  $trunc: rounding('$trunc', false),
  $pow: fixed(2, 2, ([base, power]) => {
    if (isMissing(base) || isMissing(power)) return null;
    const result = numberFor(base, '$pow') ** numberFor(power, '$pow');
    if (isWhole(base) && isWhole(power) && Number.isSafeInteger(result)) {
      return typeOf(base) === 'int' && (result | 0) === result ? keepingType(base, result) : longOf(BigInt(result));
    }
    return new Double(result);
  }),
  $sqrt: unary((value, name) => {
    const number = numberFor(value, name);
    if (number < 0) throw location(28714, "$sqrt's argument must be greater than or equal to 0");
    return new Double(Math.sqrt(number));
  }),
  $exp: doubles(Math.exp),
  $ln: positive('$ln', Math.log),
  $log10: positive('$log10', Math.log10),
  $log: doubles((value = 0, base = 10) => Math.log(value) / Math.log(base), 2),
};

export { addOrDouble };
