import { beginsWithId, validate } from '../bson/raw.ts';
import { type Document, isNumeric, toNumber, truthy, type Value } from '../bson/values.ts';
import { failure, location } from '../errors.ts';
import { readUpdateRequest, runDelete, runUpdate, selectionOf, writeError } from '../execution/write.ts';
import { readSort } from '../planning/planner.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { compileProjection } from '../query/projection.ts';
import { insertDocument, rootsOfIndexes } from '../storage/collection.ts';
import { refuseCollation } from '../storage/indexes.ts';
import { withNewId } from '../update/upsert.ts';
import { type Command, collectionName, documentsIn, type Engine, type Request, reply, variablesOf } from './command.ts';

/** Runs statements in order, noting errors; an ordered batch ends at its first. */
const each = <T>(statements: readonly T[], ordered: boolean, run: (statement: T, index: number) => void): Document[] => {
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      errors.push(writeError(error, index));
      if (ordered) break;
    }
  }
  return errors;
};

const withErrors = (fields: Document, writeErrors: Document[]) =>
  reply(writeErrors.length > 0 ? { ...fields, writeErrors } : fields);

const insert: Command = {
  writes: true,
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  run: (request, engine) => {
    const { body, db } = request;
    const name = collectionName(request);
    const items = documentsIn(request, 'documents');
    const collection = engine.catalog.ensure(db, name);
    let n = 0;
    const errors = each(items, body.ordered !== false, (item) => {
      if (item.isStored && beginsWithId(item.raw)) {
        validate(item.raw);
        insertDocument(engine.store, collection, item.part(rootsOfIndexes(collection.indexes)), item.raw);
      } else insertDocument(engine.store, collection, withNewId(item.document));
      n += 1;
    });
    return withErrors({ n }, errors);
  },
};

const updateFields = new Set(['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint', 'sort', 'upsertSupplied']);

const update: Command = {
  writes: true,
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
  run: (request, engine) => {
    const { body, db } = request;
    const name = collectionName(request);
    const statements = documentsIn(request, 'updates').map((item) => item.document);
    const variables = variablesOf(body);
    const upserted: Value[] = [];
    let [n, nModified] = [0, 0];
    for (const statement of statements) {
      for (const field of Object.keys(statement))
        if (!updateFields.has(field)) throw location(40415, `BSON field 'update.updates.${field}' is an unknown field.`);
    }
    const errors = each(statements, body.ordered !== false, (statement, index) => {
      refuseCollation(statement.collation);
      const result = runUpdate(engine, db, name, readUpdateRequest(statement, variables));
      n += result.matched;
      nModified += result.modified;
      if (result.upserted !== undefined) {
        n += 1;
        upserted.push({ index, _id: result.upserted });
      }
    });
    return withErrors({ n, ...(upserted.length > 0 ? { upserted } : {}), nModified }, errors);
  },
};

const deleteCommand: Command = {
  writes: true,
  fields: ['deletes', 'ordered', 'let'],
  run: (request, engine) => {
    const { body, db } = request;
    const name = collectionName(request);
    const statements = documentsIn(request, 'deletes').map((item) => item.document);
    const variables = variablesOf(body);
    let n = 0;
    const errors = each(statements, body.ordered !== false, (statement) => {
      refuseCollation(statement.collation);
      if (!isNumeric(statement.limit)) throw location(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
      const limit = toNumber(statement.limit);
      if (limit !== 0 && limit !== 1)
        throw failure('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
      const request = { filter: parseFilter(statement.q), sort: [], hint: statement.hint, variables };
      n += runDelete(engine, db, name, selectionOf(request, limit)).deleted;
    });
    return withErrors({ n }, errors);
  },
};

const findAndModify: Command = {
  writes: true,
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'arrayFilters',
    'hint',
    'let',
  ],
  run: (request, engine) => {
    const { body } = request;
    const remove = truthy(body.remove);
    if (remove && body.update !== undefined) throw failure('FailedToParse', 'Cannot specify both an update and remove=true');
    if (remove && truthy(body.upsert)) throw failure('FailedToParse', 'Cannot specify both upsert=true and remove=true');
    if (remove && truthy(body.new))
      throw failure(
        'FailedToParse',
        "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
      );
    if (!remove && body.update === undefined) throw failure('FailedToParse', 'Either an update or remove=true must be specified');
    const project = compileProjection(body.fields);
    const variables = variablesOf(body);
    const show = (document: Document | undefined): Value =>
      document && project ? project(document, variables) : (document ?? null);
    return remove ? removeOne(request, engine, show) : updateOne(request, engine, show);
  },
};

const removeOne = (request: Request, engine: Engine, show: (document: Document | undefined) => Value) => {
  const { body, db } = request;
  const selection = selectionOf(
    { filter: parseFilter(body.query), sort: readSort(body.sort), hint: body.hint, variables: variablesOf(body) },
    1,
  );
  const { deleted, document } = runDelete(engine, db, collectionName(request), selection, true);
  return reply({ lastErrorObject: { n: deleted }, value: show(document) });
};

const updateOne = (request: Request, engine: Engine, show: (document: Document | undefined) => Value) => {
  const { body, db } = request;
  const { query, update: u, upsert, arrayFilters, sort, hint } = body;
  const statement = {
    ...readUpdateRequest({ q: query, u, arrayFilters, sort, hint, upsert: truthy(upsert) }, variablesOf(body)),
    shown: true,
  };
  const result = runUpdate(engine, db, collectionName(request), statement);
  const updatedExisting = result.matched > 0;
  const lastErrorObject: Document = { n: updatedExisting || result.upserted !== undefined ? 1 : 0, updatedExisting };
  if (result.upserted !== undefined) lastErrorObject.upserted = result.upserted;
  return reply({ lastErrorObject, value: show(truthy(body.new) ? result.after : result.before) });
};

export const writes: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: deleteCommand,
  findAndModify,
  findandmodify: findAndModify,
};
