import type { Because } from './because.ts';
import { judgedBids } from './evaluation.ts';
import { priceFor, type Ranked, rank } from './rank.ts';
import type { Informing, Opened, OpenedBid, Outcome, TenderFact } from './tender.ts';

type Evaluated = Pick<Opened, 'bids' | 'results' | 'terms' | 'evaluators' | 'scoringEnded'>;

/** Why a lot goes to the one who gets it. `said`: in the words of the buyer; without them the platform says it. */
export type Why = { readonly reason: string; readonly said?: string } & Because;

/** What is told to each bidder of a lot that goes to the first in this ranking. */
export const outcomesOfAward = (
  tender: Evaluated,
  lotId: string,
  ranking: readonly Ranked[],
  { reason, said, ...why }: Why,
  at: string,
): TenderFact[] => {
  const winningPoints = ranking[0]?.points ?? 0;
  const informed = ranking.map((ranked) =>
    ranked.rank === 1
      ? told({ ...placed(ranked, ranking, lotId, at), outcome: 'won', reason, ...why })
      : told({
          ...placed(ranked, ranking, lotId, at),
          outcome: 'lost',
          winningPoints,
          reason: lostBy({ rank: ranked.rank, of: ranking.length, points: ranked.points }, winningPoints, reason),
          because: 'ranking',
          ...(said === undefined ? {} : { said }),
        }),
  );
  return [...informed, ...disqualified(tender, lotId, at)];
};

/** What each bidder was told, and of a lot that passed on since by how much it lost to the bid that has it now. */
export const presentOutcomes = ({ outcomes, results, lapses = [] }: Pick<Opened, 'outcomes' | 'results' | 'lapses'>): Outcome[] =>
  outcomes.map((outcome): Outcome => {
    const { lotId, rank: place, of, points } = outcome;
    const award = results.find((result) => result.lotId === lotId);
    if (outcome.winningPoints === undefined || award?.kind !== 'awarded' || award.points === undefined) return outcome;
    if (!lapses.some((lapse) => lapse.lotId === lotId)) return outcome;
    // One that an earlier version told: its sentence cannot be said anew, so the points stay those that it names.
    if (place === undefined || of === undefined || points === undefined) return outcome;
    // What the buyer said was about the one before.
    const { said, ...told } = outcome;
    const reason = lostBy({ rank: place, of, points }, award.points, award.reason);
    return { ...told, winningPoints: award.points, reason };
  });

/** `what`: how it came that nobody gets a lot, in English; `reason`: the buyer's. */
type NoAward = { readonly what: string; readonly reason: string; readonly at: string };

/** What is told to each bidder of a lot that nobody gets: also its rank and scores, where all bids were scored. */
export const outcomesOfNoAward = (tender: Evaluated, lotId: string, { what, reason, at }: NoAward): TenderFact[] => {
  const ranking = rank(tender.terms, judgedBids(tender), lotId);
  const isEvaluated = ranking.every(({ unscored }) => unscored.length === 0);
  const inOrder = tender.bids.flatMap(({ bidId }) => ranking.filter(({ bid }) => bid.bidId === bidId));
  const informed = inOrder.map((ranked) => {
    const { rank: place, points, shares, of, ...who } = placed(ranked, ranking, lotId, at);
    return told({
      ...who,
      ...(isEvaluated ? { rank: place, points, shares, of } : {}),
      outcome: 'lost',
      reason: `${what}: ${reason}`,
      because: 'no-award',
      said: reason,
    });
  });
  return [...informed, ...disqualified(tender, lotId, at)];
};

/** What is told to the bidder of a bid that is out. */
export const outcomeOfDisqualified = (bid: OpenedBid, lotId: string, at: string): TenderFact =>
  told({
    lotId,
    bidId: bid.bidId,
    organisationId: bid.bidder,
    outcome: 'disqualified',
    reason: bid.disqualifiedBecause ?? '',
    ...(bid.disqualificationCode === undefined ? {} : { code: bid.disqualificationCode }),
    at,
  });

const placed = ({ bid, rank: place, points, shares }: Ranked, ranking: readonly Ranked[], lotId: string, at: string) => ({
  lotId,
  bidId: bid.bidId,
  organisationId: bid.bidder,
  rank: place,
  of: ranking.length,
  points,
  shares,
  at,
});

type Place = { readonly rank: number; readonly of: number; readonly points: number };

const lostBy = ({ rank: place, of, points }: Place, winningPoints: number, reason: string): string =>
  `Rank ${place} of ${of} with ${points} of 100 points; the winning bid has ${winningPoints}. ${reason}`;

const told = (outcome: Informing): TenderFact => ({ type: 'BidderInformed', ...outcome });

const disqualified = ({ bids }: Evaluated, lotId: string, at: string): TenderFact[] =>
  bids.flatMap((bid) =>
    bid.disqualifiedBecause !== undefined && priceFor(bid, lotId) ? outcomeOfDisqualified(bid, lotId, at) : [],
  );
