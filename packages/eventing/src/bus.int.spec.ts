import { maxAckPending, maxTries, reactionsAtOnce } from '@umuhuza/nats/streams';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBook } from './book.ts';
import { connectBus } from './bus.ts';
import { type DeadLetters, openDeadLetters } from './deadLetters.ts';
import type { Reactions } from './hear.ts';
import { BrokerRefuses, type Bus } from './openBus.ts';
import { openProjection, type Projection } from './projection.ts';

const logger = pino({ level: 'silent' });
const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });

let backends: Leased;
let mongo: Connection;
let bus: Bus;
let deadLetters: DeadLetters;

const connectAs = (service: string) => connectBus({ service, ...backends.nats, logger, clock });
const withdrawn = (organisationId: string, more = {}) =>
  backends.say('profiles.ProfileWithdrawn', organisationId, { organisationId }, more);

/** Hears until `work` has settled. */
const whileHearing = async (reactions: Reactions, work: () => Promise<void>) => {
  const subscription = bus.subscribe(reactions, deadLetters);
  try {
    await work();
  } finally {
    await subscription.stop();
  }
};

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('bus') }).asPromise();
  deadLetters = openDeadLetters(mongo);
  bus = await connectAs('matching');
});
afterAll(async () => {
  await bus.stop();
  await mongo.close();
  await backends.end();
});

