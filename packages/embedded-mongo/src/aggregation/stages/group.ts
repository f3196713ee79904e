import { compare } from '../../bson/compare.ts';
import { hashOf } from '../../bson/keys.ts';
import { type Document, isDocument, isNumeric, setField, show, type Value } from '../../bson/values.ts';
import { failure, location } from '../../errors.ts';
import { Item } from '../../execution/item.ts';
import { type Accumulator, compileAccumulator } from '../accumulators.ts';
import { namedFields } from '../arguments.ts';
import { compileExpression } from '../expression.ts';
import type { Expression } from '../scope.ts';
import type { Stage, StageCompiler } from '../stage.ts';

/** What a grouping may hold in memory, as in MongoDB without leave to use the disk. */
const groupMemory = 100 * 1024 * 1024;
/** Accumulators that keep what they are given. */
const keepers = new Set([
  '$push',
  '$addToSet',
  '$mergeObjects',
  '$top',
  '$topN',
  '$bottom',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$minN',
  '$maxN',
]);

type Field = { readonly name: string; readonly make: () => Accumulator };

const readFields = (argument: Document): { fields: Field[]; keeps: boolean } => {
  const entries = Object.entries(argument).filter(([name]) => name !== '_id');
  for (const [name] of entries) {
    if (name.includes('.')) throw location(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) throw location(40236, `The field name '${name}' cannot be an operator name`);
  }
  return {
    fields: entries.map(([name, accumulator]) => ({ name, make: compileAccumulator(name, accumulator) })),
    keeps: entries.some(([, accumulator]) => isDocument(accumulator) && keepers.has(Object.keys(accumulator)[0] ?? '')),
  };
};

const grouping = (id: Expression, fields: readonly Field[], keeps: boolean, looks = true): Stage =>
  function* (items, variables) {
    const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
    let bytes = 0;
    for (const item of items) {
      const scope = { root: looks ? item.document : unread, variables };
      const key = id(scope) ?? null;
      const hash = hashOf(key);
      let group = groups.get(hash);
      if (!group) {
        group = { id: key, accumulators: fields.map(({ make }) => make()) };
        groups.set(hash, group);
        bytes += hash.length + 200 * (fields.length + 1);
      }
      if (keeps) bytes += item.raw.length;
      if (bytes > groupMemory) {
        throw failure(
          'QueryExceededMemoryLimitNoDiskUseAllowed',
          "Exceeded memory limit for $group, but didn't allow external sort. Pass allowDiskUse:true to opt in.",
        );
      }
      for (const accumulator of group.accumulators) accumulator.take(scope);
    }
    for (const group of groups.values()) yield Item.made(resultOf(group.id, fields, group.accumulators));
  };

const resultOf = (id: Value, fields: readonly Field[], accumulators: readonly Accumulator[]): Document => {
  const made: Document = { _id: id };
  fields.forEach(({ name }, i) => {
    setField(made, name, accumulators[i]?.result() ?? null);
  });
  return made;
};

const group: StageCompiler = (argument) => {
  if (!isDocument(argument)) throw location(15947, "a group's fields must be specified in an object");
  if (!('_id' in argument)) throw location(15955, 'a group specification must include an _id');
  const { fields, keeps } = readFields(argument);
  return grouping(compileExpression(argument._id), fields, keeps, !onlyCounts(argument));
};

const unread: Document = {};

/** Whether a `$group` looks into no document: all are one group, of which it tells how many there are. */
export const onlyCounts = (argument: Value): boolean =>
  isDocument(argument) &&
  Object.entries(argument).every(([name, value]) =>
    name === '_id'
      ? value === null || isNumeric(value)
      : isDocument(value) && Object.keys(value).length === 1 && ('$count' in value || isNumeric(value.$sum)),
  );

const sortByCount: StageCompiler = (argument) => {
  const grouped = grouping(
    compileExpression(argument),
    [{ name: 'count', make: compileAccumulator('count', { $sum: 1 }) }],
    false,
  );
  return (items, variables) => [...grouped(items, variables)].sort((a, b) => compare(b.document.count, a.document.count));
};

const bucket: StageCompiler = (argument) => {
  const {
    groupBy,
    boundaries,
    default: otherwise,
    output,
  } = namedFields(argument, '$bucket', ['groupBy', 'boundaries'], ['default', 'output']);
  if (!Array.isArray(boundaries) || boundaries.length < 2)
    throw location(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const edges = boundaries.map((edge) => compileExpression(edge)({ root: {}, variables: {} }));
  edges.slice(1).forEach((edge, i) => {
    if (compare(edges[i], edge) >= 0)
      throw location(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${i} and ${i + 1} are not in ascending order`,
      );
  });
  const by = compileExpression(groupBy);
  const { fields, keeps } = readFields(isDocument(output) ? output : { count: { $sum: 1 } });
  const id: Expression = (scope) => {
    const value = by(scope);
    const at = edges.findLastIndex((edge) => compare(edge, value) <= 0);
    if (at >= 0 && at < edges.length - 1) return edges[at];
    if (otherwise === undefined)
      throw location(
        40066,
        `$switch could not find a matching branch for an input (${show(value)}), and no default was specified.`,
      );
    return otherwise;
  };
  const grouped = grouping(id, fields, keeps);
  return (items, variables) => [...grouped(items, variables)].sort((a, b) => compare(a.document._id, b.document._id));
};

export const groupStages: Readonly<Record<string, StageCompiler>> = { $group: group, $sortByCount: sortByCount, $bucket: bucket };
