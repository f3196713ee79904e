import { createHmac, hkdfSync } from 'node:crypto';
import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import { type KeyRing, newKey } from '@umuhuza/service/sealing/keyRing';
import { StartFailure } from '@umuhuza/service/startFailure';
import mongoose, { type Connection } from 'mongoose';
import { type Askers, askerMark } from './askers.ts';

type StoredKey = { _id: string; kek: string; wrapped: mongoose.mongo.Binary };

const _id = 'askers';
const about = [_id];

/**
 * One key for all tenders, made at the first start and wrapped by the key-encryption keys of the environment. Not a tender's own, which goes
 * with its bids: who asked wants to find its question for as long as the tender is shown.
 */
export const openMongoAskers = async (connection: Connection, ring: KeyRing): Promise<Askers> => {
  const keys = connection.collection<StoredKey>('askerKeys');
  const wrap = (key: Buffer) => {
    const { kek, wrapped } = ring.wrap(key, about);
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

  return {
    markOf: (tenderId, organisation) => {
      const marking = Buffer.from(hkdfSync('sha256', key, Buffer.from(tenderId), 'umuhuza asker', 32));
      return askerMark(createHmac('sha256', marking).update(organisation).digest('base64url'));
    },
  };
};

const unwrap = (ring: KeyRing, { kek, wrapped }: StoredKey): Buffer => {
  try {
    if (ring.has(kek)) return ring.unwrap({ kek, wrapped: wrapped.buffer }, about);
  } catch (error) {
    if (!(error instanceof CannotUnseal)) throw error;
  }
  throw new StartFailure(
    `SEALING_KEYS lacks ${kek}, or names another key by that id: nobody would find its own questions. Add the former key.`,
  );
};
