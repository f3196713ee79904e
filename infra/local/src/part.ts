import { setTimeout as delay } from 'node:timers/promises';
import { type Child, type ChildOptions, type Ended, graceMs, startChild, stopChild } from './child.ts';
import { lastWords } from './lastWords.ts';
import type { Probe } from './probes.ts';

export type PartState = 'starting' | 'ready' | 'failed' | 'exited' | 'stopped';

export type PartChange = {
  readonly state: PartState;
  /** What it lacks, why it failed, how it ended. */
  readonly detail?: string;
  /** Milliseconds until it is started again by itself. */
  readonly againInMs?: number;
};

export type PartOptions = {
  readonly command: () => Promise<ChildOptions>;
  readonly probe: Probe;
  /** Whether this process, and not another one of the part, answers the probe: known where the part may be replaced. */
  readonly answers?: (pid: number) => Promise<boolean>;
  /** How long its first start may take, in milliseconds. */
  readonly readyWithinMs: number;
  readonly onChange: (change: PartChange) => void;
  readonly onLine: (line: string) => void;
  /** It has a process id now. */
  readonly onSpawn?: () => void;
};

export type Part = {
  /** Starts it and waits until it is ready; answers why when it ended before. */
  start(): Promise<string | undefined>;
  /** Sends the signal and waits for the end; it stays down until it is started. SIGTERM turns into SIGKILL after ten seconds. */
  end(signal: NodeJS.Signals): Promise<void>;
  /**
   * Starts another process beside the one that runs, and ends that one with SIGTERM once the other has taken over. Answers why when it
   * did not come to that; then everything is as it was.
   */
  replace(): Promise<string | undefined>;
  /** Resolves when it is ready, now or after a restart; answers why when it failed or was ended meanwhile. */
  untilReady(): Promise<string | undefined>;
  pid(): number | undefined;
  /** It should be running: it was started, and nobody ended it. */
  isWanted(): boolean;
};

const pollMs = 100;
const keptLines = 60;
const restartDelays = [500, 1_000, 2_000, 5_000, 15_000, 30_000] as const;
const provenMs = 60_000;

/** How long to wait before the nth restart in a row. */
export const restartDelay = (restarts: number): number => restartDelays[Math.min(restarts, restartDelays.length - 1)] ?? 0;

export const howItEnded = ({ code, signal }: Ended): string => (signal ? `ended by ${signal}` : `ended with code ${code}`);

/** One process that is kept running: a start that fails at first is reported, a later end is mended. */
export const createPart = ({
  command,
  probe,
  answers = async () => true,
  readyWithinMs,
  onChange,
  onLine,
  onSpawn,
}: PartOptions): Part => {
  let child: Child | undefined;
  /** The process that is being replaced. */
  let leaving: Child | undefined;
  let endings = 0;
  let wanted = false;
  let ready = false;
  let restarts = 0;
  let pendingRestart: AbortController | undefined;
  let waiting: ((problem: string | undefined) => void)[] = [];

  const settle = (problem: string | undefined) => {
    for (const resolve of waiting.splice(0)) resolve(problem);
    waiting = [];
  };

  /** Answers what it lacked when its time was over. */
  const becomeReady = async (started: Child, first: boolean): Promise<string | undefined> => {
    const overdueAt = performance.now() + readyWithinMs;
    let told: string | undefined;
    while (started.isRunning() && child === started) {
      const lacks = leaving && !(await answers(started.pid)) ? 'it does not listen yet' : await probe();
      if (!started.isRunning() || child !== started || !wanted) return undefined;
      if (lacks === undefined) {
        ready = true;
        onChange({ state: 'ready' });
        settle(undefined);
        return undefined;
      }
      if (first && performance.now() > overdueAt) return lacks;
      if (lacks !== told) {
        told = lacks;
        onChange({ state: 'starting', detail: lacks });
      }
      await delay(pollMs);
    }
    return undefined;
  };

  const startAgain = async (how: string, why: string | undefined) => {
    const againInMs = restartDelay(restarts);
    restarts += 1;
    onChange({ state: 'exited', detail: why === undefined ? how : `${how}: ${why}`, againInMs });
    pendingRestart = new AbortController();
    try {
      await delay(againInMs, undefined, { signal: pendingRestart.signal });
    } catch {
      return; // Ended or started by hand meanwhile.
    }
    await launch(false);
  };

  const launch = async (first: boolean): Promise<string | undefined> => {
    const lines: { from: 'stdout' | 'stderr'; line: string }[] = [];
    ready = false;
    onChange({ state: 'starting' });
    const options = await command().catch((error: unknown) => {
      wanted = false;
      const problem = error instanceof Error ? error.message : String(error);
      onChange({ state: 'failed', detail: problem });
      settle(problem);
      return problem;
    });
    if (typeof options === 'string') return options;
    if (!wanted) return 'it was stopped while it started';
    const started = startChild({
      ...options,
      onLine: (line, from) => {
        lines.push({ from, line });
        if (lines.length > keptLines) lines.shift();
        onLine(line);
      },
    });
    child = started;
    onSpawn?.();
    const began = performance.now();
    const ended = started.ended.then((end) => {
      if (child !== started) return howItEnded(end);
      const wasReady = ready;
      ready = false;
      const how = howItEnded(end);
      const why = lastWords(lines);
      if (!wanted) return how;
      if (first && !wasReady) {
        wanted = false;
        const problem = why ?? how;
        onChange({ state: 'failed', detail: problem });
        settle(problem);
        return problem;
      }
      if (performance.now() - began > provenMs) restarts = 0;
      void startAgain(how, wasReady ? undefined : why);
      return how;
    });
    const lacks = await Promise.race([becomeReady(started, first), ended]);
    if (ready) return undefined;
    if (!started.isRunning() || !wanted) return ended;
    const problem = `it is not ready after ${Math.round(readyWithinMs / 1000)} s: ${lacks}`;
    onChange({ state: 'failed', detail: problem });
    settle(problem);
    return problem;
  };

  const untilReady = (): Promise<string | undefined> => {
    if (ready) return Promise.resolve(undefined);
    return wanted ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve('it is not running');
  };

  return {
    start: async () => {
      if (wanted && child?.isRunning()) return untilReady();
      pendingRestart?.abort();
      wanted = true;
      return launch(true);
    },
    end: async (signal) => {
      wanted = false;
      endings += 1;
      pendingRestart?.abort();
      settle('it was stopped');
      const running = [child, leaving].filter((one) => one?.isRunning() === true) as Child[];
      if (running.length === 0) return;
      for (const one of running) one.kill(signal);
      const forced = () => {
        for (const one of running) one.kill('SIGKILL');
      };
      const force = signal === 'SIGKILL' ? undefined : setTimeout(forced, graceMs);
      const [end] = await Promise.all(running.map((one) => one.ended));
      clearTimeout(force);
      if (end) onChange({ state: 'stopped', detail: howItEnded(end) });
    },
    replace: async () => {
      const old = child;
      if (!ready || !old?.isRunning()) return 'it is not running';
      const endedBefore = endings;
      leaving = old;
      const problem = await launch(true);
      leaving = undefined;
      if (problem === undefined) {
        await stopChild(old);
        return undefined;
      }
      if (endings > endedBefore) return problem;
      const failed = child;
      child = old;
      wanted = true;
      ready = old.isRunning();
      if (failed !== old) failed?.kill('SIGKILL');
      return problem;
    },
    untilReady,
    isWanted: () => wanted,
    pid: () => (child?.isRunning() ? child.pid : undefined),
  };
};
