import { awardOf } from './awards.ts';
import type { Contract, ContractMilestone, Side } from './contract.ts';
import type { By } from './parties.ts';
import { isRefusal, type Refused, refuse } from './refusals.ts';
import { isVisibleTo, type Tender } from './tender.ts';

export type WhichMilestone = { readonly by: By; readonly lotId: string; readonly milestoneId: string };

/** The milestone, for the two sides of its contract. */
export const milestoneFor = (
  tender: Tender,
  { by, lotId, milestoneId }: WhichMilestone,
): { readonly side: Side; readonly milestone: ContractMilestone; readonly contract: Contract } | Refused => {
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
      return milestone ? { side, milestone, contract } : refuse('no-such-milestone');
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

const sideOf = ({ organisation }: By, buyer: string, winner: string): Side | undefined => {
  if (organisation === buyer) return 'buyer';
  return organisation === winner ? 'supplier' : undefined;
};
