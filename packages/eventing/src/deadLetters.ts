import { createHash } from 'node:crypto';
import mongoose, { type Connection, type Model } from 'mongoose';
import { type FailedEvent, failedEventFields, failedEventOptions, indexedOnce, unwrapped } from './failedEvent.ts';
import { openParkedEvents, type ParkedEvents } from './parkedEvents.ts';

/** A message nothing could be done with. */
export type DeadLetter = FailedEvent & {
  /** Its subscriber is asked to hear it again, from this instant on. */
  replayFrom?: Date;
};

export type DeadLetters = {
  /** Idempotent: the same message is kept once, with its newest failure; a replay that was asked for has ended with it. */
  readonly keep: (letter: DeadLetter) => Promise<void>;
  readonly list: (limit: number) => Promise<DeadLetter[]>;
  readonly find: (id: string) => Promise<DeadLetter | undefined>;
  readonly count: () => Promise<number>;
  /** False when there was none. */
  readonly drop: (id: string) => Promise<boolean>;
  /** Asks the subscriber to hear it again. False when there is none. */
  readonly askReplay: (id: string, at: Date) => Promise<boolean>;
  /**
   * The next letter of these streams that waits for its replay, in the order of the stream. It is this caller's for a minute; then,
   * should the caller have died, it is anyone's again.
   */
  readonly takeAsked: (streams: readonly string[], now: Date) => Promise<DeadLetter | undefined>;
  /** Those that have tries left. */
  readonly parked: ParkedEvents;
};

const takenFor = 60_000;

/**
 * The id of a message's letter. Its place alone would not do: a stream that lost its end gives the same number to another message,
 * and that one's letter must not take the place of the first.
 */
export const letterId = (stream: string, streamSequence: number, payload: Uint8Array): string =>
  `${stream}-${streamSequence}-${createHash('sha256').update(payload).digest('hex').slice(0, 6)}`;

export const openDeadLetters = (connection: Connection): DeadLetters => {
  const letters: Model<DeadLetter> = connection.model<DeadLetter>(
    'deadLetters',
    new mongoose.Schema<DeadLetter>({ ...failedEventFields, replayFrom: Date }, failedEventOptions).index(
      { replayFrom: 1 },
      { sparse: true },
    ),
    'deadLetters',
  );
  const ensureIndexed = indexedOnce(letters);
  return {
    keep: async ({ _id, replayFrom: _ended, ...letter }) => {
      await letters.updateOne({ _id }, { $set: letter, $unset: { replayFrom: 1 } }, { upsert: true });
    },
    list: async (limit) => (await letters.find().sort({ at: 1 }).limit(limit).lean()).map(unwrapped),
    find: async (id) => {
      const found = await letters.findById(id).lean();
      return found ? unwrapped(found) : undefined;
    },
    count: () => letters.countDocuments(),
    drop: async (id) => (await letters.deleteOne({ _id: id })).deletedCount === 1,
    askReplay: async (id, at) => (await letters.updateOne({ _id: id }, { $set: { replayFrom: at } })).matchedCount === 1,
    takeAsked: async (streams, now) => {
      await ensureIndexed();
      const found = await letters
        .findOneAndUpdate(
          { replayFrom: { $lte: now }, stream: { $in: [...streams] } },
          { $set: { replayFrom: new Date(now.getTime() + takenFor) } },
          { sort: { streamSequence: 1 } },
        )
        .lean();
      return found ? unwrapped(found) : undefined;
    },
    parked: openParkedEvents(connection),
  };
};
