import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serverConfig } from '@umuhuza/nats/serverConfig';
import { CannotStart } from './cannotStart.ts';
import { type Child, type Ended, startChild, stopChild } from './child.ts';
import { ensureNatsServer, type NatsServer } from './natsServer.ts';
import type { InstallProgress } from './systemPackages.ts';

export type NatsSettings = {
  /** The folder for the configuration and JetStream's files. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Password by user: each service, and `operator` for tools. */
  readonly users: Readonly<Record<string, string>>;
};

/** nats-server ended before it was ready; the message holds its own last words. */
export class NatsStartFailed extends CannotStart {
  override readonly name = 'NatsStartFailed';
}

/** Writes the configuration (readable by its owner only) and tells the command that runs the server with it. */
export const prepareNats = async ({ path, version }: NatsServer, { dataDir, port, users }: NatsSettings) => {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'nats-server.conf');
  await writeFile(config, serverConfig({ version, storeDir: join(folder, 'jetstream'), port, users }), { mode: 0o600 });
  return { command: path, args: ['--config', config] };
};

export type RunningNats = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** SIGTERM, SIGKILL after ten seconds. */
  stop(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
};

export type StartNatsOptions = NatsSettings & {
  readonly server?: NatsServer;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly onLine?: (line: string) => void;
};

/** One nats-server of our own, ready for clients; installed first where it is missing. */
export const startNats = async ({ server, onProgress, onLine, ...settings }: StartNatsOptions): Promise<RunningNats> => {
  const binary = server ?? (await ensureNatsServer(onProgress ? { onProgress } : {}));
  const prepared = await prepareNats(binary, settings);
  const said: string[] = [];
  const ready = Promise.withResolvers<void>();
  const child: Child = startChild({
    ...prepared,
    onLine: (line) => {
      if (said.length < 200) said.push(line);
      if (line.includes('Server is ready')) ready.resolve();
      onLine?.(line);
    },
  });
  const failed = child.ended.then(() => {
    const words = said.findLast((line) => /\[(FTL|ERR)\]|nats-server:/.test(line)) ?? said.at(-1);
    throw new NatsStartFailed(`nats-server ended before it was ready: ${words ?? 'it said nothing'}`);
  });
  await Promise.race([ready.promise, failed]);
  failed.catch(() => {
    // It was ready once; its later end is told by `ended`.
  });
  const port = Number(/client connections on .*:(\d+)/.exec(said.join('\n'))?.[1] ?? settings.port);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    ended: child.ended,
    stop: async () => {
      await stopChild(child);
    },
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await child.ended;
    },
  };
};
