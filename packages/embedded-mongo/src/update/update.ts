import { type Document, isDocument, show, type Value } from '../bson/values.ts';
import { failure, type MongoFailure } from '../errors.ts';
import { isIndex, type Place, valueAt } from '../query/paths.ts';
import { type ArrayFilters, readArrayFilters, refuseUnused, resolve } from './arrayPaths.ts';
import { isSame, operators } from './operators.ts';
import { type Change, changeAt } from './paths.ts';

export type UpdateContext = {
  readonly now: Date;
  /** Where the filter matched in an array. */
  readonly place: Place;
  /** The document is being made by an upsert. */
  readonly inserting: boolean;
  /** Only some of the document's fields are given: whether a replacement changes it is for the caller to see. */
  readonly partial?: boolean;
};

/** Gives the document after the update: the same object when nothing changed. */
export type Update = (document: Document, context: UpdateContext) => Document;

/** Runs an update that is written as a pipeline; given in so that updates need not know aggregation. */
export type Pipelines = (pipeline: Value[], constants: Value) => (document: Document) => Document;

export type UpdateSpec = { readonly u: Value; readonly arrayFilters: Value; readonly c: Value; readonly multi: boolean };

type Step = { readonly operator: string; readonly path: string; readonly parts: readonly string[]; readonly operand: Value };

export const isReplacement = (u: Value): boolean => isDocument(u) && !Object.keys(u)[0]?.startsWith('$');

/** The fields of the top an update with operators works on: those it reads first, and those it puts another value in place of. */
export type Reach = { readonly reads: readonly string[]; readonly puts: readonly string[] };

/** Undefined for what may reach any field: pipelines, renames, and fields such as `$ref` that are decoded together. */
export const reachOf = (u: Value): Reach | undefined => {
  if (!isDocument(u) || isReplacement(u)) return undefined;
  const reads: string[] = [];
  const puts: string[] = [];
  for (const [operator, fields] of Object.entries(u)) {
    if (operator === '$rename' || !isDocument(fields)) return undefined;
    for (const path of Object.keys(fields)) {
      const dot = path.indexOf('.');
      const root = dot < 0 ? path : path.slice(0, dot);
      if (root.startsWith('$')) return undefined;
      (operator === '$set' && dot < 0 ? puts : reads).push(root);
    }
  }
  return { reads, puts };
};

