import { compileExpression } from '../aggregation/expression.ts';
import type { Scope } from '../aggregation/scope.ts';
import { isDocument, typeOf, type Value } from '../bson/values.ts';
import type { FieldFilter } from '../query/filter.ts';

/**
 * What an `$expr` says about single fields: `{ $eq: ['$field', <constant or variable>] }`, also within `$and`. It is how a
 * `$lookup` with a pipeline names its foreign field, and an index should serve it as it serves an equality.
 */
export const equalitiesIn = (expression: Value, variables: Scope['variables']): FieldFilter[] => {
  if (!isDocument(expression)) return [];
  const [name] = Object.keys(expression);
  const operand = name === undefined ? undefined : expression[name];
  if (!Array.isArray(operand)) return [];
  if (name === '$and') return operand.flatMap((part) => equalitiesIn(part, variables));
  if (name !== '$eq' || operand.length !== 2) return [];
  return equality(operand[0], operand[1], variables) ?? equality(operand[1], operand[0], variables) ?? [];
};

const equality = (field: Value, other: Value, variables: Scope['variables']): FieldFilter[] | undefined => {
  if (typeof field !== 'string' || !/^\$[^$]/.test(field) || !isConstant(other, variables)) return undefined;
  const value = compileExpression(other)({ root: {}, variables });
  // Null and missing differ in expressions, arrays are compared whole, patterns are values: none is an index's equality.
  if (['missing', 'null', 'array', 'regex'].includes(typeOf(value))) return undefined;
  const path = field.slice(1);
  return [{ kind: 'field', path, parts: path.split('.'), test: { op: 'eq', value }, scalarOnly: true }];
};

const isConstant = (value: Value, variables: Scope['variables']): boolean => {
  if (typeof value === 'string' && value.startsWith('$')) {
    return value.startsWith('$$') && Object.hasOwn(variables, value.slice(2).split('.')[0] ?? '');
  }
  if (Array.isArray(value)) return false;
  return !isDocument(value) || (Object.keys(value).length === 1 && '$literal' in value);
};
