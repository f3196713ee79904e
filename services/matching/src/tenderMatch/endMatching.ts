import type { TenderMatch, TenderMatchFact } from './tenderMatch.ts';

/** Whatever ended the bidding, it is not taken up again. */
export const endMatching = (match: TenderMatch): readonly TenderMatchFact[] =>
  match.status === 'over' ? [] : [{ type: 'BiddingEnded' }];
