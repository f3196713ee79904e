import { type Document, fieldOf, isDocument, setField, show, type Value } from '../bson/values.ts';
import { failure, location, unsupported } from '../errors.ts';
import { folds } from './folds.ts';
import { throughMingo } from './mingo.ts';
import { arithmetic } from './operators/arithmetic.ts';
import { arrays } from './operators/arrays.ts';
import { logic } from './operators/logic.ts';
import { objects } from './operators/objects.ts';
import { strings } from './operators/strings.ts';
import { types } from './operators/types.ts';
import type { Expression, OperatorCompiler, Scope } from './scope.ts';

const operators: Readonly<Record<string, OperatorCompiler>> = {
  ...logic,
  ...arithmetic,
  ...arrays,
  ...strings,
  ...objects,
  ...types,
  ...folds,
};

const refused = new Set(['$function', '$accumulator', '$where', '$meta']);

/** Reads an expression; unknown operators are refused before any document is looked at. */
export const compileExpression = (expression: Value): Expression => {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (Array.isArray(expression)) {
    const elements = expression.map(compileExpression);
    return (scope) => elements.map((element) => element(scope) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const names = Object.keys(expression);
  const first = names[0];
  if (first?.startsWith('$')) {
    if (names.length > 1)
      throw location(15983, `An object representing an expression must have exactly one field: ${show(expression)}`);
    return compileOperator(first, expression[first]);
  }
  const fields = names.map((name) => [name, compileExpression(expression[name])] as const);
  return (scope) => {
    const made: Document = {};
    for (const [name, field] of fields) {
      const value = field(scope);
      if (value !== undefined) setField(made, name, value);
    }
    return made;
  };
};

const compileOperator = (name: string, argument: Value): Expression => {
  if (refused.has(name)) throw unsupported(`The expression operator ${name}`);
  const operator = operators[name] ?? throughMingo(name);
  if (!operator) throw failure('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return operator(argument, compileExpression, name);
};

const compilePath = (text: string): Expression => {
  if (!text.startsWith('$$')) {
    const parts = text.slice(1).split('.');
    if (parts.some((part) => part === '')) throw location(40353, `FieldPath '${text}' is not valid`);
    return ({ root }) => through(root, parts, 0);
  }
  const [name = '', ...parts] = text.slice(2).split('.');
  if (!/^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
    throw failure('FailedToParse', `empty or invalid variable name in ${text}`);
  switch (name) {
    case 'ROOT':
      return ({ root, variables }) => through('ROOT' in variables ? variables.ROOT : root, parts, 0);
    case 'CURRENT':
      return ({ root }) => through(root, parts, 0);
    case 'REMOVE':
      return () => undefined;
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      return () => `$$${name}`;
    case 'NOW':
      return ({ variables }) => through(variables.NOW ?? new Date(), parts, 0);
    default:
      return ({ variables }) => {
        if (!Object.hasOwn(variables, name)) throw location(17276, `Use of undefined variable: ${name}`);
        return through(variables[name], parts, 0);
      };
  }
};

/** Expressions go through arrays element by element and never by position. */
const through = (value: Value, parts: readonly string[], at: number): Value => {
  if (at === parts.length) return value;
  if (Array.isArray(value))
    return value
      .map((element) => (isDocument(element) || Array.isArray(element) ? through(element, parts, at) : undefined))
      .filter((found) => found !== undefined);
  if (!isDocument(value)) return undefined;
  return through(fieldOf(value, parts[at] as string), parts, at + 1);
};

export const evaluate = (expression: Expression, root: Value, variables: Scope['variables']): Value =>
  expression({ root, variables });
