import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild, stopChild } from '@umuhuza/local/child';
import { commandOf } from '@umuhuza/local/commands';
import { claimPorts } from '@umuhuza/local/ports';
import type { ServiceName } from '@umuhuza/local/topology';
import type { Place } from './place.ts';

/** One process of a service, from its start to its end. */
export type Life = {
  /** The events it hears, as it said when it subscribed. */
  readonly hears: () => readonly string[];
  /** The points that were passed since the last call. */
  readonly passed: () => string[];
  /** From now on whoever passes the next of the chosen points waits there. */
  readonly hold: () => Promise<void>;
  /** Ends it with SIGKILL. */
  readonly kill: () => Promise<void>;
};

/** The processes of a service at one place, one after the other, always at the same address. */
export type Lives = {
  readonly url: string;
  /** The address that people would type. */
  readonly publicUrl: string;
  readonly life: () => Life;
  /** Settles when there is a process that can be asked. */
  readonly running: () => Promise<void>;
  /** Starts the service's own main.ts, as `npm start` does, and waits until it is ready and hears. */
  readonly start: (failpoint?: string) => Promise<Life>;
  readonly stop: () => Promise<void>;
};

const readyWithin = 60_000;
/** They say nothing of what they hear. The others may be ready before they have said it. */
const deaf: readonly string[] = ['identity'];
/** The same at every place, since it stands in what services say. */
const publicUrl = 'http://localhost:8080';

export const livesOf = async (service: string, place: Place): Promise<Lives> => {
  const claimed = await claimPorts(1);
  const [held] = claimed.held;
  if (!held) throw new Error('no port is free');
  await held.release();
  const { port } = held;
  const url = `http://127.0.0.1:${port}`;
  let child: Child | undefined;
  let current: Life | undefined;
  let running = Promise.withResolvers<void>();

  const start = async (failpoint = ''): Promise<Life> => {
    const command = await commandOf(
      service as ServiceName,
      {
        dataDir: join(place.folder, service),
        ports: { [service]: port },
        services: [service as ServiceName],
        external: { mongodbUrl: place.mongoUrl, nats: place.nats },
        secrets: place.secrets,
        url: publicUrl,
        doorHost: '127.0.0.1',
      },
      { env: { LOG_LEVEL: 'info', JWKS_URL: place.jwksUrl, TOKEN_ISSUER: place.issuer, FAILPOINT: failpoint } },
      () => undefined,
    );
    const hears: string[] = [];
    const said: string[] = [];
    let passed: string[] = [];
    let holding = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const subscribed = Promise.withResolvers<void>();
    if (deaf.includes(service)) subscribed.resolve();
    const started = startChild({
      ...command,
      onLine: (line) => {
        if (line.startsWith('passing ')) passed.push(line.slice('passing '.length));
        else if (line === 'holding') holding.resolve();
        else {
          said.push(line);
          if (line.includes('"msg":"ready"')) ready.resolve();
          if (line.includes('"hears"')) {
            hears.push(...(JSON.parse(line) as { hears: string[] }).hears);
            subscribed.resolve();
          }
        }
      },
    });
    child = started;
    const isReady = await Promise.race([
      Promise.all([ready.promise, subscribed.promise]).then(() => true),
      started.ended.then(() => false),
      delay(readyWithin, false, { ref: false }),
    ]);
    if (!isReady) throw new Error(`${service} did not start:\n${said.join('\n')}`);
    running.resolve();
    current = {
      hears: () => hears,
      passed: () => {
        const since = passed;
        passed = [];
        return since;
      },
      hold: async () => {
        holding = Promise.withResolvers<void>();
        started.kill('SIGUSR2');
        await holding.promise;
      },
      kill: async () => {
        running = Promise.withResolvers<void>();
        started.kill('SIGKILL');
        await started.ended;
      },
    };
    return current;
  };

  return {
    url,
    publicUrl,
    life: () => {
      if (!current) throw new Error(`${service} has not been started`);
      return current;
    },
    running: () => running.promise,
    start,
    stop: async () => {
      if (child?.isRunning()) await stopChild(child);
      await claimed.release();
    },
  };
};
