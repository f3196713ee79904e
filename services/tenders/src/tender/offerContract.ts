import { awardOf, isInStandstill, standstillEnd } from './awards.ts';
import { type By, unlessBuyer } from './parties.ts';
import { isRefusal, refuse } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';
import { hasTwice, type Milestone, numberedMilestones, type WrittenMilestone } from './terms.ts';

export type OfferContract = {
  readonly by: By;
  readonly lotId: string;
  readonly contractId: string;
  /** Undefined: those of the tender, or where it has none the delivery of everything. */
  readonly milestones?: readonly WrittenMilestone[];
  readonly at: string;
};

const everything: Milestone = { id: 'milestone-1', title: 'Everything is delivered and accepted' };

/** Puts a contract with its milestones before the winner, after the standstill. Until it is signed another offer may take its place. */
export const offerContract = (tender: Tender, { by, lotId, contractId, milestones, at }: OfferContract): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      if (award.contract?.contractId === contractId) return [];
      if (award.contract?.signedAt !== undefined) return refuse('contract-is-signed');
      if (isInStandstill(tender, award, at)) return refuse('standstill-not-over', `It ends at ${standstillEnd(tender, award)}.`);
      const steps = milestones?.length ? numberedMilestones(milestones) : (tender.terms.milestones ?? []);
      if (hasTwice(steps.map(({ id }) => id))) return refuse('duplicate-ids');
      return [{ type: 'ContractOffered', lotId, contractId, milestones: steps.length > 0 ? steps : [everything], at }];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
