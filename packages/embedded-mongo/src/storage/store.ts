import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

/** The data cannot be used; the message names the file and what to do. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

export type Store = {
  readonly file: string;
  /** Prepared once for each text. */
  readonly prepare: (sql: string) => StatementSync;
  /** The same for reading many rows, each an array of its columns. */
  readonly rows: (sql: string) => { readonly all: (...parameters: SQLInputValue[]) => SQLOutputValue[][] };
  readonly exec: (sql: string) => void;
  /** Opens the transaction that the next commit ends; nothing when one is open. */
  readonly begin: () => void;
  /** Makes everything since `begin` durable; throws, with everything since `begin` undone, when it cannot. */
  readonly commit: () => void;
  readonly rollback: () => void;
  readonly inTransaction: () => boolean;
  /** How many transactions were begun: tells one from the next. */
  readonly begun: () => number;
  /** Runs one command's writes so that a failure within leaves no trace of it, and leaves its neighbours alone. */
  readonly atomically: <T>(work: () => T) => T;
  readonly close: () => void;
};

/** "UMHZ": tells our files from other SQLite files. */
const applicationId = 0x554d485a;
/** Raised when the tables change in a way that older code cannot read. */
export const formatVersion = 1;

const schema = `
  CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, options BLOB NOT NULL, UNIQUE (db, name));
  CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey TEXT NOT NULL, UNIQUE (collection, name));
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};
`;

/** Anything but a SQLite file by its ending is a directory that holds the file. */
const fileAt = (path: string): string => {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? !/\.(?:sqlite3?|db)$/.test(path);
  return isDirectory ? join(path, 'embedded-mongo.sqlite') : path;
};

/** Opens the file for this process alone, or makes it; anything doubtful about it is an error, never an empty database. */
export const openStore = (path: string): Store => {
  const file = fileAt(path);
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreUnusable(`The folder ${dirname(file)} cannot be made (${reasonOf(error)}). Check its permissions.`, {
      cause: error,
    });
  }
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw unusable(file, error);
  }
  try {
    // The exclusive lock is held until the process ends: two servers on one file would each trust their own memory of it.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF');
    db.exec(
      'PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864',
    );
    db.exec('BEGIN IMMEDIATE');
    checkFormat(db, file);
    db.exec('COMMIT');
  } catch (error) {
    db.close();
    throw error instanceof StoreUnusable ? error : unusable(file, error);
  }
  return storeOn(db, file);
};

const pragma = (db: DatabaseSync, name: string): number => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** Larger files are not read through at the start, which would take seconds; damage then shows in the command that meets it. */
const mostChecked = 1024 * 1024 * 1024;

const checkFormat = (db: DatabaseSync, file: string): void => {
  const objects = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n);
  const id = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  if (objects === 0 && id === 0 && version === 0) {
    db.exec(schema);
    return;
  }
  if (id !== applicationId)
    throw new StoreUnusable(`${file} is a SQLite file of another program. Name another file, or move it away.`);
  if (version !== formatVersion) {
    throw new StoreUnusable(
      `${file} has format ${version}; this program reads format ${formatVersion}. Use the program that wrote it.`,
    );
  }
  if (statSync(file).size > mostChecked) return;
  const [problem] = db
    .prepare('PRAGMA quick_check(1)')
    .all()
    .map((row) => String(Object.values(row)[0]).replace(/\s+/g, ' '));
  if (problem !== 'ok')
    throw new StoreUnusable(`${file} is damaged (${problem}). Restore it from a backup; it was left as it is.`);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const unusable = (file: string, error: unknown): StoreUnusable => {
  const reason = reasonOf(error);
  if (/locked|busy/i.test(reason)) {
    return new StoreUnusable(`${file} is locked: another process uses it. Stop that one, or name another file.`, {
      cause: error,
    });
  }
  if (/not a database|malformed|corrupt/i.test(reason)) {
    return new StoreUnusable(
      `${file} is damaged or not a database (${reason}). Restore it from a backup; it was left as it is.`,
      { cause: error },
    );
  }
  return new StoreUnusable(`${file} cannot be opened (${reason}). Check that it is a file this user may read and write.`, {
    cause: error,
  });
};

const storeOn = (db: DatabaseSync, file: string): Store => {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size > 2000) statements.clear();
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const readers = new Map<string, StatementSync>();
  const rows: Store['rows'] = (sql) => {
    let statement = readers.get(sql);
    if (!statement) {
      if (readers.size > 2000) readers.clear();
      statement = db.prepare(sql, { returnArrays: true });
      readers.set(sql, statement);
    }
    return statement as unknown as ReturnType<Store['rows']>;
  };
  let begun = 0;
  const begin = (): void => {
    if (db.isTransaction) return;
    prepare('BEGIN IMMEDIATE').run();
    begun += 1;
  };
  const rollback = (): void => {
    if (db.isTransaction) prepare('ROLLBACK').run();
  };
  return {
    file,
    prepare,
    rows,
    exec: (sql) => db.exec(sql),
    begin,
    rollback,
    inTransaction: () => db.isTransaction,
    begun: () => begun,
    commit: () => {
      if (!db.isTransaction) return;
      try {
        prepare('COMMIT').run();
      } catch (error) {
        rollback();
        throw error;
      }
    },
    atomically: (work) => {
      begin();
      prepare('SAVEPOINT command').run();
      try {
        const result = work();
        prepare('RELEASE command').run();
        return result;
      } catch (error) {
        if (db.isTransaction) {
          prepare('ROLLBACK TO command').run();
          prepare('RELEASE command').run();
        }
        throw error;
      }
    },
    close: () => {
      statements.clear();
      readers.clear();
      db.close();
    },
  };
};
