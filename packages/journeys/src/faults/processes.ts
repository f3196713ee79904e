import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningSystem, type SystemOptions, startSystem } from '@umuhuza/local/system';
import { serviceNames } from '@umuhuza/local/topology';

/** All processes of a run by name. The second replica of a service is `<service>-2`. */
export type Processes = {
  readonly parts: readonly string[];
  readonly kill: (part: string, signal?: NodeJS.Signals) => Promise<void>;
  readonly start: (part: string) => Promise<void>;
  /** It has a process, ready or not. */
  readonly isRunning: (part: string) => boolean;
  readonly pidOf: (part: string) => number;
  readonly portOf: (part: string) => number;
  readonly waitUntilReady: () => Promise<void>;
  /** The replicas of a service, as parts. */
  readonly replicasOf: (service: string) => readonly string[];
};

type PartName = RunningSystem['parts'][number];
const second = '-2';

/** A second process of each service but the door: with databases, broker, addresses and secrets of the first. */
export const startReplicas = async (
  system: RunningSystem,
  options: Pick<SystemOptions, 'env' | 'readyWithinMs'> & { readonly natsPasswords: Readonly<Record<string, string>> },
): Promise<RunningSystem> => {
  const dataDir = join(system.dataDir, 'replicas');
  await cp(join(system.dataDir, 'secrets.json'), join(dataDir, 'secrets.json'));
  const { natsPasswords: passwords, ...rest } = options;
  return startSystem({
    ...rest,
    dataDir,
    publicUrl: system.url,
    services: serviceNames.filter((name) => name !== 'portal'),
    external: { mongodbUrl: system.mongodbUrl, nats: { url: system.natsUrl, passwords } },
  });
};

/** The processes of a system and of its replicas as one. */
export const processesOf = (system: RunningSystem, replicas?: RunningSystem): Processes => {
  const where = new Map<string, readonly [RunningSystem, PartName]>([
    ...system.parts.map((part) => [part, [system, part]] as const),
    ...(replicas?.parts ?? []).map((part) => [`${part}${second}`, [replicas as RunningSystem, part]] as const),
  ]);
  const named = (name: string) => {
    const found = where.get(name);
    if (!found) throw new Error(`${name} is no part of this run`);
    return found;
  };
  return {
    parts: [...where.keys()],
    kill: (name, signal) => {
      const [of, part] = named(name);
      return of.kill(part, signal);
    },
    start: (name) => {
      const [of, part] = named(name);
      return of.start(part);
    },
    isRunning: (name) => {
      const [of, part] = named(name);
      return of.isRunning(part);
    },
    pidOf: (name) => {
      const [of, part] = named(name);
      return of.pidOf(part);
    },
    portOf: (name) => {
      const [of, part] = named(name);
      return of.portOf(part);
    },
    waitUntilReady: async () => {
      await Promise.all([system.waitUntilReady(), replicas?.waitUntilReady()]);
    },
    replicasOf: (service) => [service, `${service}${second}`].filter((name) => where.has(name)),
  };
};
