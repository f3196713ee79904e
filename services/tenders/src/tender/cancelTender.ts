import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';

export type CancelTender = { readonly by: By; readonly reason: string; readonly at: string };

/** Ends a tender with a reason. Before opening its bids are deleted unread; after an award it is too late. */
export const cancelTender = (tender: Tender, { by, reason, at }: CancelTender): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'cancelled':
    case 'dropped':
      return [];
    case 'opened':
      if (tender.results.some(({ kind }) => kind === 'awarded')) return refuse('a-lot-is-awarded');
      return [{ type: 'TenderCancelled', reason, at }];
    case 'draft':
    case 'published':
    case 'closed':
      return [{ type: 'TenderCancelled', reason, at }];
    default:
      return refuse('procedure-is-over');
  }
};
