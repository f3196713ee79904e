import { isDocument, show, toNumber, type Value } from '../bson/values.ts';
import { location } from '../errors.ts';
import type { Item } from '../execution/item.ts';
import type { Selection } from '../execution/select.ts';
import { readSort } from '../planning/planner.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { KeyPattern } from '../storage/indexKeys.ts';
import type { Store } from '../storage/store.ts';
import type { Scope } from './scope.ts';

/** Where a pipeline runs: what it may read, and write with `$out` and `$merge`. */
export type Place = { readonly store: Store; readonly catalog: Catalog; readonly db: string; readonly collection: string };

export type Variables = Scope['variables'];
export type Stage = (items: Iterable<Item>, variables: Variables) => Iterable<Item>;
export type StageCompiler = (argument: Value, place: Place, compile: PipelineCompiler) => Stage;
/** `whole`: every stage runs over given documents, none is left to a query. */
export type PipelineCompiler = (stages: Value, place: Place, whole?: boolean) => Pipeline;

export type Pipeline = {
  /** What the first stages ask of the collection, so that an index may answer it. */
  readonly selection: Omit<Selection, 'variables'>;
  readonly run: (variables: Variables, hint?: Value) => Iterable<Item>;
  /** The stages after the selection, over given documents. */
  readonly through: Stage;
  /** The pipeline makes its own documents and reads no collection. */
  readonly writes: boolean;
};

export const readStageSort = (argument: Value): KeyPattern => {
  if (!isDocument(argument)) throw location(15973, 'the $sort key specification must be an object');
  if (Object.keys(argument).length === 0) throw location(15976, '$sort stage must have at least one sort key');
  return readSort(argument);
};

export const countOf = (name: string, argument: Value, least: number): number => {
  const count = toNumber(argument);
  if (!Number.isInteger(count))
    throw location(5107201, `invalid argument to ${name} stage: Expected a number in: ${name}: ${show(argument)}`);
  if (count < least)
    throw location(
      name === '$limit' ? 15958 : 5107200,
      name === '$limit'
        ? 'the limit must be positive'
        : `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${count}`,
    );
  return count;
};
