import type { BidDraft } from '@umuhuza/contracts/tenders/schemas';
import type { TenderSeal } from './sealing/tenderSeal.ts';

/** One bidder's draft for one tender, and which state of it: another state has another name. */
export type KeptDraft = { readonly draft: BidDraft; readonly savedAt: string; readonly revision: string };
/** Where it lies: the tender, and the organisation, which is nowhere stored but as a mark of the seal. */
export type DraftPlace = { readonly tenderId: string; readonly organisation: string; readonly seal: TenderSeal };

/** Bids in preparation, each encrypted with its tender's key and of its bidder alone. No other way leads to them. */
export type BidDrafts = {
  readonly find: (place: DraftPlace) => Promise<KeptDraft | undefined>;
  /** Keeps it in the place of the one of that revision (none: it is the first). False when another is there meanwhile. */
  readonly put: (place: DraftPlace, kept: Omit<KeptDraft, 'revision'>, over: string | undefined) => Promise<boolean>;
  /** Without a revision whatever is there. False when another is there meanwhile, or none. */
  readonly delete: (place: DraftPlace, revision?: string) => Promise<boolean>;
  readonly deleteAllOf: (tenderId: string) => Promise<void>;
};