describe('a subscription', () => {
  it('waits for a stream that is not there yet, and then hears it from its start', async () => {
    const heard: string[] = [];
    await whileHearing({ 'profiles.ProfileWithdrawn': async ({ subject }) => heard.push(subject) }, async () => {
      await withdrawn('first');
      await eventually(() => expect(heard).toEqual(['first']));
    });
  });

  it('goes on where it was after a restart, and hears what was said meanwhile', async () => {
    await withdrawn('meanwhile-1');
    await withdrawn('meanwhile-2');
    const heard: string[] = [];
    await whileHearing({ 'profiles.ProfileWithdrawn': async ({ subject }) => heard.push(subject) }, async () => {
      await eventually(() => expect(heard).toEqual(['meanwhile-1', 'meanwhile-2']));
    });
  });

  it('keeps the order of one aggregate while another’s reaction takes its time', async () => {
    const heard: string[] = [];
    let letGo: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    await whileHearing(
      {
        'profiles.ProfileWithdrawn': async ({ subject, sequence }) => {
          heard.push(`${subject}-${sequence} begins`);
          if (subject === 'slow' && sequence === 1) await slow;
          heard.push(`${subject}-${sequence}`);
        },
      },
      async () => {
        await withdrawn('slow');
        await withdrawn('slow');
        await withdrawn('quick');
        await eventually(() => expect(heard).toEqual(['slow-1 begins', 'quick-1 begins', 'quick-1']));
        letGo();
        await eventually(() => expect(heard.slice(3)).toEqual(['slow-1', 'slow-2 begins', 'slow-2']));
      },
    );
  });

  it('hears again what a reaction threw at', async () => {
    let tries = 0;
    await whileHearing(
      {
        'profiles.ProfileWithdrawn': async () => {
          tries += 1;
          if (tries === 1) throw new Error('not now');
        },
      },
      async () => {
        await withdrawn('again');
        await eventually(() => expect(tries).toBe(2));
      },
    );
    await eventually(async () => expect(await deadLetters.parked.count()).toBe(0));
    expect(await deadLetters.list(10)).toEqual([]);
  });

  it('goes on with the tries of the process before', async () => {
    const never: Reactions = { 'profiles.ProfileWithdrawn': async () => Promise.reject(new Error('never')) };
    const parked = mongo.collection<{ _id: string; tries: number; nextTryAt: Date }>('parkedEvents');
    const tries = async () => (await parked.findOne({ subject: /\.stubborn$/ } as never))?.tries;
    await whileHearing(never, async () => {
      await withdrawn('stubborn');
      await eventually(async () => expect(await tries()).toBe(2));
    });
    await parked.updateMany({}, { $set: { tries: maxTries - 1, nextTryAt: new Date(0) } });
    await whileHearing(never, async () => {
      await eventually(async () =>
        expect(await deadLetters.list(10)).toMatchObject([{ subject: 'profiles.ProfileWithdrawn.stubborn', tries: maxTries }]),
      );
    });
    expect(await deadLetters.parked.count()).toBe(0);
    for (const { _id } of await deadLetters.list(10)) await deadLetters.drop(_id);
  });

  it('puts what is malformed to the dead letters and goes on', async () => {
    const heard: string[] = [];
    await whileHearing({ 'profiles.ProfileWithdrawn': async ({ subject }) => heard.push(subject) }, async () => {
      await backends.sayRaw('profiles', 'profiles.ProfileWithdrawn.broken', '{"half":');
      await withdrawn('behind');
      await eventually(() => expect(heard).toEqual(['behind']));
      await eventually(async () =>
        expect(await deadLetters.list(10)).toMatchObject([{ subject: 'profiles.ProfileWithdrawn.broken', tries: 1 }]),
      );
    });
    const [letter] = await deadLetters.list(10);
    expect(String(letter?.payload)).toBe('{"half":');
    expect(letter?.tries).toBeLessThan(maxTries);
    expect(await deadLetters.drop(letter?._id ?? '')).toBe(true);
    expect(await deadLetters.list(10)).toEqual([]);
  });

  it('hears a dead letter again when asked to: what fails stays with the newer error, what succeeds is gone', async () => {
    let mended = false;
    const heard: string[] = [];
    const payload = JSON.stringify(await withdrawn('buried'));
    const letter = {
      _id: 'PROFILES-7-abcdef',
      stream: 'PROFILES',
      streamSequence: 7,
      subject: 'profiles.ProfileWithdrawn.buried',
      payload: Buffer.from(payload),
      error: 'Error: first',
      tries: 8,
      at: new Date(),
    };
    await deadLetters.keep(letter);
    await whileHearing(
      {
        'profiles.ProfileWithdrawn': async ({ subject, cause }) => {
          if (cause.id === 'profiles-buried-1' && !mended && heard.length > 0) throw new Error('second');
          heard.push(subject);
        },
      },
      async () => {
        await eventually(() => expect(heard).toEqual(['buried']));
        expect(await deadLetters.askReplay(letter._id, new Date())).toBe(true);
        await eventually(async () =>
          expect(await deadLetters.list(10)).toMatchObject([{ _id: letter._id, error: 'Error: second', tries: 9 }]),
        );
        expect(await deadLetters.takeAsked(['PROFILES'], new Date())).toBeUndefined();
        mended = true;
        await deadLetters.askReplay(letter._id, new Date());
        await eventually(async () => expect(await deadLetters.list(10)).toEqual([]));
        expect(heard).toEqual(['buried', 'buried']);
      },
    );
    expect(await deadLetters.askReplay('PROFILES-8-abcdef', new Date())).toBe(false);
  });

  it('leaves a letter to others while one replica hears it, and takes it back from one that died', async () => {
    const now = new Date();
    const base = { stream: 'PROFILES', subject: 's', payload: Buffer.from('x'), error: 'e', tries: 8, at: now };
    for (const streamSequence of [12, 11]) {
      await deadLetters.keep({ ...base, _id: `PROFILES-${streamSequence}`, streamSequence });
      await deadLetters.askReplay(`PROFILES-${streamSequence}`, now);
    }
    expect(await deadLetters.takeAsked(['TENDERS'], now)).toBeUndefined();
    expect((await deadLetters.takeAsked(['PROFILES'], now))?.streamSequence).toBe(11);
    expect((await deadLetters.takeAsked(['PROFILES'], now))?.streamSequence).toBe(12);
    expect(await deadLetters.takeAsked(['PROFILES'], now)).toBeUndefined();
    const later = new Date(now.getTime() + 61_000);
    expect((await deadLetters.takeAsked(['PROFILES'], later))?.streamSequence).toBe(11);
    for (const streamSequence of [11, 12]) await deadLetters.drop(`PROFILES-${streamSequence}`);
  });

  it('makes its consumer anew when the broker has lost it, and hears all again', async () => {
    const heard: string[] = [];
    await whileHearing({ 'profiles.ProfileWithdrawn': async ({ subject }) => heard.push(subject) }, async () => {
      await withdrawn('before-loss');
      await eventually(() => expect(heard).toContain('before-loss'));
      await backends.forgetPlace('matching', 'profiles');
      await eventually(() => expect(heard.filter((subject) => subject === 'first')).toHaveLength(1), { within: 25_000 });
    });
  });
});

