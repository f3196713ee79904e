import type { FirmProfile } from './matching/firm.ts';
import type { FirmIndex } from './matching/firmIndex.ts';
import type { Measure } from './matching/scoreFirm.ts';
import type { Basis } from './tenderMatch/tenderMatch.ts';
import type { Tender } from './terms.ts';

/** A tender with the measure by which firms are held against it. */
export type KnownTender = { readonly tender: Tender; readonly basis: Basis; readonly measure: Measure };

/** Tenders and firms of which it is not known that whoever fits was told: each until it was told. */
export type News = { readonly tenders: Set<string>; readonly firms: Set<string> };

/**
 * Firms and tenders as the others have told them: kept in the service's database, and in memory so that they can be compared. What is
 * older than what is known changes nothing.
 */
export type Market = {
  /** All firms with a published profile. */
  readonly firms: FirmIndex;
  /** False while an older word on the firm lies here than was acted on before: all is heard again, and the newest is still to come. */
  readonly isNewest: (organisationId: string) => boolean;
  /** Null: the profile was withdrawn. False when a newer word on the firm was acted on before: this one tells nobody. */
  readonly learnFirm: (organisationId: string, sequence: number, profile: FirmProfile | null) => Promise<boolean>;
  readonly learnTender: (tenderId: string, sequence: number, tender: Tender) => Promise<void>;
  /** Bids are no longer taken. */
  readonly endTender: (tenderId: string, sequence: number) => Promise<void>;
  /** A tender for which bids are taken at this instant. */
  readonly openTender: (tenderId: string, at: string) => KnownTender | undefined;
  readonly openTenders: (at: string) => KnownTender[];
  /** Any published tender, also one that is over. */
  readonly tender: (tenderId: string) => Promise<KnownTender | undefined>;
  /**
   * Takes in what other replicas of this service learned since the last look, and adds it to the news at once, also when it fails later on.
   * The first look adds what was learned last before this process began: whoever heard it may have died before they compared notes.
   */
  readonly catchUp: (news: News) => Promise<void>;
};
