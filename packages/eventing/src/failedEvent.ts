import mongoose, { type Model } from 'mongoose';

/** A message that was not handled, as it came, with the reason. */
export type FailedEvent = {
  _id: string;
  stream: string;
  streamSequence: number;
  subject: string;
  payload: Buffer;
  error: string;
  tries: number;
  /** When it failed last. */
  at: Date;
};

/** Its fields as they lie in the database; made by nobody but the code that opens the collection. */
export const failedEventFields = {
  _id: String,
  stream: String,
  streamSequence: Number,
  subject: String,
  payload: Buffer,
  error: String,
  tries: Number,
  at: Date,
};

export const failedEventOptions = { versionKey: false, autoIndex: false, autoCreate: false } as const;

/** Makes the indexes before the first look, and again should that have failed. */
export const indexedOnce = (model: Pick<Model<never>, 'createIndexes'>): (() => Promise<void>) => {
  let indexed: Promise<void> | undefined;
  return () => {
    indexed ??= model.createIndexes().catch((error: unknown) => {
      indexed = undefined;
      throw error;
    });
    return indexed;
  };
};

/** The driver gives bytes back in a wrapping of its own. */
export const unwrapped = <Event extends FailedEvent>(found: Event): Event => {
  const payload: unknown = found.payload;
  return payload instanceof mongoose.mongo.Binary ? { ...found, payload: Buffer.from(payload.buffer) } : found;
};
