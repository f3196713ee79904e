import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose, { type Connection } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeadLetters, openDeadLetters } from './deadLetters.ts';
import type { ParkedEvent } from './parkedEvents.ts';
import { retryParked } from './replay.ts';
import type { StreamSubscription, Subscription } from './subscription.ts';

const due = new Date('2026-11-23T12:00:00.000Z');
const after = (seconds: number) => new Date(due.getTime() + seconds * 1_000);
const streams = ['PROFILES'];

let backends: Leased;
let mongo: Connection;
let letters: DeadLetters;
beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await mongoose.createConnection(backends.mongoUrl, { dbName: backends.databaseOf('parked') }).asPromise();
  letters = openDeadLetters(mongo);
});
beforeEach(async () => {
  await mongo.collection('parkedEvents').deleteMany({});
});
afterAll(async () => {
  await mongo.close();
  await backends.end();
});

const parked = (_id: string, nextTryAt = due): ParkedEvent => ({
  _id,
  stream: 'PROFILES',
  streamSequence: 7,
  subject: `profiles.ProfileWithdrawn.${_id}`,
  payload: Buffer.from('{}'),
  error: 'Error: not now',
  tries: 1,
  at: due,
  nextTryAt,
});
const idsOf = (events: readonly ParkedEvent[]) => events.map(({ _id }) => _id);

describe('a parked event', () => {
  const take = async (seconds: number, limit = 64) => idsOf(await letters.parked.takeDue(streams, after(seconds), limit));

  it('is taken when its time has come, the longest due first, and no more than are asked for', async () => {
    for (const [n, id] of ['late', 'later', 'early'].entries()) await letters.parked.park(parked(id, after([1, 2, 0][n] ?? 0)));
    expect(await take(-1)).toEqual([]);
    expect(await take(1, 1)).toEqual(['early']);
    expect(await take(1)).toEqual(['late']);
    expect(await letters.parked.takeDue(['TENDERS'], after(9), 64)).toEqual([]);
  });

  it('is nobody else’s while its taker says that it holds it, and anyone’s within seconds once the taker is dead', async () => {
    await letters.parked.park(parked('one'));
    expect(await take(0)).toEqual(['one']);
    for (let second = 1; second <= 120; second++) {
      await letters.parked.hold(['one'], after(second));
      expect(await take(second + 0.9)).toEqual([]);
    }
    expect(await take(122)).toEqual([]);
    expect(await take(123)).toEqual(['one']);
  });

  it('is one taker’s only, however many look at once', async () => {
    await letters.parked.park(parked('one'));
    expect((await Promise.all(Array.from({ length: 8 }, () => take(0)))).flat()).toEqual(['one']);
  });

  it('that failed waits for its next try and no longer, also when a word that it is held comes late', async () => {
    await letters.parked.park(parked('one'));
    await take(0);
    await letters.parked.failed('one', { error: 'Error: again', tries: 2, at: after(1), nextTryAt: after(1.1) });
    await letters.parked.hold(['one'], after(1));
    expect(await take(1)).toEqual([]);
    expect(await letters.parked.takeDue(streams, after(1.1), 64)).toMatchObject([
      { _id: 'one', tries: 2, error: 'Error: again' },
    ]);
  });

  it('that a version before had pushed on comes when that time is over', async () => {
    await letters.parked.park(parked('one', after(180)));
    expect(await take(179)).toEqual([]);
    expect(await take(180)).toEqual(['one']);
  });
});

describe('hearing again what is parked', () => {
  const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const hearing = (hearParked: StreamSubscription['hearParked']): Subscription =>
    retryParked(letters, [{ stream: 'PROFILES', hearParked } as StreamSubscription], pino({ level: 'silent' }), clock);
  const heldUntil = async (_id: string) =>
    (await mongo.collection<{ _id: string; takenUntil: Date }>('parkedEvents').findOne({ _id }))?.takenUntil.getTime() ?? 0;

  it('takes up what a process had taken that died', async () => {
    await letters.parked.park(parked('one'));
    expect(idsOf(await letters.parked.takeDue(streams, new Date(clock()), 64))).toEqual(['one']);
    const heard: string[] = [];
    const replica = hearing(async ({ _id }) => void heard.push(_id));
    await eventually(() => expect(heard).toEqual(['one']), { within: 10_000 });
    await replica.stop();
  });

  it('hears again within seconds what met an outage, with the tries it had', async () => {
    await letters.parked.park(parked('one'));
    const tries: number[] = [];
    const replica = hearing(async (event) => {
      tries.push(event.tries);
      if (tries.length === 1) throw new mongoose.mongo.MongoNetworkError('connect ECONNREFUSED');
      await letters.parked.drop(event._id);
    });
    await eventually(() => expect(tries).toEqual([1, 1]), { within: 10_000 });
    await replica.stop();
    expect(await letters.parked.count()).toBe(0);
  });

  it('keeps what takes long from the other replicas, and nobody waits for it', async () => {
    await letters.parked.park(parked('slow'));
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    const heard: string[] = [];
    const hear: StreamSubscription['hearParked'] = async ({ _id }) => {
      heard.push(_id);
      if (_id === 'slow') await until;
      await letters.parked.drop(_id);
    };
    const replicas = [hearing(hear), hearing(hear)];
    const first = await eventually(async () => {
      const taken = await heldUntil('slow');
      expect(taken).toBeGreaterThan(0);
      return taken;
    });
    // Longer than it would be its taker's by the first word alone.
    await eventually(async () => expect(await heldUntil('slow')).toBeGreaterThan(first + 3_500), { within: 15_000 });
    await letters.parked.park(parked('quick'));
    await eventually(() => expect(heard).toEqual(['slow', 'quick']), { within: 10_000 });
    letGo();
    await Promise.all(replicas.map(({ stop }) => stop()));
    expect(await letters.parked.count()).toBe(0);
  });

  it('holds no more at once than it has places for, and goes on as they come free', async () => {
    for (let n = 0; n < 150; n++) await letters.parked.park(parked(`many-${n}`));
    const waiting: (() => void)[] = [];
    let ended = 0;
    const replica = hearing(async ({ _id }) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await letters.parked.drop(_id);
      ended += 1;
    });
    await eventually(() => expect(waiting).toHaveLength(64));
    for (const end of waiting.splice(0)) end();
    await eventually(() => expect([ended, waiting.length]).toEqual([64, 64]));
    for (const end of waiting.splice(0)) end();
    await eventually(() => expect([ended, waiting.length]).toEqual([128, 22]));
    for (const end of waiting.splice(0)) end();
    await replica.stop();
    expect([ended, await letters.parked.count()]).toEqual([150, 0]);
  });
});
