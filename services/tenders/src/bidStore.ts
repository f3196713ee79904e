import type { BidContent } from '@umuhuza/contracts/tenders/schemas';
import type { Letter } from './sealing/letters.ts';
import type { Opener } from './sealing/tenderKeys.ts';
import type { TenderSeal } from './sealing/tenderSeal.ts';

/** Where a bid's content lies, and what reads it: its bidder's seal, or after the opening the key that it gave away. */
export type ContentPlace = { readonly contentId: string; readonly contentKey?: string | undefined };

/**
 * What bids say, apart from their tender and encrypted: written before the tender names it, read by its bidder alone until the opening.
 * Every way to a bid's content leads through here.
 */
export type BidStore = {
  /** What lies there already stays. */
  readonly keep: (
    bid: { readonly contentId: string; readonly tenderId: string; readonly bidder: string; readonly content: BidContent },
    seal: TenderSeal,
  ) => Promise<void>;
  /** Those that are there, by content id. Without a seal only those of which the place has the key, or that never were sealed. */
  readonly read: (
    tenderId: string,
    places: readonly ContentPlace[],
    seal?: TenderSeal | undefined,
  ) => Promise<ReadonlyMap<string, BidContent>>;
  /** The key of a document that an opened bid names. */
  readonly documentKey: (tenderId: string, place: ContentPlace, documentId: string) => Promise<Buffer | undefined>;
  /** Who gave the contents, and their keys, by content id: for the opening. */
  readonly letters: (tenderId: string, contentIds: readonly string[], opener: Opener) => Promise<ReadonlyMap<string, Letter>>;
  /** Contents that were kept before contents were sealed. */
  readonly unsealed: () => Promise<readonly { readonly tenderId: string; readonly contentId: string }[]>;
  readonly delete: (contentId: string) => Promise<void>;
  /** Deletes what the tender does not name any more. Only once nothing new can be submitted. */
  readonly keepOnly: (tenderId: string, contentIds: readonly string[]) => Promise<void>;
};
