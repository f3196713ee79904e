import type { Envelope } from '@umuhuza/contracts/event';
import mongoose, { type Connection, type Model } from 'mongoose';
import type { BookDocument } from './bookDocument.ts';

/** One aggregate's events that still wait to be sent, in order. */
export type Waiting = { readonly aggregate: string; readonly envelopes: readonly Envelope[] };

export type Outbox = {
  /** Where it lies; names it in logs and metrics. */
  readonly name: string;
  /** Said by the book right after a write, so that the relay need not read. */
  readonly announce: (aggregate: string, envelopes: readonly Envelope[]) => void;
  /** At most one listener: the relay. */
  readonly onAnnounce: (listener: (aggregate: string, envelopes: readonly Envelope[]) => void) => void;
  /** What a crash or an outage left behind. */
  readonly waiting: (limit: number) => Promise<Waiting[]>;
  /** Moves published events to the service's `events`, then out of the documents: a crash in between repeats, never loses. */
  readonly sent: (batch: readonly Waiting[]) => Promise<void>;
};

/** A public event as the service keeps it, longer than any stream does: a broker that lost its disk is refilled from here. */
export type SentEvent = { _id: string; at: Date; envelope: Envelope };

export const sentEventsOf = (connection: Connection): Model<SentEvent> =>
  (connection.models.events as unknown as Model<SentEvent> | undefined) ??
  connection.model<SentEvent>(
    'events',
    new mongoose.Schema<SentEvent>(
      {
        _id: { type: String, required: true },
        at: { type: Date, required: true },
        envelope: mongoose.Schema.Types.Mixed as never,
      },
      { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
    ).index({ at: 1 }),
    'events',
  );

export const mongoOutbox = <State>(connection: Connection, documents: Model<BookDocument<State>>): Outbox => {
  let listener: (aggregate: string, envelopes: readonly Envelope[]) => void = () => undefined;
  const events = sentEventsOf(connection);
  return {
    name: documents.collection.name,
    announce: (aggregate, envelopes) => listener(aggregate, envelopes),
    onAnnounce: (next) => {
      listener = next;
    },
    waiting: async (limit) => {
      const found = await documents.collection
        .find({ 'outbox.id': { $gt: '' } } as never, { projection: { outbox: 1 } })
        .limit(limit)
        .toArray();
      return found.map((document) => ({
        aggregate: String(document._id),
        envelopes: (document as unknown as BookDocument<State>).outbox,
      }));
    },
    sent: async (batch) => {
      if (batch.length === 0) return;
      try {
        await events.collection.insertMany(
          batch.flatMap(({ envelopes }) =>
            envelopes.map((envelope) => ({ _id: envelope.id as never, at: new Date(envelope.time), envelope })),
          ),
          { ordered: false },
        );
      } catch (error) {
        if (!isOnlyDuplicates(error)) throw error;
      }
      await documents.collection.bulkWrite(
        batch.map(({ aggregate, envelopes }) => ({
          updateOne: {
            filter: { _id: aggregate as never },
            update: { $pull: { outbox: { id: { $in: envelopes.map(({ id }) => id) } } } as never },
          },
        })),
        { ordered: false },
      );
    },
  };
};

/** Another relay, or this one before a crash, had moved them already. */
const isOnlyDuplicates = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoBulkWriteError && [error.writeErrors].flat().every(({ code }) => code === 11000);
