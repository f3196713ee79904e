import { endOfScoring, hasConflict } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender, TenderFact } from './tender.ts';

export type DeclareConflict = { readonly by: By; readonly bidId: string; readonly reason: string; readonly at: string };

/**
 * An evaluator says that it is not free in judging a bid. Its scores for that bid are gone, it gives none any more, and the scoring does
 * not wait for them. It cannot be taken back.
 */
export const declareConflict = (tender: Tender, { by, bidId, reason, at }: DeclareConflict): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      const evaluator = tender.evaluators?.find(({ userId }) => userId === by.user);
      if (!evaluator) return refuse('not-an-evaluator');
      if (!tender.bids.some((bid) => bid.bidId === bidId)) return refuse('no-such-bid');
      if (hasConflict(evaluator, bidId)) return [];
      if (tender.scoringEnded) return refuse('scoring-is-over');
      const declared: TenderFact = { type: 'ConflictDeclared', userId: evaluator.userId, bidId, reason };
      return [declared, ...endOfScoring(evolve(tender, declared), at)];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
