import { compare, rank } from '../bson/compare.ts';
import type { Value } from '../bson/values.ts';
import type { FieldTest, Filter } from '../query/filter.ts';
import { compileFilter } from '../query/matcher.ts';

/** Whether every document that fits the query surely fits the filter of a partial index; when in doubt, no. */
export const implies = (query: Filter, wanted: Filter): boolean => {
  if (wanted.kind === 'and') return wanted.of.every((part) => implies(query, part));
  if (wanted.kind === 'or') return wanted.of.some((part) => implies(query, part));
  if (wanted.kind === 'constant') return wanted.value;
  if (query.kind === 'and') return query.of.some((part) => implies(part, wanted));
  if (query.kind === 'or') return query.of.every((part) => implies(part, wanted));
  if (query.kind !== 'field' || wanted.kind !== 'field' || query.path !== wanted.path) return false;
  return testImplies(query.test, wanted.test, wanted);
};

const testImplies = (given: FieldTest, wanted: FieldTest, filter: Filter): boolean => {
  if (given.op === 'eq') return valueFits(given.value, filter);
  if (given.op === 'in') return given.patterns.length === 0 && given.values.every((value) => valueFits(value, filter));
  if (given.op === 'exists') return wanted.op === 'exists';
  const isRange = given.op === 'gt' || given.op === 'gte' || given.op === 'lt' || given.op === 'lte';
  if (wanted.op === 'exists')
    return isRange ? given.value !== null && given.value !== undefined : given.op === 'regex' || given.op === 'elemMatchObject';
  if (given.op === 'regex') return wanted.op === 'gte' && wanted.value === '' && typeof given.source === 'string';
  if (!isRange || !(wanted.op === 'gt' || wanted.op === 'gte' || wanted.op === 'lt' || wanted.op === 'lte')) return false;
  if (rank(given.value) !== rank(wanted.value)) return false;
  const order = compare(given.value, wanted.value);
  switch (wanted.op) {
    case 'gte':
      return (given.op === 'gt' || given.op === 'gte') && order >= 0;
    case 'gt':
      return (given.op === 'gt' && order >= 0) || (given.op === 'gte' && order > 0);
    case 'lte':
      return (given.op === 'lt' || given.op === 'lte') && order <= 0;
    case 'lt':
      return (given.op === 'lt' && order <= 0) || (given.op === 'lte' && order < 0);
  }
};

/** An array may fit by another element than the one asked for, so only plain values are relied on; null may mean missing. */
const valueFits = (value: Value, filter: Filter): boolean => {
  if (value === null || value === undefined || Array.isArray(value) || filter.kind !== 'field') return false;
  const document = filter.parts.reduceRight<Value>((inner, part) => ({ [part]: inner }), value);
  return compileFilter(filter, () => () => false)(document);
};
