import type { Letter, SealedLetter } from './letters.ts';
import type { TenderSeal } from './tenderSeal.ts';

/** Reads the letter that lies with a content; `CannotUnseal` when it is not genuine. */
export type Opener = (contentId: string, sealed: SealedLetter) => Promise<Letter>;

/**
 * The keys of a tender, made for it, wrapped by a key-encryption key of the environment, gone when its bids are:
 * - one by which bidders and their commands are marked;
 * - a letter box for what the opening reads, whose private half nothing else unwraps;
 * - a half for each bidder. Together with the tender's own key it makes the key of what this bidder alone brings and resumes.
 *
 * So a request unwraps what reads its own bidder's things and no other's. A tender of an earlier version has one key for all.
 */
export type TenderKeys = {
  /** Made when there are none yet: only for a tender that takes bids. */
  readonly makeFor: (tenderId: string) => Promise<void>;
  /** The seal for who brings something; its half is made when it has none. Undefined when the tender has no keys (any more). */
  readonly sealFor: (tenderId: string, organisation: string) => Promise<TenderSeal | undefined>;
  /**
   * The seal for who reads, or marks only. Without an organisation, or for one that has brought nothing, nothing can be read by it.
   * Undefined when the tender has no keys (any more).
   */
  readonly find: (tenderId: string, organisation?: string) => Promise<TenderSeal | undefined>;
  /** Unwraps the letter box: for the opening alone. */
  readonly opener: (tenderId: string) => Promise<Opener | undefined>;
  /** What was sealed for it can never be read again, in no copy of the database that lacks the wrapped keys. One write, whoever has bid. */
  readonly destroy: (tenderId: string) => Promise<void>;
  /** Deletes the bidders' halves of a tender whose keys are destroyed: by themselves they are worth nothing. */
  readonly deleteHalves: (tenderId: string) => Promise<void>;
  /** Ids of tenders that have keys, in their order, after this one. */
  readonly tendersAfter: (tenderId: string, limit: number) => Promise<string[]>;
  /** Wraps anew what an older key-encryption key has wrapped; gives back how many. */
  readonly rewrap: () => Promise<number>;
  /** Ids of key-encryption keys that are needed and not there, or are not the ones they were. */
  readonly unusable: () => Promise<string[]>;
};
