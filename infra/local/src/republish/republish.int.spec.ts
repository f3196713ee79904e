import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { startEmbeddedMongo } from '@umuhuza/embedded-mongo/server';
import { openBook } from '@umuhuza/eventing/book';
import { connectBus } from '@umuhuza/eventing/bus';
import type { Bus } from '@umuhuza/eventing/openBus';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningNats, startNats } from '../startNats.ts';

const entry = fileURLToPath(new URL('main.ts', import.meta.url));
const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });

const users = { operator: 'o'.repeat(32), profiles: 'p'.repeat(32) };
const declared = { Counted: { version: 1, data: z.object({ id: z.string() }), example: { id: 'firm-1' } } };
type Told = { readonly id: string; readonly subject: string };

let folder: string;
let server: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let mongo: Connection;
let nats: RunningNats;
let bus: Bus;
let relay: { stop: () => Promise<void> } | undefined;

const republish = (args: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) =>
    execFile(
      process.execPath,
      [entry, ...args],
      { env: { PATH: process.env.PATH, MONGODB_URL: server.url } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );

const events = () => mongo.collection<{ _id: string; at: Date; streamSequence?: number; envelope: Told }>('events');
const inStream = async (): Promise<Told[]> => {
  const connection = await connect({ servers: nats.url, user: 'operator', pass: users.operator });
  const jsm = await jetstreamManager(connection);
  const { state } = await jsm.streams.info('PROFILES');
  const found: Told[] = [];
  for (let seq = 1; seq <= state.last_seq; seq++) {
    const message = await jsm.streams.getMessage('PROFILES', { seq });
    if (message) found.push(message.json<Told>());
  }
  await connection.close();
  return found;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-republish-'));
  server = await startEmbeddedMongo({ file: join(folder, 'mongo.sqlite') });
  mongo = await mongoose.createConnection(server.url, { dbName: 'umuhuza_profiles' }).asPromise();
  nats = await startNats({ dataDir: join(folder, 'nats'), port: 0, users });
  bus = await connectBus({
    service: 'profiles',
    url: nats.url,
    user: 'profiles',
    password: users.profiles,
    logger: pino({ level: 'silent' }),
    clock,
  });
});
afterAll(async () => {
  await relay?.stop();
  await bus.stop();
  await mongo.close();
  await nats.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The service whose events are looked for, as it runs. */
const startService = async () => {
  const book = await openBook<number, 'counted', never, typeof declared>(mongo, {
    service: 'profiles',
    name: 'tallies',
    initial: 0,
    evolve: (count) => count + 1,
    events: declared,
    publicEvents: (id) => [{ type: 'Counted', data: { id } }],
  });
  relay ??= bus.relay(book.outbox);
  return book;
};

describe('npm run republish', () => {
  it('says so when nothing was sent yet', async () => {
    expect(await republish(['--since', '2026-01-01'])).toEqual({ code: 0, out: 'No event was sent yet.\n', err: '' });
  });

  it('has the running service send again what its stream does not hold, and tells how many', async () => {
    const book = await startService();
    for (const n of [1, 2, 3, 4])
      await book.change(`firm-${n}`, () => ['counted'], {
        kind: 'command',
        id: `command-${n}`,
        fingerprint: 'f',
        repeatable: false,
        correlationId: 'c',
        actor: 'platform',
        at: clock(),
      });
    await expect.poll(() => events().countDocuments({}), { timeout: 20_000 }).toBe(4);
    const [one] = await events().find().toArray();
    if (!one) return expect.fail('nothing was kept');
    const { streamSequence: _, ...rest } = one;
    const lost = (id: string, at: Date) => ({ ...rest, _id: id, at, envelope: { ...one.envelope, id, subject: id } });
    await events().insertMany([lost('lost', new Date()), lost('lost-before', new Date(Date.now() - 48 * 3_600_000))]);

    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await republish(['--since', since, '--service', 'profiles'])).toMatchObject({
      code: 0,
      out: '✓ profiles: 5 events looked at, 1 were missing and sent again\n',
    });
    const subjects = (await inStream()).map(({ subject }) => subject).sort();
    expect(subjects).toEqual(['firm-1', 'firm-2', 'firm-3', 'firm-4', 'lost']);
    expect((await republish(['--since', since])).out).toBe('✓ profiles: 5 events looked at, 0 were missing and sent again\n');
    expect(await inStream()).toHaveLength(5);
  });

  it('names what it cannot do', async () => {
    expect(await republish([])).toMatchObject({ code: 1, err: expect.stringContaining('Since when?') });
    expect(await republish(['--since', 'yesterday'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('yesterday is no instant'),
    });
    expect(await republish(['--since', '2026-01-01', '--service', 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no service nobody'),
    });
    expect(await republish(['--until', 'now'])).toMatchObject({ code: 1, err: expect.stringContaining('--until') });
  });
});
