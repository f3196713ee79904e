import mongoose, { type Connection } from 'mongoose';
import { CannotUnseal } from './aead.ts';
import { type KeyRing, newKey, type WrappedKey } from './keyRing.ts';
import type { TenderKeys } from './tenderKeys.ts';
import { type TenderSeal, tenderSeal } from './tenderSeal.ts';

type StoredKey = { _id: string; kek: string; wrapped: mongoose.mongo.Binary };

const about = (tenderId: string) => ['tender', tenderId];

export const openMongoTenderKeys = async (connection: Connection, ring: KeyRing): Promise<TenderKeys> => {
  const keys = connection.collection<StoredKey>('tenderKeys');
  await keys.createIndex({ kek: 1 });

  const stored = ({ kek, wrapped }: WrappedKey) => ({ kek, wrapped: new mongoose.mongo.Binary(wrapped) });
  const keyOf = ({ _id, kek, wrapped }: StoredKey): Buffer => ring.unwrap({ kek, wrapped: wrapped.buffer }, about(_id));

  const isReadable = (key: StoredKey): boolean => {
    try {
      keyOf(key);
      return true;
    } catch (error) {
      if (error instanceof CannotUnseal) return false;
      throw error;
    }
  };

  const find = async (tenderId: string): Promise<TenderSeal | undefined> => {
    const key = await keys.findOne({ _id: tenderId });
    return key ? tenderSeal(tenderId, keyOf(key)) : undefined;
  };

  return {
    find,
    sealFor: async (tenderId) => {
      const there = await find(tenderId);
      if (there) return there;
      // Of several at once the first counts, and all read that one.
      const fresh = stored(ring.wrap(newKey(), about(tenderId)));
      await keys.insertOne({ _id: tenderId, ...fresh }).catch((error: unknown) => {
        if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) throw error;
      });
      const made = await find(tenderId);
      if (!made) throw new Error(`the key of tender ${tenderId} was destroyed while it was made`);
      return made;
    },
    destroy: async (tenderId) => {
      await keys.deleteOne({ _id: tenderId });
    },
    tendersAfter: async (tenderId, limit) =>
      (
        await keys
          .find({ _id: { $gt: tenderId } }, { projection: { _id: 1 } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray()
      ).map(({ _id }) => _id),
    rewrap: async () => {
      let count = 0;
      for await (const key of keys.find({ kek: { $ne: ring.newest } })) {
        // The old wrapping guards the write: a key destroyed meanwhile stays destroyed.
        const { matchedCount } = await keys.updateOne(
          { _id: key._id, kek: key.kek },
          { $set: stored(ring.wrap(keyOf(key), about(key._id))) },
        );
        count += matchedCount;
      }
      return count;
    },
    unusable: async () => {
      const unusable: string[] = [];
      for (const kek of await keys.distinct('kek')) {
        const one = await keys.findOne({ kek });
        if (one && !(ring.has(kek) && isReadable(one))) unusable.push(kek);
      }
      return unusable;
    },
  };
};
