import { type Decision, isOver, type Tender } from './tender.ts';

/** What the clock brings about once the deadline has passed; quiet before, and when told again. */
export const closeBidding = (tender: Tender, { at }: { readonly at: string }): Decision =>
  tender.status === 'published' && isOver(tender, at) ? [{ type: 'BiddingClosed', at }] : [];
