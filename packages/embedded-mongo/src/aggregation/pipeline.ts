import { type Document, isDocument, type Value } from '../bson/values.ts';
import { failure, location, unsupported } from '../errors.ts';
import { Item } from '../execution/item.ts';
import { nothingMore, type Selection, select } from '../execution/select.ts';
import { parseFilter } from '../query/parseFilter.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import { runMingoStage, stagesLeftToMingo } from './mingo.ts';
import { countOf, type PipelineCompiler, type Place, readStageSort, type Stage, type StageCompiler } from './stage.ts';
import { documentStages } from './stages/documents.ts';
import { groupStages, onlyCounts } from './stages/group.ts';
import { joinStages } from './stages/joins.ts';
import { outputStages } from './stages/output.ts';

const stageCompilers: Readonly<Record<string, StageCompiler>> = {
  ...documentStages,
  ...groupStages,
  ...joinStages,
  ...outputStages,
};

const known = new Set([
  '$geoNear',
  '$setWindowFields',
  '$fill',
  '$changeStream',
  '$currentOp',
  '$listSessions',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$planCacheStats',
  '$collStats',
  '$listLocalSessions',
  '$querySettings',
]);

export const compilePipeline: PipelineCompiler = (given, place, whole = false) => {
  if (!Array.isArray(given)) throw failure('TypeMismatch', 'A pipeline must be an array of stages');
  const stages = given.map((stage) => {
    if (!isDocument(stage)) throw failure('TypeMismatch', "Each element of the 'pipeline' array must be an object");
    const names = Object.keys(stage);
    if (names.length !== 1) throw location(40323, 'A pipeline stage specification object must contain exactly one field.');
    return { name: names[0] as string, argument: stage[names[0] as string] };
  });
  const { selection, rest } = whole ? { selection: everything, rest: stages } : pushDown(stages);
  const compiled = rest.map(({ name, argument }, i) => {
    if ((name === '$out' || name === '$merge') && i !== rest.length - 1)
      throw location(40601, `${name} can only be the final stage in the pipeline`);
    return compileStage(name, argument, place);
  });
  const through: Stage = (items, variables) => compiled.reduce((from, stage) => stage(from, variables), items);
  const [first] = stages;
  return {
    selection,
    through,
    writes: stages.some(({ name }) => name === '$out' || name === '$merge'),
    run: (variables, hint) => {
      if (first?.name === '$documents') return through([], variables);
      const collection = place.catalog.find(place.db, place.collection);
      return through(
        collection ? select(place.store, collection, { ...selection, variables, ...(hint === undefined ? {} : { hint }) }) : [],
        variables,
      );
    },
  };
};

const compileStage = (name: string, argument: Value, place: Place): Stage => {
  const compiler = stageCompilers[name];
  if (compiler) return compiler(argument, place, compilePipeline);
  if (stagesLeftToMingo.has(name)) {
    const stage: Document = { [name]: argument };
    return function* (items) {
      for (const document of runMingoStage(
        stage,
        [...items].map((item) => item.document),
      ))
        yield Item.made(document);
    };
  }
  if (known.has(name)) throw unsupported(`The pipeline stage ${name}`);
  throw location(40324, `Unrecognized pipeline stage name: '${name}'`);
};

const everything: Omit<Selection, 'variables'> = { filter: { kind: 'and', of: [] }, sort: [], skip: 0, limit: 0 };

type Named = { readonly name: string; readonly argument: Value };

/** Takes `$match`, `$sort`, `$skip` and `$limit` off the front, as far as one query can answer them. */
const pushDown = (stages: readonly Named[]): { selection: Omit<Selection, 'variables'>; rest: readonly Named[] } => {
  const filters = [];
  let sort: KeyPattern = [];
  let [skip, limit, at] = [0, 0, 0];
  while (stages[at]?.name === '$match') {
    filters.push(parseFilter(stages[at]?.argument));
    at += 1;
  }
  if (stages[at]?.name === '$sort') {
    sort = readStageSort(stages[at]?.argument);
    at += 1;
  }
  if (stages[at]?.name === '$skip') {
    skip = countOf('$skip', stages[at]?.argument, 0);
    at += 1;
  }
  if (stages[at]?.name === '$limit') {
    limit = countOf('$limit', stages[at]?.argument, 1);
    at += 1;
  }
  const filter = filters.length === 1 && filters[0] ? filters[0] : ({ kind: 'and', of: filters } as const);
  const rest = stages.slice(at);
  const unread = rest[0]?.name === '$group' && onlyCounts(rest[0].argument);
  return { selection: { filter, sort, skip, limit, ...(unread ? { needs: nothingMore, unread } : {}) }, rest };
};
