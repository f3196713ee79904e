import { hashOf } from '../../bson/keys.ts';
import { type Document, isDocument, show, toNumber, type Value } from '../../bson/values.ts';
import { failure, location, unsupported } from '../../errors.ts';
import { Item } from '../../execution/item.ts';
import { select } from '../../execution/select.ts';
import type { Filter } from '../../query/filter.ts';
import { parseFilter } from '../../query/parseFilter.ts';
import { valueAt } from '../../query/paths.ts';
import { changeAt } from '../../update/paths.ts';
import { namedFields } from '../arguments.ts';
import { compileExpression } from '../expression.ts';
import type { Place, StageCompiler, Variables } from '../stage.ts';

const everything: Filter = { kind: 'and', of: [] };

/** Documents of the other collection whose field equals the value, an element of it where it is an array, or null where it is missing. */
const equalTo = (path: string, value: Value): Filter => ({
  kind: 'field',
  path,
  parts: path.split('.'),
  test: Array.isArray(value) ? { op: 'in', values: value, patterns: [] } : { op: 'eq', value: value ?? null },
});

/** Values through arrays, as `localField` reads them. */
const localValue = (value: Value, parts: readonly string[]): Value => {
  if (parts.length === 0) return value;
  if (Array.isArray(value)) return value.flatMap((element) => localValue(element, parts) ?? []);
  const [first = '', ...rest] = parts;
  return isDocument(value) ? localValue(valueAt(value, [first]), rest) : undefined;
};

const lookup: StageCompiler = (argument, place, compile) => {
  const {
    from,
    localField,
    foreignField,
    as,
    pipeline,
    let: given,
  } = namedFields(argument, '$lookup', ['as'], ['from', 'localField', 'foreignField', 'pipeline', 'let']);
  if (typeof as !== 'string') throw failure('FailedToParse', "$lookup argument 'as' must be a string");
  if (from !== undefined && typeof from !== 'string') throw unsupported('$lookup from another database');
  if ((localField === undefined) !== (foreignField === undefined))
    throw failure('FailedToParse', "$lookup requires either both or neither of 'localField' and 'foreignField' to be specified");
  if (localField === undefined && pipeline === undefined)
    throw failure('FailedToParse', "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  const there: Place = { ...place, collection: from ?? '' };
  const inner = compile(pipeline ?? [], there);
  const variablesIn = Object.entries(isDocument(given) ? given : {}).map(
    ([name, expression]) => [name, compileExpression(expression)] as const,
  );
  const localParts = String(localField).split('.');
  const path = as.split('.');
  const found = (document: Document, variables: Variables): Value[] => {
    const bound = {
      ...variables,
      ...Object.fromEntries(variablesIn.map(([name, expression]) => [name, expression({ root: document, variables })])),
    };
    if (localField === undefined) return [...inner.run(bound)].map((item) => item.document);
    const collection = place.catalog.find(there.db, there.collection);
    if (!collection) return [];
    const equality = equalTo(String(foreignField), localValue(document, localParts));
    const filter: Filter = { kind: 'and', of: [equality, inner.selection.filter] };
    return [...inner.through(select(place.store, collection, { ...inner.selection, filter, variables: bound }), bound)].map(
      (item) => item.document,
    );
  };
  return function* (items, variables) {
    for (const item of items) {
      const documents = found(item.document, variables);
      yield Item.made(changeAt(item.document, path, () => documents));
    }
  };
};

const graphLookup: StageCompiler = (argument, place) => {
  const { from, startWith, connectFromField, connectToField, as, maxDepth, depthField, restrictSearchWithMatch } = namedFields(
    argument,
    '$graphLookup',
    ['from', 'startWith', 'connectFromField', 'connectToField', 'as'],
    ['maxDepth', 'depthField', 'restrictSearchWithMatch'],
  );
  const start = compileExpression(startWith);
  const restriction = restrictSearchWithMatch === undefined ? everything : parseFilter(restrictSearchWithMatch);
  const deepest = maxDepth === undefined ? Number.POSITIVE_INFINITY : toNumber(maxDepth);
  return function* (items, variables) {
    for (const item of items) {
      const collection = place.catalog.find(place.db, String(from));
      const reached = new Map<string, Document>();
      const begin = start({ root: item.document, variables });
      let frontier = Array.isArray(begin) ? begin : [begin];
      for (let depth = 0; collection && frontier.length > 0 && depth <= deepest; depth += 1) {
        const filter: Filter = { kind: 'and', of: [equalTo(String(connectToField), frontier), restriction] };
        frontier = [];
        for (const { document } of select(place.store, collection, { filter, sort: [], skip: 0, limit: 0, variables })) {
          const hash = hashOf(document._id);
          if (reached.has(hash)) continue;
          reached.set(hash, typeof depthField === 'string' ? changeAt(document, depthField.split('.'), () => depth) : document);
          const next = localValue(document, String(connectFromField).split('.'));
          if (next !== undefined) frontier.push(...(Array.isArray(next) ? next : [next]));
        }
      }
      yield Item.made(changeAt(item.document, String(as).split('.'), () => [...reached.values()]));
    }
  };
};

const unionWith: StageCompiler = (argument, place, compile) => {
  const options = isDocument(argument) ? argument : { coll: argument };
  const inner = compile(options.pipeline ?? [], { ...place, collection: typeof options.coll === 'string' ? options.coll : '' });
  return function* (items, variables) {
    yield* items;
    yield* inner.run(variables);
  };
};

/** Every branch sees all documents, so they are gathered first. */
const facet: StageCompiler = (argument, place, compile) => {
  if (!isDocument(argument) || Object.keys(argument).length === 0)
    throw location(40169, `the $facet specification must be a non-empty object: ${show(argument)}`);
  const branches = Object.entries(argument).map(([name, stages]) => {
    refuseInFacet(stages);
    const pipeline = compile(stages, place, true);
    return [name, pipeline] as const;
  });
  return function* (items, variables) {
    const gathered = [...items];
    yield Item.made(
      Object.fromEntries(
        branches.map(([name, { through }]) => [name, [...through(gathered, variables)].map((item) => item.document)]),
      ),
    );
  };
};

const refusedInFacets = ['$out', '$merge', '$facet', '$geoNear', '$collStats', '$indexStats'];

const refuseInFacet = (stages: Value): void => {
  for (const stage of Array.isArray(stages) ? stages : []) {
    const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
    if (name && refusedInFacets.includes(name)) throw location(40600, `${name} is not allowed to be used within a $facet stage`);
  }
};

export const joinStages: Readonly<Record<string, StageCompiler>> = {
  $lookup: lookup,
  $graphLookup: graphLookup,
  $unionWith: unionWith,
  $facet: facet,
};
