import { endOfScoring } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender, TenderFact } from './tender.ts';
import { hasTwice } from './terms.ts';

export type AppointEvaluators = {
  readonly by: By;
  readonly evaluators: readonly string[];
  /** The members of the buying organisation, as identity told them. Whoever is appointed may have left it since. */
  readonly members: readonly string[];
  readonly at: string;
};

/** Names those who score from now on; nobody: the buyer scores as one. Whoever has given a score stays. */
export const appointEvaluators = (tender: Tender, { by, evaluators, members, at }: AppointEvaluators): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'published':
    case 'closed':
    case 'opened': {
      if (hasTwice(evaluators)) return refuse('given-twice');
      const before = tender.evaluators ?? [];
      if (evaluators.length === before.length && before.every(({ userId }) => evaluators.includes(userId))) return [];
      // Who has left since stays as long as its scores are needed: whoever has given one cannot be taken off.
      const stranger = evaluators.find((user) => !members.includes(user) && !before.some(({ userId }) => userId === user));
      if (stranger !== undefined) return refuse('not-a-member', `${stranger} is no member of your organisation.`);
      if (tender.status === 'opened') {
        if (tender.scoringEnded) return refuse('scoring-is-over');
        if (tender.results.some(({ kind }) => kind === 'awarded')) return refuse('scores-are-final');
        if (before.some(({ userId, opinions }) => opinions.length > 0 && !evaluators.includes(userId)))
          return refuse('evaluator-has-scored');
      }
      const appointed: TenderFact = { type: 'EvaluatorsAppointed', evaluators };
      return [appointed, ...endOfScoring(evolve(tender, appointed), at)];
    }
    case 'draft':
      return refuse('not-published');
    default:
      return refuse('procedure-is-over');
  }
};
