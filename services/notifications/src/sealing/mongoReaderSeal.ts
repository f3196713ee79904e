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
    }),
  );
