import type { Envelope } from '@umuhuza/contracts/event';
import type { Connection, Model } from 'mongoose';
import type { BookDocument } from './bookDocument.ts';
import { failpoint } from './failpoints.ts';
import { type RefillOrders, refillOrders } from './refillOrders.ts';
import { mongoSentEvents, type SentEvents } from './sentEvents.ts';

/** One aggregate's events that still wait to be sent, in order. */
export type Waiting = { readonly aggregate: string; readonly envelopes: readonly Envelope[] };

/** An event the broker has acknowledged, with its place in the stream. */
export type Sent = { readonly aggregate: string; readonly envelope: Envelope; readonly streamSequence: number };

/** What waits: how many events, and since when the oldest of them does (RFC 3339 UTC). `atLeast` when there are more than were looked at. */
export type Backlog = { readonly events: number; readonly oldest?: string; readonly atLeast: boolean };

export type Outbox = {
  /** Where it lies; names it in logs and metrics. */
  readonly name: string;
  /** Said by the book right after a write, so that the relay need not read. */
  readonly announce: (aggregate: string, envelopes: readonly Envelope[]) => void;
  /** At most one listener: the relay. */
  readonly onAnnounce: (listener: (aggregate: string, envelopes: readonly Envelope[]) => void) => void;
  /** What a crash or an outage left behind, but for these aggregates. */
  readonly waiting: (limit: number, without?: readonly string[]) => Promise<Waiting[]>;
  /** Moves published events to the service's `events`, then out of the documents: a crash in between repeats, never loses. */
  readonly sent: (batch: readonly Sent[]) => Promise<void>;
  readonly backlog: () => Promise<Backlog>;
  /** What the service has sent; all its outboxes share it. */
  readonly sentEvents: SentEvents;
  readonly refills: RefillOrders;
};

/**
 * Documents looked at for the metrics; a longer outbox is a longer outage, whatever its exact length. They are the first by ids of events,
 * which are hashes: a part drawn by chance, whose oldest event is hardly younger than the oldest of all.
 */
const counted = 10_000;

export const mongoOutbox = <State>(connection: Connection, documents: Model<BookDocument<State>>): Outbox => {
  let listener: (aggregate: string, envelopes: readonly Envelope[]) => void = () => undefined;
  const sentEvents = mongoSentEvents(connection);
  return {
    name: documents.collection.name,
    announce: (aggregate, envelopes) => listener(aggregate, envelopes),
    onAnnounce: (next) => {
      listener = next;
    },
    waiting: async (limit, without = []) => {
      const others = without.length > 0 ? { _id: { $nin: without } } : {};
      const found = await documents.collection
        .find({ 'outbox.id': { $gt: '' }, ...others } as never, { projection: { outbox: 1 } })
        .limit(limit)
        .toArray();
      return found.map((document) => ({
        aggregate: String(document._id),
        envelopes: (document as unknown as BookDocument<State>).outbox,
      }));
    },
    sent: async (batch) => {
      if (batch.length === 0) return;
      await failpoint('beforeMove');
      await sentEvents.keep(
        batch.map(({ envelope, streamSequence }) => ({
          _id: envelope.id,
          at: new Date(envelope.time),
          streamSequence,
          envelope,
        })),
      );
      await failpoint('betweenMoves');
      await documents.collection.bulkWrite(outOfOutbox(batch), { ordered: false });
      await failpoint('afterMove');
    },
    backlog: async () => {
      const found = await documents.collection
        .find({ 'outbox.id': { $gt: '' } } as never, { projection: { 'outbox.time': 1 } })
        .limit(counted)
        .toArray();
      const times = (found as unknown as Pick<BookDocument<State>, 'outbox'>[]).flatMap(({ outbox }) =>
        outbox.map(({ time }) => time),
      );
      const oldest = times.reduce<string | undefined>(
        (first, time) => (first === undefined || time < first ? time : first),
        undefined,
      );
      return { events: times.length, ...(oldest === undefined ? {} : { oldest }), atLeast: found.length === counted };
    },
    sentEvents,
    refills: refillOrders(connection),
  };
};

const outOfOutbox = (batch: readonly Sent[]) => {
  const ids = new Map<string, string[]>();
  for (const { aggregate, envelope } of batch) ids.set(aggregate, [...(ids.get(aggregate) ?? []), envelope.id]);
  return [...ids].map(([aggregate, sent]) => ({
    updateOne: { filter: { _id: aggregate as never }, update: { $pull: { outbox: { id: { $in: sent } } } as never } },
  }));
};
