import { createHmac, hkdfSync } from 'node:crypto';
import { openKeptKey } from '@umuhuza/service/sealing/keptKey';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import type { Connection } from 'mongoose';
import { type Askers, askerMark } from './askers.ts';

/**
 * By one key for all tenders, and not a tender's own, which goes with its bids: who asked wants to find its question for as long as the tender is
 * shown.
 */
export const openMongoAskers = async (connection: Connection, ring: KeyRing): Promise<Askers> => {
  const key = await openKeptKey(connection, ring, {
    ...{ collection: 'askerKeys', id: 'askers', about: ['askers'], variable: 'SEALING_KEYS' },
    lost: 'nobody would find its own questions',
  });
  return {
    markOf: (tenderId, organisation) => {
      const marking = Buffer.from(hkdfSync('sha256', key, Buffer.from(tenderId), 'umuhuza asker', 32));
      return askerMark(createHmac('sha256', marking).update(organisation).digest('base64url'));
    },
  };
};
