import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { fileAt, prepareFiles } from './files.ts';
import { applicationId, formatVersion, inUse } from './format.ts';
import { damaged, StoreUnusable, unusable } from './unusable.ts';

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
  /**
   * Empties the log: what was deleted or written over is then nowhere in the files. Nothing when nothing was committed since the last
   * time, or while a transaction is open.
   */
  readonly emptyLog: () => void;
  /** Runs one command's writes so that a failure within leaves no trace of it, and leaves its neighbours alone. */
  readonly atomically: <T>(work: () => T) => T;
  readonly close: () => void;
};

/** Larger files are not read through at the start, which would take seconds; damage then shows in the command that meets it. */
const mostChecked = 1024 * 1024 * 1024;

/** Opens the file for this process alone, or makes it; anything doubtful about it is an error, never an empty database. */
export const openStore = (path: string, readThrough = mostChecked): Store => {
  const file = fileAt(path);
  prepareFiles(file);
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
    // What is deleted is written over with zeros, in pages that are let go as in those that stay.
    db.exec('PRAGMA secure_delete = ON');
    db.exec('BEGIN IMMEDIATE');
    checkFormat(db, file, readThrough);
    markInUse(db);
  } catch (error) {
    db.close();
    throw unusable(file, error);
  }
  return storeOn(db, file);
};

const pragma = (db: DatabaseSync, name: string): number => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

const checkFormat = (db: DatabaseSync, file: string, readThrough: number): void => {
  const id = pragma(db, 'application_id');
  const version = pragma(db, 'user_version') & ~inUse;
  if (id === 0 && Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n) === 0)
    throw damaged(file, ': it holds no tables');
  if (id !== applicationId)
    throw new StoreUnusable(`${file} is a SQLite file of another program. Name another file, or move it away.`);
  if (version !== formatVersion) {
    throw new StoreUnusable(
      `${file} has format ${version}; this program reads format ${formatVersion}. Use the program that wrote it.`,
    );
  }
  if (statSync(file).size > readThrough) return;
  const [problem] = db
    .prepare('PRAGMA quick_check(1)')
    .all()
    .map((row) => String(Object.values(row)[0]).replace(/\s+/g, ' '));
  if (problem !== 'ok') throw damaged(file, ` (${problem})`);
};

/**
 * The mark is in the file itself before the first write is taken: from then on there is a log with something in it. The second
 * commit stays in the log, so that damage at its beginning is told from a first write that never was complete.
 */
const markInUse = (db: DatabaseSync): void => {
  db.exec(`PRAGMA user_version = ${formatVersion | inUse}; COMMIT`);
  checkpoint(db, 'FULL');
  db.exec(`PRAGMA user_version = ${formatVersion | inUse}`);
};

const checkpoint = (db: DatabaseSync, mode: 'FULL' | 'TRUNCATE'): void => {
  if (Number(db.prepare(`PRAGMA wal_checkpoint(${mode})`).get()?.busy) !== 0) throw new Error('database is locked');
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
  // What a process before had written may lie in the log.
  let written = true;
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
        written = true;
      } catch (error) {
        rollback();
        throw error;
      }
    },
    emptyLog: () => {
      if (!written || db.isTransaction) return;
      // While the log is empty the file must not say that there is one: a process that dies in between has lost nothing.
      db.exec(`PRAGMA user_version = ${formatVersion}`);
      checkpoint(db, 'TRUNCATE');
      db.exec('BEGIN IMMEDIATE');
      markInUse(db);
      written = false;
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
      rollback();
      try {
        // Closing brings the log into the file and removes it; the mark goes with it.
        db.exec(`PRAGMA user_version = ${formatVersion}`);
      } finally {
        db.close();
      }
    },
  };
};
