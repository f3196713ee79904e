import { maxTries } from '@umuhuza/nats/streams';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrokerUnreachable, type Bus, connectBus } from './bus.ts';
import { type DeadLetters, openDeadLetters } from './deadLetters.ts';
import type { Reactions } from './hear.ts';
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
          if (subject === 'slow') await slow;
          heard.push(`${subject}-${sequence}`);
        },
      },
      async () => {
        await withdrawn('slow');
        await withdrawn('slow');
        await withdrawn('quick');
        await eventually(() => expect(heard).toEqual(['quick-1']));
        letGo();
        await eventually(() => expect(heard).toEqual(['quick-1', 'slow-1', 'slow-2']));
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
    expect(await deadLetters.list(10)).toEqual([]);
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

describe('a bus', () => {
  it('that finds no broker says where it looked and what to do', async () => {
    const connecting = connectBus({ service: 'tenders', url: 'nats://127.0.0.1:9', logger, clock });
    await expect(connecting).rejects.toThrow(BrokerUnreachable);
    await expect(connecting).rejects.toThrow(/nats:\/\/127\.0\.0\.1:9 .*NATS_URL/);
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
