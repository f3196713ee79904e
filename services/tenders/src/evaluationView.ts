import type { EvaluationView } from '@umuhuza/contracts/tenders/evaluation';
import { countedOf } from './tender/evaluation.ts';
import { type KnownTender, openingOf, type ScoringEnd } from './tender/tender.ts';

/** How far the evaluators are; before the scoring has ended a reader sees its own scores and no others. */
export const toEvaluation = (tender: KnownTender, user: string): EvaluationView | undefined => {
  const opening = openingOf(tender);
  const evaluators = 'evaluators' in tender ? (tender.evaluators ?? []) : [];
  if (!opening || evaluators.length === 0) return undefined;
  const { scoringEnded } = opening;
  const counted = countedOf({ ...opening, terms: tender.terms, evaluators });
  return {
    evaluators: evaluators.map((evaluator) => ({
      userId: evaluator.userId,
      finished: counted.includes(evaluator),
      conflicts: [...evaluator.conflicts],
      ...(scoringEnded || evaluator.userId === user ? { scores: [...evaluator.opinions] } : {}),
    })),
    ...(scoringEnded ? { ended: toEnded(scoringEnded) } : {}),
  };
};

const toEnded = ({ at, reason }: ScoringEnd) => ({ at, ...(reason === undefined ? {} : { reason }) });
