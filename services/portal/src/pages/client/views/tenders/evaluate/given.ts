import type { OpenedBids } from '@umuhuza/contracts/tenders/schemas';

export type GivenScore = {
  readonly bidId: string;
  readonly criterionId: string;
  readonly score: number;
  readonly comment?: string | undefined;
};

/** What the reader may score, and has scored. */
export type Reader = {
  readonly isEvaluator: boolean;
  /** Its scores may still be given or changed. */
  readonly mayScore: boolean;
  readonly scores: readonly GivenScore[];
  /** The bids it has declared a conflict of interest with. */
  readonly conflicts: readonly string[];
};

/** Where nobody is appointed the buyer scores as one, and whoever reads for it sees its scores in the ranking. */
export const ofReader = ({ evaluation, lots }: Pick<OpenedBids, 'evaluation' | 'lots'>, user: string): Reader => {
  if (!evaluation) return { isEvaluator: false, mayScore: true, scores: fromRanking(lots), conflicts: [] };
  const own = evaluation.evaluators.find(({ userId }) => userId === user);
  return {
    isEvaluator: own !== undefined,
    mayScore: own !== undefined && evaluation.ended === undefined,
    scores: own?.scores ?? [],
    conflicts: own?.conflicts.map(({ bidId }) => bidId) ?? [],
  };
};

const fromRanking = (lots: OpenedBids['lots']): readonly GivenScore[] => {
  const scores = new Map<string, GivenScore>();
  for (const { ranking } of lots)
    for (const { bidId, shares, unscored } of ranking)
      for (const { criterionId, score } of shares)
        if (!unscored.includes(criterionId)) scores.set(`${bidId} ${criterionId}`, { bidId, criterionId, score });
  return [...scores.values()];
};
