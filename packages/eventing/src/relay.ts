import type { Envelope } from '@umuhuza/contracts/event';
import type { Logger } from 'pino';
import { failpoint } from './failpoints.ts';
import type { Outbox, Sent } from './outbox.ts';

/**
 * Sends one envelope and answers its place in the stream once JetStream has stored it; rejects when that is not certain, with
 * `EventRefused` when it never will be.
 */
export type Publish = (envelope: Envelope) => Promise<number>;

/** The broker takes everything but this event, now and later: it is too large, say. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';
}

export type Relay = {
  /** Ends when what was announced is sent, or cannot be sent now; the rest stays in the outbox for the next start. */
  readonly stop: () => Promise<void>;
};

/** What the relay needs of an outbox. */
export type RelayedOutbox = Pick<Outbox, 'name' | 'onAnnounce' | 'waiting' | 'sent'>;

export type RelayOptions = {
  readonly publish: Publish;
  readonly logger: Logger;
  /** Milliseconds between looks for what a crash or an outage left behind. */
  readonly sweepEvery?: number;
  /** Aggregates looked up at once: bounds the storm after an outage. */
  readonly batch?: number;
  /** Aggregates whose events are kept in memory to be sent; what is announced beyond that is looked up when they are. */
  readonly most?: number;
  /** Sweeps between tries of what the broker refused. */
  readonly sweepsToRefused?: number;
};

/**
 * Publishes each aggregate's events in order, several aggregates side by side, and moves them out of the outbox after the ack.
 * Announced events are sent at once; the sweep finds what was left. While the broker is away nothing is kept in memory: the outbox
 * is the queue.
 */
export const startRelay = (
  outbox: RelayedOutbox,
  { publish, logger, sweepEvery = 1_000, batch = 256, most = 2_048, sweepsToRefused = 60 }: RelayOptions,
): Relay => {
  const lanes = new Map<string, { readonly envelopes: Envelope[]; readonly ended: Promise<void> }>();
  const underWay = new Set<string>();
  let acked: Sent[] = [];
  let moving: Promise<void> | undefined;
  let away = false;
  let passedOver = false;
  /** The database takes no moves now, as when its disk is full. */
  let cannotMove = false;
  let stopped = false;
  /** By aggregate, the event that the broker refuses. */
  const refused = new Map<string, string>();
  /** Those of them that are not looked at for now: they would stand in the way of the others. */
  const leftOut = new Set<string>();

  /** Settles when the aggregate's lane has ended, well or not. */
  const enqueue = (aggregate: string, envelopes: readonly Envelope[]): Promise<void> | undefined => {
    if (leftOut.has(aggregate)) return undefined;
    const fresh = envelopes.filter(({ id }) => !underWay.has(id));
    for (const { id } of fresh) underWay.add(id);
    const lane = lanes.get(aggregate);
    if (lane) lane.envelopes.push(...fresh);
    else if (fresh.length > 0) {
      const ended = Promise.resolve().then(() => send(aggregate, fresh));
      lanes.set(aggregate, { envelopes: fresh, ended });
      return ended;
    }
    return lane?.ended;
  };

  const send = async (aggregate: string, lane: Envelope[]) => {
    try {
      for (let envelope = lane[0]; envelope; envelope = lane[0]) {
        await failpoint('beforePublish');
        const streamSequence = await publish(envelope);
        await failpoint('afterAck');
        lane.shift();
        acked.push({ aggregate, envelope, streamSequence });
        moving ??= move();
      }
      refused.delete(aggregate);
      if (away) logger.info({ outbox: outbox.name }, 'the broker answers again; sending what waited');
      away = false;
    } catch (error) {
      if (error instanceof EventRefused) refuse(aggregate, lane[0], error);
      else {
        if (!away) logger.warn({ err: error, outbox: outbox.name }, 'events wait in the outbox until the broker answers');
        away = true;
      }
      for (const { id } of lane) underWay.delete(id);
    } finally {
      lanes.delete(aggregate);
      if (passedOver && !away && lanes.size < most / 2) {
        passedOver = false;
        wake();
      }
    }
  };

  /** It keeps back the later events of its own aggregate, and nobody else's. */
  const refuse = (aggregate: string, envelope: Envelope | undefined, error: EventRefused) => {
    leftOut.add(aggregate);
    if (!envelope || refused.get(aggregate) === envelope.id) return;
    refused.set(aggregate, envelope.id);
    const about = { err: error, outbox: outbox.name, aggregate, event: envelope.id, type: envelope.type };
    logger.error(about, 'the broker refuses an event; it and what its aggregate says after it wait in the outbox');
  };

  /** One write for all that was acked while the last one ran. */
  const move = async () => {
    await Promise.resolve();
    while (acked.length > 0) {
      const batchOfAcked = acked;
      acked = [];
      try {
        await outbox.sent(batchOfAcked);
        cannotMove = false;
      } catch (error) {
        cannotMove = true;
        logger.warn(
          { err: error, outbox: outbox.name },
          'sent events could not be moved out of the outbox; they will be sent again',
        );
      }
      for (const { envelope } of batchOfAcked) underWay.delete(envelope.id);
    }
    moving = undefined;
  };

  const settled = async () => {
    while (lanes.size > 0 || moving) {
      await Promise.all([...lanes.values()].map(({ ended }) => ended));
      await moving;
    }
  };

  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const sweeping = (async () => {
    for (let sweeps = 1; !stopped; ) {
      try {
        const found = await outbox.waiting(batch, [...leftOut]);
        const sent = found.map(({ aggregate, envelopes }) => enqueue(aggregate, envelopes));
        if (found.length === batch && !away) {
          // There is more, and those just sent must be out of the way before it is looked up.
          await Promise.all(sent);
          await moving;
          if (!cannotMove) continue;
        }
      } catch (error) {
        logger.warn({ err: error, outbox: outbox.name }, 'the outbox could not be read; trying again');
      }
      await pause(sweepEvery);
      sweeps += 1;
      if (sweeps % sweepsToRefused === 0) leftOut.clear();
    }
  })();

  outbox.onAnnounce((aggregate, envelopes) => {
    if (away) return;
    if (lanes.size < most || lanes.has(aggregate)) enqueue(aggregate, envelopes);
    else passedOver = true;
  });

  return {
    stop: async () => {
      stopped = true;
      wake();
      await sweeping;
      await settled();
    },
  };
};
