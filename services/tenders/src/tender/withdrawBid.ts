import type { By } from './parties.ts';
import { refuse } from './refusals.ts';
import { bidOf, type Decision, isOver, isVisibleTo, type Tender } from './tender.ts';

/** `sealedAs`: what stands for the bidder until the opening. */
export type WithdrawBid = { readonly by: By; readonly sealedAs: string | undefined; readonly at: string };

/** Takes a bid back before the deadline; nothing is left of it. */
export const withdrawBid = (tender: Tender, { by, sealedAs, at }: WithdrawBid): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  const bid = bidOf(tender, { ...by, sealedAs });
  if (!bid) return refuse('no-bid');
  if (tender.status === 'cancelled') return refuse('procedure-is-over');
  if (tender.status !== 'published' || isOver(tender, at)) return refuse('bidding-is-over');
  return [{ type: 'BidWithdrawn', bidId: bid.bidId }];
};
