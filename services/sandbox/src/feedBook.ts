import type { Book } from '@umuhuza/eventing/book';
import type { Feed, FeedFact, FeedRefusal } from './feed/feed.ts';

export type FeedBook = Pick<Book<Feed, FeedFact, FeedRefusal>, 'find' | 'change'> & {
  /** The feed whose address has this hash now. */
  readonly byHash: (hash: string) => Promise<Extract<Feed, { status: 'on' }> | undefined>;
};
