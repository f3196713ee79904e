import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type Envelope, envelope } from '@umuhuza/contracts/event';
import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { type RunningNats, startNats } from '@umuhuza/local/startNats';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Book, openBook } from './book.ts';
import { connectBus } from './bus.ts';
import { openDeadLetters } from './deadLetters.ts';
import type { Bus } from './openBus.ts';
import { accountedFor } from './refillMarks.ts';
import { refillOrders } from './refillOrders.ts';
import type { Subscription } from './subscription.ts';

const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
const users = { operator: 'o'.repeat(32), profiles: 'p'.repeat(32), matching: 'm'.repeat(32), tenders: 't'.repeat(32) };
type User = keyof typeof users;

type Tally = { readonly count: number };
type Counted = { readonly type: 'Counted' };

let folder: string;
let nats: RunningNats;
let port = 0;
let backends: Leased;
let mongo: Connection;
let book: Book<Tally, Counted, never>;
let registry: Registry;
let closing: (() => Promise<void>)[];

const store = () => join(folder, 'nats', 'jetstream');
const streamFolder = async (root = store()) => {
  const accounts = await readdir(join(root, 'jetstream'));
  return join(root, 'jetstream', accounts[0] ?? '', 'streams', 'PROFILES');
};
const startBroker = async () => {
  nats = await startNats({ dataDir: join(folder, 'nats'), port, users });
  port = nats.port;
};
/** Ends the broker at once, lets `work` change its files, and starts it again at the same address. */
const whileBrokerIsDown = async (work: () => Promise<void>) => {
  await nats.kill();
  await work();
  await startBroker();
};
const copyOfStore = async () => {
  const copy = join(folder, 'older');
  await nats.stop();
  await cp(store(), copy, { recursive: true });
  await startBroker();
  return copy;
};

const busOf = async (service: User, registry?: Registry): Promise<Bus> => {
  const bus = await connectBus({
    service,
    url: nats.url,
    user: service,
    password: users[service],
    logger,
    clock,
    ...(registry ? { registry } : {}),
  });
  closing.push(() => bus.stop());
  return bus;
};

/** A subscriber with what it heard, by aggregate and sequence; `before` may keep it from hearing. */
const subscriberOf = async (service: User, before: (event: string) => Promise<void> = async () => undefined) => {
  const heard = new Set<string>();
  const bus = await busOf(service);
  const letters = openDeadLetters(mongo.useDb(backends.databaseOf(service)));
  let subscription: Subscription | undefined;
  const hear = () => {
    subscription = bus.subscribe(
      {
        'profiles.ProfileWithdrawn': async ({ subject, sequence }) => {
          await before(`${subject}-${sequence}`);
          heard.add(`${subject}-${sequence}`);
        },
      },
      letters,
    );
  };
  hear();
  const pause = async () => {
    await subscription?.stop();
    subscription = undefined;
  };
  closing.push(pause);
  return { heard, hear, pause };
};

let said = 0;
const aggregates = ['a', 'b', 'c'];
/** Each says one event; `n` in all. */
const say = async (n: number) => {
  for (let i = 0; i < n; i++) {
    said += 1;
    await book.change(aggregates[said % aggregates.length] ?? 'a', () => [{ type: 'Counted' }], {
      kind: 'command',
      id: `command-${said}`,
      fingerprint: 'f',
      repeatable: false,
      correlationId: 'c',
      actor: 'platform',
      at: clock(),
    });
  }
};
const all = () =>
  Array.from({ length: said }, (_, n) => `${aggregates[(n + 1) % 3]}-${Math.floor((n + 1 - ((n + 1) % 3 || 3)) / 3) + 1}`).sort();

