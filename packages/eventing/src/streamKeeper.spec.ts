import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import type { Envelope } from '@umuhuza/contracts/event';
import { streamOf } from '@umuhuza/nats/streams';
import { eventually } from '@umuhuza/testing/eventually';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import type { RefillOrder, RefillOrders } from './refillOrders.ts';
import { EventRefused } from './relay.ts';
import type { SentEvent, SentEvents } from './sentEvents.ts';
import { keepStream } from './streamKeeper.ts';

const at = '2026-11-23T12:00:00.000Z';
const sentAs = (n: number): SentEvent => ({
  _id: `event-${n}`,
  at: new Date(at),
  streamSequence: n,
  envelope: { id: `event-${n}`, type: 'umuhuza.profiles.ProfileWithdrawn.v1', subject: 'o1', sequence: n } as Envelope,
});

/** A broker and a database in memory, where so many were told; the stream has so many left, then others; another replica sends while it is looked at. */
const inMemory = (
  told: number,
  { left = told, others = [] as readonly string[], sentMeanwhile = false, lookEvery = 30_000 } = {},
) => {
  let sent = Array.from({ length: told }, (_, n) => sentAs(n + 1));
  let stream = [...sent.map(({ _id }) => _id).slice(0, left), ...others];
  let config: Record<string, unknown> = { ...streamOf('profiles') };
  let bytes = 0;
  let looks = 0;
  let movesFail = 0;
  const orders = new Map<string, RefillOrder>();
  const jsm = {
    streams: {
      info: async () => {
        looks += 1;
        const info = { config, state: { last_seq: stream.length, bytes } };
        if (sentMeanwhile && stream.length === told) sent.push(sentAs(stream.push(`event-${told + 1}`)));
        return info;
      },
      update: async (_: string, more: object) => (config = { ...config, ...more }),
      getMessage: async (_: string, { seq }: { seq: number }) => {
        const id = stream[seq - 1];
        return id === undefined ? null : { header: { get: () => id } };
      },
    },
  } as unknown as JetStreamManager;
  const js = {
    publish: async (_: string, __: string, { msgID }: { msgID: string }) => {
      if (msgID === 'event-99') throw errors.InvalidArgumentError.format('payload', 'max_payload size exceeded');
      return { seq: stream.push(msgID), duplicate: false };
    },
  } as unknown as JetStreamClient;
  const sentEvents: SentEvents = {
    keep: async (more) => void sent.push(...more),
    highestSequence: async () => Math.max(0, ...sent.map(({ streamSequence = 0 }) => streamSequence)),
    suspects: async function* (which) {
      yield* sent.filter(({ streamSequence = 0 }) => 'since' in which || streamSequence >= which.fromSequence);
    },
    before: async (sequence, limit) =>
      sent
        .filter(({ streamSequence = 0 }) => streamSequence < sequence)
        .reverse()
        .slice(0, limit),
    count: async () => sent.length,
    moved: async (places) => {
      if (movesFail-- > 0) throw new Error('the database is away');
      sent = sent.map((one) => ({ ...one, ...places.find(({ id }) => id === one._id) }));
    },
    letGo: async () => undefined,
    forget: async () => 0,
  };
  const refills: RefillOrders = {
    ask: async (_id, which, askedAt) => void orders.set(_id, { _id, ...which, askedAt, checked: 0, sent: 0 }),
    find: async (id) => orders.get(id),
    take: async () => undefined,
    progress: async () => undefined,
    end: async (id, endedAt) => {
      const order = orders.get(id);
      if (order) orders.set(id, { ...order, endedAt });
    },
  };
  const keeper = keepStream({
    service: 'profiles',
    js,
    jsm,
    flush: async () => undefined,
    sentEvents,
    refills,
    logger: pino({ level: 'silent' }),
    clock: () => at,
    lookEvery,
  });
  return {
    keeper,
    orders,
    stream: () => stream,
    looks: () => looks,
    description: () => config.description,
    say: async (n: number) => {
      const { envelope } = sentAs(n);
      await sentEvents.keep([{ ...sentAs(n), streamSequence: await keeper.publish(envelope) }]);
    },
    fill: (used: number) => {
      bytes = used;
    },
    failMoves: (times: number) => {
      movesFail = times;
    },
    loseEnd: (kept: number) => {
      stream = stream.slice(0, kept);
    },
  };
};

