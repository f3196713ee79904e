import mongoose, { type mongo } from 'mongoose';
import type { Ended } from './together.ts';

type Operation = mongo.AnyBulkWriteOperation<mongo.BSON.Document>;
type BulkCollection = Pick<mongo.Collection<mongo.BSON.Document>, 'bulkWrite'>;

/** What became of one write of a bulk; `upserted` when it made a document that was not there. */
export type Written = { readonly upserted: boolean };

/** The index a write collided on, when it did. */
export const collidedOn = (error: unknown): string | undefined => {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) return undefined;
  return /index: (\S+)/.exec(error.message)?.[1] ?? 'a unique value';
};

/** The driver wraps whatever ended a bulk; an outage must be seen as one. */
const unwrapped = (error: unknown): unknown =>
  error instanceof mongoose.mongo.MongoBulkWriteError && (error.errorResponse as unknown) instanceof Error
    ? error.errorResponse
    : error;

/** One of the writes is no BSON, or too large: nothing was sent. */
const isUnsendable = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoInvalidArgumentError ||
  error instanceof mongoose.mongo.BSON.BSONError ||
  error instanceof RangeError;

/**
 * Runs independent writes in one round trip and tells what became of each. Rejects when that is not known of any, as in an outage. A
 * write that no bulk can carry, such as one too large, fails by itself.
 */
export const writeEach = async (
  collection: BulkCollection,
  operations: readonly Operation[],
): Promise<readonly Ended<Written>[]> => {
  try {
    const { upsertedIds } = await collection.bulkWrite([...operations], { ordered: false });
    return operations.map((_, n) => ({ value: { upserted: n in upsertedIds } }));
  } catch (wrapped) {
    const error = unwrapped(wrapped);
    const refused = error instanceof mongoose.mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
    if (error instanceof mongoose.mongo.MongoBulkWriteError && refused.length > 0) {
      const byIndex = new Map(refused.map((each) => [each.index, each]));
      return operations.map((_, n) => {
        const mine = byIndex.get(n);
        if (!mine) return { value: { upserted: n in error.upsertedIds } };
        return {
          error: new mongoose.mongo.MongoServerError({ message: mine.errmsg ?? 'the write was refused', code: mine.code }),
        };
      });
    }
    if (!isUnsendable(error) || operations.length === 1) throw error;
    return (await Promise.all(operations.map((one) => alone(collection, one)))).flat();
  }
};

const alone = (collection: BulkCollection, one: Operation): Promise<readonly Ended<Written>[]> =>
  writeEach(collection, [one]).catch((error: unknown) => [{ error }]);
