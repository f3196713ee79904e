import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotStart } from './cannotStart.ts';
import { type CommandOptions, commandOf, probeOf } from './commands.ts';
import { type DataDirectory, openDataDirectory } from './dataDirectory.ts';
import { type LogFile, openLogFile } from './logFile.ts';
import { createPart, type Part, type PartChange } from './part.ts';
import { type ClaimedPorts, claimPorts, type Held, holdChosen } from './ports.ts';
import { memoryByGroup, startOf } from './processes.ts';
import { openSecrets } from './secrets.ts';
import { askForSetupLink } from './setupLink.ts';
import {
  type External,
  isService,
  natsUsers,
  type PartName,
  partsOf,
  type ServiceName,
  serviceNames,
  type Topology,
} from './topology.ts';
import { listensOn } from './whoListens.ts';

export type PartEvent = PartChange & { readonly part: PartName };

export type SystemOptions = CommandOptions & {
  readonly dataDir: string;
  /** The port of the door; 'free' takes a free one, so that the run can stand beside another. All other ports are always free ones. */
  readonly port?: number | 'free';
  /** The address the door listens on (127.0.0.1). */
  readonly host?: string;
  /** The address people type, when it is not `http://localhost:<port>`. */
  readonly publicUrl?: string;
  readonly external?: External;
  readonly services?: readonly ServiceName[];
  readonly onEvent?: (event: PartEvent) => void;
  readonly onLine?: (part: PartName, line: string) => void;
  /** How long a part may take to become ready before the start is given up (a minute). */
  readonly readyWithinMs?: number;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
};

export type Memory = {
  /** Bytes of all parts and of this process. */
  readonly total: number;
  readonly parts: Readonly<Record<string, number>>;
};

