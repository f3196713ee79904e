/** The data cannot be used; the message names the file and what to do. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const isLocked = (error: unknown): boolean => /locked|busy/i.test(reasonOf(error));

export const damaged = (file: string, what: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable(`${file} is damaged${what}. Restore it from a backup; it was left as it is.`, { cause });

export const locked = (file: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable(`${file} is locked: another process uses it. Stop that one, or name another file.`, { cause });

/** What SQLite said, in words that tell what to do. */
export const unusable = (file: string, error: unknown): StoreUnusable => {
  if (error instanceof StoreUnusable) return error;
  const reason = reasonOf(error);
  if (isLocked(error)) return locked(file, error);
  if (/not a database|malformed|corrupt/i.test(reason)) return damaged(file, ` or not a database (${reason})`, error);
  return new StoreUnusable(`${file} cannot be opened (${reason}). Check that it is a file this user may read and write.`, {
    cause: error,
  });
};
