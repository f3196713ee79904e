import type { Document } from './bson/values.ts';

/** MongoDB's error codes by name, as far as this server says them. */
const codes = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  UnknownError: 8,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  ConversionFailure: 241,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  OutOfDiskSpace: 14031,
} as const;

export type CodeName = keyof typeof codes;

/** A refusal as a MongoDB server words it; every command answers with it rather than ending the connection. */
export class MongoFailure extends Error {
  override readonly name = 'MongoFailure';
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the reply, such as `keyPattern`. */
  readonly details: Document;
  constructor(code: number, codeName: string, message: string, details: Document = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.details = details;
  }
}

export const failure = (name: CodeName, message: string, details: Document = {}): MongoFailure =>
  new MongoFailure(codes[name], name, message, details);

/** An error that has only a number in MongoDB's source, reported as `Location<code>`. */
export const location = (code: number, message: string): MongoFailure => new MongoFailure(code, `Location${code}`, message);

export const unsupported = (what: string): MongoFailure =>
  failure(
    'CommandNotSupported',
    `${what} is not supported by the embedded MongoDB stand-in; set MONGODB_URL to use a real server`,
  );
