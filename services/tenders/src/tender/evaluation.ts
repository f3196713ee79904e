import type { Evaluator } from './evaluator.ts';
import type { Opened, OpenedBid, Score, Tender, TenderFact } from './tender.ts';
import type { Terms } from './terms.ts';

type Judged = Pick<Opened, 'bids' | 'evaluators' | 'scoringEnded'> & { readonly terms: Pick<Terms, 'criteria'> };

const qualityCriteria = ({ terms }: Judged): string[] =>
  terms.criteria.filter(({ kind }) => kind === 'quality').map(({ id }) => id);
const inTheRunning = ({ bids }: Judged): OpenedBid[] => bids.filter((bid) => bid.disqualifiedBecause === undefined);

export const hasConflict = ({ conflicts }: Evaluator, bidId: string): boolean =>
  conflicts.some((conflict) => conflict.bidId === bidId);

/** Whether this evaluator has given every score that is its to give. */
export const hasFinished = (tender: Judged, evaluator: Evaluator): boolean =>
  inTheRunning(tender)
    .filter(({ bidId }) => !hasConflict(evaluator, bidId))
    .every(({ bidId }) =>
      qualityCriteria(tender).every((criterion) =>
        evaluator.opinions.some((opinion) => opinion.bidId === bidId && opinion.criterionId === criterion),
      ),
    );

/** Those whose scores rank the bids: who had finished when the scoring ended, whatever bid is out since. Before: who has finished. */
export const countedOf = (tender: Judged): readonly Evaluator[] => {
  const { evaluators = [], scoringEnded } = tender;
  const counted = scoringEnded?.counted;
  return evaluators.filter((evaluator) => counted?.includes(evaluator.userId) ?? hasFinished(tender, evaluator));
};

export const scoringEnds = (tender: Judged, ended: { readonly at: string; readonly reason?: string }): TenderFact => ({
  type: 'ScoringEnded',
  ...ended,
  counted: countedOf(tender).map(({ userId }) => userId),
});

/** The bids that no evaluator has finished to score: too early to close the scoring. */
export const bidsWithoutScores = (tender: Judged): OpenedBid[] => {
  const finished = countedOf(tender);
  return inTheRunning(tender).filter(({ bidId }) => finished.every((evaluator) => hasConflict(evaluator, bidId)));
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
