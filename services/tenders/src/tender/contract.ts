import type { Milestone, Money, TenderDocument } from './terms.ts';

export type Side = 'buyer' | 'supplier';

/** What a side has added to a milestone: what was delivered, or a protocol of its acceptance. */
export type MilestoneDocument = TenderDocument & { readonly by: Side; readonly at: string };

/** A milestone with the instants at which each side signed it off. */
export type ContractMilestone = Milestone & {
  readonly signedOff: { readonly [S in Side]?: string };
  readonly documents?: readonly MilestoneDocument[];
};

/** The contract about an awarded lot: offered by the buyer, signed by the winner, complete when both signed off every milestone. */
export type Contract = {
  readonly contractId: string;
  readonly milestones: readonly ContractMilestone[];
  readonly offeredAt: string;
  readonly signedAt?: string;
  readonly completedAt?: string;
};

/** An award that came to nothing: its winner declined, or the buyer noted that it withdrew. */
export type Lapse = {
  readonly lotId: string;
  readonly bidId: string;
  readonly winner: string;
  readonly how: 'declined' | 'withdrawn';
  readonly reason: string;
  readonly at: string;
  /** The award as it was; missing in lapses of an earlier version. */
  readonly awarded?: { readonly value: Money; readonly reason: string; readonly at: string };
};
