import { compare } from '../../bson/compare.ts';
import { isDocument, truthy, type Value } from '../../bson/values.ts';
import { location } from '../../errors.ts';
import { fixed, isMissing, listed, namedFields } from '../arguments.ts';
import { type OperatorCompiler, withVariables } from '../scope.ts';

/** In expressions a missing value is less than null. */
const order = (a: Value, b: Value): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined) || 0;
  return compare(a, b);
};

const comparison = (holds: (order: number) => boolean): OperatorCompiler => fixed(2, 2, ([a, b]) => holds(order(a, b)));

const literal: OperatorCompiler = (argument) => () => argument;

const cond: OperatorCompiler = (argument, compile) => {
  const parts = isDocument(argument) ? namedFields(argument, '$cond', ['if', 'then', 'else'], []) : undefined;
  const list = parts ? [parts.if, parts.then, parts.else] : (argument as Value[]);
  if (!Array.isArray(list) || list.length !== 3) throw location(16020, 'Expression $cond takes exactly 3 arguments.');
  const [test, yes, no] = list.map(compile) as [
    ReturnType<typeof compile>,
    ReturnType<typeof compile>,
    ReturnType<typeof compile>,
  ];
  return (scope) => (truthy(test(scope)) ? yes(scope) : no(scope));
};

const switchOperator: OperatorCompiler = (argument, compile) => {
  const { branches, default: otherwise } = namedFields(argument, '$switch', ['branches'], ['default']);
  if (!Array.isArray(branches) || branches.length === 0) throw location(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch) => {
    const { case: test, then: result } = namedFields(branch, '$switch', ['case', 'then'], []);
    return { test: compile(test), result: compile(result) };
  });
  const fallback = otherwise === undefined ? undefined : compile(otherwise);
  return (scope) => {
    const chosen = compiled.find(({ test }) => truthy(test(scope)));
    if (chosen) return chosen.result(scope);
    if (!fallback) throw location(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return fallback(scope);
  };
};

const ifNull: OperatorCompiler = (argument, compile) => {
  const parts = listed(argument, compile);
  if (parts.length < 2) throw location(1257300, '$ifNull needs at least two arguments, had: 1');
  return (scope) => {
    let value: Value;
    for (const part of parts) {
      value = part(scope);
      if (!isMissing(value)) return value;
    }
    return value;
  };
};

const letOperator: OperatorCompiler = (argument, compile) => {
  const { vars, in: body } = namedFields(argument, '$let', ['vars', 'in'], []);
  if (!isDocument(vars)) throw location(10065, 'invalid parameter: expected an object (vars)');
  const variables = Object.entries(vars).map(([name, expression]) => [name, compile(expression)] as const);
  const compiled = compile(body);
  return (scope) =>
    compiled(withVariables(scope, Object.fromEntries(variables.map(([name, expression]) => [name, expression(scope)]))));
};

export const logic: Readonly<Record<string, OperatorCompiler>> = {
  $literal: literal,
  $const: literal,
  $eq: comparison((o) => o === 0),
  $ne: comparison((o) => o !== 0),
  $gt: comparison((o) => o > 0),
  $gte: comparison((o) => o >= 0),
  $lt: comparison((o) => o < 0),
  $lte: comparison((o) => o <= 0),
  $cmp: fixed(2, 2, ([a, b]) => Math.sign(order(a, b))),
  $and: (argument, compile) => {
    const parts = listed(argument, compile);
    return (scope) => parts.every((part) => truthy(part(scope)));
  },
  $or: (argument, compile) => {
    const parts = listed(argument, compile);
    return (scope) => parts.some((part) => truthy(part(scope)));
  },
  $not: fixed(1, 1, ([value]) => !truthy(value)),
  $cond: cond,
  $switch: switchOperator,
  $ifNull: ifNull,
  $let: letOperator,
  $rand: () => () => Math.random(),
};
