import mongoose, { type Connection } from 'mongoose';
import { StartFailure } from '../startFailure.ts';
import { type About, CannotUnseal } from './aead.ts';
import { type KeyRing, newKey } from './keyRing.ts';

type StoredKey = { _id: string; kek: string; wrapped: mongoose.mongo.Binary };

export type KeptKey = {
  /** The collection it lies in, and its id there. */
  readonly collection: string;
  readonly id: string;
  /** What it is wrapped for: no other key takes its place. */
  readonly about: About;
  /** The environment's variable that holds the ring, and what is lost without the key; both are said when a start fails. */
  readonly variable: string;
  readonly lost: string;
  /** Whether something lies there that was sealed by it: then a key that is gone was lost, and none is made in its place. */
  readonly isUsed?: () => Promise<boolean>;
};

/**
 * One key for as long as the database lives: made at the first start, wrapped by the key-encryption keys of the environment, and wrapped anew
 * when these get a newer one. Throws `StartFailure` where the ring lacks the key it is wrapped by, or the key is gone and was used.
 */
export const openKeptKey = async (connection: Connection, ring: KeyRing, kept: KeptKey): Promise<Buffer> => {
  const { collection, id: _id, about } = kept;
  const keys = connection.collection<StoredKey>(collection);
  const wrap = (key: Buffer) => {
    const { kek, wrapped } = ring.wrap(key, about);
    return { kek, wrapped: new mongoose.mongo.Binary(wrapped) };
  };
  // It is looked for again: another replica may just have made it, and used it.
  if (!(await keys.findOne({ _id })) && (await kept.isUsed?.()) && !(await keys.findOne({ _id })))
    throw new StartFailure(
      `The key ${_id} is gone from ${collection}, and something is sealed by it: ${kept.lost}. Put it back.`,
    );
  // Of several replicas that start at once the first one's counts, and all read that.
  await keys.updateOne({ _id }, { $setOnInsert: wrap(newKey()) }, { upsert: true }).catch((error: unknown) => {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) throw error;
  });
  const stored = await keys.findOne({ _id });
  if (!stored) throw new Error('a key that was just stored is there');
  const key = unwrap(ring, stored, kept);
  if (stored.kek !== ring.newest) await keys.updateOne({ _id, kek: stored.kek }, { $set: wrap(key) });
  return key;
};

const unwrap = (ring: KeyRing, { kek, wrapped }: StoredKey, { about, variable, lost }: KeptKey): Buffer => {
  try {
    if (ring.has(kek)) return ring.unwrap({ kek, wrapped: wrapped.buffer }, about);
  } catch (error) {
    if (!(error instanceof CannotUnseal)) throw error;
  }
  throw new StartFailure(`${variable} lacks ${kek}, or names another key by that id: ${lost}. Add the former key.`);
};
