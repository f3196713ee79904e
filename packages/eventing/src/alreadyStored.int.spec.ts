import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Envelope } from '@umuhuza/contracts/event';
import { streamOf } from '@umuhuza/nats/streams';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeInStream } from './alreadyStored.ts';
import { refillOrders } from './refillOrders.ts';
import { mongoSentEvents } from './sentEvents.ts';
import { keepStream, type StreamKeeper } from './streamKeeper.ts';

/** Milliseconds. */
const window = 300;
const declared = { ...streamOf('profiles'), duplicate_window: window * 1_000_000 };

let backends: Leased;
let nats: NatsConnection;
let jsm: JetStreamManager;
let mongo: Connection;
/** The same, counting the messages that are asked for. */
let asking: JetStreamManager;
let keeper: StreamKeeper;
let now = Date.now();
let questions = 0;

beforeAll(async () => {
  backends = await leaseBackends();
  nats = await connect({ servers: backends.nats.url, user: backends.nats.user, pass: backends.nats.password });
  jsm = await jetstreamManager(nats);
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('profiles') }).asPromise();
  const streams = Object.assign(Object.create(jsm.streams) as typeof jsm.streams, {
    getMessage: (...asked: Parameters<typeof jsm.streams.getMessage>) => {
      questions += 1;
      return jsm.streams.getMessage(...asked);
    },
  });
  asking = Object.assign(Object.create(jsm) as JetStreamManager, { streams });
  keeper = keepStream({
    service: 'profiles',
    js: jetstream(nats),
    jsm: asking,
    flush: () => nats.flush(),
    sentEvents: mongoSentEvents(mongo),
    refills: refillOrders(mongo),
    logger: pino({ level: 'silent' }),
    clock: () => new Date(now).toISOString(),
    declared,
  });
});
afterAll(async () => {
  await keeper.stop();
  await nats.drain();
  await mongo.close();
  await backends.end();
});

let events = 0;
const eventOf = (subject: string, type = 'ProfilePublished', time = new Date(now).toISOString()): Envelope => {
  events += 1;
  return { id: `event-${events}`, type: `umuhuza.profiles.${type}.v1`, subject, time, sequence: events } as Envelope;
};
const published = async (all: readonly Envelope[]): Promise<number[]> => {
  const places: number[] = [];
  for (const one of all) places.push(await keeper.publish(one));
  return places;
};
/** The broker forgets in the order in which it heard: when it has forgotten this one, it has all before it. */
const untilForgotten = async () => {
  const probe = () => jetstream(nats).publish('profiles.Probe.probe', '', { msgID: `probe-${events}` });
  await probe();
  await eventually(async () => expect((await probe()).duplicate).toBe(false));
  now = Date.now();
};

describe('an event whose sender died before it noted the ack', () => {
  it('is in the stream once, also when it is sent again after the broker has forgotten it', async () => {
    const said = [eventOf('one'), eventOf('one', 'ProfileWithdrawn'), eventOf('one'), eventOf('two'), eventOf('one')];
    const places = await published(said);
    await untilForgotten();
    expect(await published(said)).toEqual(places);
    for (const { id, type } of said) {
      const held: string[] = [];
      for (let seq = 1; seq <= (await jsm.streams.info('PROFILES')).state.last_seq; seq++) {
        const message = await jsm.streams.getMessage('PROFILES', { seq });
        if (message?.header.get('Nats-Msg-Id') === id) held.push(message.subject);
      }
      expect(held, type).toHaveLength(1);
    }
  });

  it('is sent when the stream does not hold it, whatever was said of the same aggregate before and since', async () => {
    const [before, missing, since, alone] = [eventOf('three'), eventOf('three'), eventOf('three'), eventOf('four')];
    await published([before, since]);
    await untilForgotten();
    const last = (await jsm.streams.info('PROFILES')).state.last_seq;
    expect(await published([missing, alone])).toEqual([last + 1, last + 2]);
  });

  it('costs no question while the broker remembers, and one when nothing was said of it since', async () => {
    const [fresh, ...old] = [eventOf('five'), eventOf('six', undefined, '2026-01-01T00:00:00.000Z')];
    const asked = questions;
    await published([fresh, eventOf('five')]);
    expect(questions - asked).toBe(0);
    await published(old);
    expect(questions - asked).toBe(1);
    const later = { id: 'never-sent', time: new Date(now + 3_600_000).toISOString() };
    expect(await placeInStream(asking, 'PROFILES', 'profiles.ProfilePublished.five', later)).toBeUndefined();
    expect(questions - asked).toBe(2);
  });
});
