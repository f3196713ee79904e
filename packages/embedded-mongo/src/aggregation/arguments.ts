import { type Document, isDocument, isNumeric, show, toNumber, typeOf, type Value } from '../bson/values.ts';
import { location, type MongoFailure } from '../errors.ts';
import type { Compile, Expression, OperatorCompiler, Scope } from './scope.ts';

/** The arguments of an operator that takes a list: one that is no list stands for a list of one. */
export const listed = (argument: Value, compile: Compile): Expression[] =>
  (Array.isArray(argument) ? argument : [argument]).map(compile);

export const isMissing = (value: Value): value is null | undefined => value === null || value === undefined;

/** An operator over a fixed number of evaluated arguments. */
export const fixed =
  (least: number, most: number, run: (values: Value[], scope: Scope) => Value): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = listed(argument, compile);
    if (parts.length < least || parts.length > most) {
      const count = least === most ? `exactly ${least}` : `at least ${least} and at most ${most}`;
      throw location(16020, `Expression ${name} takes ${count} arguments. ${parts.length} were passed in.`);
    }
    return (scope) =>
      run(
        parts.map((part) => part(scope)),
        scope,
      );
  };

/** One argument; null and missing give null. */
export const unary =
  (run: (value: Value, name: string) => Value): OperatorCompiler =>
  (argument, compile, name) =>
    fixed(1, 1, ([value]) => (isMissing(value) ? null : run(value, name)))(argument, compile, name);

/** An operator whose argument is a document of named expressions. */
export const named =
  (
    required: readonly string[],
    optional: readonly string[],
    run: (values: { readonly [name: string]: Value }, scope: Scope) => Value,
  ): OperatorCompiler =>
  (argument, compile, name) => {
    const fields = namedFields(argument, name, required, optional);
    const compiled = Object.entries(fields).map(([field, expression]) => [field, compile(expression)] as const);
    return (scope) => run(Object.fromEntries(compiled.map(([field, expression]) => [field, expression(scope)])), scope);
  };

export const namedFields = (
  argument: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[],
): Document => {
  if (!isDocument(argument)) throw location(40075, `${name} only supports an object as its argument, not ${typeOf(argument)}`);
  for (const field of Object.keys(argument)) {
    if (!required.includes(field) && !optional.includes(field))
      throw location(40076, `Unrecognized argument to ${name}: ${field}`);
  }
  for (const field of required) if (!(field in argument)) throw location(40077, `Missing '${field}' parameter to ${name}`);
  return argument;
};

export const wrongType = (name: string, wanted: string, value: Value): MongoFailure =>
  location(16554, `${name} only supports ${wanted} types, not ${typeOf(value)}`);

export const numberFor = (value: Value, name: string): number => {
  if (!isNumeric(value)) throw wrongType(name, 'numeric', value);
  return toNumber(value);
};

export const integerFor = (value: Value, name: string): number => {
  const number = numberFor(value, name);
  if (!Number.isInteger(number)) throw location(40096, `${name} requires an integral argument, found ${show(value)}`);
  return number;
};

export const arrayFor = (value: Value, name: string): Value[] => {
  if (!Array.isArray(value)) throw location(17040, `The argument to ${name} must be an array, but was of type: ${typeOf(value)}`);
  return value;
};

export const stringFor = (value: Value, name: string): string => {
  if (typeof value !== 'string') throw location(34471, `${name} requires a string argument, found: ${typeOf(value)}`);
  return value;
};
