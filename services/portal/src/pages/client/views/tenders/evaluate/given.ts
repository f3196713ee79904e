import type { OpenedBids } from '@umuhuza/contracts/tenders/schemas';

/** What somebody gave a bid for a criterion. */
export type Given = { readonly criterionId: string; readonly score: number; readonly comment?: string | undefined };
export type GivenScore = Given & { readonly bidId: string };

/** What the reader may score, and has scored. */
export type Reader = {
  readonly isEvaluator: boolean;
  /** Its scores may still be given or changed. */
  readonly mayScore: boolean;
  readonly scores: readonly GivenScore[];
  /** The bids it has declared a conflict of interest with. */
  readonly conflicts: readonly string[];
};

/** Where nobody is appointed the buyer scores as one, and whoever reads for it sees what was given so far. */
export const ofReader = ({ evaluation, bids }: Pick<OpenedBids, 'evaluation' | 'bids'>, user: string): Reader => {
  if (!evaluation)
    return {
      isEvaluator: false,
      mayScore: true,
      scores: bids.flatMap(({ bidId, scores = [] }) => scores.map((score) => ({ bidId, ...score }))),
      conflicts: [],
    };
  const own = evaluation.evaluators.find(({ userId }) => userId === user);
  return {
    isEvaluator: own !== undefined,
    mayScore: own !== undefined && evaluation.ended === undefined,
    scores: own?.scores ?? [],
    conflicts: own?.conflicts.map(({ bidId }) => bidId) ?? [],
  };
};

/** What an evaluator gave, and whether it counts. */
export type Opinion = Given & { readonly userId: string; readonly counts: boolean };

/**
 * What each evaluator gave a bid, for whoever evaluates to read once the scoring has ended; before, they are blind to each other. Who had
 * not finished by then, or declared a conflict with the bid, does not count.
 */
export const opinionsOf = ({ evaluation }: Pick<OpenedBids, 'evaluation'>, bidId: string): readonly Opinion[] =>
  evaluation?.ended === undefined
    ? []
    : evaluation.evaluators.flatMap(({ userId, finished, conflicts, scores = [] }) =>
        scores
          .filter((score) => score.bidId === bidId)
          .map(({ criterionId, score, comment }) => ({
            userId,
            criterionId,
            score,
            ...(comment === undefined ? {} : { comment }),
            counts: finished && !conflicts.some((conflict) => conflict.bidId === bidId),
          })),
      );