const upTo = (n: number) => Array.from({ length: n }, (_, k) => `event-${k + 1}`);

describe('who keeps a stream whole', () => {
  it('lets events through once it has seen that nothing is missing', async () => {
    const { keeper, say, stream, orders } = inMemory(3);
    await say(4);
    expect(stream()).toEqual(upTo(4));
    expect(orders.size).toBe(0);
    await keeper.stop();
  });

  it('does not take an event for lost that another replica sends while it looks', async () => {
    const { keeper, say, stream, orders, description } = inMemory(3, { sentMeanwhile: true });
    await say(5);
    expect(stream()).toEqual(upTo(5));
    expect(orders.size).toBe(0);
    expect(description()).toBeUndefined();
    await keeper.stop();
  });

  it('sends what was lost before it lets anything new through', async () => {
    const { keeper, say, stream, description } = inMemory(9, { left: 6 });
    await say(10);
    expect(stream()).toEqual(upTo(10));
    expect(description()).toBe(`Refilled ${at} from 7`);
    await keeper.stop();
  });

  it('notices a loss though the connection never broke: the broker gives a place a second time', async () => {
    const { keeper, say, stream, loseEnd, orders } = inMemory(3);
    for (const n of [4, 5, 6, 7]) await say(n);
    loseEnd(4);
    await say(8);
    await eventually(() => expect([...stream()].sort()).toEqual(upTo(8)));
    await eventually(() => expect(orders.get('lost')).toMatchObject({ fromSequence: 5, endedAt: new Date(at) }));
    await keeper.stop();
  });

  it('sends nothing twice when it was broken off before it noted what it had sent', async () => {
    const { keeper, say, stream, failMoves, orders } = inMemory(9, { left: 6, others: ['another'] });
    failMoves(2);
    await eventually(() => say(10), { within: 10_000 });
    expect(stream()).toEqual([...upTo(6), 'another', ...upTo(10).slice(6)]);
    expect(orders.get('lost')).toMatchObject({ fromSequence: 7, endedAt: new Date(at) });
    await keeper.stop();
  });

  it('sends nothing while the broker is away, and says so at once', async () => {
    const { keeper, say } = inMemory(3);
    await say(4);
    keeper.doubt();
    await expect(say(5)).rejects.toThrow('the broker is away');
    keeper.look();
    await say(5);
    await keeper.stop();
  });

  it('lets events wait before the stream is so full that it would drop its oldest ones', async () => {
    const { keeper, say, fill, stream } = inMemory(3);
    fill(streamOf('profiles').max_bytes * 0.951);
    await expect(say(4)).rejects.toThrow(/the stream PROFILES is full/);
    expect(stream()).toEqual(upTo(3));
    fill(streamOf('profiles').max_bytes * 0.5);
    await eventually(() => say(4), { within: 5_000 });
    expect(stream()).toEqual(upTo(4));
    await keeper.stop();
  });

  it('lets events wait, too, when the stream becomes that full while it sends', async () => {
    const { keeper, say, fill, stream } = inMemory(3, { lookEvery: 50 });
    await say(4);
    fill(streamOf('profiles').max_bytes * 0.96);
    let n = 4;
    await eventually(() => expect(say(++n)).rejects.toThrow(/the stream PROFILES is full/), { within: 5_000 });
    const sent = stream().length;
    await expect(say(n)).rejects.toThrow(/is full/);
    expect(stream()).toHaveLength(sent);
    fill(streamOf('profiles').max_bytes * 0.5);
    await eventually(() => say(n), { within: 5_000 });
    await keeper.stop();
  });

  it('has no doubts of the broker because one event is too large for it', async () => {
    const { keeper, say, stream, looks } = inMemory(3);
    await say(4);
    const before = looks();
    await expect(say(99)).rejects.toThrow(EventRefused);
    await say(5);
    expect([stream(), looks()]).toEqual([upTo(5), before]);
    await keeper.stop();
  });
});