describe('a subscription among many events', () => {
  let letters: DeadLetters;
  let tenders: Bus;
  let registry: Registry;
  beforeAll(async () => {
    letters = openDeadLetters(mongo.useDb(backends.databaseOf('many')));
    registry = new Registry();
    tenders = await connectBus({ service: 'tenders', ...backends.nats, logger, clock, registry });
  });
  afterAll(() => tenders.stop());

  /** Hears what is about these subjects; the rest of the stream was said by the stories before. */
  const hearing = (prefix: string, reaction: (subject: string) => Promise<unknown>) =>
    tenders.subscribe(
      { 'profiles.ProfileWithdrawn': async ({ subject }) => subject.startsWith(prefix) && reaction(subject) },
      letters,
    );
  const blocked = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { until: promise, letGo: resolve };
  };
  const lag = async () => /subscription_lag_events\{stream="PROFILES"\} (\d+)/.exec(await registry.metrics())?.[1];

  it('reaches the others though the reactions of one aggregate are slow and many', async () => {
    const { until, letGo } = blocked();
    const heard: string[] = [];
    const subscription = hearing('hot', async (subject) => {
      if (subject === 'hot') await until;
      heard.push(subject);
    });
    await Promise.all(Array.from({ length: 200 }, () => withdrawn('hot')));
    await withdrawn('hot-not');
    await eventually(() => expect(heard).toEqual(['hot-not']));
    letGo();
    await eventually(() => expect(heard).toHaveLength(201));
    await subscription.stop();
  });

  it('reaches those behind more failing ones than the broker gives out at once', async () => {
    const heard: string[] = [];
    const failing = maxAckPending + 50;
    for (let n = 0; n < failing; n++) await withdrawn(`poison-${n}`);
    await withdrawn('poison-not');
    const subscription = hearing('poison', async (subject) => {
      if (subject !== 'poison-not') throw new Error('never');
      heard.push(subject);
    });
    await eventually(() => expect(heard).toEqual(['poison-not']), { within: 60_000 });
    await eventually(async () => expect([await letters.parked.count(), await lag()]).toEqual([failing, '0']));
    await subscription.stop();
    await mongo.useDb(backends.databaseOf('many')).collection('parkedEvents').deleteMany({});
  });

  it('runs no more reactions at once than it has places, and tells how many events wait', async () => {
    const { until, letGo } = blocked();
    let running = 0;
    const subscription = hearing('wide', () => {
      running += 1;
      return until;
    });
    for (let n = 0; n < reactionsAtOnce + 20; n++) await withdrawn(`wide-${n}`);
    await eventually(async () => expect([running, await lag()]).toEqual([reactionsAtOnce, `${reactionsAtOnce + 20}`]));
    letGo();
    await eventually(async () => expect([running, await lag()]).toEqual([reactionsAtOnce + 20, '0']));
    await subscription.stop();
  });

  it('ends what was begun before it stops, and leaves the rest to whoever listens next', async () => {
    const { until, letGo } = blocked();
    const begun: string[] = [];
    const ended: string[] = [];
    const first = hearing('drain', async (subject) => {
      begun.push(subject);
      await until;
      ended.push(subject);
    });
    for (let n = 0; n < 3; n++) await withdrawn('drain-one');
    await eventually(() => expect(begun).toEqual(['drain-one']));
    const stopping = first.stop();
    letGo();
    await stopping;
    expect([begun, ended]).toEqual([['drain-one'], ['drain-one']]);
    const next: string[] = [];
    const second = hearing('drain', async (subject) => next.push(subject));
    await eventually(() => expect(next).toEqual(['drain-one', 'drain-one']));
    await second.stop();
  });
});

