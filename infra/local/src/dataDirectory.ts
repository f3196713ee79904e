import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannotStart.ts';
import { type FileLock, tryLock } from './fileLock.ts';
import { endLeftovers } from './processes.ts';

const runSchema = z.object({
  pid: z.number(),
  url: z.string(),
  natsUrl: z.string(),
  mongodbUrl: z.string(),
  parts: z.record(z.string(), z.object({ pid: z.number(), startedAt: z.string(), port: z.number().optional() })),
});
/** What runs on a data directory: for the next start, and for tools that look for the servers. */
export type Run = z.infer<typeof runSchema>;

export type DataDirectory = {
  readonly path: string;
  /** How many processes of a run that died were still there and were ended. */
  readonly leftovers: number;
  note(run: Run): Promise<void>;
  close(): Promise<void>;
};

const runFile = (path: string): string => join(path, 'running.json');

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** The run noted in a data directory, the last one or the present one. */
export const readRun = async (path: string): Promise<Run | undefined> => {
  let text: string;
  try {
    text = await readFile(runFile(path), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new CannotStart(`${runFile(path)} cannot be read (${codeOf(error)}). Make it readable for the user who asks.`, {
      cause: error,
    });
  }
  try {
    return runSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Cut off by a power cut: what it named is gone as well.
  }
};

const makeUsable = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOTDIR' ? 'is not a folder' : 'cannot be read and written';
    throw new CannotStart(
      `The data directory ${path} ${why} (${codeOf(error)}). Mend its permissions, or set DATA_DIR to another folder.`,
      {
        cause: error,
      },
    );
  }
};

const takeLock = async (path: string): Promise<FileLock> => {
  let lock: FileLock | undefined;
  try {
    lock = tryLock(join(path, 'lock'));
  } catch (error) {
    throw new CannotStart(
      `The data directory ${path} cannot be locked (${error instanceof Error ? error.message : error}). Set DATA_DIR to a folder on a local disk.`,
      {
        cause: error,
      },
    );
  }
  if (lock) return lock;
  const run = await readRun(path);
  const where = run ? ` at ${run.url} (process ${run.pid})` : '';
  throw new CannotStart(`Umuhuza already runs on ${path}${where}. Stop it first, or set DATA_DIR and PORT to run a second one.`);
};

/** Takes a data directory for this run alone. What a run that was killed left running on it is ended first. */
export const openDataDirectory = async (path: string): Promise<DataDirectory> => {
  await makeUsable(path);
  const lock = await takeLock(path);
  try {
    for (const folder of ['logs', 'mail']) await mkdir(join(path, folder), { recursive: true, mode: 0o700 });
    const last = await readRun(path);
    const leftovers = last ? await endLeftovers(Object.values(last.parts)) : 0;
    return {
      path,
      leftovers,
      note: async (run) => {
        await writeFile(`${runFile(path)}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
        await rename(`${runFile(path)}.new`, runFile(path));
      },
      close: async () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};
