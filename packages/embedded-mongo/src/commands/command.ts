import type { Variables } from '../aggregation/stage.ts';
import { type Document, encode, isDocument, isNumeric, show, toNumber, type Value } from '../bson/values.ts';
import type { Cursors } from '../cursors.ts';
import { failure, location } from '../errors.ts';
import { Item } from '../execution/item.ts';
import type { Database } from '../execution/write.ts';
import { refuseCollation } from '../storage/indexes.ts';

/** One command as it came: its document and, where the client sent them apart, lists of documents by name. */
export type Request = {
  readonly name: string;
  readonly db: string;
  readonly body: Document;
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly connectionId: number;
};

export type Engine = Database & { readonly cursors: Cursors };

/** The reply's BSON, `ok` included. */
export type Reply = Uint8Array;

export type Command = {
  /** Runs in the group's transaction. */
  readonly writes: boolean;
  /** The fields it knows besides those of every command. */
  readonly fields: readonly string[];
  readonly run: (request: Request, engine: Engine) => Reply;
};

export const reply = (fields: Document): Reply => encode({ ...fields, ok: 1 });

/** Fields any command may carry; what they ask for is either always so here, or of no effect on one server. */
const generic = new Set([
  ...[
    '$db',
    'lsid',
    '$clusterTime',
    '$readPreference',
    'readConcern',
    'writeConcern',
    'comment',
    'maxTimeMS',
    'apiVersion',
    'apiStrict',
  ],
  ...[
    'apiDeprecationErrors',
    'txnNumber',
    'autocommit',
    'startTransaction',
    'stmtId',
    'stmtIds',
    '$audit',
    '$client',
    'collation',
    'rawData',
  ],
]);

/** What holds for every command, before it runs. */
export const checkCommand = (command: Command, { name, body }: Request): void => {
  if (body.txnNumber !== undefined || body.startTransaction !== undefined || body.autocommit !== undefined) {
    throw failure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  refuseCollation(body.collation);
  const concern = body.writeConcern;
  if (isDocument(concern) && isNumeric(concern.w) && toNumber(concern.w) > 1) {
    throw failure('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  }
  for (const field of Object.keys(body)) {
    if (field !== name && !generic.has(field) && !command.fields.includes(field))
      throw location(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
};

/** The collection a command names in its first field. */
export const collectionName = ({ name, body }: Request): string => {
  const collection = body[name];
  if (typeof collection !== 'string') throw failure('InvalidNamespace', `collection name has invalid type: ${show(collection)}`);
  if (collection === '') throw failure('InvalidNamespace', 'Invalid namespace specified: the collection name is empty');
  return collection;
};

/** The documents a command carries, in its body or beside it. */
export const documentsIn = ({ body, sequences, name }: Request, field: string): Item[] => {
  const apart = sequences.get(field);
  const items = apart
    ? apart.map((raw) => Item.received(raw))
    : listIn(body[field], `${name}.${field}`).map((each) => Item.made(each));
  if (items.length === 0 || items.length > 100_000) {
    throw failure('InvalidLength', `Write batch sizes must be between 1 and 100000. Got ${items.length} operations.`);
  }
  return items;
};

const listIn = (value: Value, name: string): Document[] => {
  if (value === undefined) throw location(40414, `BSON field '${name}' is missing but a required field`);
  if (!Array.isArray(value) || !value.every(isDocument))
    throw failure('TypeMismatch', `BSON field '${name}' is the wrong type, expected an array of objects`);
  return value as Document[];
};

export const optionalNumber = (value: Value, name: string): number | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw failure('TypeMismatch', `BSON field '${name}' is the wrong type, expected a number`);
  return toNumber(value);
};

export const countField = (value: Value, name: string): number => {
  const count = optionalNumber(value, name) ?? 0;
  if (!Number.isInteger(count) || count < 0)
    throw location(51024, `BSON field '${name}' value must be >= 0, actual value '${count}'`);
  return count;
};

/** The variables of `let`, constant for the command. */
export const variablesOf = (body: Document): Variables => ({ NOW: new Date(), ...(isDocument(body.let) ? body.let : {}) });
