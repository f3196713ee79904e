import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, createTables, inUse } from './format.ts';
import { damaged, isLocked, locked, reasonOf, StoreUnusable, unusable } from './unusable.ts';
import { inspectWal, type Wal } from './wal.ts';

/** Anything but a SQLite file by its ending is a directory that holds the file. */
export const fileAt = (path: string): string => {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? !/\.(?:sqlite3?|db)$/.test(path);
  return isDirectory ? join(path, 'embedded-mongo.sqlite') : path;
};

const logOf = (file: string): string => `${file}-wal`;

/** Makes the file where there is none, or says what is wrong with what lies there. Nothing is changed that holds data. */
export const prepareFiles = (file: string): void => {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreUnusable(`The folder ${dirname(file)} cannot be made (${reasonOf(error)}). Check its permissions.`, {
      cause: error,
    });
  }
  try {
    if (existsSync(file)) refuseSilentLoss(file);
    else createFile(file);
  } catch (error) {
    throw unusable(file, error);
  }
};

/**
 * SQLite drops a log whose database is empty, and takes a database without its log, or a log it cannot read, for all there is:
 * each is an older or an empty database without a word. What the file's first page says of its log is asked before.
 */
const refuseSilentLoss = (file: string): void => {
  const log = inspectWal(logOf(file));
  const problem = problemWith(file, log);
  if (problem === undefined) return;
  // While another process writes, its log may look torn. An empty file is not asked: opening it would remove the log.
  if (firstPageOf(file) !== 'empty' && isInUse(file)) throw locked(file);
  throw problem;
};

const problemWith = (file: string, log: Wal): StoreUnusable | undefined => {
  const name = logOf(file);
  const first = firstPageOf(file);
  if (first === 'empty' && (log === 'missing' || log === 'empty'))
    return new StoreUnusable(`${file} is empty: what it held is gone. Restore it from a backup, or remove it to begin anew.`);
  if (first === 'empty') return damaged(file, `: it is empty, yet ${name} holds data`);
  if (log === 'damaged') return damaged(name, ': writes that were acknowledged cannot be read from it');
  if (log === 'unreadable') return damaged(name, ': it does not begin as a log of SQLite');
  if (!first.isOurs || !first.isInUse || log === 'whole') return undefined;
  return damaged(file, `: it was in use when it was left, and ${name}, which holds the last writes, is ${log}`);
};

type FirstPage = { readonly isOurs: boolean; readonly isInUse: boolean };

/** From SQLite's header, as the last checkpoint left it; https://sqlite.org/fileformat2.html#the_database_header. */
const firstPageOf = (file: string): FirstPage | 'empty' => {
  const header = Buffer.alloc(100);
  const fd = openSync(file, 'r');
  try {
    if (readSync(fd, header, 0, header.length, 0) === 0) return 'empty';
  } finally {
    closeSync(fd);
  }
  return { isOurs: header.readUInt32BE(68) === applicationId, isInUse: (header.readUInt32BE(60) & inUse) !== 0 };
};

const isInUse = (file: string): boolean => {
  // A reader writes no checkpoint when it closes.
  const db = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return isLocked(error);
  } finally {
    db.close();
  }
};

/**
 * A file by its own name always has its tables: it is made under another name and renamed, so that an empty one is never a new one.
 * The folder is synced with the first commit, when SQLite makes the log in it.
 */
const createFile = (file: string): void => {
  if (inspectWal(logOf(file)) !== 'missing')
    throw new StoreUnusable(
      `${file} is missing, yet ${logOf(file)} is there. Restore both from a backup; or move the log away to begin anew.`,
    );
  const draft = `${file}.new`;
  const db = new DatabaseSync(draft, { timeout: 0 });
  try {
    // Held until the end: of two processes that begin at once one finds the draft locked, or the file made.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE');
    if (Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n) === 0) db.exec(createTables);
    db.exec('COMMIT');
    if (existsSync(file)) rmSync(draft);
    else renameSync(draft, file);
  } finally {
    db.close();
  }
  rmSync(`${draft}-journal`, { force: true });
};
