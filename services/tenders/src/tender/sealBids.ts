import type { Decision, SealedBid, Tender } from './tender.ts';

type Sealed = Pick<SealedBid, 'bidder' | 'contentId' | 'digest'>;
/** By the content id that each had before. */
export type SealBids = { readonly sealed: ReadonlyMap<string, Sealed> };

/** Seals bids that were given before bids were sealed. Quiet where there are none, or bids have been opened. */
export const sealBids = (tender: Tender, { sealed }: SealBids): Decision => {
  if (tender.status !== 'published' && tender.status !== 'closed') return [];
  const bids = tender.bids.flatMap(({ bidId, contentId }) => {
    const one = sealed.get(contentId);
    return one ? [{ bidId, ...one }] : [];
  });
  return bids.length > 0 ? [{ type: 'BidsSealed', bids }] : [];
};
