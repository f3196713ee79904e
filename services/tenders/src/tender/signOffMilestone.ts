import { awardOf } from './awards.ts';
import type { Contract, Side } from './contract.ts';
import type { By } from './parties.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type Decision, isVisibleTo, type Tender } from './tender.ts';

export type SignOffMilestone = {
  readonly by: By;
  readonly lotId: string;
  readonly milestoneId: string;
  readonly at: string;
};

/** Buyer or supplier says that a milestone is reached. With the last word of both the contract is complete. */
export const signOffMilestone = (tender: Tender, { by, lotId, milestoneId, at }: SignOffMilestone): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      const side = sideOf(by, tender.buyer.organisationId, award.winner);
      if (!side) return refuse('not-the-winner');
      const { contract } = award;
      if (contract?.signedAt === undefined) return refuse('contract-not-signed');
      const milestone = contract.milestones.find(({ id }) => id === milestoneId);
      if (!milestone) return refuse('no-such-milestone');
      if (milestone.signedOff[side] !== undefined) return [];
      const isLast = leftToSign(contract) === 1;
      return [
        { type: 'MilestoneSignedOff', lotId, milestoneId, side, at },
        ...(isLast ? [{ type: 'ContractCompleted' as const, lotId, at }] : []),
      ];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

export const sideOf = ({ organisation }: By, buyer: string, winner: string): Side | undefined => {
  if (organisation === buyer) return 'buyer';
  return organisation === winner ? 'supplier' : undefined;
};

const leftToSign = ({ milestones }: Contract): number =>
  milestones.reduce(
    (left, { signedOff }) => left + (signedOff.buyer === undefined ? 1 : 0) + (signedOff.supplier === undefined ? 1 : 0),
    0,
  );
