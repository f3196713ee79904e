import { type By, unlessBuyer } from './parties.ts';
import { priceFor } from './rank.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Decision, Opened, OpenedBid, Score, Tender } from './tender.ts';
import { hasTwice } from './terms.ts';

export type BidScore = { readonly bidId: string } & Score;
export type ScoreBids = { readonly by: By; readonly scores: readonly BidScore[] };

/** Notes the buyer's scores by bid and quality criterion. Those a lot was awarded by are final. */
export const scoreBids = (tender: Tender, { by, scores }: ScoreBids): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      const fault = faultIn(tender, scores);
      if (fault) return fault;
      const fresh = scores.filter(({ bidId, ...score }) => !has(bidWith(tender, bidId), score));
      return fresh.length > 0 ? [{ type: 'BidsScored', scores: fresh }] : [];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

const faultIn = (tender: Opened, scores: readonly BidScore[]): Refused | undefined => {
  if (hasTwice(scores.map(({ bidId, criterionId }) => `${bidId} ${criterionId}`))) return refuse('given-twice');
  for (const { bidId, ...score } of scores) {
    const bid = bidWith(tender, bidId);
    if (!bid) return refuse('no-such-bid');
    if (!tender.terms.criteria.some(({ id, kind }) => id === score.criterionId && kind === 'quality'))
      return refuse('no-such-criterion');
    if (bid.disqualifiedBecause !== undefined) return refuse('bid-is-disqualified');
    if (!has(bid, score) && tookPartInAnAward(tender, bid)) return refuse('scores-are-final');
  }
  return undefined;
};

const bidWith = ({ bids }: Opened, id: string): OpenedBid | undefined => bids.find(({ bidId }) => bidId === id);

const has = (bid: OpenedBid | undefined, { criterionId, score }: Score): boolean =>
  bid?.scores.some((given) => given.criterionId === criterionId && given.score === score) ?? false;

const tookPartInAnAward = ({ results }: Opened, bid: OpenedBid): boolean =>
  results.some(({ kind, lotId }) => kind === 'awarded' && priceFor(bid, lotId) !== undefined);
