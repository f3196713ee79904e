import { Double, Int32, Long } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import { type Document, fieldsOf, isDocument, setField, toNumber, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import type { OperatorCompiler } from './scope.ts';

/**
 * The expressions and stages left to mingo: those where BSON types do not matter (dates by their parts, trigonometry, bits), or too
 * rare to write again. They get plain JavaScript numbers; the rest of this package keeps BSON's.
 */
const leftToMingo = new Set([
  ...['$year', '$month', '$week', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$minute', '$second', '$millisecond'],
  ...['$isoWeek', '$isoWeekYear', '$isoDayOfWeek', '$dateAdd', '$dateDiff', '$dateFromParts', '$dateFromString', '$dateSubtract'],
  ...[
    '$dateToParts',
    '$dateToString',
    '$dateTrunc',
    '$sin',
    '$cos',
    '$tan',
    '$asin',
    '$acos',
    '$atan',
    '$atan2',
    '$sinh',
    '$cosh',
  ],
  ...['$tanh', '$asinh', '$acosh', '$atanh', '$degreesToRadians', '$radiansToDegrees', '$bitAnd', '$bitOr', '$bitXor', '$bitNot'],
  ...['$sigmoid', '$median', '$percentile'],
]);

const context = Context.init({
  expression: expressions as never,
  accumulator: accumulators as never,
  pipeline: stages as never,
});
const options = { context, scriptEnabled: false, idKey: '_id' };

export const throughMingo = (name: string): OperatorCompiler | undefined => {
  if (!leftToMingo.has(name)) return undefined;
  return (argument, compile) => {
    // The arguments are evaluated here and handed over by name, so that mingo sees neither variables nor documents.
    const parts: [string, ReturnType<typeof compile>][] = [];
    const refer = (part: Value): string => {
      parts.push([`p${parts.length}`, compile(part)]);
      return `$p${parts.length - 1}`;
    };
    const call = Array.isArray(argument)
      ? argument.map(refer)
      : isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$')
        ? Object.fromEntries(Object.entries(argument).map(([field, part]) => [field, refer(part)]))
        : refer(argument);
    return (scope) => {
      const values = Object.fromEntries(parts.map(([field, part]) => [field, toPlain(part(scope))]));
      try {
        return evalExpr(values as never, { [name]: call } as never, options as never) as Value;
      } catch (error) {
        throw failure('BadValue', `${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
  };
};

/** The stages of which mingo does the work on the documents gathered so far. */
export const stagesLeftToMingo = new Set(['$densify', '$bucketAuto']);

export const runMingoStage = (stage: Document, documents: Document[]): Document[] => {
  try {
    return new Aggregator([toPlain(stage) as never], options as never).run(documents.map(toPlain) as never) as Document[];
  } catch (error) {
    throw failure('BadValue', `${Object.keys(stage)[0]} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Numbers as JavaScript has them; a long that would lose digits stays what it is. */
export const toPlain = (value: Value): Value => {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return Number.isSafeInteger(toNumber(value)) ? toNumber(value) : value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Date) return new Date(value);
  if (!isDocument(value)) return value;
  const made: Document = {};
  for (const [name, held] of Object.entries(fieldsOf(value))) setField(made, name, toPlain(held));
  return made;
};
