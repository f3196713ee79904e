import { withRivals } from './evaluation.ts';
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
      return withConflict(tender, fact);
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

type Declared = Extract<TenderFact, { type: 'ConflictDeclared' }>;

/** Who is no evaluator stands with those who are none any more: also the buyer as one does not judge what it is not free about. */
const withConflict = (tender: Opened, { userId, bidId, reason }: Declared): Opened => {
  const { evaluators = [], dismissed = [] } = tender;
  const conflict = { bidId, reason };
  if (evaluators.some((evaluator) => evaluator.userId === userId))
    return ofEvaluator(tender, userId, ({ opinions, conflicts, ...evaluator }) => ({
      ...evaluator,
      opinions: opinions.filter((opinion) => !isAffected(tender, opinion.bidId, bidId)),
      conflicts: [...conflicts, conflict],
    }));
  const known = dismissed.find((one) => one.userId === userId) ?? { userId, opinions: [], conflicts: [] };
  const others = dismissed.filter((one) => one.userId !== userId);
  return { ...tender, dismissed: [...others, { ...known, conflicts: [...known.conflicts, conflict] }] };
};

const isAffected = (tender: Opened, scored: string, declared: string): boolean => {
  const bid = tender.bids.find(({ bidId }) => bidId === scored);
  return bid !== undefined && withRivals(tender, bid).some(({ bidId }) => bidId === declared);
};

type About = { readonly bidId: string; readonly criterionId: string };
const isAboutTheSame = (one: About, other: About): boolean => one.bidId === other.bidId && one.criterionId === other.criterionId;

const scored = (bid: OpenedBid, scores: Extract<TenderFact, { type: 'BidsScored' }>['scores']): OpenedBid => {
  const given = scores.filter(({ bidId }) => bidId === bid.bidId).map(({ bidId, ...score }) => score);
  const kept = bid.scores.filter((old) => !given.some(({ criterionId }) => criterionId === old.criterionId));
  return { ...bid, scores: [...kept, ...given] };
};
