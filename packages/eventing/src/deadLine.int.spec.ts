import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectBus } from './bus.ts';
import { openDeadLetters } from './deadLetters.ts';
import type { BusOptions } from './openBus.ts';

const logger = pino({ level: 'silent' });
const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });

let backends: Leased;
let mongo: Connection;
beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('line') }).asPromise();
});
afterAll(async () => {
  await mongo.close();
  await backends.end();
});

/**
 * A line that can go dead without ending: what comes is taken and goes nowhere. Connections made later are sound, but for those that meet
 * what the broker says instead of letting the client in.
 */
const lineTo = async (url: string) => {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let connections = 0;
  const refusals: string[] = [];
  const server = createServer((near) => {
    connections += 1;
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      near.on('error', () => undefined);
      near.once('data', () => near.end(`-ERR '${refusal}'\r\n`));
      near.write('INFO {"server_id":"x","version":"2.9.10","max_payload":1048576,"headers":true,"auth_required":true}\r\n');
      return;
    }
    const far = connect({ host: hostname, port: Number(port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goDead: () => {
      for (const socket of sockets.splice(0)) socket.removeAllListeners('data').resume();
    },
    cut: () => {
      for (const socket of sockets.splice(0)) socket.destroy();
    },
    /** What the next connections are told instead of being let in. */
    refuse: (...next: readonly string[]) => refusals.push(...next),
    connections: () => connections,
    close: () => server.close(),
  };
};

const busAt = (url: string, more: Partial<Pick<BusOptions, 'pingEvery' | 'logger'>> = {}) =>
  connectBus({ service: 'matching', ...backends.nats, url, logger, clock, ...more });

it('a line that is dead without having ended is left for another one', async () => {
  const line = await lineTo(backends.nats.url);
  const bus = await busAt(line.url, { pingEvery: 100 });
  try {
    const before = line.connections();
    line.goDead();
    await eventually(() => expect([line.connections(), bus.isConnected()]).toEqual([before + 1, true]), { within: 5_000 });
  } finally {
    await bus.stop();
    line.close();
  }
});

describe('a broker that does not let a service in for a while', () => {
  /** Says one more event on a stream that is heard through this line, and waits until it has been. */
  const hearingThrough = async (line: Awaited<ReturnType<typeof lineTo>>) => {
    const warnings: string[] = [];
    const warn = { write: (written: string) => void warnings.push((JSON.parse(written) as { msg: string }).msg) };
    const bus = await busAt(line.url, { logger: pino({ level: 'warn' }, warn) });
    const heard: string[] = [];
    bus.subscribe({ 'profiles.ProfileWithdrawn': async ({ subject }) => heard.push(subject) }, openDeadLetters(mongo));
    return {
      bus,
      warnings,
      hears: async (organisationId: string) => {
        await backends.say('profiles.ProfileWithdrawn', organisationId, { organisationId });
        await eventually(() => expect(heard).toContain(organisationId));
      },
    };
  };

  it.each([
    ['a password that is wrong at first', ['Authorization Violation', 'Authorization Violation', 'Authorization Violation'], 1],
    ['a service that did not get to say its name in time', ['Authentication Timeout', 'Authentication Timeout'], 0],
  ])('lets it in later, and each time warns once of a refusal: %s', async (_why, refusals, warned) => {
    const line = await lineTo(backends.nats.url);
    const { bus, hears, warnings } = await hearingThrough(line);
    await hears(`before-${refusals.length}`);
    for (const time of [1, 2]) {
      const before = line.connections();
      line.refuse(...refusals);
      line.cut();
      await eventually(() => expect([line.connections(), bus.isConnected()]).toEqual([before + refusals.length + 1, true]));
      await hears(`after-${refusals.length}-${time}`);
      expect(warnings).toEqual(
        Array(time * warned).fill(expect.stringMatching(/^NATS does not let matching in .*NATS_PASSWORD/)),
      );
    }
    await bus.stop();
    line.close();
  });

  it('and has not let it in at its start: it is asked again', async () => {
    const line = await lineTo(backends.nats.url);
    line.refuse('Authentication Timeout');
    const { bus, hears } = await hearingThrough(line);
    expect(bus.isConnected()).toBe(false);
    await hears('after-start');
    expect(bus.isConnected()).toBe(true);
    await bus.stop();
    line.close();
  });
});
