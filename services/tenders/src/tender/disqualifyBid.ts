import { isBiased, type Judge, unlessFree } from './conflicts.ts';
import { endOfScoring } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, DisqualificationCode, Opened, OpenedBid, Tender, TenderFact } from './tender.ts';

export type DisqualifyBid = Judge & {
  readonly bidId: string;
  readonly code: DisqualificationCode;
  readonly reason: string;
  readonly at: string;
};

/** Takes an opened bid out of every ranking that is still open. Its bidder is told the reason with the outcome of the lot. */
export const disqualifyBid = (tender: Tender, { by, memberOf = [], bidId, code, reason, at }: DisqualifyBid): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      const bid = tender.bids.find((one) => one.bidId === bidId);
      if (!bid) return refuse('no-such-bid');
      if (bid.disqualifiedBecause !== undefined) return [];
      if (tender.results.some((result) => result.kind === 'awarded' && result.bidId === bidId)) return refuse('bid-already-won');
      const bias = isBiased(tender, { by, memberOf }, bid)
        ? refuse('conflict-of-interest')
        : unlessFree(tender, { by, memberOf }, stillOpen(tender, bid));
      if (bias) return bias;
      const disqualified: TenderFact = { type: 'BidDisqualified', bidId, code, reason, at };
      return [disqualified, ...endOfScoring(evolve(tender, disqualified), at)];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

/** The lots of a bid of which something can still become: an award passes on until its contract is signed. */
const stillOpen = ({ results }: Opened, { prices }: OpenedBid): string[] => {
  const settled = results.filter((result) => result.kind === 'unsuccessful' || result.contract?.signedAt !== undefined);
  return prices.map(({ lotId }) => lotId).filter((id) => !settled.some(({ lotId }) => lotId === id));
};
