import { Int32, Long, Timestamp } from 'bson';
import { add, multiply, toBigInt } from '../bson/arithmetic.ts';
import { compare, equal } from '../bson/compare.ts';
import { type Document, fieldOf, isDocument, isNumeric, longOf, show, toNumber, typeOf, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import { compileFilter, type Matcher } from '../query/matcher.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { valueAt } from '../query/paths.ts';
import type { Change } from './paths.ts';

/** What an operator makes of the value at a path; `_id` is for messages. */
export type Operator = (operand: Value, path: string, context: OperatorContext) => Change;
export type OperatorContext = { readonly now: Date; readonly id: () => Value };

/** The value kept as it is when it is the same in type too, so that nothing counts as changed. */
const unlessSame = (before: Value, after: Value): Value => (isSame(before, after) ? before : after);

/** Equal, and of the same types all the way down. */
export const isSame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (typeOf(a) !== typeOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((element, i) => isSame(element, b[i]));
  if (isDocument(a) && isDocument(b)) {
    const [namesA, namesB] = [Object.keys(a), Object.keys(b)];
    return (
      namesA.length === namesB.length &&
      namesA.every((name, i) => name === namesB[i] && isSame(fieldOf(a, name), fieldOf(b, name)))
    );
  }
  return equal(a, b) && (typeOf(a) !== 'decimal' || String(a) === String(b));
};

const numericOperator =
  (name: string, combine: (before: Value, operand: Value) => Value, missing: (operand: Value) => Value): Operator =>
  (operand, path, { id }) => {
    if (!isNumeric(operand))
      throw failure(
        'TypeMismatch',
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${show(operand)}}`,
      );
    return (before, exists) => {
      if (!exists) return missing(operand);
      if (!isNumeric(before)) {
        throw failure(
          'TypeMismatch',
          `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(id())}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeOf(before)}`,
        );
      }
      const after = combine(before, operand);
      if (after === undefined)
        throw failure(
          'BadValue',
          `Failed to apply ${name} operations to current value (${show(before)}) for document {_id: ${show(id())}}`,
        );
      return unlessSame(before, after);
    };
  };

const zeroLike = (operand: Value): Value => multiply(operand, new Int32(0));

const arrayIn = (value: Value, path: string, exists: boolean, id: () => Value): Value[] | undefined => {
  if (!exists) return undefined;
  if (!Array.isArray(value))
    throw failure(
      'BadValue',
      `The field '${path}' must be an array but is of type ${typeOf(value)} in document {_id: ${show(id())}}`,
    );
  return value;
};

const pushOptions = new Set(['$each', '$slice', '$sort', '$position']);

const isModified = (operand: Value): operand is Document => isDocument(operand) && '$each' in operand;

const wholeNumber = (value: Value, name: string): number => {
  const number = toNumber(value);
  if (!Number.isInteger(number))
    throw failure('BadValue', `The value for ${name} must be an integer value but was given type: ${typeOf(value)}`);
  return number;
};

const push: Operator = (operand, path, { id }) => {
  if (!isModified(operand)) return (before, exists) => [...(arrayIn(before, path, exists, id) ?? []), operand];
  const { $each, $slice, $sort, $position } = operand;
  for (const name of Object.keys(operand))
    if (!pushOptions.has(name)) throw failure('BadValue', `Unrecognized clause in $push: ${name}`);
  if (!Array.isArray($each))
    throw failure('BadValue', `The argument to $each in $push must be an array but it was of type: ${typeOf($each)}`);
  const slice = $slice === undefined ? undefined : wholeNumber($slice, '$slice');
  const position = $position === undefined ? undefined : wholeNumber($position, '$position');
  const inOrder = $sort === undefined ? undefined : orderBy($sort);
  return (before, exists) => {
    const held = arrayIn(before, path, exists, id);
    let after = [...(held ?? [])];
    if (position === undefined) after.push(...$each);
    else after.splice(position, 0, ...$each);
    if (inOrder) after = after.toSorted(inOrder);
    if (slice !== undefined) after = slice < 0 ? after.slice(slice) : after.slice(0, slice);
    return held ? unlessSame(held, after) : after;
  };
};

const orderBy = (sort: Value): ((a: Value, b: Value) => number) => {
  if (isNumeric(sort)) {
    const way = toNumber(sort);
    if (way !== 1 && way !== -1) throw failure('BadValue', 'The $sort element value must be either 1 or -1');
    return (a, b) => way * compare(a, b);
  }
  if (!isDocument(sort) || Object.keys(sort).length === 0)
    throw failure(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const fields = Object.entries(sort).map(([path, way]) => ({ parts: path.split('.'), way: toNumber(way) }));
  if (fields.some(({ way }) => way !== 1 && way !== -1))
    throw failure('BadValue', 'The $sort element value must be either 1 or -1');
  return (a, b) => {
    for (const { parts, way } of fields) {
      const order = way * compare(valueAt(a, parts), valueAt(b, parts));
      if (order !== 0) return order;
    }
    return 0;
  };
};

const addToSet: Operator = (operand, path, { id }) => {
  let values: Value[];
  if (isModified(operand)) {
    if (!Array.isArray(operand.$each))
      throw failure(
        'TypeMismatch',
        `The argument to $each in $addToSet must be an array but it was of type ${typeOf(operand.$each)}`,
      );
    const other = Object.keys(operand).find((name) => name !== '$each');
    if (other) throw failure('BadValue', `Found unexpected fields after $each in $addToSet: ${show(operand)}`);
    values = operand.$each;
  } else values = [operand];
  return (before, exists) => {
    const held = arrayIn(before, path, exists, id);
    const after = [...(held ?? [])];
    for (const value of values) if (!after.some((element) => equal(element, value))) after.push(value);
    return held && held.length === after.length ? held : after;
  };
};

const without =
  (path: string, id: () => Value, goes: (element: Value) => boolean): Change =>
  (before, exists) => {
    const held = arrayIn(before, path, exists, id);
    if (!held) return undefined;
    const after = held.filter((element) => !goes(element));
    return after.length === held.length ? held : after;
  };

const pull: Operator = (operand, path, { id }) => {
  let fits: Matcher;
  const noExpressions = () => {
    throw failure('BadValue', '$expr can only be applied to the top-level document');
  };
  const operators =
    isDocument(operand) &&
    Object.keys(operand)[0]?.startsWith('$') &&
    !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] as string);
  if (isDocument(operand) && !operators) {
    const matches = compileFilter(parseFilter(operand), noExpressions);
    fits = (element) => isDocument(element) && matches(element);
  } else if (operators || (operand !== null && typeof operand === 'object' && typeOf(operand) === 'regex')) {
    const matches = compileFilter(parseFilter({ value: operand }), noExpressions);
    fits = (element) => matches({ value: element });
  } else fits = (element) => equal(element, operand);
  return without(path, id, (element) => fits(element));
};

const pullAll: Operator = (operand, path, { id }) => {
  if (!Array.isArray(operand))
    throw failure('BadValue', `$pullAll requires an array argument but was given a ${typeOf(operand)}`);
  return without(path, id, (element) => operand.some((value) => equal(value, element)));
};

const pop: Operator = (operand, path, { id }) => {
  const end = toNumber(operand);
  if (end !== 1 && end !== -1) throw failure('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`);
  return (before, exists) => {
    if (exists && !Array.isArray(before))
      throw failure('TypeMismatch', `Path '${path}' contains an element of non-array type '${typeOf(before)}'`);
    const held = arrayIn(before, path, exists, id);
    if (!held || held.length === 0) return before;
    return end === 1 ? held.slice(0, -1) : held.slice(1);
  };
};

