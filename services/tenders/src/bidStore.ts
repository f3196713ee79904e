import type { BidContent } from '@umuhuza/contracts/tenders/schemas';

/**
 * What bids say, apart from their tender: written before the tender names it, read by its bidder alone until the opening. Every way
 * to a bid's content leads through here.
 */
export type BidStore = {
  readonly keep: (bid: { readonly contentId: string; readonly tenderId: string; readonly content: BidContent }) => Promise<void>;
  /** Those that are there, by content id. */
  readonly read: (contentIds: readonly string[]) => Promise<ReadonlyMap<string, BidContent>>;
  readonly delete: (contentId: string) => Promise<void>;
  /** Deletes what the tender does not name any more. Only once nothing new can be submitted. */
  readonly keepOnly: (tenderId: string, contentIds: readonly string[]) => Promise<void>;
};
