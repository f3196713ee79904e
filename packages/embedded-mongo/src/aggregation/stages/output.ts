import { type Document, fieldsOf, isDocument, show, type Value } from '../../bson/values.ts';
import { failure, location, unsupported } from '../../errors.ts';
import { select } from '../../execution/select.ts';
import type { Filter } from '../../query/filter.ts';
import { valueAt } from '../../query/paths.ts';
import { type Collection, insertDocument, replaceDocument } from '../../storage/collection.ts';
import { withNewId } from '../../update/upsert.ts';
import { namedFields } from '../arguments.ts';
import type { Place, StageCompiler } from '../stage.ts';

const target = (given: Value, place: Place): { db: string; name: string } => {
  if (typeof given === 'string') return { db: place.db, name: given };
  if (isDocument(given) && typeof given.coll === 'string')
    return { db: typeof given.db === 'string' ? given.db : place.db, name: given.coll };
  throw location(16990, `the output collection must be a string or an object with db and coll, not ${show(given)}`);
};

const out: StageCompiler = (argument, place) => {
  const { db, name } = target(argument, place);
  return function* (items) {
    const documents = [...items].map((item) => withNewId(item.document));
    const before = place.catalog.find(db, name);
    const specs = before?.indexes.slice(1).map((index) => index.spec) ?? [];
    if (before) place.catalog.drop(before);
    const collection = place.catalog.create(db, name, before?.options ?? {});
    for (const spec of specs) place.catalog.createIndex(collection, spec);
    for (const document of documents) insertDocument(place.store, collection, document);
  };
};

const merge: StageCompiler = (argument, place) => {
  const options = isDocument(argument) ? argument : { into: argument };
  const {
    into,
    on = '_id',
    whenMatched = 'merge',
    whenNotMatched = 'insert',
  } = namedFields(options, '$merge', ['into'], ['on', 'whenMatched', 'whenNotMatched', 'let']);
  if (Array.isArray(whenMatched)) throw unsupported('$merge with a pipeline in whenMatched');
  const { db, name } = target(into, place);
  const keys = (Array.isArray(on) ? on : [on]).map(String);
  return function* (items) {
    for (const document of [...items].map((item) => withNewId(item.document))) {
      write(place, place.catalog.ensure(db, name), document, keys, String(whenMatched), String(whenNotMatched));
    }
  };
};

const write = (
  place: Place,
  collection: Collection,
  document: Document,
  keys: readonly string[],
  whenMatched: string,
  whenNotMatched: string,
): void => {
  const filter: Filter = {
    kind: 'and',
    of: keys.map((path) => ({
      kind: 'field',
      path,
      parts: path.split('.'),
      test: { op: 'eq', value: valueAt(document, path.split('.')) ?? null },
    })),
  };
  const [found] = select(place.store, collection, { filter, sort: [], skip: 0, limit: 1, variables: {} });
  if (!found) {
    if (whenNotMatched === 'insert') insertDocument(place.store, collection, document);
    else if (whenNotMatched === 'fail')
      throw location(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    return;
  }
  const before = found.document;
  const given = fieldsOf(document);
  switch (whenMatched) {
    case 'keepExisting':
      return;
    case 'fail':
      throw failure('DuplicateKey', '$merge found a matching document in the target collection');
    case 'replace':
      replaceDocument(place.store, collection, found.rid, before, { ...given, _id: before._id });
      return;
    case 'merge':
      replaceDocument(place.store, collection, found.rid, before, { ...before, ...given, _id: before._id });
      return;
    default:
      throw failure('BadValue', `Enumeration value '${whenMatched}' for field 'whenMatched' is not a valid value.`);
  }
};

export const outputStages: Readonly<Record<string, StageCompiler>> = { $out: out, $merge: merge };
