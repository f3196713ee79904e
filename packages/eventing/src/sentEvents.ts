import type { Envelope } from '@umuhuza/contracts/event';
import mongoose, { type Connection, type Model } from 'mongoose';

/**
 * A public event as the service keeps it, longer than any stream does: a broker that lost its disk is refilled from here.
 * `streamSequence` is its place in the stream, as the broker acknowledged it.
 */
export type SentEvent = { _id: string; at: Date; streamSequence?: number; envelope: Envelope };

/** Which sent events may be missing in the stream: those from a place on, or those from an instant on. */
export type Suspects = { readonly fromSequence: number } | { readonly since: Date };

export type SentEvents = {
  /** Keeps what was acknowledged; what is there already stays as it is. */
  readonly keep: (events: readonly SentEvent[]) => Promise<void>;
  /** The highest place in the stream that any of them got; 0 without any. */
  readonly highestSequence: () => Promise<number>;
  /** In the order they were sent; none that is older than `oldest`, and none beyond `upTo`. */
  readonly suspects: (which: Suspects, limits: { oldest: Date; upTo: number; batch: number }) => AsyncIterable<SentEvent>;
  /** Those right before a place, the nearest first. */
  readonly before: (sequence: number, limit: number) => Promise<SentEvent[]>;
  readonly count: (which: Suspects, oldest: Date) => Promise<number>;
  /** They have another place in the stream now. */
  readonly moved: (places: readonly { id: string; streamSequence: number }[]) => Promise<void>;
  /** Those from this place on that are older are in no stream any more. */
  readonly letGo: (fromSequence: number, olderThan: Date) => Promise<void>;
  /** Deletes at most `limit` that are older, and says how many. */
  readonly forget: (olderThan: Date, limit: number) => Promise<number>;
};

export const sentEventsOf = (connection: Connection): Model<SentEvent> =>
  (connection.models.events as unknown as Model<SentEvent> | undefined) ??
  connection.model<SentEvent>(
    'events',
    new mongoose.Schema<SentEvent>(
      {
        _id: { type: String, required: true },
        at: { type: Date, required: true },
        streamSequence: Number,
        envelope: mongoose.Schema.Types.Mixed as never,
      },
      { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
    )
      .index({ at: 1 })
      .index({ streamSequence: 1 }),
    'events',
  );

const filterOf = (which: Suspects, oldest: Date): Record<string, unknown> =>
  'since' in which
    ? { at: { $gte: which.since > oldest ? which.since : oldest } }
    : { streamSequence: { $gte: which.fromSequence }, at: { $gte: oldest } };

export const mongoSentEvents = (connection: Connection): SentEvents => {
  const { collection } = sentEventsOf(connection);
  const events = collection as unknown as mongoose.mongo.Collection<SentEvent>;
  return {
    keep: async (sent) => {
      try {
        await events.insertMany([...sent], { ordered: false });
      } catch (error) {
        if (!isOnlyDuplicates(error)) throw error;
      }
    },
    highestSequence: async () => {
      const highest = await events
        .find({ streamSequence: { $gt: 0 } }, { projection: { streamSequence: 1 } })
        .sort({ streamSequence: -1 })
        .limit(1)
        .next();
      return highest?.streamSequence ?? 0;
    },
    suspects: (which, { oldest, upTo, batch }) =>
      events
        .find({
          $and: [filterOf(which, oldest), { $or: [{ streamSequence: { $lte: upTo } }, { streamSequence: null as never }] }],
        })
        .sort({ streamSequence: 1 })
        .batchSize(batch),
    before: (sequence, limit) =>
      events
        .find({ streamSequence: { $gt: 0, $lt: sequence } })
        .sort({ streamSequence: -1 })
        .limit(limit)
        .toArray(),
    count: (which, oldest) => events.countDocuments(filterOf(which, oldest)),
    moved: async (places) => {
      if (places.length === 0) return;
      await events.bulkWrite(
        places.map(({ id, streamSequence }) => ({ updateOne: { filter: { _id: id }, update: { $set: { streamSequence } } } })),
        { ordered: false },
      );
    },
    letGo: async (fromSequence, olderThan) => {
      await events.updateMany(
        { streamSequence: { $gte: fromSequence }, at: { $lt: olderThan } },
        { $unset: { streamSequence: 1 } },
      );
    },
    forget: async (olderThan, limit) => {
      const old = await events
        .find({ at: { $lt: olderThan } }, { projection: { _id: 1 } })
        .limit(limit)
        .toArray();
      if (old.length === 0) return 0;
      return (await events.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
    },
  };
};

/** Another relay, or this one before a crash, had moved them already. */
const isOnlyDuplicates = (error: unknown): boolean => {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const refused = [error.writeErrors].flat();
  // The driver wraps a lost connection in the same error, with an empty list.
  return refused.length > 0 && refused.every(({ code }) => code === 11000);
};
