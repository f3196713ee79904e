import { setTimeout as delay } from 'node:timers/promises';
import type { Processes } from './processes.ts';
import type { Random } from './random.ts';

export type Killed = { readonly part: string; readonly at: string };

export type Killing = {
  readonly killed: readonly Killed[];
  /** Starts of a part that ended before it was ready, because what it needs was down as well or it was killed again. */
  readonly failedStarts: () => number;
  /** Settles when the last planned kill is done and every part is up again. */
  readonly done: Promise<void>;
  /** No kill from now on. */
  readonly end: () => void;
};

export type KillOptions = {
  readonly system: Pick<Processes, 'parts' | 'isRunning' | 'kill' | 'start' | 'waitUntilReady'>;
  readonly random: Random;
  readonly kills: number;
  /** How much of the run is over, from 0 to 1: the kills are spread over it, so that they meet it whatever its pace. */
  readonly progress: () => number;
  readonly onKill: (killed: Killed) => void;
  /** Milliseconds before a start that failed is tried again. */
  readonly mendAfter?: number;
};

/** The last part of a run is left to those that were killed, so that each kill meets commands. */
const lastKill = 0.95;

/** A part cannot start while the database or the broker is down as well, or was killed while it started. */
export const startUntilItStays = async (
  system: Pick<Processes, 'start'>,
  part: string,
  { after = 250, onFailed = () => undefined }: { readonly after?: number; readonly onFailed?: () => void } = {},
): Promise<void> => {
  for (;;) {
    try {
      await system.start(part);
      return;
    } catch {
      onFailed();
      await delay(after);
    }
  }
};

/** Ends all processes with kill -9 at once, and starts them again; settles when all are ready. */
export const killEveryPart = async (
  system: Pick<Processes, 'parts' | 'kill' | 'start' | 'waitUntilReady'>,
  mendAfter = 250,
): Promise<void> => {
  await Promise.all(system.parts.map((part) => system.kill(part, 'SIGKILL')));
  await Promise.all(system.parts.map((part) => startUntilItStays(system, part, { after: mendAfter })));
  await system.waitUntilReady();
};

/** Ends processes with kill -9 at random moments, each part once before any one again, also while they start; starts each until it stays. */
export const killAtRandom = ({ system, random, kills, progress, onKill, mendAfter = 250 }: KillOptions): Killing => {
  const killed: Killed[] = [];
  const mending = new Map<string, Promise<void>>();
  const ended = new AbortController();
  let failedStarts = 0;

  const kill = async (part: string) => {
    const victim = { part, at: new Date().toISOString() };
    killed.push(victim);
    onKill(victim);
    await system.kill(part, 'SIGKILL');
    if (!mending.has(part))
      mending.set(
        part,
        startUntilItStays(system, part, { after: mendAfter, onFailed: () => (failedStarts += 1) }).finally(() =>
          mending.delete(part),
        ),
      );
  };

  const moments = Array.from({ length: kills }, () => random.next() * lastKill).sort((a, b) => a - b);
  const done = (async () => {
    const first = random.shuffled(system.parts);
    for (const [n, moment] of moments.entries()) {
      while (progress() < moment && !ended.signal.aborted) await delay(20);
      if (ended.signal.aborted) break;
      const part = first[n] ?? random.pick(system.parts);
      // What is down at this moment is killed while it comes up: each kill ends a process.
      while (!system.isRunning(part) && !ended.signal.aborted) await delay(20);
      if (ended.signal.aborted) break;
      await kill(part);
    }
    while (mending.size > 0) await Promise.all(mending.values());
    await system.waitUntilReady();
  })();
  return { killed, failedStarts: () => failedStarts, done, end: () => ended.abort() };
};
