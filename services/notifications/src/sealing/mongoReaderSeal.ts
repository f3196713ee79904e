import { openKeptKey } from '@umuhuza/service/sealing/keptKey';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import { aboutReaderKey, type ReaderSeal, readerSeal } from '@umuhuza/service/sealing/readerSeal';
import type { Connection } from 'mongoose';

/** By this key notifications of sealed bids are found again, whatever becomes of the ring's keys. */
export const openMongoReaderSeal = async (connection: Connection, ring: KeyRing): Promise<ReaderSeal> =>
  readerSeal(
    await openKeptKey(connection, ring, {
      ...{ collection: 'readerKeys', id: 'readers', about: aboutReaderKey, variable: 'POST_KEYS' },
      lost: 'nobody would find what it was told of its sealed bids',
      isUsed: async () => {
        const first = (collection: string, filter: object) => connection.collection(collection).findOne(filter);
        const marked = { _id: { $gte: marks, $lt: afterMarks } };
        return (
          ((await first('notifications', marked)) ?? (await first('tellings', marked)) ?? (await first('audiences', sealed))) !==
          null
        );
      },
    }),
  );

const sealed = { sealed: { $exists: true } };
/** Whatever is found by a mark alone has an id from the first up to the second. */
const marks = 'sealed-';
const afterMarks = 'sealed.';
