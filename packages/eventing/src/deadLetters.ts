import mongoose, { type Connection, type Model } from 'mongoose';

/** A message nothing could be done with, as it came, with the reason. */
export type DeadLetter = {
  _id: string;
  stream: string;
  streamSequence: number;
  subject: string;
  payload: Buffer;
  error: string;
  tries: number;
  at: Date;
};

export type DeadLetters = {
  /** Idempotent: the same message is kept once. */
  readonly keep: (letter: DeadLetter) => Promise<void>;
  readonly list: (limit: number) => Promise<DeadLetter[]>;
  readonly find: (id: string) => Promise<DeadLetter | undefined>;
  /** False when there was none. */
  readonly drop: (id: string) => Promise<boolean>;
};

export const openDeadLetters = (connection: Connection): DeadLetters => {
  const letters: Model<DeadLetter> = connection.model<DeadLetter>(
    'deadLetters',
    new mongoose.Schema<DeadLetter>(
      {
        _id: String,
        stream: String,
        streamSequence: Number,
        subject: String,
        payload: Buffer,
        error: String,
        tries: Number,
        at: Date,
      },
      { versionKey: false, autoIndex: false, autoCreate: false },
    ),
    'deadLetters',
  );
  return {
    keep: async ({ _id, ...letter }) => {
      await letters.updateOne({ _id }, { $set: letter }, { upsert: true });
    },
    list: async (limit) => letters.find().sort({ at: 1 }).limit(limit).lean(),
    find: async (id) => (await letters.findById(id).lean()) ?? undefined,
    drop: async (id) => (await letters.deleteOne({ _id: id })).deletedCount === 1,
  };
};
