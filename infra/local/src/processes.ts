import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that is recognised even when its number was given to another one later. */
export type Known = { readonly pid: number; readonly startedAt: string };

/** The fields of /proc/<pid>/stat after the name, which may hold spaces and brackets itself. */
const statFields = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

const ask = (command: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => execFile(command, args, (error, output) => resolve(error ? '' : output.trim())));

/** What Linux tells of a process; undefined when it has ended, before it was asked for or meanwhile. */
const statOf = async (pid: number | string): Promise<string | undefined> => {
  try {
    return await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
};

/** When a process was started, in words only this function needs to understand; undefined when there is no such process. */
export const startOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform !== 'linux') return (await ask('ps', ['-o', 'lstart=', '-p', String(pid)])) || undefined;
  const stat = await statOf(pid);
  if (stat === undefined) return undefined;
  const [state, ...rest] = statFields(stat);
  return state === 'Z' ? undefined : rest[18];
};

const isAlive = async ({ pid, startedAt }: Known): Promise<boolean> => (await startOf(pid)) === startedAt;

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
};

/** Ends processes that an earlier run left behind, and waits until they are gone. */
export const endLeftovers = async (known: readonly Known[], withinMs = 10_000): Promise<number> => {
  const alive: Known[] = [];
  for (const one of known) if (await isAlive(one)) alive.push(one);
  for (const { pid } of alive) signal(pid, 'SIGTERM');
  const forceAt = performance.now() + withinMs;
  for (const one of alive) {
    while (await isAlive(one)) {
      if (performance.now() > forceAt) signal(one.pid, 'SIGKILL');
      await delay(50);
    }
  }
  return alive.length;
};

const pageBytes = 4096;

/**
 * Resident memory by process group, in bytes: a part together with the little watcher beside it. Pages that processes share are
 * counted in each. Empty where there is no /proc.
 */
export const memoryByGroup = async (): Promise<ReadonlyMap<number, number>> => {
  const sums = new Map<number, number>();
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const stat = await statOf(pid);
    if (stat === undefined) continue;
    const fields = statFields(stat);
    const group = Number(fields[2]);
    sums.set(group, (sums.get(group) ?? 0) + Number(fields[21]) * pageBytes);
  }
  return sums;
};
