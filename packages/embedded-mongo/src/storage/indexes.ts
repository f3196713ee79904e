import { type Document, decode, fieldsOf, isDocument, isNumeric, show, toNumber, truthy, type Value } from '../bson/values.ts';
import { failure, unsupported } from '../errors.ts';
import { type Filter, rootsOf } from '../query/filter.ts';
import { compileFilter, type Matcher } from '../query/matcher.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { type IndexKeys, indexKeysOf, type KeyPattern } from './indexKeys.ts';

export type Index = {
  /** Zero for the index on `_id`, which lies in the documents' own table. */
  readonly id: number;
  readonly name: string;
  /** As `listIndexes` shows it. */
  readonly spec: Document;
  readonly pattern: KeyPattern;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partial: { readonly filter: Filter; readonly matches: Matcher } | undefined;
  /** Seconds after the indexed date at which a document ends. */
  readonly expireAfterSeconds: number | undefined;
  /** The top-level fields that decide its entries: what leaves them alone leaves the index alone. */
  readonly roots: ReadonlySet<string>;
  /** Per field of the pattern: some document had an array on its path. */
  multikey: readonly boolean[];
};

export const patternOf = (key: Document): KeyPattern =>
  Object.entries(key).map(([path, direction]) => ({ path, parts: path.split('.'), descending: toNumber(direction) < 0 }));

export const idIndex: Index = {
  id: 0,
  name: '_id_',
  spec: { v: 2, key: { _id: 1 }, name: '_id_' },
  pattern: patternOf({ _id: 1 }),
  unique: true,
  sparse: false,
  hidden: false,
  partial: undefined,
  expireAfterSeconds: undefined,
  roots: new Set(['_id']),
  multikey: [false],
};

export const indexFrom = (id: number, spec: Document, multikey: readonly boolean[] = []): Index => {
  const pattern = patternOf(spec.key as Document);
  const partial = spec.partialFilterExpression === undefined ? undefined : partialOf(spec.partialFilterExpression);
  return {
    id,
    name: String(spec.name),
    spec,
    pattern,
    unique: truthy(spec.unique),
    sparse: truthy(spec.sparse),
    hidden: truthy(spec.hidden),
    partial,
    expireAfterSeconds: spec.expireAfterSeconds === undefined ? undefined : toNumber(spec.expireAfterSeconds),
    roots: new Set([...pattern.map(({ parts }) => parts[0] as string), ...(partial ? (rootsOf(partial.filter) ?? []) : [])]),
    multikey: pattern.map((_, i) => multikey[i] ?? false),
  };
};

const partialOf = (expression: Value): Index['partial'] => {
  const filter = parseFilter(expression);
  const matches = compileFilter(filter, () => {
    throw failure('CannotCreateIndex', 'Expression not supported in partial index: $expr');
  });
  return { filter, matches };
};

export const noKeys: IndexKeys = { keys: [], tuples: [], multikey: undefined, absent: true };

/** The entries a document has in an index: none where the index leaves it out. */
export const entriesOf = (index: Index, document: Document): IndexKeys => {
  if (index.partial && !index.partial.matches(document)) return noKeys;
  const keys = indexKeysOf(document, index.pattern);
  return index.sparse && keys.absent ? noKeys : keys;
};

const allowed = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  'background',
  'ns',
  'collation',
  'dropDups',
]);

/** Reads one index of `createIndexes`; gives the spec as it will be listed. */
export const readIndexSpec = (given: Value): Document => {
  if (!isDocument(given)) throw failure('TypeMismatch', 'each index must be a document');
  const spec = fieldsOf(given);
  if (!isDocument(spec.key) || Object.keys(spec.key).length === 0) {
    throw failure('CannotCreateIndex', `Index keys cannot be empty: ${show(spec)}`);
  }
  for (const [path, direction] of Object.entries(spec.key)) {
    if (typeof direction === 'string') throw unsupported(`An index of the kind '${direction}'`);
    if (!isNumeric(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw failure(
        'CannotCreateIndex',
        `Values in v:2 index key pattern must be numbers other than 0, or strings: ${show(spec.key)}`,
      );
    }
    if (path === '') throw failure('CannotCreateIndex', 'Index keys cannot be an empty field');
    if (path.includes('$**')) throw unsupported('A wildcard index');
    if (path.split('.').some((part) => part === '' || part.startsWith('$'))) {
      throw failure('CannotCreateIndex', `Index key contains an illegal field name: '${path}'`);
    }
  }
  if (typeof spec.name !== 'string' || spec.name === '')
    throw failure('FailedToParse', "The 'name' field is a required property of an index specification");
  for (const option of Object.keys(spec)) {
    if (!allowed.has(option))
      throw failure(
        'InvalidOptions',
        `The field '${option}' is not valid for an index specification. Specification: ${show(spec)}`,
      );
  }
  refuseCollation(spec.collation);
  if (spec.sparse !== undefined && truthy(spec.sparse) && spec.partialFilterExpression !== undefined) {
    throw failure('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (spec.partialFilterExpression !== undefined) partialOf(spec.partialFilterExpression);
  checkExpiry(spec);
  const kept: Document = { v: 2, key: spec.key, name: spec.name };
  for (const flag of ['unique', 'sparse', 'hidden'] as const) if (truthy(spec[flag])) kept[flag] = true;
  for (const option of ['partialFilterExpression', 'expireAfterSeconds'] as const)
    if (spec[option] !== undefined) kept[option] = spec[option];
  return kept;
};

const checkExpiry = (spec: Document): void => {
  if (spec.expireAfterSeconds === undefined) return;
  const seconds = toNumber(spec.expireAfterSeconds);
  if (!isNumeric(spec.expireAfterSeconds) || Number.isNaN(seconds) || seconds < 0 || seconds > 2147483647) {
    throw failure(
      'CannotCreateIndex',
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number",
    );
  }
  if (Object.keys(spec.key as Document).length > 1)
    throw failure('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if ('_id' in (spec.key as Document))
    throw failure('CannotCreateIndex', "The field 'expireAfterSeconds' is not valid for an _id index specification");
};

/** Only MongoDB's own order of strings, the simple collation, is known here. */
export const refuseCollation = (collation: Value): void => {
  if (collation === undefined || collation === null) return;
  if (isDocument(collation) && (Object.keys(collation).length === 0 || collation.locale === 'simple')) return;
  throw unsupported(`The collation ${show(collation)}`);
};

export const decodeSpec = (bytes: Uint8Array): Document => decode(bytes);
