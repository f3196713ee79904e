import { hkdfSync } from 'node:crypto';
import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import { type KeyRing, newKey, type WrappedKey } from '@umuhuza/service/sealing/keyRing';
import mongoose, { type Collection, type Connection } from 'mongoose';
import { letterReader, newLetterBox, sealLetter } from './letters.ts';
import type { Opener, TenderKeys } from './tenderKeys.ts';
import { earlierLetter, readEarlierLetter, type TenderSeal, tenderSeal } from './tenderSeal.ts';

type Wrapped = { kek: string; wrapped: mongoose.mongo.Binary };
type StoredKeys = Wrapped & {
  _id: string;
  /** Missing where a tender's bids were all sealed by its one key. Wrapped by the same key-encryption key. */
  letters?: { publicHalf: string; wrapped: mongoose.mongo.Binary };
};
/** `_id`: what stands for the bidder, which is another one for each tender. */
type StoredHalf = Wrapped & { _id: string; tenderId: string };

const aboutTender = ({ _id }: { readonly _id: string }) => ['tender', _id];
const aboutLetters = ({ _id }: { readonly _id: string }) => ['letters', _id];
const aboutHalf = ({ _id }: { readonly _id: string }) => ['half', _id];

export const openMongoTenderKeys = async (connection: Connection, ring: KeyRing): Promise<TenderKeys> => {
  const keys = connection.collection<StoredKeys>('tenderKeys');
  const halves = connection.collection<StoredHalf>('bidderKeys');
  await keys.createIndex({ kek: 1 });
  await halves.createIndex({ kek: 1 });
  await halves.createIndex({ tenderId: 1 });

  const stored = ({ kek, wrapped }: WrappedKey): Wrapped => ({ kek, wrapped: new mongoose.mongo.Binary(wrapped) });
  const unwrap = ({ kek, wrapped }: Wrapped, about: string[]): Buffer => ring.unwrap({ kek, wrapped: wrapped.buffer }, about);
  const keyOf = (row: StoredKeys): Buffer => unwrap(row, aboutTender(row));

  /** The seal of a tender, for what the bidder with this half brings. */
  const sealOf = (row: StoredKeys, key: Buffer, half: Buffer): TenderSeal => {
    const { _id: tenderId, letters } = row;
    if (!letters) return tenderSeal(tenderId, { marks: key, own: key, letter: earlierLetter(tenderId, key) });
    const own = Buffer.from(hkdfSync('sha256', Buffer.concat([key, half]), Buffer.from(tenderId), 'umuhuza bidder', 32));
    return tenderSeal(tenderId, {
      marks: key,
      own,
      letter: async (contentId, letter) => ({ letter: await sealLetter(letters.publicHalf, { tenderId, contentId }, letter) }),
    });
  };
  const markOf = (row: StoredKeys, key: Buffer, organisation: string) => sealOf(row, key, newKey()).bidder(organisation);

  const find = async (tenderId: string, organisation?: string): Promise<TenderSeal | undefined> => {
    const row = await keys.findOne({ _id: tenderId });
    if (!row) return undefined;
    const key = keyOf(row);
    const half =
      organisation === undefined || !row.letters ? null : await halves.findOne({ _id: markOf(row, key, organisation) });
    return sealOf(row, key, half ? unwrap(half, aboutHalf(half)) : newKey());
  };

  const ignoringSecond = (error: unknown): void => {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) throw error;
  };

  const isReadable = (read: () => unknown): boolean => {
    try {
      read();
      return true;
    } catch (error) {
      if (error instanceof CannotUnseal) return false;
      throw error;
    }
  };
  const unusableIn = async <Row extends Wrapped>(rows: Collection<Row>, about: (row: Row) => string[]): Promise<string[]> => {
    const unusable: string[] = [];
    for (const kek of (await rows.distinct('kek')) as string[]) {
      const one = (await rows.findOne({ kek } as never)) as Row | null;
      if (one && !(ring.has(kek) && isReadable(() => unwrap(one, about(one))))) unusable.push(kek);
    }
    return unusable;
  };

  return {
    find,
    makeFor: async (tenderId) => {
      if (await keys.findOne({ _id: tenderId }, { projection: { _id: 1 } })) return;
      const { publicHalf, privateHalf } = await newLetterBox();
      const letters = { publicHalf, wrapped: stored(ring.wrap(privateHalf, aboutLetters({ _id: tenderId }))).wrapped };
      // Of several at once the first counts, and all read that one.
      await keys
        .insertOne({ _id: tenderId, ...stored(ring.wrap(newKey(), aboutTender({ _id: tenderId }))), letters })
        .catch(ignoringSecond);
    },
    sealFor: async (tenderId, organisation) => {
      const row = await keys.findOne({ _id: tenderId });
      if (!row) return undefined;
      const key = keyOf(row);
      const _id = markOf(row, key, organisation);
      if (!row.letters) return sealOf(row, key, newKey());
      const there = await halves.findOne({ _id });
      if (there) return sealOf(row, key, unwrap(there, aboutHalf(there)));
      await halves.insertOne({ _id, tenderId, ...stored(ring.wrap(newKey(), aboutHalf({ _id }))) }).catch(ignoringSecond);
      // Whoever destroys the keys deletes the halves afterwards: one that comes later goes by itself.
      const made = await find(tenderId, organisation);
      if (!made) await halves.deleteOne({ _id });
      return made;
    },
    opener: async (tenderId): Promise<Opener | undefined> => {
      const row = await keys.findOne({ _id: tenderId });
      if (!row) return undefined;
      const earlier = readEarlierLetter(tenderId, keyOf(row));
      const { letters, kek } = row;
      const read = letters && (await letterReader(unwrap({ kek, wrapped: letters.wrapped }, aboutLetters(row))));
      return async (contentId, sealed) => {
        if (!('letter' in sealed)) return earlier(contentId, sealed);
        if (!read) throw new CannotUnseal('letter without a box');
        return read({ tenderId, contentId }, sealed.letter);
      };
    },
    destroy: async (tenderId) => {
      await keys.deleteOne({ _id: tenderId });
    },
    deleteHalves: async (tenderId) => {
      await halves.deleteMany({ tenderId });
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
      // The old wrapping guards each write: what is destroyed meanwhile stays destroyed.
      for await (const row of keys.find({ kek: { $ne: ring.newest } })) {
        const { _id, kek, letters } = row;
        const again =
          letters && stored(ring.wrap(unwrap({ kek, wrapped: letters.wrapped }, aboutLetters(row)), aboutLetters(row)));
        const next = {
          ...stored(ring.wrap(keyOf(row), aboutTender(row))),
          ...(letters && again ? { letters: { ...letters, wrapped: again.wrapped } } : {}),
        };
        count += (await keys.updateOne({ _id, kek }, { $set: next })).matchedCount;
      }
      for await (const row of halves.find({ kek: { $ne: ring.newest } })) {
        const next = stored(ring.wrap(unwrap(row, aboutHalf(row)), aboutHalf(row)));
        count += (await halves.updateOne({ _id: row._id, kek: row.kek }, { $set: next })).matchedCount;
      }
      return count;
    },
    unusable: async () => [...new Set([...(await unusableIn(keys, aboutTender)), ...(await unusableIn(halves, aboutHalf))])],
  };
};
