import { JetStreamApiError, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import type { Envelope } from '@umuhuza/contracts/event';
import { streamOf } from '@umuhuza/nats/streams';
import type { Logger } from 'pino';
import { placeInStream } from './alreadyStored.ts';
import { ensureStream } from './declare.ts';
import { failpoint, isArmed } from './failpoints.ts';
import { firstLost, heldBetween, refill, type StreamAccess } from './refill.ts';
import { withRefill } from './refillMarks.ts';
import { type RefillOrders, suspectsOf } from './refillOrders.ts';
import { EventRefused, type Publish } from './relay.ts';
import { repeatedly } from './repeatedly.ts';
import type { SentEvents } from './sentEvents.ts';

export type KeeperOptions = {
  readonly service: string;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly flush: () => Promise<void>;
  readonly sentEvents: SentEvents;
  readonly refills: RefillOrders;
  readonly logger: Logger;
  /** RFC 3339 UTC. */
  readonly clock: () => string;
  /** Milliseconds between looks at a stream that gave no reason to look. */
  readonly lookEvery?: number;
  readonly declared?: ReturnType<typeof streamOf>;
};

export type StreamKeeper = {
  /** Publishes once the stream is known to hold what was sent before; rejects while that cannot be known. */
  readonly publish: Publish;
  /** The connection was lost: the broker that answers next may be another one. */
  readonly doubt: () => void;
  /** There is a connection again. */
  readonly look: () => void;
  readonly stop: () => Promise<void>;
};

/** The order under which a loss that was noticed is noted until it is mended. */
const lossOrder = 'lost';
/** The order that people give. */
export const handOrder = 'by-hand';

const tickEvery = 1_000;
/** Moves that were under way while the stream was mended are in the database by then. */
const secondLookAfter = 30_000;
const forgetEvery = 600_000;
const forgetAtOnce = 1_000;
const forgetRounds = 10;
/**
 * A stream this full takes nothing more. NATS itself refuses only what would not fit without its own overhead (server 2.9.10): the last
 * message it lets through may push the oldest one out.
 */
const fullAt = 0.95;
/** Sent events are kept this long, in milliseconds: a month longer than the stream keeps them. */
export const sentEventsKept = 120 * 24 * 3600 * 1000;

/** The client's own word when it is more than a message may be, and the stream's (10054) when it is more than that takes. */
const isTooLarge = (error: unknown): boolean =>
  (error instanceof JetStreamApiError && error.code === 10_054) ||
  (error instanceof errors.InvalidArgumentError && error.message.includes('max_payload'));

/**
 * Keeps the service's stream as declared and whole. The broker may lose what it has acknowledged: a disk cache, a disk, a restored
 * copy. Then its last sequence is lower than one it gave before, or it gives one a second time; either way everything from there on is
 * sent again, before anything new is.
 */
export const keepStream = (options: KeeperOptions): StreamKeeper => {
  const { service, js, jsm, flush, sentEvents, refills, logger, clock, lookEvery = 30_000 } = options;
  const { declared = streamOf(service) } = options;
  /** Milliseconds for which the broker surely knows an event again. */
  const knownFor = (declared.duplicate_window / 1_000_000) * 0.9;
  let whole = false;
  let doubtful = true;
  let connected = true;
  let gate = Promise.withResolvers<void>();
  let highestAcked = 0;
  let suspected: number | undefined;
  let nextLook = 0;
  let nextForget = 0;
  let secondLook: { at: number; from: number } | undefined;

  const now = () => new Date(clock());
  const oldest = () => new Date(now().getTime() - declared.max_age / 1_000_000);

  const close = (reason?: Error) => {
    if (whole) gate = Promise.withResolvers<void>();
    whole = false;
    doubtful = true;
    // Those who wait hear of it; that nobody may wait is no error.
    gate.promise.catch(() => undefined);
    if (reason) {
      gate.reject(reason);
      gate = Promise.withResolvers<void>();
      gate.promise.catch(() => undefined);
    }
  };
  const open = () => {
    whole = true;
    gate.resolve();
  };

  const subjectOf = ({ type, subject }: Envelope): string => `${service}.${type.split('.')[2]}.${subject}`;

  const send = async (envelope: Envelope) => {
    const acknowledged = js.publish(subjectOf(envelope), JSON.stringify(envelope), { msgID: envelope.id });
    if (isArmed('afterPublish')) {
      await flush();
      await failpoint('afterPublish');
    }
    return acknowledged;
  };

  /** Whoever sent it may have died before it noted that it had, and that longer ago than the broker remembers. */
  const sentLongAgo = async (envelope: Envelope): Promise<number | undefined> =>
    now().getTime() - Date.parse(envelope.time) > knownFor
      ? placeInStream(jsm, declared.name, subjectOf(envelope), envelope)
      : undefined;

  const access: StreamAccess = {
    idAt: async (seq) => (await jsm.streams.getMessage(declared.name, { seq }))?.header.get('Nats-Msg-Id'),
    publish: async (envelope) => (await send(envelope)).seq,
  };

  /** What the refill sent that was broken off lies there without being noted, and may be older than what the broker remembers. */
  const goingOn = async (from: number, to: number): Promise<StreamAccess> => {
    const held = await heldBetween(access, from, to);
    return { ...access, publish: async (envelope) => held.get(envelope.id) ?? access.publish(envelope) };
  };

  const mend = async (known: number, upTo: number, brokenOff: boolean, isStopped: () => boolean) => {
    const from = await firstLost(sentEvents, access, known, { oldest: oldest() });
    await refills.ask(lossOrder, { fromSequence: from }, now());
    logger.warn({ stream: declared.name, from, upTo }, 'the broker has lost events of this stream; sending them again');
    const { config, state } = await jsm.streams.info(declared.name);
    const description = withRefill(config.description, { at: clock(), from });
    if (description !== config.description) await jsm.streams.update(declared.name, { description });
    const line = brokenOff ? await goingOn(from, state.last_seq) : access;
    const { sent } = await refill(sentEvents, line, { fromSequence: from }, { oldest: oldest(), upTo, isStopped });
    await sentEvents.letGo(from, oldest());
    await refills.end(lossOrder, now());
    secondLook = { at: Date.now() + secondLookAfter, from };
    logger.warn({ stream: declared.name, from, sent }, 'the stream holds again what was sent');
  };

  const check = async (isStopped: () => boolean) => {
    doubtful = false;
    // What was acknowledged first, then what the stream holds: in the other order an event sent in between would look lost.
    const highest = Math.max(await sentEvents.highestSequence(), highestAcked);
    const { state } = await ensureStream(jsm, service, declared);
    if (state.bytes >= declared.max_bytes * fullAt) {
      // Also to those for whom the stream was whole until now.
      close();
      throw new Error(
        `the stream ${declared.name} is full (${state.bytes} bytes); raise its max_bytes or wait until old events leave it`,
      );
    }
    const unfinished = await refills.find(lossOrder);
    const brokenOff = unfinished !== undefined && !unfinished.endedAt;
    const reasons = [
      state.last_seq < highest ? state.last_seq + 1 : undefined,
      brokenOff ? unfinished.fromSequence : undefined,
      suspected,
    ].filter((place) => place !== undefined);
    if (reasons.length > 0) {
      await mend(Math.min(...reasons), highest, brokenOff, isStopped);
      suspected = undefined;
      highestAcked = (await jsm.streams.info(declared.name)).state.last_seq;
    } else highestAcked = Math.max(highestAcked, highest);
    nextLook = Date.now() + lookEvery;
    if (!doubtful) open();
  };

  const lookAgain = async (isStopped: () => boolean) => {
    if (!secondLook || Date.now() < secondLook.at) return;
    const { from } = secondLook;
    secondLook = undefined;
    await refill(sentEvents, access, { fromSequence: from }, { oldest: oldest(), upTo: highestAcked, isStopped });
  };

  const followOrder = async (isStopped: () => boolean) => {
    const order = await refills.take(handOrder, now());
    if (!order) return;
    const which = suspectsOf(order);
    const upTo = Math.max(await sentEvents.highestSequence(), highestAcked);
    const total = await sentEvents.count(which, oldest());
    await refills.progress(handOrder, now(), { checked: 0, sent: 0, total });
    await refill(sentEvents, access, which, { oldest: oldest(), upTo, isStopped }, (refilled) =>
      refills.progress(handOrder, now(), refilled),
    );
    await refills.end(handOrder, now());
  };

  const forget = async () => {
    if (Date.now() < nextForget) return;
    nextForget = Date.now() + forgetEvery;
    const before = new Date(now().getTime() - sentEventsKept);
    for (let round = 0; round < forgetRounds; round++) if ((await sentEvents.forget(before, forgetAtOnce)) < forgetAtOnce) return;
  };

  let told = false;
  const keeping = repeatedly(tickEvery, async (isStopped) => {
    if (!connected) return;
    try {
      if (!whole || doubtful || Date.now() >= nextLook) await check(isStopped);
      await lookAgain(isStopped);
      await followOrder(isStopped);
      await forget();
      told = false;
    } catch (error) {
      if (!told && !isStopped())
        logger.warn({ err: error, stream: declared.name }, 'the stream could not be looked after; trying again');
      told = true;
      if (!whole || doubtful) close(error instanceof Error ? error : new Error(String(error)));
    }
  });

  return {
    publish: async (envelope) => {
      if (!connected) throw new Error('the broker is away');
      if (!whole) await gate.promise;
      const acknowledgedBefore = highestAcked;
      try {
        const place = await sentLongAgo(envelope);
        if (place !== undefined) return place;
        const { seq, duplicate } = await send(envelope);
        if (!duplicate && seq <= acknowledgedBefore) {
          suspected = Math.min(seq, suspected ?? seq);
          close();
          keeping.wake();
        }
        if (!duplicate && seq > highestAcked) highestAcked = seq;
        return seq;
      } catch (error) {
        if (isTooLarge(error)) throw new EventRefused('it is larger than the broker takes', { cause: error });
        close();
        throw error;
      }
    },
    doubt: () => {
      connected = false;
      close(new Error('the broker is away'));
    },
    look: () => {
      connected = true;
      close();
      keeping.wake();
    },
    stop: async () => {
      await keeping.stop();
      close(new Error('stopped'));
    },
  };
};