const asOperator = async () => {
  const connection = await connect({ servers: nats.url, user: 'operator', pass: users.operator });
  return { connection, jsm: await jetstreamManager(connection) };
};
const placeOf = async (subscriber: User) => {
  const { connection, jsm } = await asOperator();
  const { config, delivered } = await jsm.consumers.info('PROFILES', subscriber);
  await connection.close();
  return { knowsOfRefill: accountedFor(config.description) !== undefined, given: delivered.stream_seq };
};
const streamNow = async (): Promise<Envelope[]> => {
  const { connection, jsm } = await asOperator();
  const { state } = await jsm.streams.info('PROFILES');
  const messages: Envelope[] = [];
  for (let seq = 1; seq <= state.last_seq; seq++) {
    const message = await jsm.streams.getMessage('PROFILES', { seq });
    if (message) messages.push(envelope.parse(message.json()));
  }
  await connection.close();
  return messages;
};
const nothingLostNorDoubled = (messages: readonly Envelope[]) => {
  expect(messages.map(({ subject, sequence }) => `${subject}-${sequence}`).sort()).toEqual(all());
  for (const aggregate of aggregates) {
    const sequences = messages.filter(({ subject }) => subject === aggregate).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, n) => n + 1));
  }
};
const hasHeardAll = (heard: ReadonlySet<string>) =>
  eventually(() => expect([...heard].sort()).toEqual(all()), { within: 25_000 });

beforeEach(async () => {
  said = 0;
  port = 0;
  closing = [];
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-loss-'));
  backends = await leaseBackends();
  await startBroker();
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('profiles') }).asPromise();
  book = await openBook<Tally, Counted, never, typeof profilesEvents>(mongo, {
    service: 'profiles',
    name: 'tallies',
    initial: { count: 0 },
    evolve: ({ count }) => ({ count: count + 1 }),
    events: profilesEvents,
    publicEvents: (id) => [{ type: 'ProfileWithdrawn', data: { organisationId: id } }],
  });
  registry = new Registry();
  const bus = await busOf('profiles', registry);
  const relay = bus.relay(book.outbox);
  closing.push(() => relay.stop());
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  await nats.stop();
  await mongo.close();
  await backends.end();
  await rm(folder, { recursive: true, force: true });
});

