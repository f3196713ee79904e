import { Binary, BSONRegExp, MaxKey, MinKey } from 'bson';
import {
  type BsonType,
  type Document,
  fieldsOf,
  isDocument,
  isNumeric,
  show,
  toNumber,
  truthy,
  typeOf,
  type Value,
} from '../bson/values.ts';
import { failure, unsupported } from '../errors.ts';
import type { FieldTest, Filter } from './filter.ts';
import { toRegExp } from './regex.ts';

/** Reads a filter document; what MongoDB refuses is refused in its words. */
export const parseFilter = (document: Value): Filter => {
  if (document === undefined || document === null) return { kind: 'and', of: [] };
  if (!isDocument(document)) throw failure('TypeMismatch', `the filter must be a document, not ${show(document)}`);
  return all(
    Object.entries(document).flatMap(([name, value]) =>
      name.startsWith('$') ? [parseTopLevel(name, value)] : parseField(name, value),
    ),
  );
};

const all = (of: readonly Filter[]): Filter => (of.length === 1 ? (of[0] as Filter) : { kind: 'and', of });

const parseTopLevel = (name: string, value: Value): Filter => {
  switch (name) {
    case '$and':
      return { kind: 'and', of: branches(name, value) };
    case '$or':
      return { kind: 'or', of: branches(name, value) };
    case '$nor':
      return { kind: 'nor', of: branches(name, value) };
    case '$expr':
      return { kind: 'expression', expression: value };
    case '$comment':
      return { kind: 'constant', value: true };
    case '$alwaysTrue':
      return { kind: 'constant', value: true };
    case '$alwaysFalse':
      return { kind: 'constant', value: false };
    case '$jsonSchema':
    case '$where':
    case '$text':
    case '$sampleRate':
      throw unsupported(`The query operator ${name}`);
    default:
      throw failure(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
};

const branches = (name: string, value: Value): Filter[] => {
  if (!Array.isArray(value)) throw failure('BadValue', `${name} must be an array`);
  if (value.length === 0) throw failure('BadValue', '$and/$or/$nor must be a nonempty array');
  return value.map((branch) => {
    if (!isDocument(branch)) throw failure('BadValue', '$or/$and/$nor entries need to be full objects');
    return parseFilter(branch);
  });
};

const isOperators = (value: Value): value is Document => {
  if (!isDocument(value)) return false;
  const first = Object.keys(fieldsOf(value))[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
};

const parseField = (path: string, value: Value): Filter[] => {
  if (!isOperators(value)) return [field(path, value instanceof BSONRegExp ? regex(value) : { op: 'eq', value })];
  return parseOperators(path, value);
};

const field = (path: string, test: FieldTest): Filter => ({
  kind: 'field',
  path,
  parts: path === '' ? [] : path.split('.'),
  test,
});
const not = (of: Filter): Filter => ({ kind: 'not', of });
const regex = (source: Value, options?: string): FieldTest => ({ op: 'regex', pattern: toRegExp(source, options), source });

const parseOperators = (path: string, operators: Document): Filter[] => {
  const parsed: Filter[] = [];
  for (const [name, operand] of Object.entries(operators)) {
    if (!name.startsWith('$')) throw failure('BadValue', `unknown operator: ${name}`);
    if (name === '$options') {
      if (!('$regex' in operators)) throw failure('BadValue', '$options needs a $regex');
      continue;
    }
    parsed.push(...parseOperator(path, name, operand, operators));
  }
  return parsed;
};

const comparisons = { $eq: 'eq', $gt: 'gt', $gte: 'gte', $lt: 'lt', $lte: 'lte' } as const;

const parseOperator = (path: string, name: string, operand: Value, siblings: Document): Filter[] => {
  switch (name) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof BSONRegExp && name !== '$eq')
        throw failure('BadValue', `Can't have RegEx as arg to predicate over field '${path}'.`);
      return [field(path, { op: comparisons[name], value: operand })];
    case '$ne':
      if (operand instanceof BSONRegExp) throw failure('BadValue', "Can't have regex as arg to $ne.");
      return [not(field(path, { op: 'eq', value: operand }))];
    case '$in':
      return [field(path, membership(name, operand))];
    case '$nin':
      return [not(field(path, membership(name, operand)))];
    case '$exists':
      return truthy(operand) ? [field(path, { op: 'exists' })] : [not(field(path, { op: 'exists' }))];
    case '$not':
      return [not(negated(path, operand))];
    case '$regex': {
      if (typeof operand !== 'string' && !(operand instanceof BSONRegExp)) throw failure('BadValue', '$regex has to be a string');
      const options = siblings.$options;
      if (options !== undefined && typeof options !== 'string') throw failure('BadValue', '$options has to be a string');
      return [field(path, regex(operand, options))];
    }
    case '$type':
      return [field(path, { op: 'type', types: types(operand) })];
    case '$mod':
      return [field(path, modulo(operand))];
    case '$size': {
      const size = toNumber(operand);
      if (!Number.isInteger(size)) throw failure('BadValue', `Failed to parse $size. Expected an integer: ${show(operand)}`);
      if (size < 0) throw failure('BadValue', `Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
      return [field(path, { op: 'size', size })];
    }
    case '$all':
      return everyOf(path, operand);
    case '$elemMatch':
      return [field(path, elementMatch(operand))];
    case '$bitsAllSet':
      return [field(path, { op: 'bits', mask: bitMask(operand), want: 'allSet' })];
    case '$bitsAllClear':
      return [field(path, { op: 'bits', mask: bitMask(operand), want: 'allClear' })];
    case '$bitsAnySet':
      return [field(path, { op: 'bits', mask: bitMask(operand), want: 'anySet' })];
    case '$bitsAnyClear':
      return [field(path, { op: 'bits', mask: bitMask(operand), want: 'anyClear' })];
    case '$comment':
      return [];
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
      throw unsupported(`The query operator ${name}`);
    default:
      throw failure('BadValue', `unknown operator: ${name}`);
  }
};

const membership = (name: string, operand: Value): FieldTest => {
  if (!Array.isArray(operand)) throw failure('BadValue', `${name} needs an array`);
  if (operand.some(isOperators)) throw failure('BadValue', `cannot nest $ under ${name}`);
  return {
    op: 'in',
    values: operand.filter((value) => !(value instanceof BSONRegExp)),
    patterns: operand.filter((value) => value instanceof BSONRegExp).map((value) => toRegExp(value)),
  };
};

const negated = (path: string, operand: Value): Filter => {
  if (operand instanceof BSONRegExp) return field(path, regex(operand));
  if (!isDocument(operand)) throw failure('BadValue', '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw failure('BadValue', '$not cannot be empty');
  return all(parseOperators(path, operand));
};

const everyOf = (path: string, operand: Value): Filter[] => {
  if (!Array.isArray(operand)) throw failure('BadValue', '$all needs an array');
  if (operand.length === 0) return [{ kind: 'constant', value: false }];
  return operand.map((value): Filter => {
    if (isOperators(value)) {
      if (!('$elemMatch' in value)) throw failure('BadValue', 'no $ expressions in $all');
      return field(path, elementMatch(value.$elemMatch));
    }
    return field(path, value instanceof BSONRegExp ? regex(value) : { op: 'eq', value });
  });
};

const logical = new Set(['$and', '$or', '$nor', '$expr', '$where']);

const elementMatch = (operand: Value): FieldTest => {
  if (!isDocument(operand)) throw failure('BadValue', '$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  if (first?.startsWith('$') && !logical.has(first)) return { op: 'elemMatchValue', of: all(parseOperators('', operand)) };
  return { op: 'elemMatchObject', of: parseFilter(operand) };
};

const modulo = (operand: Value): FieldTest => {
  if (!Array.isArray(operand)) throw failure('BadValue', 'malformed mod, needs to be an array');
  if (operand.length < 2) throw failure('BadValue', 'malformed mod, not enough elements');
  if (operand.length > 2) throw failure('BadValue', 'malformed mod, too many elements');
  const [divisor, remainder] = operand.map(toNumber) as [number, number];
  if (!Number.isFinite(divisor)) throw failure('BadValue', 'malformed mod, divisor not a number');
  if (!Number.isFinite(remainder)) throw failure('BadValue', 'malformed mod, remainder not a number');
  if (Math.trunc(divisor) === 0) throw failure('BadValue', 'divisor cannot be 0');
  return { op: 'mod', divisor: BigInt(Math.trunc(divisor)), remainder: BigInt(Math.trunc(remainder)) };
};

const bitMask = (operand: Value): bigint => {
  if (Array.isArray(operand)) return operand.reduce<bigint>((mask, position) => mask | (1n << BigInt(toNumber(position))), 0n);
  if (operand instanceof Binary)
    return [...operand.value()].reduce((mask, byte, i) => mask | (BigInt(byte) << BigInt(8 * i)), 0n);
  const mask = toNumber(operand);
  if (!Number.isInteger(mask) || mask < 0)
    throw failure('BadValue', 'a bit mask must be a non-negative integer, a list of positions or binary data');
  return BigInt(mask);
};

const typeNumbers: { readonly [code: number]: BsonType | 'undefined' | 'dbPointer' } = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
};
const typeNames = new Set<string>(Object.values(typeNumbers));

/** `number` stands for all four numeric types. */
const types = (operand: Value): ReadonlySet<string> => {
  const listed = Array.isArray(operand) ? operand : [operand];
  if (listed.length === 0) throw failure('FailedToParse', '$type must match at least one type');
  return new Set(
    listed.flatMap((wanted) => {
      if (wanted === 'number') return ['int', 'long', 'double', 'decimal'];
      if (wanted instanceof MinKey || wanted instanceof MaxKey) return [typeOf(wanted)];
      const name = isNumeric(wanted) ? typeNumbers[toNumber(wanted)] : wanted;
      if (typeof name !== 'string' || !typeNames.has(name)) {
        throw failure(
          'BadValue',
          typeof wanted === 'string' ? `Unknown type name alias: ${wanted}` : `Invalid numerical type code: ${show(wanted)}`,
        );
      }
      return [name];
    }),
  );
};
