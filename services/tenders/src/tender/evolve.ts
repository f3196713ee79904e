import type { Evaluator } from './evaluator.ts';
import { evolveAwards } from './evolveAwards.ts';
import { evolveClarifications } from './evolveClarifications.ts';
import { evolveEvaluation } from './evolveEvaluation.ts';
import {
  type Awarded,
  type Closed,
  type Draft,
  isShown,
  type Opened,
  type OpenedBid,
  type Published,
  type Question,
  type SealedBid,
  type ShownTender,
  type Tender,
  type TenderFact,
} from './tender.ts';

export const noTender: Tender = { status: 'absent' };

/** The tender after this fact. A fact only ever follows from a state that allows it; in any other it changes nothing. */
export const evolve = (tender: Tender, fact: TenderFact): Tender => {
  if (fact.type === 'AskersHidden') return isShown(tender) ? withAskers(tender, fact.askers) : tender;
  switch (tender.status) {
    case 'absent': {
      if (fact.type !== 'TenderDrafted') return tender;
      const { type, at, ...known } = fact;
      return { ...known, status: 'draft', createdAt: at };
    }
    case 'dropped':
      return tender;
    case 'cancelled':
      if (fact.type === 'LeftoversDeleted') return { ...tender, leftovers: false };
      if (fact.type === 'BuyerReminded') return { ...tender, remindedAt: fact.at };
      return tender.opening ? { ...tender, opening: evolveClarifications(tender.opening, fact) } : tender;
    case 'awarded':
      return evolveAwarded(tender, fact);
    case 'unsuccessful':
      return evolveAwards(tender, fact);
    case 'draft':
      return evolveDraft(tender, fact);
    case 'published':
      return evolvePublished(tender, fact);
    case 'closed':
      return evolveClosed(tender, fact);
    case 'opened':
      return evolveOpened(tender, fact);
  }
};

const evolveDraft = (tender: Draft, fact: TenderFact): Tender => {
  switch (fact.type) {
    case 'DraftEdited':
      return { ...tender, terms: fact.terms };
    case 'TenderPublished': {
      const { status, ...known } = tender;
      return {
        ...known,
        status: 'published',
        buyer: { ...tender.buyer, name: fact.buyerName },
        terms: fact.terms,
        publishedAt: fact.at,
        changedAt: fact.at,
        questions: [],
        amendments: [],
        bids: [],
      };
    }
    case 'TenderCancelled':
      return { ...tender, status: 'dropped', reason: fact.reason, endedAt: fact.at };
    default:
      return tender;
  }
};

const evolvePublished = (tender: Published, fact: TenderFact): Tender => {
  switch (fact.type) {
    case 'TenderAmended': {
      const { type, terms, ...amendment } = fact;
      return {
        ...tender,
        terms,
        changedAt: fact.at,
        amendments: [...tender.amendments, amendment],
        bids: fact.changesWhatIsAsked ? tender.bids.map((bid) => ({ ...bid, valid: false })) : tender.bids,
      };
    }
    case 'QuestionAsked':
      return {
        ...tender,
        changedAt: fact.at,
        questions: [
          ...tender.questions,
          { id: fact.questionId, question: fact.question, askedBy: fact.askedBy, askedAt: fact.at },
        ],
      };
    case 'BidSubmitted':
      return { ...tender, bids: [...tender.bids.filter(({ bidder }) => bidder !== fact.bid.bidder), fact.bid] };
    case 'BidsSealed':
      return { ...tender, bids: sealed(tender.bids, fact.bids) };
    case 'BidWithdrawn':
      return { ...tender, bids: tender.bids.filter(({ bidId }) => bidId !== fact.bidId) };
    case 'BiddingClosed':
      return { ...tender, status: 'closed', closedAt: fact.at, changedAt: fact.at };
    default:
      return evolveLive(tender, fact);
  }
};

const evolveClosed = (tender: Closed, fact: TenderFact): Tender => {
  if (fact.type === 'BidsSealed') return { ...tender, bids: sealed(tender.bids, fact.bids) };
  if (fact.type === 'BuyerReminded') return { ...tender, remindedAt: fact.at };
  if (fact.type !== 'BidsOpened') return evolveLive(tender, fact);
  // Who gave them is said now: nobody has to be found by what was sealed for it any more.
  const bids = tender.bids.map(({ owner, ...bid }) => bid);
  const opened: OpenedBid[] = bids.flatMap((bid) => {
    const told = fact.bids.find(({ bidId }) => bidId === bid.bidId);
    return told ? [{ ...bid, ...told, scores: [] }] : [];
  });
  return {
    ...tender,
    status: 'opened',
    openedAt: fact.at,
    changedAt: fact.at,
    bids: opened,
    unopened: bids
      .filter(({ bidId }) => !opened.some((bid) => bid.bidId === bidId))
      .map((bid) => ({ ...bid, ...fact.unopened?.find(({ bidId }) => bidId === bid.bidId) })),
    results: [],
    outcomes: [],
    leftovers: true,
  };
};

