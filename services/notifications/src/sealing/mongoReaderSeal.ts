import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import { type KeyRing, newKey } from '@umuhuza/service/sealing/keyRing';
import { aboutReaderKey, type ReaderSeal, readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { StartFailure } from '@umuhuza/service/startFailure';
import mongoose, { type Connection } from 'mongoose';

type StoredKey = { _id: string; kek: string; wrapped: mongoose.mongo.Binary };

const _id = 'readers';

/**
 * One key, made at the first start and wrapped by the key ring of the environment: by it notifications of sealed bids are found again, whatever
 * becomes of the ring's keys.
 */
export const openMongoReaderSeal = async (connection: Connection, ring: KeyRing): Promise<ReaderSeal> => {
  const keys = connection.collection<StoredKey>('readerKeys');
  const wrap = (key: Buffer) => {
    const { kek, wrapped } = ring.wrap(key, aboutReaderKey);
    return { kek, wrapped: new mongoose.mongo.Binary(wrapped) };
  };
  // Of several replicas that start at once the first one's counts, and all read that.
  await keys.updateOne({ _id }, { $setOnInsert: wrap(newKey()) }, { upsert: true }).catch((error: unknown) => {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) throw error;
  });
  const stored = await keys.findOne({ _id });
  if (!stored) throw new Error('a key that was just stored is there');
  const key = unwrap(ring, stored);
  if (stored.kek !== ring.newest) await keys.updateOne({ _id, kek: stored.kek }, { $set: wrap(key) });
  return readerSeal(key);
};

const unwrap = (ring: KeyRing, { kek, wrapped }: StoredKey): Buffer => {
  try {
    if (ring.has(kek)) return ring.unwrap({ kek, wrapped: wrapped.buffer }, aboutReaderKey);
  } catch (error) {
    if (!(error instanceof CannotUnseal)) throw error;
  }
  throw new StartFailure(
    `POST_KEYS lacks ${kek}, or names another key by that id: nobody would find what it was told of its sealed bids. Add the former key.`,
  );
};