/** Reads an update of any of the three kinds: operators, replacement, pipeline. */
export const compileUpdate = ({ u, arrayFilters, c, multi }: UpdateSpec, pipelines: Pipelines): Update => {
  if (Array.isArray(u)) {
    if (arrayFilters !== undefined) throw failure('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    const run = pipelines(u, c);
    return (document) => checked(document, run(document));
  }
  if (!isDocument(u)) throw failure('FailedToParse', 'Update argument must be either an object or an array');
  if (isReplacement(u)) {
    if (multi) throw failure('FailedToParse', 'multi update is not supported for replacement-style update');
    refuseDollars(u);
    return (document, { partial }) => checked(document, withId(u, document), partial);
  }
  return operatorUpdate(u, readArrayFilters(arrayFilters));
};

const withId = (replacement: Document, document: Document): Document => {
  if ('_id' in replacement) return '_id' in document ? { _id: replacement._id, ...replacement } : replacement;
  return '_id' in document ? { _id: document._id, ...replacement } : replacement;
};

const refuseDollars = (document: Document): void => {
  const found = Object.keys(document).find((name) => name.startsWith('$'));
  if (found)
    throw failure(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${found}' in '${found}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
};

const checked = (before: Document, after: Document, partial = false): Document => {
  if (!partial && isSame(before, after)) return before;
  if ('_id' in before && !isSame(before._id, after._id)) throw immutable(before._id, after._id);
  return after;
};

const immutable = (before: Value, after: Value): MongoFailure =>
  failure(
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id' (from ${show(before)} to ${show(after)})`,
  );

const operatorUpdate = (u: Document, filters: ArrayFilters): Update => {
  const { steps, renames } = readSteps(u);
  refuseConflicts(steps, renames);
  refuseUnused(
    steps.map(({ parts }) => parts),
    filters,
  );
  return (document, context) => {
    let after = document;
    const id = (): Value => document._id;
    for (const { operator, path, parts, operand } of steps) {
      if (operator === '$setOnInsert' && !context.inserting) continue;
      const change = (operators[operator] as (typeof operators)[string])(operand, path, { now: context.now, id });
      for (const concrete of resolve(after, parts, filters, context.place, path)) after = apply(after, concrete, change);
    }
    for (const { from, to } of renames) after = rename(after, from, to);
    return after;
  };
};

const apply = (document: Document, parts: readonly string[], change: Change): Document => {
  const after = changeAt(document, parts, change);
  if (parts[0] === '_id' && '_id' in document && !isSame(document._id, after._id)) throw immutable(document._id, after._id);
  return after;
};

type Rename = { readonly from: string; readonly to: string };

const readSteps = (u: Document): { steps: Step[]; renames: Rename[] } => {
  const steps: Step[] = [];
  const renames: Rename[] = [];
  for (const [operator, fields] of Object.entries(u)) {
    if (!operator.startsWith('$') || (operator !== '$rename' && !operators[operator])) {
      throw failure(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDocument(fields)) {
      throw failure(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      );
    }
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path);
      if (operator === '$rename') renames.push(readRename(path, operand));
      else steps.push({ operator, path, parts: path.split('.'), operand });
    }
  }
  // MongoDB goes through the fields in the order of their paths.
  steps.sort((a, b) => inPathOrder(a.parts, b.parts));
  return { steps, renames };
};

const inPathOrder = (a: readonly string[], b: readonly string[]): number => {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) continue;
    if (isIndex(x) && isIndex(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
};

const checkPath = (path: string): void => {
  if (path === '') throw failure('EmptyFieldName', 'An empty update path is not valid.');
  for (const part of path.split('.')) {
    if (part === '')
      throw failure('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (part.startsWith('$') && part !== '$' && !/^\$\[.*\]$/.test(part) && !['$id', '$ref', '$db'].includes(part)) {
      throw failure(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
};

const readRename = (from: string, to: Value): Rename => {
  if (typeof to !== 'string') throw failure('BadValue', `The 'to' field for $rename must be a string: ${from}: ${show(to)}`);
  checkPath(to);
  if ([from, to].some((path) => path.split('.').some((part) => part.startsWith('$'))))
    throw failure('BadValue', `The source and destination fields for $rename may not be dynamic: ${from}`);
  return { from, to };
};

const rename = (document: Document, from: string, to: string): Document => {
  const parts = from.split('.');
  for (const path of [parts, to.split('.')]) {
    path.slice(0, -1).forEach((_, i) => {
      if (Array.isArray(valueAt(document, path.slice(0, i + 1))))
        throw failure(
          'BadValue',
          `The source and destination field for $rename cannot be an array element, '${path.join('.')}' in doc with _id: ${show(document._id)}`,
        );
    });
  }
  const value = valueAt(document, parts);
  if (value === undefined) return document;
  return apply(
    apply(document, parts, () => undefined),
    to.split('.'),
    () => value,
  );
};

const refuseConflicts = (steps: readonly Step[], renames: readonly Rename[]): void => {
  const paths = [...steps.map(({ path }) => path), ...renames.flatMap(({ from, to }) => [from, to])];
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path))
      throw failure('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${path}'`);
    seen.add(path);
  }
  for (const path of paths) {
    const parts = path.split('.');
    for (let i = 1; i < parts.length; i += 1) {
      const above = parts.slice(0, i).join('.');
      if (seen.has(above))
        throw failure('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${above}'`);
    }
  }
};