export type RunningSystem = {
  /** The door. */
  readonly url: string;
  readonly dataDir: string;
  /** Addresses of the servers behind it, embedded or external. */
  readonly natsUrl: string;
  readonly mongodbUrl: string;
  readonly parts: readonly PartName[];
  /** How many processes of a run that died were found on the data directory and ended. */
  readonly leftovers: number;
  portOf(part: PartName): number;
  /** It has a process, ready or not. */
  isRunning(part: PartName): boolean;
  pidOf(part: PartName): number;
  /** Ends a part and waits for its end. It stays down until it is started; only ends that nobody asked for are mended. */
  kill(part: PartName, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a part that is down and waits until it is ready. */
  start(part: PartName): Promise<void>;
  /** With SIGTERM a service's new process takes over its port before the old one ends, where the system lets them share it. */
  restart(part: PartName, signal?: NodeJS.Signals): Promise<void>;
  /** Waits for every part that is not down on purpose. */
  waitUntilReady(): Promise<void>;
  memory(): Promise<Memory>;
  /** The one-time link for the programme office's account, while there is no such account. */
  setupLink(): Promise<string | undefined>;
  /** The door first, then the services together, then the servers; `force` ends all of them at once. */
  stop(options?: { readonly force?: boolean }): Promise<void>;
};

const doorHeadStartMs = 1_000;

/** Starts the whole system as processes that cannot outlive this one, and waits until every part is ready. */
export const startSystem = async (options: SystemOptions): Promise<RunningSystem> => {
  const { external = {}, services = serviceNames, port = 'free', host = '127.0.0.1', signal } = options;
  const names = partsOf(services, external);
  const directory = await openDataDirectory(resolve(options.dataDir));
  const opened: { claimed?: ClaimedPorts; chosen?: Held } = {};
  try {
    if (port !== 'free' && services.includes('portal')) opened.chosen = await holdChosen(port, host);
    const others = names.filter((part) => part !== 'portal' || !opened.chosen);
    opened.claimed = await claimPorts(others.length);
    const held = new Map<PartName, Held>();
    for (const [at, part] of others.entries()) {
      const one = opened.claimed.held[at];
      if (one) held.set(part, one);
    }
    if (opened.chosen) held.set('portal', opened.chosen);
    const ports = Object.fromEntries([...held].map(([part, { port: number }]) => [part, number]));
    const topology: Topology = {
      dataDir: directory.path,
      ports,
      services,
      external,
      secrets: await openSecrets(directory.path, natsUsers),
      url: options.publicUrl ?? `http://localhost:${ports.portal ?? (port === 'free' ? 0 : port)}`,
      doorHost: host,
    };
    const system = assemble({ ...options, topology, names, directory, held, claimed: opened.claimed });
    try {
      await system.launch(signal);
    } catch (error) {
      await system.running.stop({ force: signal?.aborted ?? false });
      throw error;
    }
    return system.running;
  } catch (error) {
    await opened.chosen?.release();
    await opened.claimed?.release();
    await directory.close();
    throw error;
  }
};

type Assembly = SystemOptions & {
  readonly topology: Topology;
  readonly names: readonly PartName[];
  readonly directory: DataDirectory;
  readonly held: ReadonlyMap<PartName, Held>;
  readonly claimed: ClaimedPorts;
};

const assemble = (assembly: Assembly) => {
  const { topology, names, directory, held, claimed, onEvent, onLine, readyWithinMs = 60_000 } = assembly;
  const { ports, external, url } = topology;
  const natsUrl = external.nats?.url ?? `nats://127.0.0.1:${ports.nats}`;
  const mongodbUrl = external.mongodbUrl ?? `mongodb://127.0.0.1:${ports.mongo}`;
  const logs = new Map<PartName, LogFile>();
  const parts = new Map<PartName, Part>();
  let stopped: Promise<void> | undefined;

  const logOf = (part: PartName): string => join(directory.path, 'logs', `${part}.log`);

  // Notes come one after the other, so that the newest is the one that stays; one that failed was told to whoever wrote it.
  let noting: Promise<void> = Promise.resolve();
  const note = (): Promise<void> => {
    noting = noting
      .catch(() => {})
      .then(async () => {
        const running = [...parts].map(async ([name, part]) => {
          const pid = part.pid();
          const startedAt = pid === undefined ? undefined : await startOf(pid);
          return pid === undefined || startedAt === undefined ? [] : [[name, { pid, startedAt, port: ports[name] }] as const];
        });
        await directory.note({
          pid: process.pid,
          url,
          natsUrl,
          mongodbUrl,
          parts: Object.fromEntries((await Promise.all(running)).flat()),
        });
      });
    return noting;
  };

  for (const name of names) {
    const log = openLogFile(logOf(name));
    logs.set(name, log);
    const part = createPart({
      command: async () => {
        const options = await commandOf(name, topology, assembly, ({ text, percent }) =>
          onEvent?.({ part: name, state: 'starting', detail: percent === undefined ? text : `${text} (${percent} %)` }),
        );
        // Given up at the last moment before its owner takes it.
        await held.get(name)?.release();
        return options;
      },
      probe: probeOf(name, topology),
      answers: (pid) => listensOn(pid, ports[name] ?? 0),
      readyWithinMs,
      onChange: (change) => onEvent?.({ part: name, ...change }),
      onSpawn: () => void note().catch((error: unknown) => onLine?.(name, `running.json cannot be written: ${error}`)),
      onLine: (line) => {
        log.write(line);
        onLine?.(name, line);
      },
    });
    parts.set(name, part);
  }

  const partOf = (name: PartName): Part => {
    const part = parts.get(name);
    if (!part) throw new Error(`${name} is not a part of this system.`);
    return part;
  };

  const start = async (name: PartName): Promise<void> => {
    if (stopped) throw new CannotStart('Umuhuza is stopping.');
    const problem = await partOf(name).start();
    if (problem !== undefined) throw new CannotStart(startProblem(name, problem, logOf(name)));
  };

  const startAll = async (some: readonly PartName[]): Promise<void> => {
    await Promise.all(some.map(start));
  };

  const launch = async (signal?: AbortSignal): Promise<void> => {
    const aborted = new Promise<never>((_, reject) => {
      const abort = () => reject(new CannotStart('The start was interrupted.'));
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
    const ordered = async () => {
      await startAll(names.filter((name) => !isService(name)));
      await startAll(names.filter(isService));
    };
    await Promise.race([ordered(), aborted]);
  };

  const end = (some: readonly PartName[], signal: NodeJS.Signals) => Promise.all(some.map((name) => partOf(name).end(signal)));

  const stop = async (force: boolean): Promise<void> => {
    if (force) {
      await end(names, 'SIGKILL');
    } else {
      const door = end(
        names.filter((name) => name === 'portal'),
        'SIGTERM',
      );
      await Promise.race([door, delay(doorHeadStartMs, undefined, { ref: false })]);
      await Promise.all([
        door,
        end(
          names.filter((name) => isService(name) && name !== 'portal'),
          'SIGTERM',
        ),
      ]);
      await end(
        names.filter((name) => !isService(name)),
        'SIGTERM',
      );
    }
    await note();
    await Promise.all([...logs.values()].map((log) => log.close()));
    await Promise.all([...held.values()].map((one) => one.release()));
    await claimed.release();
    await directory.close();
  };

  const running: RunningSystem = {
    url,
    dataDir: directory.path,
    natsUrl,
    mongodbUrl,
    parts: names,
    leftovers: directory.leftovers,
    portOf: (name) => {
      const port = ports[name];
      if (port === undefined) throw new Error(`${name} is not a part of this system.`);
      return port;
    },
    isRunning: (name) => partOf(name).pid() !== undefined,
    pidOf: (name) => {
      const pid = partOf(name).pid();
      if (pid === undefined) throw new Error(`${name} is not running.`);
      return pid;
    },
    kill: (name, signal = 'SIGKILL') => partOf(name).end(signal),
    start,
    restart: async (name, signal = 'SIGTERM') => {
      if (isService(name) && signal === 'SIGTERM' && process.platform === 'linux') {
        const problem = await partOf(name).replace();
        if (problem === undefined) return;
        onEvent?.({ part: name, state: 'starting', detail: `it is started anew: ${problem}` });
      }
      await partOf(name).end(signal);
      await start(name);
    },
    waitUntilReady: async () => {
      const wanted = names.filter((name) => partOf(name).isWanted());
      const problems = await Promise.all(wanted.map(async (name) => ({ name, problem: await partOf(name).untilReady() })));
      for (const { name, problem } of problems)
        if (problem !== undefined) throw new CannotStart(startProblem(name, problem, logOf(name)));
    },
    memory: async () => {
      const groups = await memoryByGroup();
      const measured = names.map((name) => [name, groups.get(partOf(name).pid() ?? -1) ?? 0] as const);
      const sizes = Object.fromEntries([...measured, ['launcher', process.memoryUsage.rss()] as const]);
      return { total: Object.values(sizes).reduce((sum, size) => sum + size, 0), parts: sizes };
    },
    setupLink: () => askForSetupLink({ url, identityPort: ports.identity, code: topology.secrets.programmeOfficeCode }),
    stop: ({ force = false } = {}) => {
      if (force && stopped) void end(names, 'SIGKILL');
      stopped ??= stop(force);
      return stopped;
    },
  };
  return { running, launch };
};

/** A service that meant to say it names itself and what to do; of anything else the log tells more. */
const startProblem = (name: PartName, problem: string, log: string): string =>
  problem.includes(' cannot start: ') || problem.startsWith('nats-server')
    ? problem
    : `${name} cannot start: ${problem.replace(/[:.]$/, '')}. Its log tells more: ${log}`;
