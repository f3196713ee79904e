import type { Evaluator } from './evaluator.ts';
import { priceFor } from './rank.ts';
import type { Opened, OpenedBid, Score, Tender, TenderFact } from './tender.ts';
import type { Terms } from './terms.ts';

type Judged = Pick<Opened, 'bids' | 'results' | 'evaluators' | 'scoringEnded'> & { readonly terms: Pick<Terms, 'criteria'> };

const qualityCriteria = ({ terms }: Judged): string[] =>
  terms.criteria.filter(({ kind }) => kind === 'quality').map(({ id }) => id);
const inTheRunning = ({ bids }: Judged): OpenedBid[] => bids.filter((bid) => bid.disqualifiedBecause === undefined);

export const hasConflict = ({ conflicts }: Evaluator, bidId: string): boolean =>
  conflicts.some((conflict) => conflict.bidId === bidId);

/** A bid with its rivals: those that stand for a lot it is for and that is not decided. */
export const withRivals = ({ bids, results }: Pick<Judged, 'bids' | 'results'>, bid: OpenedBid): OpenedBid[] => {
  const open = bid.prices.map(({ lotId }) => lotId).filter((id) => !results.some(({ lotId }) => lotId === id));
  const isRival = (other: OpenedBid) =>
    other.disqualifiedBecause === undefined && open.some((lotId) => priceFor(other, lotId) !== undefined);
  return bids.filter((other) => other.bidId === bid.bidId || isRival(other));
};

/** Whether a bid is for this evaluator to score: it has declared no conflict with it, nor with a rival. What one gets the others lose. */
const isToScore = (tender: Judged, evaluator: Evaluator, bid: OpenedBid): boolean =>
  !withRivals(tender, bid).some(({ bidId }) => hasConflict(evaluator, bidId));

type IsExpected = (evaluator: Evaluator, bid: OpenedBid) => boolean;

const hasScored = (tender: Judged, evaluator: Evaluator, isExpected: IsExpected): boolean =>
  inTheRunning(tender)
    .filter((bid) => isExpected(evaluator, bid))
    .every(({ bidId }) =>
      qualityCriteria(tender).every((criterion) =>
        evaluator.opinions.some((opinion) => opinion.bidId === bidId && opinion.criterionId === criterion),
      ),
    );

/** Whether this evaluator has given every score that is its to give. */
export const hasFinished = (tender: Judged, evaluator: Evaluator): boolean =>
  hasScored(tender, evaluator, (one, bid) => isToScore(tender, one, bid));

/** As an earlier version asked, which took scores for the rivals of a bid with a conflict, and did not note who counts. */
const hadFinished = (tender: Judged, evaluator: Evaluator): boolean =>
  hasScored(tender, evaluator, (one, { bidId }) => !hasConflict(one, bidId));

/** Those whose scores rank the bids: who had finished when the scoring ended, whatever bid is out since. Before: who has finished. */
export const countedOf = (tender: Judged): readonly Evaluator[] => {
  const { evaluators = [], scoringEnded } = tender;
  if (!scoringEnded) return evaluators.filter((evaluator) => hasFinished(tender, evaluator));
  const { counted } = scoringEnded;
  return evaluators.filter((evaluator) => counted?.includes(evaluator.userId) ?? hadFinished(tender, evaluator));
};

export const scoringEnds = (tender: Judged, ended: { readonly at: string; readonly reason?: string }): TenderFact => ({
  type: 'ScoringEnded',
  ...ended,
  counted: countedOf(tender).map(({ userId }) => userId),
});

/** The bids that no evaluator has finished to score: too early to close the scoring. */
export const bidsWithoutScores = (tender: Judged): OpenedBid[] => {
  const finished = countedOf(tender);
  return inTheRunning(tender).filter((bid) => !finished.some((evaluator) => isToScore(tender, evaluator, bid)));
};

/** The end of the scoring, once every evaluator has finished and each bid has one without a conflict. */
export const endOfScoring = (tender: Tender, at: string): TenderFact[] => {
  if (tender.status !== 'opened' || tender.scoringEnded || !tender.evaluators?.length) return [];
  if (!tender.evaluators.every((evaluator) => hasFinished(tender, evaluator))) return [];
  return bidsWithoutScores(tender).length > 0 ? [] : [scoringEnds(tender, { at })];
};

/**
 * The bids with the scores they are ranked by: those of the buyer, or where there are evaluators the mean of those who had finished
 * when the scoring ended and have no conflict with the bid. Until the scoring has ended these count nothing, so that no ranking gives one of them away.
 */
export const judgedBids = (tender: Judged): readonly OpenedBid[] => {
  const { bids, evaluators = [], scoringEnded } = tender;
  if (evaluators.length === 0) return bids;
  if (!scoringEnded) return bids.map((bid) => ({ ...bid, scores: [] }));
  const counted = countedOf(tender);
  return bids.map((bid) => ({ ...bid, scores: meanScores(counted, bid.bidId) }));
};

const unit = 10_000;

/** Rounded half up to the four decimals that scores have. Whoever has a conflict with the bid has no opinion of it. */
const meanScores = (evaluators: readonly Evaluator[], bidId: string): Score[] => {
  const given = evaluators.flatMap(({ opinions }) => opinions.filter((opinion) => opinion.bidId === bidId));
  return [...new Set(given.map(({ criterionId }) => criterionId))].map((criterionId) => {
    const scores = given.filter((opinion) => opinion.criterionId === criterionId).map(({ score }) => Math.round(score * unit));
    const sum = scores.reduce((total, score) => total + score, 0);
    return { criterionId, score: Math.floor((2 * sum + scores.length) / (2 * scores.length)) / unit };
  });
};