describe('a broker that is away', () => {
  const metric = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name}\\{outbox="tallies"\\} (\\S+)`, 'm').exec(await registry.metrics())?.[1]);

  it('keeps nobody from changing anything: what is said waits, is counted, and leaves when the broker is back', async () => {
    const { heard } = await subscriberOf('matching');
    await say(3);
    await hasHeardAll(heard);
    await whileBrokerIsDown(async () => {
      await say(20);
      expect(await metric('outbox_events')).toBe(20);
      expect(await metric('outbox_oldest_event_seconds')).toBeGreaterThan(0);
      expect(heard.size).toBe(3);
    });
    await hasHeardAll(heard);
    await eventually(async () =>
      expect([await metric('outbox_events'), await metric('outbox_oldest_event_seconds')]).toEqual([0, 0]),
    );
    nothingLostNorDoubled(await streamNow());
  });
});

describe('a service that starts while the broker is away', () => {
  it('takes commands, and says and hears everything once the broker is there', async () => {
    await say(3);
    await eventually(async () => expect(await streamNow()).toHaveLength(3));
    for (const close of closing.splice(0).reverse()) await close();
    let heard: ReadonlySet<string> = new Set();
    await whileBrokerIsDown(async () => {
      const again = new Registry();
      const bus = await busOf('profiles', again);
      const relay = bus.relay(book.outbox);
      closing.push(() => relay.stop());
      ({ heard } = await subscriberOf('matching'));
      await say(20);
      expect(bus.isConnected()).toBe(false);
      expect(await again.metrics()).toMatch(/^outbox_events\{outbox="tallies"\} 20$/m);
    });
    await hasHeardAll(heard);
    await eventually(async () => nothingLostNorDoubled(await streamNow()));
  });
});

describe('a broker that lost what it had acknowledged', () => {
  it('is filled again when its store is an older copy, and every subscriber hears all', async () => {
    const steady = await subscriberOf('matching');
    const paused = await subscriberOf('tenders');
    await say(20);
    await hasHeardAll(steady.heard);
    const older = await copyOfStore();
    await say(11);
    await hasHeardAll(paused.heard);
    await paused.pause();
    await say(9);
    await hasHeardAll(steady.heard);
    await whileBrokerIsDown(async () => {
      await rm(store(), { recursive: true });
      await cp(older, store(), { recursive: true });
    });
    await say(5);
    await eventually(async () => nothingLostNorDoubled(await streamNow()), { within: 25_000 });
    paused.hear();
    await hasHeardAll(steady.heard);
    await hasHeardAll(paused.heard);
  });

  it('makes consumers go back whose place lies beyond the end of the stream', async () => {
    const subscriber = await subscriberOf('tenders');
    await say(20);
    await hasHeardAll(subscriber.heard);
    const older = await copyOfStore();
    await say(20);
    await hasHeardAll(subscriber.heard);
    await subscriber.pause();
    subscriber.heard.clear();
    await whileBrokerIsDown(async () => {
      const messages = join(await streamFolder(), 'msgs');
      await rm(messages, { recursive: true });
      await cp(join(await streamFolder(older), 'msgs'), messages, { recursive: true });
    });
    await say(5);
    await eventually(async () => nothingLostNorDoubled(await streamNow()), { within: 25_000 });
    subscriber.hear();
    const fromTheLossOn = (await streamNow()).slice(20).map(({ subject, sequence }) => `${subject}-${sequence}`);
    await eventually(() => expect([...subscriber.heard]).toEqual(expect.arrayContaining(fromTheLossOn)), { within: 25_000 });
    expect(subscriber.heard.size).toBe(fromTheLossOn.length);
  });

  it('is told nothing of an event whose place another one has now, though its reaction ends only then', async () => {
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    const begun: string[] = [];
    const { heard } = await subscriberOf('matching', async (event) => {
      begun.push(event);
      if (event === 'a-7') await until;
    });
    closing.push(async () => letGo());
    await say(20);
    await hasHeardAll(heard);
    const older = await copyOfStore();
    // a-7 has place 21 in the stream, and is being heard when the broker loses it.
    await say(1);
    await eventually(() => expect(begun).toContain('a-7'));
    const events = mongo.collection<{ _id: string; envelope: Envelope; streamSequence: number }>('events');
    const lost = await eventually(
      async () => (await events.findOneAndDelete({ streamSequence: 21 })) ?? expect.fail('not moved yet'),
    );
    expect(lost.envelope).toMatchObject({ subject: 'a', sequence: 7 });
    await whileBrokerIsDown(async () => {
      await rm(store(), { recursive: true });
      await cp(older, store(), { recursive: true });
      // b-8 gets that place, since a-7 is with another relay that had not noted its ack.
      await say(1);
    });
    await eventually(async () => expect((await streamNow())[20]).toMatchObject({ subject: 'b', sequence: 8 }), {
      within: 25_000,
    });
    // The reaction to a-7 ends only when the subscriber's place is one on the stream that was refilled, and b-8 was given out from it.
    await eventually(async () => expect(await placeOf('matching')).toEqual({ knowsOfRefill: true, given: 21 }), {
      within: 25_000,
    });
    letGo();
    await mongo.collection<{ _id: string }>('tallies').updateOne({ _id: 'a' }, { $push: { outbox: lost.envelope } as never });
    await hasHeardAll(heard);
    await eventually(async () => nothingLostNorDoubled(await streamNow()));
  });

  it('is filled again when its store is empty', async () => {
    const subscriber = await subscriberOf('matching');
    await say(30);
    await hasHeardAll(subscriber.heard);
    subscriber.heard.clear();
    await whileBrokerIsDown(async () => rm(store(), { recursive: true }));
    await say(5);
    await eventually(async () => nothingLostNorDoubled(await streamNow()), { within: 25_000 });
    await hasHeardAll(subscriber.heard);
  });

  it('is filled again by hand, from an instant on, with what is missing only', async () => {
    await say(10);
    await eventually(async () => expect(await streamNow()).toHaveLength(10));
    const events = mongo.collection<{ _id: string; at: Date; streamSequence?: number; envelope: Envelope }>('events');
    const one = await eventually(async () => {
      const found = await events.findOne({ 'envelope.subject': 'a' });
      return found ?? expect.fail('nothing was moved yet');
    });
    const { streamSequence: _, ...unplaced } = one;
    await events.insertOne({
      ...unplaced,
      _id: 'unsent',
      envelope: { ...one.envelope, id: 'unsent', subject: 'd', sequence: 1 },
    });
    const orders = refillOrders(mongo);
    await orders.ask('by-hand', { since: new Date(0) }, new Date());
    await eventually(async () =>
      expect(await orders.find('by-hand')).toMatchObject({ endedAt: expect.any(Date), total: 11, checked: 11, sent: 1 }),
    );
    const messages = await streamNow();
    expect(messages.filter(({ subject }) => subject === 'd')).toMatchObject([{ id: 'unsent' }]);
    nothingLostNorDoubled(messages.filter(({ subject }) => subject !== 'd'));
  });
});