const evolveOpened = (tender: Opened, fact: TenderFact): Tender => {
  switch (fact.type) {
    case 'TenderCompleted':
      return { ...tender, status: 'awarded', completedAt: fact.at, changedAt: fact.at };
    case 'TenderDeclaredUnsuccessful':
      return { ...tender, ...unsuccessful(fact) };
    default:
      return evolveLive(evolveEvaluation(evolveAwards(tender, fact), fact), fact);
  }
};

/** Also the last award may still come to nothing. */
const evolveAwarded = (tender: Awarded, fact: TenderFact): Tender => {
  if (fact.type !== 'TenderDeclaredUnsuccessful') return evolveAwards(tender, fact);
  return { ...tender, ...unsuccessful(fact) };
};

const unsuccessful = ({ type, at, ...why }: Extract<TenderFact, { type: 'TenderDeclaredUnsuccessful' }>) => ({
  status: 'unsuccessful' as const,
  ...why,
  endedAt: at,
  changedAt: at,
});

/** What is the same from publishing to the end. */
const evolveLive = (tender: Published | Closed | Opened, fact: TenderFact): Tender => {
  switch (fact.type) {
    case 'QuestionAnswered':
      return answered(tender, fact.questionId, { answer: fact.answer, answeredAt: fact.at });
    case 'FirmsAdmitted':
      return { ...tender, admitted: [...(tender.admitted ?? []), ...fact.firms] };
    case 'TenderFollowed':
      return { ...tender, followers: [...(tender.followers ?? []), fact.organisationId] };
    case 'EvaluatorsAppointed':
      return { ...tender, ...appointed(tender, fact.evaluators) };
    case 'TenderUnfollowed':
      return { ...tender, followers: (tender.followers ?? []).filter((id) => id !== fact.organisationId) };
    case 'QuestionRejected':
      return answered(tender, fact.questionId, { rejectedBecause: fact.reason, answeredAt: fact.at });
    case 'TenderCancelled': {
      const ended = { status: 'cancelled', reason: fact.reason, endedAt: fact.at, changedAt: fact.at } as const;
      if (tender.status !== 'opened') {
        const { bids, ...rest } = tender;
        return { ...rest, ...ended, leftovers: true };
      }
      const { openedAt, bids, unopened, results, outcomes, scoringEnded, lapses, clarifications, ...rest } = tender;
      const opening = {
        openedAt,
        bids,
        unopened,
        results,
        outcomes,
        ...(scoringEnded ? { scoringEnded } : {}),
        ...(lapses ? { lapses } : {}),
        ...(clarifications ? { clarifications } : {}),
      };
      return { ...rest, ...ended, opening };
    }
    default:
      return tender;
  }
};

const sealed = (bids: readonly SealedBid[], changes: readonly ({ readonly bidId: string } & Partial<SealedBid>)[]): SealedBid[] =>
  bids.map((bid) => ({ ...bid, ...changes.find(({ bidId }) => bidId === bid.bidId) }));

const answered = <Live extends ShownTender>(
  tender: Live,
  questionId: string,
  answer: Partial<Question> & { answeredAt: string },
): Live => ({
  ...tender,
  changedAt: answer.answeredAt,
  questions: tender.questions.map((question) => (question.id === questionId ? { ...question, ...answer } : question)),
});

const withAskers = <Any extends ShownTender>(
  tender: Any,
  askers: Extract<TenderFact, { type: 'AskersHidden' }>['askers'],
): Any => ({
  ...tender,
  questions: tender.questions.map((one) => ({
    ...one,
    askedBy: askers.find(({ questionId }) => questionId === one.id)?.askedBy ?? one.askedBy,
  })),
});

/** Those who stay keep what they have given; a declared conflict outlasts being an evaluator. */
const appointed = (
  { evaluators = [], dismissed = [] }: Pick<ShownTender, 'evaluators' | 'dismissed'>,
  users: readonly string[],
): Pick<ShownTender, 'evaluators' | 'dismissed'> => {
  const known = [...evaluators, ...dismissed];
  const gone = known.filter(({ userId, conflicts }) => conflicts.length > 0 && !users.includes(userId));
  return {
    evaluators: users.map((userId) => known.find((one) => one.userId === userId) ?? noOpinion(userId)),
    ...(gone.length > 0 || dismissed.length > 0 ? { dismissed: gone } : {}),
  };
};

const noOpinion = (userId: string): Evaluator => ({ userId, opinions: [], conflicts: [] });
