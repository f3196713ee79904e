import type { TenderSeal } from './tenderSeal.ts';

/** The keys of tenders: one each, made for it, wrapped by a key-encryption key of the environment, gone when its bids are. */
export type TenderKeys = {
  /** The seal of this tender, made when there is none yet: only for a tender that takes bids. */
  readonly sealFor: (tenderId: string) => Promise<TenderSeal>;
  /** Undefined when its key was never made or is destroyed. */
  readonly find: (tenderId: string) => Promise<TenderSeal | undefined>;
  /** What it sealed can never be read again, in no copy of the database that lacks the wrapped key. */
  readonly destroy: (tenderId: string) => Promise<void>;
  /** Ids of tenders that have a key, in their order, after this one. */
  readonly tendersAfter: (tenderId: string, limit: number) => Promise<string[]>;
  /** Wraps anew what an older key-encryption key has wrapped; gives back how many. */
  readonly rewrap: () => Promise<number>;
  /** Ids of key-encryption keys that are needed and not there, or are not the ones they were. */
  readonly unusable: () => Promise<string[]>;
};
