import type { Envelope } from '@umuhuza/contracts/event';
import { streamOf } from '@umuhuza/nats/streams';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mongoSentEvents, type SentEvents, sentEventsOf } from './sentEvents.ts';
import { sentEventsKept } from './streamKeeper.ts';

let backends: Leased;
let mongo: Connection;
let events: SentEvents;

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('sent') }).asPromise();
  await sentEventsOf(mongo).createIndexes();
  events = mongoSentEvents(mongo);
});
afterAll(async () => {
  await mongo.close();
  await backends.end();
});

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
/** One event a day, its place in the stream the day's number. */
beforeEach(async () => {
  await sentEventsOf(mongo).deleteMany({});
  await events.keep(
    Array.from({ length: 10 }, (_, n) => ({
      _id: `event-${n + 1}`,
      at: day(n + 1),
      streamSequence: n + 1,
      envelope: { id: `event-${n + 1}` } as Envelope,
    })),
  );
});
const suspected = async (fromSequence: number, oldest = day(1), upTo = 100) => {
  const ids: string[] = [];
  for await (const { _id } of events.suspects({ fromSequence }, { oldest, upTo, batch: 3 })) ids.push(_id);
  return ids;
};

describe('events that were sent', () => {
  it('are kept a month longer than the stream keeps them', () => {
    const streamKeeps = streamOf('tenders').max_age / 1_000_000;
    expect(sentEventsKept - streamKeeps).toBe(30 * 24 * 3600 * 1000);
  });

  it('are forgotten when they are older, no more at once than asked', async () => {
    expect(await events.forget(day(6), 3)).toBe(3);
    expect(await events.forget(day(6), 3)).toBe(2);
    expect(await events.forget(day(6), 3)).toBe(0);
    expect(await suspected(1)).toEqual(['event-6', 'event-7', 'event-8', 'event-9', 'event-10']);
  });

  it('that are too old for the stream have no place in it any more', async () => {
    await events.letGo(3, day(6));
    expect(await suspected(3)).toEqual(['event-6', 'event-7', 'event-8', 'event-9', 'event-10']);
    expect(await events.highestSequence()).toBe(10);
    expect((await events.before(6, 10)).map(({ streamSequence }) => streamSequence)).toEqual([2, 1]);
  });

  it('are kept once, as they were first', async () => {
    await events.keep([{ _id: 'event-1', at: day(9), streamSequence: 77, envelope: { id: 'event-1' } as Envelope }]);
    expect(await events.highestSequence()).toBe(10);
    expect(await events.count({ since: day(9) }, day(1))).toBe(2);
  });
});
