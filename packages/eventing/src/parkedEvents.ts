import mongoose, { type Connection, type Model } from 'mongoose';
import { type FailedEvent, failedEventFields, failedEventOptions, indexedOnce, unwrapped } from './failedEvent.ts';

/** A message at which a reaction threw, on its way to its next try or, in the end, to the dead letters. */
export type ParkedEvent = FailedEvent & {
  nextTryAt: Date;
  /** Somebody hears it now, and says again and again that this is so; past it, whoever that was has died. */
  takenUntil?: Date;
};

/** How a try ended that is not the last one. */
export type FailedTry = Pick<ParkedEvent, 'error' | 'tries' | 'at' | 'nextTryAt'>;

export type ParkedEvents = {
  /** Idempotent: one that is parked already keeps its tries. */
  readonly park: (event: ParkedEvent) => Promise<void>;
  /** Those of these streams whose next try is due and that nobody hears, the longest due first. They are this caller's while it holds them. */
  readonly takeDue: (streams: readonly string[], now: Date, limit: number) => Promise<ParkedEvent[]>;
  /** They are still heard. To be said every second: what a process took that died is anyone's soon after. */
  readonly hold: (ids: readonly string[], now: Date) => Promise<void>;
  readonly failed: (id: string, how: FailedTry) => Promise<void>;
  readonly drop: (id: string) => Promise<void>;
  readonly count: () => Promise<number>;
};

/** Milliseconds for which an event is its taker's: some times `stillWorkingEvery`, and little for one whose taker died. */
export const takenFor = 3_000;

const until = (now: Date): Date => new Date(now.getTime() + takenFor);

/**
 * Events a subscriber could not handle yet, with what it takes to hear them again. They lie here and not with the broker: there they
 * would take up the places of those behind them, and how often each was tried would be forgotten with the process.
 */
export const openParkedEvents = (connection: Connection): ParkedEvents => {
  const parked: Model<ParkedEvent> =
    (connection.models.parkedEvents as unknown as Model<ParkedEvent> | undefined) ??
    connection.model<ParkedEvent>(
      'parkedEvents',
      new mongoose.Schema<ParkedEvent>({ ...failedEventFields, nextTryAt: Date, takenUntil: Date }, failedEventOptions).index({
        nextTryAt: 1,
      }),
      'parkedEvents',
    );
  const ensureIndexed = indexedOnce(parked);
  return {
    park: async ({ _id, ...event }) => {
      await parked.updateOne({ _id }, { $setOnInsert: event }, { upsert: true });
    },
    takeDue: async (streams, now, limit) => {
      await ensureIndexed();
      const due = await parked
        .find({
          nextTryAt: { $lte: now },
          stream: { $in: [...streams] },
          $or: [{ takenUntil: null }, { takenUntil: { $lte: now } }],
        })
        .sort({ nextTryAt: 1 })
        .limit(limit)
        .lean();
      const takenUntil = until(now);
      const mine = await Promise.all(
        due.map(async ({ _id, nextTryAt, takenUntil: before = null }) => {
          const took = await parked.updateOne({ _id, nextTryAt, takenUntil: before }, { $set: { takenUntil } });
          return took.matchedCount === 1;
        }),
      );
      return due.filter((_, n) => mine[n]).map(unwrapped);
    },
    hold: async (ids, now) => {
      // Not one that was let go of: it would wait for a time that nobody asked for.
      await parked.updateMany({ _id: { $in: [...ids] }, takenUntil: { $ne: null } }, { $set: { takenUntil: until(now) } });
    },
    failed: async (id, how) => {
      await parked.updateOne({ _id: id }, { $set: how, $unset: { takenUntil: 1 } });
    },
    drop: async (id) => {
      await parked.deleteOne({ _id: id });
    },
    count: () => parked.countDocuments(),
  };
};
