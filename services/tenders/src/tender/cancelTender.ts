import { outcomesOfNoAward } from './outcomes.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Opened, Tender } from './tender.ts';

export type CancelTender = { readonly by: By; readonly reason: string; readonly at: string };

/**
 * Ends a tender with a reason. Before opening its bids are deleted unread; after it every bidder gets its outcome of the lots that were
 * still open; after an award it is too late.
 */
export const cancelTender = (tender: Tender, { by, reason, at }: CancelTender): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'cancelled':
    case 'dropped':
      return [];
    case 'opened':
      if (tender.results.some(({ kind }) => kind === 'awarded')) return refuse('a-lot-is-awarded');
      return [...outcomesOfOpenLots(tender, reason, at), { type: 'TenderCancelled', reason, at }];
    case 'draft':
    case 'published':
    case 'closed':
      return [{ type: 'TenderCancelled', reason, at }];
    default:
      return refuse('procedure-is-over');
  }
};

const outcomesOfOpenLots = (tender: Opened, reason: string, at: string) =>
  tender.terms.lots
    .filter(({ id }) => !tender.results.some(({ lotId }) => lotId === id))
    .flatMap(({ id }) => outcomesOfNoAward(tender, id, { what: 'The tender was cancelled', reason, at }));