describe('a bus', () => {
  it('that finds no broker says where it looked and what to do, is not connected, and may be stopped all the same', async () => {
    const lines: string[] = [];
    const telling = pino({ base: null }, { write: (line) => lines.push(line) });
    const waiting = await connectBus({ service: 'tenders', url: 'nats://127.0.0.1:9', logger: telling, clock });
    expect(lines.join('')).toMatch(/nats:\/\/127\.0\.0\.1:9 .*NATS_URL/);
    expect(waiting.isConnected()).toBe(false);
    await waiting.subscribe({}, deadLetters).stop();
    await waiting.stop();
  });

  it('that the broker does not let in ends the start, and says so', async () => {
    const { url, user } = backends.nats;
    const connecting = connectBus({ service: 'tenders', url, user, password: 'wrong', logger, clock });
    await expect(connecting).rejects.toThrow(BrokerRefuses);
    await expect(connecting).rejects.toThrow(/NATS_PASSWORD/);
  });
});

describe('an event that is larger than the broker takes', () => {
  it('keeps back what its aggregate says, and nothing else', async () => {
    const connection = mongo.useDb(backends.databaseOf('large'));
    const declared = { Said: { version: 1, data: z.object({ text: z.string() }), example: { text: '' } } };
    const book = await openBook<number, string, never, typeof declared>(connection, {
      service: 'notifications',
      name: 'sayings',
      initial: 0,
      evolve: (count) => count + 1,
      events: declared,
      publicEvents: (_, text) => [{ type: 'Said', data: { text } }],
    });
    const notifications = await connectAs('notifications');
    const relay = notifications.relay(book.outbox);
    const say = (id: string, text: string) =>
      book.change(id, () => [text], {
        kind: 'command',
        id: `${id}-${text.length}`,
        fingerprint: 'f',
        repeatable: false,
        correlationId: 'c',
        actor: 'platform',
        at: clock(),
      });
    await say('small', 'first');
    await say('large', 'x'.repeat(2 * 1024 ** 2));
    for (let n = 1; n <= 20; n++) await say('small', 'y'.repeat(n));
    const sent = () => connection.collection('events').distinct('envelope.subject', {});
    await eventually(async () => expect(await connection.collection('events').countDocuments({})).toBe(21));
    expect(await sent()).toEqual(['small']);
    expect((await book.outbox.waiting(10)).map(({ aggregate }) => aggregate)).toEqual(['large']);
    expect(await book.outbox.waiting(10, ['large'])).toEqual([]);
    await relay.stop();
    await notifications.stop();
  });
});

describe('a projection', () => {
  let projection: Projection<{ name: string }>;
  beforeAll(async () => {
    projection = await openProjection(mongo, 'names');
  });

  it('keeps the newest state, whatever order the events came in', async () => {
    expect(await projection.put('o1', 2, { name: 'second' })).toBe(true);
    expect(await projection.put('o1', 1, { name: 'first' })).toBe(false);
    expect(await projection.put('o1', 2, { name: 'again' })).toBe(false);
    expect(await projection.put('o1', 3, { name: 'third' })).toBe(true);
    expect(await projection.find('o1')).toEqual({ _id: 'o1', sequence: 3, name: 'third' });
    expect(await projection.find('o2')).toBeUndefined();
  });
});
