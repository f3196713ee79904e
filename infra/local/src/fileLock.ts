import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

export type FileLock = { release(): void };

const busy = 5;
const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === busy;

/**
 * Takes the lock, or answers undefined when another process (or another part of this one) has it.
 * SQLite's exclusive lock is the operating system's own file lock: it ends with the process, however that ends, so that
 * there is no stale lock to explain to anybody.
 */
export const tryLock = (path: string): FileLock | undefined => {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    release: () => {
      if (file.isOpen) file.close();
    },
  };
};

/** Runs `work` alone among all processes of this machine that use the same lock file; waits for its turn. */
export const alone = async <T>(path: string, work: () => Promise<T>, onWait: () => void = () => {}): Promise<T> => {
  let lock = tryLock(path);
  if (!lock) onWait();
  while (!lock) {
    await delay(200);
    lock = tryLock(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
};
