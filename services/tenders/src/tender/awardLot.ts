import { type Judge, unlessFree } from './conflicts.ts';
import { judgedBids } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { outcomesOfAward, type Why } from './outcomes.ts';
import { unlessBuyer } from './parties.ts';
import { priceFor, rank } from './rank.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type BidScore, scoreBids } from './scoreBids.ts';
import { type Decision, type LotResult, type Opened, openingOf, type Tender } from './tender.ts';

export type AwardLot = Judge & {
  readonly lotId: string;
  readonly bidId: string;
  readonly reason?: string;
  /** Given together with the award; they count before the ranking is looked at. */
  readonly scores?: readonly BidScore[];
  readonly at: string;
};

/** Awards a lot once, to the first in its ranking, after opening; every bidder for it gets its outcome and the reason. */
export const awardLot = (tender: Tender, command: AwardLot): Decision => {
  const refusal = unlessBuyer(tender, command.by);
  if (refusal) return refusal;
  const result = openingOf(tender)?.results.find(({ lotId }) => lotId === command.lotId);
  if (result) return decided(result, command);
  switch (tender.status) {
    case 'opened': {
      const scored = command.scores?.length ? scoreBids(tender, { ...command, scores: command.scores }) : [];
      if (isRefusal(scored)) return scored;
      const award = awardScored(scored.reduce(evolve, tender as Tender) as Opened, command);
      return isRefusal(award) ? award : [...scored, ...award];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

const decided = (result: LotResult, { bidId }: AwardLot): Decision => {
  if (result.kind === 'unsuccessful') return refuse('lot-unsuccessful');
  return result.bidId === bidId ? [] : refuse('lot-already-awarded');
};

const awardScored = (tender: Opened, { lotId, bidId, reason, at, ...judge }: AwardLot): Decision => {
  if (!tender.terms.lots.some(({ id }) => id === lotId)) return refuse('no-such-lot');
  const bid = tender.bids.find((one) => one.bidId === bidId);
  const value = bid && priceFor(bid, lotId);
  if (!bid || !value) return refuse('no-such-bid');
  if (bid.disqualifiedBecause !== undefined) return refuse('bid-is-disqualified');

  const bias = unlessFree(tender, judge, [lotId]);
  if (bias) return bias;
  if (tender.evaluators?.length && !tender.scoringEnded) return refuse('scoring-not-over');
  const ranking = rank(tender.terms, judgedBids(tender), lotId);
  const unscored = ranking.filter((ranked) => ranked.unscored.length > 0).length;
  if (unscored > 0) return refuse('bids-not-scored', `${unscored} of ${ranking.length} bids for this lot lack a quality score.`);
  const first = ranking[0];
  if (first?.bid.bidId !== bidId) return refuse('not-first-in-ranking');

  const { points } = first;
  const why: Why =
    reason === undefined
      ? { reason: `First in the ranking with ${points} of 100 points.`, because: 'ranking' }
      : { reason, said: reason };
  const isLast = tender.results.length + 1 === tender.terms.lots.length;
  return [
    {
      type: 'LotAwarded',
      lotId,
      bidId,
      winner: bid.bidder,
      value,
      reason: why.reason,
      ...(why.said === undefined ? { because: 'ranking', rank: 1, points } : {}),
      at,
    },
    ...outcomesOfAward(tender, lotId, ranking, why, at),
    ...(isLast ? [{ type: 'TenderCompleted' as const, at }] : []),
  ];
};
