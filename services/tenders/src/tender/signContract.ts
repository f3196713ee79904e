import { awardOf } from './awards.ts';
import type { By } from './parties.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type Decision, isVisibleTo, type Tender } from './tender.ts';

export type SignContract = {
  readonly by: By;
  readonly lotId: string;
  /** Named, so that nobody signs another offer than the one it has read. */
  readonly contractId: string;
  readonly at: string;
};

/** The winner takes the contract that the buyer has offered. */
export const signContract = (tender: Tender, { by, lotId, contractId, at }: SignContract): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      if (award.winner !== by.organisation) return refuse('not-the-winner');
      if (award.contract?.contractId !== contractId) return refuse('no-such-contract');
      return award.contract.signedAt === undefined ? [{ type: 'ContractSigned', lotId, at }] : [];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
