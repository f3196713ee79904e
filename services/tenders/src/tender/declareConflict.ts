import { endOfScoring, hasConflict } from './evaluation.ts';
import type { Evaluator } from './evaluator.ts';
import { evolve } from './evolve.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender, TenderFact } from './tender.ts';

export type DeclareConflict = { readonly by: By; readonly bidId: string; readonly reason: string; readonly at: string };

/**
 * A member of the buyer says that it is not free in judging a bid. It decides nothing about its lots and gives neither that bid nor its
 * rivals scores any more; those an evaluator gave them are gone, and the scoring does not wait for them. It cannot be taken back.
 */
export const declareConflict = (tender: Tender, { by, bidId, reason, at }: DeclareConflict): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      if (by.user === undefined) return refuse('not-an-evaluator');
      if (!tender.bids.some((bid) => bid.bidId === bidId)) return refuse('no-such-bid');
      const isOwn = ({ userId }: Evaluator) => userId === by.user;
      const evaluator = tender.evaluators?.find(isOwn);
      const known = evaluator ?? tender.dismissed?.find(isOwn);
      if (known && hasConflict(known, bidId)) return [];
      if (evaluator && tender.scoringEnded) return refuse('scoring-is-over');
      const declared: TenderFact = { type: 'ConflictDeclared', userId: by.user, bidId, reason };
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
