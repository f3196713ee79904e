import type { BidContent } from '@umuhuza/contracts/tenders/schemas';
import mongoose, { type Connection } from 'mongoose';
import type { BidStore } from './bidStore.ts';

type StoredBid = { _id: string; tenderId: string; content: BidContent };

export const openMongoBidStore = async (connection: Connection): Promise<BidStore> => {
  const schema = new mongoose.Schema<StoredBid>(
    {
      _id: { type: String, required: true },
      tenderId: { type: String, required: true },
      content: mongoose.Schema.Types.Mixed as never,
    },
    { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
  ).index({ tenderId: 1 });
  const bids = connection.model<StoredBid>('bidContents', schema, 'bidContents');
  await bids.createIndexes();
  return {
    keep: async ({ contentId, tenderId, content }) => {
      await bids.create({ _id: contentId, tenderId, content });
    },
    read: async (contentIds) => {
      if (contentIds.length === 0) return new Map();
      const found = await bids.find({ _id: { $in: [...contentIds] } }).lean();
      return new Map(found.map(({ _id, content }) => [_id, content]));
    },
    delete: async (contentId) => {
      await bids.deleteOne({ _id: contentId });
    },
    keepOnly: async (tenderId, contentIds) => {
      await bids.deleteMany({ tenderId, _id: { $nin: [...contentIds] } });
    },
  };
};
