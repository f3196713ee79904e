import mongoose, { type Connection, type Model } from 'mongoose';
import { type FailedEvent, failedEventFields, failedEventOptions, indexedOnce, unwrapped } from './failedEvent.ts';

/** A message at which a reaction threw, on its way to its next try or, in the end, to the dead letters. */
export type ParkedEvent = FailedEvent & { nextTryAt: Date };

/** How a try ended that is not the last one. */
export type FailedTry = Pick<ParkedEvent, 'error' | 'tries' | 'at' | 'nextTryAt'>;

export type ParkedEvents = {
  /** Idempotent: one that is parked already keeps its tries. */
  readonly park: (event: ParkedEvent) => Promise<void>;
  /** Those of these streams whose next try is due, the longest due first. They are this caller's for a while; then, should it have died, anyone's. */
  readonly takeDue: (streams: readonly string[], now: Date) => Promise<ParkedEvent[]>;
  readonly failed: (id: string, how: FailedTry) => Promise<void>;
  readonly drop: (id: string) => Promise<void>;
  readonly count: () => Promise<number>;
};

/** Milliseconds for which a taken event is its taker's: longer than a reaction may take. */
const takenFor = 180_000;
const atOnce = 64;

/**
 * Events a subscriber could not handle yet, with what it takes to hear them again. They lie here and not with the broker: there they
 * would take up the places of those behind them, and how often each was tried would be forgotten with the process.
 */
export const openParkedEvents = (connection: Connection): ParkedEvents => {
  const parked: Model<ParkedEvent> =
    (connection.models.parkedEvents as unknown as Model<ParkedEvent> | undefined) ??
    connection.model<ParkedEvent>(
      'parkedEvents',
      new mongoose.Schema<ParkedEvent>({ ...failedEventFields, nextTryAt: Date }, failedEventOptions).index({ nextTryAt: 1 }),
      'parkedEvents',
    );
  const ensureIndexed = indexedOnce(parked);
  return {
    park: async ({ _id, ...event }) => {
      await parked.updateOne({ _id }, { $setOnInsert: event }, { upsert: true });
    },
    takeDue: async (streams, now) => {
      await ensureIndexed();
      const due = await parked
        .find({ nextTryAt: { $lte: now }, stream: { $in: [...streams] } })
        .sort({ nextTryAt: 1 })
        .limit(atOnce)
        .lean();
      const until = new Date(now.getTime() + takenFor);
      const mine = await Promise.all(
        due.map(
          async ({ _id, nextTryAt }) => (await parked.updateOne({ _id, nextTryAt }, { nextTryAt: until })).matchedCount === 1,
        ),
      );
      return due.filter((_, n) => mine[n]).map(unwrapped);
    },
    failed: async (id, how) => {
      await parked.updateOne({ _id: id }, { $set: how });
    },
    drop: async (id) => {
      await parked.deleteOne({ _id: id });
    },
    count: () => parked.countDocuments(),
  };
};
