import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildOptions } from './child.ts';
import { cacheDirectory, ensureNatsServer } from './natsServer.ts';
import { httpProbe, type Probe, tcpProbe } from './probes.ts';
import { prepareNats } from './startNats.ts';
import type { InstallProgress } from './systemPackages.ts';
import { decidedVariables, environmentOf, isService, type PartName, serviceNames, type Topology } from './topology.ts';

export type CommandOptions = {
  /** Set for every service, above what this process's own environment says; it may depend on where the parts listen. */
  readonly env?: Readonly<Record<string, string>> | ((ports: Topology['ports']) => Readonly<Record<string, string>>);
  /** The Node that runs the services; this one unless told otherwise. */
  readonly node?: string;
  /** Arguments for that Node, before the file, in place of those that keep a small machine's memory free. */
  readonly nodeArgs?: readonly string[];
  /** The file that is run as a part, instead of the one in this repository. */
  readonly entries?: Partial<Record<Exclude<PartName, 'nats'>, string>>;
};

const repository = fileURLToPath(new URL('../../..', import.meta.url));

// Nine processes share a small machine. The default young generation of 3 × 16 MB, and a heap arena of the C library for every
// thread, fill with garbage before anybody looks: together they cost a quarter of the memory at rest.
const leanNode = ['--max-semi-space-size=2'];
const leanLibc = { MALLOC_ARENA_MAX: '2' };

const withoutDecided = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !decidedVariables.includes(name)));

const entryOf = (part: Exclude<PartName, 'nats'>, entries: CommandOptions['entries']): string =>
  entries?.[part] ?? join(repository, part === 'mongo' ? 'packages/embedded-mongo' : `services/${part}`, 'src/main.ts');

/** Makes what a part needs before it can run (its folder, its configuration, nats-server itself) and tells how it is run. */
export const commandOf = async (
  part: PartName,
  topology: Topology,
  { env = {}, node = process.execPath, nodeArgs = leanNode, entries }: CommandOptions,
  onProgress: (progress: InstallProgress) => void,
): Promise<ChildOptions> => {
  const run = (script: Exclude<PartName, 'nats'>, environment: Record<string, string>): ChildOptions => ({
    command: node,
    args: [...nodeArgs, entryOf(script, entries)],
    cwd: repository,
    env: {
      ...leanLibc,
      ...withoutDecided(process.env),
      NODE_COMPILE_CACHE: join(cacheDirectory, 'compile'),
      ...environment,
      ...(typeof env === 'function' ? env(topology.ports) : env),
    },
  });
  if (isService(part)) return run(part, environmentOf(part, topology));
  const { ports, secrets } = topology;
  const dataDir = join(topology.dataDir, part);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (part === 'mongo') return run(part, { MONGO_HOST: '127.0.0.1', MONGO_PORT: String(ports.mongo), DATA_DIR: dataDir });
  return prepareNats(await ensureNatsServer({ onProgress }), { dataDir, port: ports.nats ?? 0, users: secrets.nats });
};

const everywhere = ['0.0.0.0', '::'];

/** How it is seen that a part is ready. */
export const probeOf = (part: PartName, { ports, services, doorHost }: Topology): Probe => {
  const port = ports[part] ?? 0;
  if (part === 'nats') return tcpProbe(port, 'INFO ');
  if (part === 'mongo') return tcpProbe(port);
  if (part !== 'portal') return httpProbe(`http://127.0.0.1:${port}/readyz`);
  // The door is ready when all are; with some left out it never would be.
  const path = services.length < serviceNames.length ? 'livez' : 'readyz';
  return httpProbe(`http://${everywhere.includes(doorHost) ? '127.0.0.1' : doorHost}:${port}/${path}`);
};