const bit: Operator = (operand, path, { id }) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    throw failure(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeOf(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  const isWhole = (value: Value): boolean => typeOf(value) === 'int' || typeOf(value) === 'long';
  for (const [name, value] of Object.entries(operand)) {
    if (!['and', 'or', 'xor'].includes(name))
      throw failure(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(value)}}`,
      );
    if (!isWhole(value))
      throw failure(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(value)}' is not supported here: {${name}: ${show(value)}}`,
      );
  }
  return (before, exists) => {
    const held = exists ? before : new Int32(0);
    if (!isWhole(held))
      throw failure(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.{_id: ${show(id())}} has the field ${path} of non-integer type ${typeOf(held)}`,
      );
    let bits = toBigInt(held);
    let wide = held instanceof Long;
    for (const [name, value] of Object.entries(operand)) {
      const other = toBigInt(value);
      wide ||= value instanceof Long;
      bits = name === 'and' ? bits & other : name === 'or' ? bits | other : bits ^ other;
    }
    return unlessSame(before, wide ? longOf(bits) : new Int32(Number(bits)));
  };
};

const currentDate: Operator = (operand, _path, { now }) => {
  if (operand === true || operand === false) return () => now;
  const type = isDocument(operand) ? operand.$type : undefined;
  if (type === 'date') return () => now;
  if (type === 'timestamp') return () => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw failure(
    'BadValue',
    `${typeOf(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
  );
};

export const operators: { readonly [name: string]: Operator } = {
  $set: (operand) => (before, exists) => (exists ? unlessSame(before, operand) : operand === undefined ? null : operand),
  $setOnInsert: (operand) => (before, exists) => (exists ? unlessSame(before, operand) : operand),
  $unset: () => () => undefined,
  $inc: numericOperator('$inc', add, (operand) => operand),
  $mul: numericOperator('$mul', multiply, zeroLike),
  $min: (operand) => (before, exists) => (exists && compare(operand, before) >= 0 ? before : operand),
  $max: (operand) => (before, exists) => (exists && compare(operand, before) <= 0 ? before : operand),
  $currentDate: currentDate,
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
  $bit: bit,
};
