import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, type Feed, type FeedFact, type FeedRefusal, noFeed } from './feed/feed.ts';
import type { FeedBook } from './feedBook.ts';

export const openMongoFeedBook = async (connection: Connection): Promise<FeedBook> => {
  const book = await openBook<Feed, FeedFact, FeedRefusal, Record<string, never>>(connection, {
    service: 'sandbox',
    name: 'calendarFeeds',
    initial: noFeed,
    evolve,
    events: {},
    publicEvents: () => [],
    lookup: (feed) => (feed.status === 'on' ? { hash: feed.hash } : {}),
    indexes: [[{ 'lookup.hash': 1 }, { partialFilterExpression: { 'lookup.hash': { $exists: true } } }]],
  });
  return {
    find: book.find,
    change: book.change,
    byHash: async (hash) => {
      const found = await book.documents.findOne({ 'lookup.hash': hash }, { state: 1 }).lean();
      const feed = found?.state as Feed | undefined;
      return feed?.status === 'on' ? feed : undefined;
    },
  };
};
