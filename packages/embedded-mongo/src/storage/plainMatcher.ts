import { Double, Int32 } from 'bson';
import type { Document, Value } from '../bson/values.ts';

/*
 * What a filter means, written a second time from MongoDB's manual for the few values and operators that the engine's specification
 * draws. It shares nothing with the engine: neither parser nor matcher nor comparison nor keys.
 */

/** Numbers, strings, booleans, null, documents `{ x: number }` and lists of numbers or of such documents. */
type Plain = number | string | boolean | null | undefined | PlainDocument | readonly Plain[];
type PlainDocument = { readonly [field: string]: Plain };

export const plainOf = (value: Value): Plain => {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value as Document).map(([name, field]) => [name, plainOf(field)]));
  return value as Plain;
};

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
const isObject = (value: Plain): value is PlainDocument => typeof value === 'object' && value !== null && !isList(value);

/** The manual's order of types; missing counts as null. */
const kindOf = (value: Plain): number => {
  if (value === null || value === undefined) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (isList(value)) return 5;
  return typeof value === 'boolean' ? 6 : 4;
};

const order = (a: Plain, b: Plain): number => {
  if (kindOf(a) !== kindOf(b)) return kindOf(a) - kindOf(b);
  if (isList(a) && isList(b)) {
    const at = a.findIndex((element, i) => i >= b.length || order(element, b[i]) !== 0);
    return at < 0 ? a.length - b.length : at >= b.length ? 1 : order(a[at], b[at]);
  }
  // Only `{ x }` is drawn: one field of one name.
  if (isObject(a) && isObject(b)) return order(a.x, b.x);
  if (kindOf(a) === 1) return 0;
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
};

/** What a path leads to: through lists to each of their documents, and for a list at its end to the elements and to itself. */
const reached = (document: PlainDocument, path: string): { values: Plain[]; exists: boolean } => {
  const [first = '', second] = path.split('.');
  const expanded = (value: Plain): Plain[] => (isList(value) ? [...value, value] : [value]);
  const held = document[first];
  if (second === undefined) return { values: expanded(held), exists: held !== undefined };
  const holders = isList(held) ? held.filter(isObject) : isObject(held) ? [held] : [];
  const found = holders.map((holder) => holder[second]);
  const values = found.flatMap(expanded);
  return {
    values: isList(held) ? values : values.length > 0 ? values : [undefined],
    exists: found.some((value) => value !== undefined),
  };
};

const compares: { readonly [operator: string]: (value: Plain, operand: Plain) => boolean } = {
  $eq: (value, operand) => order(value, operand) === 0,
  // Values of other types are neither less nor greater.
  $gt: (value, operand) => kindOf(value) === kindOf(operand) && order(value, operand) > 0,
  $gte: (value, operand) => kindOf(value) === kindOf(operand) && order(value, operand) >= 0,
  $lt: (value, operand) => kindOf(value) === kindOf(operand) && order(value, operand) < 0,
  $lte: (value, operand) => kindOf(value) === kindOf(operand) && order(value, operand) <= 0,
};

const operatorFits = (document: PlainDocument, path: string, operator: string, operand: Plain): boolean => {
  const { values, exists } = reached(document, path);
  if (operator === '$ne') return !operatorFits(document, path, '$eq', operand);
  if (operator === '$exists') return exists === operand;
  if (operator === '$in') return (operand as readonly Plain[]).some((each) => operatorFits(document, path, '$eq', each));
  if (operator === '$elemMatch') {
    const list = document[path];
    return isList(list) && list.some((element) => elementFits(element, operand as PlainDocument));
  }
  return values.some((value) => compares[operator]?.(value, operand) === true);
};

/** All conditions by one element: on the element itself, or on its fields. */
const elementFits = (element: Plain, conditions: PlainDocument): boolean => {
  if (!Object.keys(conditions)[0]?.startsWith('$')) return isObject(element) && plainlyFits(element, conditions);
  return Object.entries(conditions).every(([operator, operand]) =>
    operator === '$ne' ? order(element, operand) !== 0 : compares[operator]?.(element, operand) === true,
  );
};

export const plainlyFits = (document: PlainDocument, filter: PlainDocument): boolean =>
  Object.entries(filter).every(([path, condition]) => {
    if (path === '$or') return (condition as readonly PlainDocument[]).some((branch) => plainlyFits(document, branch));
    const operators = isObject(condition) && Object.keys(condition)[0]?.startsWith('$') ? condition : { $eq: condition };
    return Object.entries(operators).every(([operator, operand]) => operatorFits(document, path, operator, operand));
  });
