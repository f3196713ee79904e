import type { BidContent } from '@umuhuza/contracts/tenders/schemas';
import { failpoint } from '@umuhuza/eventing/failpoints';
import { sealJson, unsealJson } from '@umuhuza/service/sealing/aead';
import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { BidStore, ContentPlace } from './bidStore.ts';
import { documentKey } from './sealing/documentKey.ts';
import type { Letter } from './sealing/letters.ts';
import type { TenderSeal } from './sealing/tenderSeal.ts';

const { Binary } = mongoose.mongo;

type StoredBid = {
  _id: string;
  tenderId: string;
  /** For the opening: who gave it, and its key. */
  letter?: mongoose.mongo.Binary;
  /** The same of a tender with one key for all. */
  bidder?: mongoose.mongo.Binary;
  sealed?: mongoose.mongo.Binary;
  /** Of the documents that the content names: for who can read the content. */
  documentKeys?: mongoose.mongo.Binary;
  /** Of a bid that was given before contents were sealed. */
  content?: BidContent;
};

export const openMongoBidStore = async (connection: Connection): Promise<BidStore> => {
  const bids = connection.collection<StoredBid>('bidContents');
  await bids.createIndex({ tenderId: 1 });

  const found = async (tenderId: string, contentIds: readonly string[]) =>
    contentIds.length === 0 ? [] : bids.find({ _id: { $in: [...contentIds] }, tenderId }).toArray();

  return {
    keep: async ({ contentId, tenderId, bidder, content }, seal) => {
      const key = Buffer.from(seal.contentKey(contentId), 'base64url');
      const letter = await seal.letter(contentId, bidder);
      await failpoint('beforeKeepApart');
      const stored = {
        tenderId,
        ...('letter' in letter ? { letter: new Binary(letter.letter) } : { bidder: new Binary(letter.bidder) }),
        sealed: new Binary(sealJson(key, aboutContent(tenderId, contentId), content)),
        documentKeys: new Binary(sealJson(key, aboutKeys(tenderId, contentId), keysOf(content, seal))),
      };
      await bids.updateOne({ _id: contentId }, { $setOnInsert: stored }, { upsert: true });
      await failpoint('afterKeepApart');
    },
    read: async (tenderId, places, seal) => {
      const contents = new Map<string, BidContent>();
      const byId = new Map(places.map((place) => [place.contentId, place]));
      for (const { _id, sealed, content } of await found(tenderId, [...byId.keys()])) {
        if (content) contents.set(_id, content);
        const key = keyOf(byId.get(_id), seal);
        if (sealed && key) contents.set(_id, unsealJson(key, aboutContent(tenderId, _id), sealed.buffer) as BidContent);
      }
      return contents;
    },
    documentKey: async (tenderId, place, documentId) => {
      const [stored] = await found(tenderId, [place.contentId]);
      const key = keyOf(place, undefined);
      if (!stored?.documentKeys || !key) return undefined;
      const keys = unsealJson(key, aboutKeys(tenderId, place.contentId), stored.documentKeys.buffer);
      const given = z.record(z.string(), z.string()).parse(keys)[documentId];
      return given === undefined ? undefined : Buffer.from(given, 'base64url');
    },
    letters: async (tenderId, contentIds, open) => {
      const letters = new Map<string, Letter>();
      for (const { _id, letter, bidder } of await found(tenderId, contentIds)) {
        const sealed = letter ? { letter: letter.buffer } : bidder && { bidder: bidder.buffer };
        if (sealed) letters.set(_id, await open(_id, sealed));
      }
      return letters;
    },
    unsealed: async () =>
      (await bids.find({ content: { $exists: true } }, { projection: { tenderId: 1 } }).toArray()).map(({ _id, tenderId }) => ({
        tenderId,
        contentId: _id,
      })),
    delete: async (contentId) => {
      await bids.deleteOne({ _id: contentId });
    },
    keepOnly: async (tenderId, contentIds) => {
      await bids.deleteMany({ tenderId, _id: { $nin: [...contentIds] } });
    },
  };
};

const aboutContent = (tenderId: string, contentId: string) => ['content', tenderId, contentId];

const aboutKeys = (tenderId: string, contentId: string) => ['document-keys', tenderId, contentId];

const keysOf = ({ documents = [] }: BidContent, seal: TenderSeal): Record<string, string> =>
  Object.fromEntries(documents.map(({ id }) => [id, documentKey(seal, id).toString('base64url')]));

const keyOf = (place: ContentPlace | undefined, seal: TenderSeal | undefined): Buffer | undefined => {
  const key = place?.contentKey ?? (place && seal?.contentKey(place.contentId));
  return key === undefined ? undefined : Buffer.from(key, 'base64url');
};
