import { judgedBids } from './evaluation.ts';
import { priceFor, type Ranked, rank } from './rank.ts';
import type { Informing, Opened, TenderFact } from './tender.ts';

type Evaluated = Pick<Opened, 'bids' | 'terms' | 'evaluators' | 'scoringEnded'>;

/** What is told to each bidder of a lot that goes to the first in this ranking. */
export const outcomesOfAward = (
  tender: Evaluated,
  lotId: string,
  ranking: readonly Ranked[],
  reason: string,
  at: string,
): TenderFact[] => {
  const winner = ranking[0];
  const informed = ranking.map((ranked) =>
    ranked.rank === 1
      ? told(winning(ranked, lotId, reason, at))
      : told({
          ...placed(ranked, lotId, at),
          outcome: 'lost',
          reason: `${inWords(ranked, ranking)}; the winning bid has ${winner?.points}. ${reason}`,
        }),
  );
  return [...informed, ...disqualified(tender, lotId, at)];
};

/** What is told to the bidder who gets a lot after the award to another came to nothing. */
export const outcomeOfPassing = (ranked: Ranked, lotId: string, reason: string, at: string): TenderFact =>
  told(winning(ranked, lotId, reason, at));

/** What is told to each bidder of a lot that nobody gets: also its rank and scores, where all bids were scored. */
export const outcomesOfNoAward = (tender: Evaluated, lotId: string, reason: string, at: string): TenderFact[] => {
  const ranking = rank(tender.terms, judgedBids(tender), lotId);
  const isEvaluated = ranking.every(({ unscored }) => unscored.length === 0);
  const inOrder = tender.bids.flatMap(({ bidId }) => ranking.filter(({ bid }) => bid.bidId === bidId));
  const informed = inOrder.map((ranked) => {
    const { rank: place, points, shares, ...who } = placed(ranked, lotId, at);
    return told({
      ...who,
      ...(isEvaluated ? { rank: place, points, shares } : {}),
      outcome: 'lost',
      reason: `The lot was declared unsuccessful: ${reason}`,
    });
  });
  return [...informed, ...disqualified(tender, lotId, at)];
};

const placed = ({ bid, rank: place, points, shares }: Ranked, lotId: string, at: string) => ({
  lotId,
  bidId: bid.bidId,
  organisationId: bid.bidder,
  rank: place,
  points,
  shares,
  at,
});

const winning = (ranked: Ranked, lotId: string, reason: string, at: string): Informing => ({
  ...placed(ranked, lotId, at),
  outcome: 'won',
  reason,
});

const inWords = ({ rank: place, points }: Ranked, ranking: readonly Ranked[]): string =>
  `Rank ${place} of ${ranking.length} with ${points} of 100 points`;

const told = (outcome: Informing): TenderFact => ({ type: 'BidderInformed', ...outcome });

const disqualified = ({ bids }: Evaluated, lotId: string, at: string): TenderFact[] =>
  bids.flatMap((bid) =>
    bid.disqualifiedBecause !== undefined && priceFor(bid, lotId)
      ? told({
          lotId,
          bidId: bid.bidId,
          organisationId: bid.bidder,
          outcome: 'disqualified',
          reason: bid.disqualifiedBecause,
          at,
        })
      : [],
  );
