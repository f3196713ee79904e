import type { Contract } from './contract.ts';
import { milestoneFor, type WhichMilestone } from './milestoneFor.ts';
import { isRefusal } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';

export type SignOffMilestone = WhichMilestone & { readonly at: string };

/** Buyer or supplier says that a milestone is reached. With the last word of both the contract is complete. */
export const signOffMilestone = (tender: Tender, { at, ...which }: SignOffMilestone): Decision => {
  const found = milestoneFor(tender, which);
  if (isRefusal(found)) return found;
  const { side, milestone, contract } = found;
  const { lotId, milestoneId } = which;
  if (milestone.signedOff[side] !== undefined) return [];
  const isLast = leftToSign(contract) === 1;
  return [
    { type: 'MilestoneSignedOff', lotId, milestoneId, side, at },
    ...(isLast ? [{ type: 'ContractCompleted' as const, lotId, at }] : []),
  ];
};

const leftToSign = ({ milestones }: Contract): number =>
  milestones.reduce(
    (left, { signedOff }) => left + (signedOff.buyer === undefined ? 1 : 0) + (signedOff.supplier === undefined ? 1 : 0),
    0,
  );
