import { randomUUID } from 'node:crypto';
import { bidDraft } from '@umuhuza/contracts/tenders/schemas';
import { instant } from '@umuhuza/contracts/values';
import { failpoint } from '@umuhuza/eventing/failpoints';
import { sealJson, unsealJson } from '@umuhuza/service/sealing/aead';
import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { BidDrafts, DraftPlace } from './bidDrafts.ts';

const { Binary } = mongoose.mongo;

type StoredDraft = { _id: string; tenderId: string; revision: string; sealed: mongoose.mongo.Binary };

const content = z.object({ draft: bidDraft, savedAt: instant });

const idOf = ({ tenderId, organisation, seal }: DraftPlace): string => `${tenderId}/${seal.bidder(organisation)}`;
const keyOf = ({ organisation, seal }: DraftPlace): Buffer => seal.keyFor('draft', organisation);

export const openMongoBidDrafts = async (connection: Connection): Promise<BidDrafts> => {
  const drafts = connection.collection<StoredDraft>('bidDrafts');
  await drafts.createIndex({ tenderId: 1 });
  return {
    find: async (place) => {
      const _id = idOf(place);
      const found = await drafts.findOne({ _id });
      if (!found) return undefined;
      return { ...content.parse(unsealJson(keyOf(place), ['draft', _id], found.sealed.buffer)), revision: found.revision };
    },
    put: async (place, kept, over) => {
      const _id = idOf(place);
      const next = { revision: randomUUID(), sealed: new Binary(sealJson(keyOf(place), ['draft', _id], kept)) };
      await failpoint('beforeDraft');
      if (over !== undefined) return (await drafts.updateOne({ _id, revision: over }, { $set: next })).matchedCount === 1;
      try {
        await drafts.insertOne({ _id, tenderId: place.tenderId, ...next });
        await failpoint('afterDraft');
        return true;
      } catch (error) {
        if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
        throw error;
      }
    },
    delete: async (place, revision) => {
      await failpoint('beforeDraft');
      const { deletedCount } = await drafts.deleteOne({ _id: idOf(place), ...(revision === undefined ? {} : { revision }) });
      await failpoint('afterDraft');
      return deletedCount === 1;
    },
    deleteAllOf: async (tenderId) => {
      await drafts.deleteMany({ tenderId });
    },
  };
};
