import { priceFor, type Ranked } from './rank.ts';
import type { Opened, Outcome, TenderFact } from './tender.ts';

/** What is told to each bidder of a lot that goes to the first in this ranking. */
export const outcomesOfAward = (
  tender: Opened,
  lotId: string,
  ranking: readonly Ranked[],
  reason: string,
  at: string,
): TenderFact[] => {
  const winner = ranking[0];
  const informed = ranking.map(({ bid, rank, points, shares }): Outcome => {
    const placed = `Rank ${rank} of ${ranking.length} with ${points} of 100 points`;
    return {
      lotId,
      bidId: bid.bidId,
      organisationId: bid.bidder,
      outcome: rank === 1 ? 'won' : 'lost',
      rank,
      points,
      shares,
      reason: rank === 1 ? reason : `${placed}; the winning bid has ${winner?.points}. ${reason}`,
      at,
    };
  });
  return [...informed, ...disqualified(tender, lotId, at)].map(told);
};

/** What is told to each bidder of a lot that nobody gets. */
export const outcomesOfNoAward = (tender: Opened, lotId: string, reason: string, at: string): TenderFact[] => {
  const bids = tender.bids.filter((bid) => bid.disqualifiedBecause === undefined && priceFor(bid, lotId));
  const informed = bids.map(
    ({ bidId, bidder }): Outcome => ({
      lotId,
      bidId,
      organisationId: bidder,
      outcome: 'lost',
      reason: `The lot was declared unsuccessful: ${reason}`,
      at,
    }),
  );
  return [...informed, ...disqualified(tender, lotId, at)].map(told);
};

const told = (outcome: Outcome): TenderFact => ({ type: 'BidderInformed', ...outcome });

const disqualified = ({ bids }: Opened, lotId: string, at: string): Outcome[] =>
  bids.flatMap((bid) =>
    bid.disqualifiedBecause !== undefined && priceFor(bid, lotId)
      ? [
          {
            lotId,
            bidId: bid.bidId,
            organisationId: bid.bidder,
            outcome: 'disqualified' as const,
            reason: bid.disqualifiedBecause,
            at,
          },
        ]
      : [],
  );
