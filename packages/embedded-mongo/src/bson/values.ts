import {
  type Binary,
  Binary as BinaryClass,
  BSON,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/** A document as it is held in memory: numbers stay in their BSON classes, so that no write changes a type it did not touch. */
export type Document = { [field: string]: Value };
export type Value =
  | undefined
  | null
  | boolean
  | string
  | number
  | Date
  | Int32
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | DBRef
  | MinKey
  | MaxKey
  | Value[]
  | Document;

export type BsonType =
  | 'minKey'
  | 'missing'
  | 'null'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'symbol'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'javascript'
  | 'javascriptWithScope'
  | 'maxKey';

const decoding = {
  promoteValues: false,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: true },
} as const;

export const decode = (bytes: Uint8Array): Document => BSON.deserialize(bytes, decoding) as Document;

const decodingStored = { ...decoding, validation: { utf8: false } } as const;

/** The same for what was checked before it was stored: its text is UTF-8. */
export const decodeStored = (bytes: Uint8Array): Document => BSON.deserialize(bytes, decodingStored) as Document;

/** 16 MB is MongoDB's limit; a command's envelope may be a little longer. */
export const maxDocumentBytes = 16 * 1024 * 1024;

export const encode = (document: Document): Uint8Array =>
  BSON.serialize(document, { ignoreUndefined: false, checkKeys: false, serializeFunctions: false });

const int32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** Plain JavaScript numbers appear as results of calculations; they count as int where they are one, else as double. */
export const typeOf = (value: Value): BsonType => {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return int32(value) ? 'int' : 'double';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
    default:
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  return typeOfInstance(value);
};

const typeOfInstance = (value: object): BsonType => {
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Date) return 'date';
  // Timestamp extends Long.
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Long) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof BinaryClass) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof BSONSymbol) return 'symbol';
  if (value instanceof Code) return value.scope ? 'javascriptWithScope' : 'javascript';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  return 'object';
};

export const isDocument = (value: Value): value is Document =>
  typeof value === 'object' && value !== null && typeOf(value) === 'object';

/** The fields of an embedded document; the `bson` package turns `{ $ref, $id }` into an object of its own. */
export const fieldsOf = (value: Document | DBRef): Document => {
  if (!(value instanceof DBRef)) return value as Document;
  const { collection, oid, db, fields } = value;
  return { $ref: collection, $id: oid, ...(db ? { $db: db } : {}), ...(fields as Document) };
};

/** A field of a document; never something inherited from JavaScript's own objects. */
export const fieldOf = (document: Document, name: string): Value => {
  const fields = document instanceof DBRef ? fieldsOf(document) : document;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
};

/** Sets a field in place, also one with a name that JavaScript's objects treat specially. */
export const setField = (document: Document, name: string, value: Value): void => {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    document[name] = value;
  }
};

export const isNumeric = (value: Value): value is number | Int32 | Double | Long | Decimal128 => {
  const type = typeOf(value);
  return type === 'int' || type === 'double' || type === 'long' || type === 'decimal';
};

/** The nearest JavaScript number; NaN for what is not a number. */
export const toNumber = (value: Value): number => {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Timestamp) return Number.NaN;
  if (value instanceof Long) return Number(value.toBigInt());
  if (value instanceof Decimal128) return Number(value.toString());
  return Number.NaN;
};

export const longOf = (value: bigint): Long => Long.fromBigInt(value);

/** MongoDB's idea of true in expressions and flags. */
export const truthy = (value: Value): boolean => {
  if (value === undefined || value === null || value === false) return false;
  if (isNumeric(value)) return toNumber(value) !== 0;
  return true;
};

/** How a value is shown in messages: extended JSON, shell-like. */
export const show = (value: Value): string => {
  switch (typeOf(value)) {
    case 'missing':
      return 'null';
    case 'string':
      return JSON.stringify(value);
    case 'objectId':
      return `ObjectId('${(value as ObjectId).toHexString()}')`;
    case 'date':
      return `new Date(${(value as Date).getTime()})`;
    case 'array':
      return `[ ${(value as Value[]).map(show).join(', ')} ]`;
    case 'object': {
      const fields = Object.entries(fieldsOf(value as Document));
      return fields.length === 0 ? '{}' : `{ ${fields.map(([name, held]) => `${name}: ${show(held)}`).join(', ')} }`;
    }
    case 'int':
    case 'long':
    case 'double':
    case 'bool':
      return String(value);
    case 'decimal':
      return `Decimal128('${String(value)}')`;
    case 'null':
      return 'null';
    default:
      return BSON.EJSON.stringify(value, { relaxed: true });
  }
};
