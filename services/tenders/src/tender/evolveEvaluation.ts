import type { Evaluator } from './evaluator.ts';
import type { Opened, OpenedBid, TenderFact } from './tender.ts';

/** How opened bids are judged. */
export const evolveEvaluation = (tender: Opened, fact: TenderFact): Opened => {
  switch (fact.type) {
    case 'BidsScored':
      return { ...tender, bids: tender.bids.map((bid) => scored(bid, fact.scores)) };
    case 'OpinionsGiven':
      return ofEvaluator(tender, fact.userId, ({ opinions, ...evaluator }) => ({
        ...evaluator,
        opinions: [...opinions.filter((old) => !fact.opinions.some((one) => isAboutTheSame(one, old))), ...fact.opinions],
      }));
    case 'ConflictDeclared':
      return ofEvaluator(tender, fact.userId, ({ opinions, conflicts, ...evaluator }) => ({
        ...evaluator,
        opinions: opinions.filter(({ bidId }) => bidId !== fact.bidId),
        conflicts: [...conflicts, { bidId: fact.bidId, reason: fact.reason }],
      }));
    case 'ScoringEnded': {
      const { type, ...ended } = fact;
      return { ...tender, scoringEnded: ended };
    }
    case 'BidDisqualified': {
      const out = {
        disqualifiedBecause: fact.reason,
        ...(fact.code === undefined ? {} : { disqualificationCode: fact.code }),
        ...(fact.at === undefined ? {} : { disqualifiedAt: fact.at }),
      };
      return { ...tender, bids: tender.bids.map((bid) => (bid.bidId === fact.bidId ? { ...bid, ...out } : bid)) };
    }
    default:
      return tender;
  }
};

const ofEvaluator = (tender: Opened, userId: string, change: (evaluator: Evaluator) => Evaluator): Opened => ({
  ...tender,
  evaluators: (tender.evaluators ?? []).map((evaluator) => (evaluator.userId === userId ? change(evaluator) : evaluator)),
});

type About = { readonly bidId: string; readonly criterionId: string };
const isAboutTheSame = (one: About, other: About): boolean => one.bidId === other.bidId && one.criterionId === other.criterionId;

const scored = (bid: OpenedBid, scores: Extract<TenderFact, { type: 'BidsScored' }>['scores']): OpenedBid => {
  const given = scores.filter(({ bidId }) => bidId === bid.bidId).map(({ bidId, ...score }) => score);
  const kept = bid.scores.filter((old) => !given.some(({ criterionId }) => criterionId === old.criterionId));
  return { ...bid, scores: [...kept, ...given] };
};
