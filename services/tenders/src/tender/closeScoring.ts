import { bidsWithoutScores, scoringEnds } from './evaluation.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';

export type CloseScoring = { readonly by: By; readonly reason: string; readonly at: string };

/** Ends the scoring without waiting for every evaluator. Those who have not finished do not count, and each bid needs one who has. */
export const closeScoring = (tender: Tender, { by, reason, at }: CloseScoring): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      if (!tender.evaluators?.length) return refuse('no-evaluators');
      if (tender.scoringEnded) return [];
      const missing = bidsWithoutScores(tender).length;
      if (missing > 0) return refuse('bids-not-scored', `${missing} bids have no evaluator who has given all scores.`);
      return [scoringEnds(tender, { at, reason })];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
