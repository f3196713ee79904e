import { compilePipeline } from '../aggregation/pipeline.ts';
import { type Document, isDocument, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import { type Examined, isSorted, type Selection, select } from '../execution/select.ts';
import { type IndexPlan, type Plan, planFor, readSort } from '../planning/planner.ts';
import { parseFilter } from '../query/parseFilter.ts';
import type { Collection } from '../storage/collection.ts';
import { type Command, collectionName, documentsIn, type Engine, type Request, reply, variablesOf } from './command.ts';
import { aggregateTarget, readFind } from './reads.ts';

/** The way a query goes, in the words of MongoDB's explain output. */
const stagesOf = (plan: Plan, selection: Selection): Document => {
  let stage: Document;
  switch (plan.kind) {
    case 'nothing':
      return { stage: 'EOF' };
    case 'id':
      stage = { stage: 'IDHACK', indexName: '_id_', keyPattern: { _id: 1 } };
      break;
    case 'collection':
      stage = { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
      break;
    case 'index':
      stage = { stage: 'FETCH', inputStage: indexScan(plan) };
      break;
    case 'union':
      stage = { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(indexScan) } };
      break;
  }
  if (selection.sort.length > 0 && !isSorted(plan)) {
    stage = {
      stage: 'SORT',
      sortPattern: Object.fromEntries(selection.sort.map(({ path, descending }) => [path, descending ? -1 : 1])),
      inputStage: stage,
    };
  }
  if (selection.skip > 0) stage = { stage: 'SKIP', skipAmount: selection.skip, inputStage: stage };
  return selection.limit > 0 ? { stage: 'LIMIT', limitAmount: selection.limit, inputStage: stage } : stage;
};

const indexScan = ({ index, reverse, shown }: IndexPlan): Document => ({
  stage: 'IXSCAN',
  keyPattern: index.spec.key as Document,
  indexName: index.name,
  isMultiKey: index.multikey.includes(true),
  isUnique: index.unique,
  isSparse: index.sparse,
  isPartial: index.partial !== undefined,
  indexVersion: 2,
  direction: reverse ? 'backward' : 'forward',
  indexBounds: Object.fromEntries(index.pattern.map(({ path }, i) => [path, [...(shown[i] ?? ['[MinKey, MaxKey]'])]])),
});

const run = (engine: Engine, collection: Collection, selection: Selection): Document => {
  const examined: Examined = { keys: 0, documents: 0 };
  const started = performance.now();
  let nReturned = 0;
  for (const _ of select(engine.store, collection, selection, examined)) nReturned += 1;
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: examined.keys,
    totalDocsExamined: examined.documents,
  };
};

const explained = (engine: Engine, request: Request, name: string, selection: Selection, verbosity: Value): Document => {
  const collection = engine.catalog.find(request.db, name);
  const plan: Plan = collection ? planFor(collection, selection) : { kind: 'nothing' };
  const queryPlanner = { namespace: `${request.db}.${name}`, winningPlan: stagesOf(plan, selection), rejectedPlans: [] };
  const stats = collection && verbosity !== 'queryPlanner' ? { executionStats: run(engine, collection, selection) } : {};
  return { explainVersion: '1', queryPlanner, ...stats };
};

const about = (request: Request, engine: Engine): { name: string; selection: Selection } => {
  const { body } = request;
  const variables = variablesOf(body);
  switch (request.name) {
    case 'find':
      return { name: collectionName(request), selection: readFind(body, variables).selection };
    case 'aggregate': {
      const name = aggregateTarget(request);
      const { selection } = compilePipeline(body.pipeline, { ...engine, db: request.db, collection: name });
      return { name, selection: { ...selection, variables } };
    }
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return {
        name: collectionName(request),
        selection: { filter: parseFilter(body.query), sort: readSort(body.sort), skip: 0, limit: 0, variables },
      };
    case 'update':
    case 'delete': {
      const [statement] = documentsIn(request, request.name === 'update' ? 'updates' : 'deletes');
      return {
        name: collectionName(request),
        selection: { filter: parseFilter(statement?.document.q), sort: [], skip: 0, limit: 0, variables },
      };
    }
    default:
      throw failure('CommandNotFound', `Explain failed due to unknown command: ${request.name}`);
  }
};

const explain: Command = {
  writes: false,
  fields: ['verbosity'],
  run: (request, engine) => {
    const inner = request.body.explain;
    if (!isDocument(inner))
      throw failure('TypeMismatch', "BSON field 'explain.explain' is the wrong type, expected type 'object'");
    const name = Object.keys(inner)[0] ?? '';
    const asked: Request = { ...request, name, body: inner };
    const { name: collection, selection } = about(asked, engine);
    return reply(explained(engine, asked, collection, selection, request.body.verbosity));
  },
};

/** `aggregate` has a flag for it. */
export const explainAggregate = (request: Request, engine: Engine): Document => {
  const { name, selection } = about(request, engine);
  return explained(engine, request, name, selection, 'queryPlanner');
};

export const explains: Readonly<Record<string, Command>> = { explain };
