import type { PublicTender, tendersEvents } from '@umuhuza/contracts/tenders/events';
import type { PublicEvent } from '@umuhuza/eventing/book';
import { isShown, openingOf, type ShownTender, type Tender, type TenderFact, unanswered } from './tender/tender.ts';

type Said = readonly PublicEvent<typeof tendersEvents>[];

/** What of a fact leaves the service. Drafts are nobody else's business, and no bid is heard of before it is opened. */
export const toPublicEvents = (_tenderId: string, fact: TenderFact, after: Tender): Said =>
  isShown(after) ? said(fact, after) : [];

const said = (fact: TenderFact, tender: ShownTender): Said => {
  const about = { tenderId: tender.tenderId, title: tender.terms.title, buyer: tender.buyer };
  switch (fact.type) {
    case 'TenderPublished':
      return [{ type: 'TenderPublished', data: { tender: toPublicTender(tender) } }];
    case 'TenderAmended': {
      const { changed, changesWhatIsAsked, reason } = fact;
      return [
        {
          type: 'TenderAmended',
          data: {
            tender: toPublicTender(tender),
            changed: [...changed],
            changesWhatIsAsked,
            ...(reason === undefined ? {} : { reason }),
          },
        },
      ];
    }
    case 'TenderCancelled':
      return [{ type: 'TenderCancelled', data: { ...about, reason: fact.reason } }];
    case 'QuestionAsked':
      return [{ type: 'QuestionAsked', data: { ...about, questionId: fact.questionId, question: fact.question } }];
    case 'QuestionAnswered':
      return [{ type: 'QuestionAnswered', data: { ...about, ...questionOf(tender, fact.questionId), answer: fact.answer } }];
    case 'QuestionRejected':
      return [{ type: 'QuestionRejected', data: { ...about, ...questionOf(tender, fact.questionId), reason: fact.reason } }];
    case 'BiddingClosed': {
      const waiting = unanswered(tender).map(({ id }) => id);
      return [{ type: 'BiddingClosed', data: { ...about, ...(waiting.length > 0 ? { openingWaitsFor: waiting } : {}) } }];
    }
    case 'BidsOpened': {
      const bids = openingOf(tender)?.bids ?? [];
      return [{ type: 'BidsOpened', data: { ...about, bidders: bids.map(({ bidder }) => bidder), bids: bids.length } }];
    }
    case 'LotAwarded': {
      const { lotId, bidId, winner, value, reason } = fact;
      return [{ type: 'LotAwarded', data: { ...about, lotId, winner: { organisationId: winner, bidId }, value, reason } }];
    }
    case 'BidderInformed': {
      const { lotId, organisationId, outcome, rank, points, reason } = fact;
      return [
        {
          type: 'BidderInformed',
          data: {
            ...about,
            lotId,
            organisationId,
            outcome,
            ...(rank === undefined ? {} : { rank }),
            ...(points === undefined ? {} : { score: points }),
            reason,
          },
        },
      ];
    }
    case 'LotDeclaredUnsuccessful':
      return [{ type: 'LotUnsuccessful', data: { ...about, lotId: fact.lotId, reason: fact.reason } }];
    case 'TenderDeclaredUnsuccessful':
      return [{ type: 'TenderUnsuccessful', data: { ...about, reason: fact.reason } }];
    case 'TenderCompleted':
      return [{ type: 'TenderCompleted', data: about }];
    case 'TenderDrafted':
    case 'DraftEdited':
    case 'BidSubmitted':
    case 'BidWithdrawn':
    case 'BidsScored':
    case 'BidDisqualified':
    case 'LeftoversDeleted':
      return [];
  }
};

const questionOf = ({ questions }: ShownTender, questionId: string) => ({
  questionId,
  question: questions.find(({ id }) => id === questionId)?.question ?? '',
});

const toPublicTender = ({ tenderId, ocid, buyer, terms, publishedAt }: ShownTender): PublicTender => ({
  tenderId,
  buyer,
  title: terms.title,
  description: terms.description,
  cpv: [...terms.cpv],
  skills: [...terms.skills],
  lots: terms.lots.map((lot) => ({ ...lot })),
  currency: terms.currency,
  ...(terms.budget && terms.showBudget ? { budget: terms.budget } : {}),
  deadline: terms.deadline,
  mustHaves: [...terms.mustHaves],
  languages: [...terms.languages],
  criteria: terms.criteria.map(({ id, name, weight, kind }) => ({ id, name, weight, kind })),
  ...(terms.startsOn === undefined ? {} : { startsOn: terms.startsOn }),
  ...(terms.durationMonths === undefined ? {} : { durationMonths: terms.durationMonths }),
  sectors: [...terms.sectors],
  ...(terms.workingHoursOverlap === undefined ? {} : { workingHoursOverlap: terms.workingHoursOverlap }),
  audience: terms.audience,
  ocid,
  publishedAt,
});
