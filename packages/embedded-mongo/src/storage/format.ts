/** "UMHZ": tells our files from other SQLite files. */
export const applicationId = 0x554d485a;
/** Raised when the tables change in a way that older code cannot read. */
export const formatVersion = 1;
/** Stands beside the version from before the first write is taken until the file was closed in order: there must be a log. */
export const inUse = 0x10000;

export const createTables = `
  CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, options BLOB NOT NULL, UNIQUE (db, name));
  CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey TEXT NOT NULL, UNIQUE (collection, name));
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};
`;
