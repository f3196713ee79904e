import type { Value } from '../bson/values.ts';

/** What an expression may speak of: the document and the variables in sight. */
export type Scope = { readonly root: Value; readonly variables: Readonly<Record<string, Value>> };

/** A compiled expression; undefined stands for a missing value. */
export type Expression = (scope: Scope) => Value;

export type Compile = (expression: Value) => Expression;

/** An operator reads its argument once and gives what is run for each document. */
export type OperatorCompiler = (argument: Value, compile: Compile, name: string) => Expression;

export const withVariables = (scope: Scope, variables: Record<string, Value>): Scope => ({
  root: scope.root,
  variables: { ...scope.variables, ...variables },
});
