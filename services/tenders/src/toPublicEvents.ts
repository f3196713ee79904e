import type { PublicTender, tendersEvents } from '@umuhuza/contracts/tenders/events';
import type { PublicEvent } from '@umuhuza/eventing/book';
import { shownChanges } from './tender/amendments.ts';
import { isAward, standstillEnd } from './tender/awards.ts';
import type { Because } from './tender/because.ts';
import { waitingOf } from './tender/remindBuyer.ts';
import {
  isSealed,
  isShown,
  openingOf,
  type ShownTender,
  sealedOwnersOf,
  type Tender,
  type TenderFact,
  type UnsuccessfulCode,
  unanswered,
} from './tender/tender.ts';
import type { MustHaveCode } from './tender/terms.ts';

type Said = readonly PublicEvent<typeof tendersEvents>[];

/** Makes one sealed list of the owners of bids, which says as much when it is empty. */
export type SealOwners = (tenderId: string, owners: readonly string[]) => string;

/**
 * What of a fact leaves the service. Drafts are nobody else's business, and no bid is heard of before it is opened: what takes all sealed bids
 * their worth carries their owners sealed, whether there are any or none.
 */
export const toPublicEvents =
  (sealOwners: SealOwners) =>
  (tenderId: string, fact: TenderFact, after: Tender, before: Tender): Said =>
    isShown(after)
      ? said(fact, after, () => (isSealed(before) ? { owners: sealOwners(tenderId, sealedOwnersOf(before)) } : {}))
      : [];

const said = (fact: TenderFact, tender: ShownTender, owners: () => { readonly owners?: string }): Said => {
  const about = { tenderId: tender.tenderId, title: tender.terms.title, buyer: tender.buyer };
  const ofLot = (lotId: string) => {
    const { lots } = tender.terms;
    const title = lots.length > 1 ? lots.find(({ id }) => id === lotId)?.title : undefined;
    return { ...about, lotId, ...(title === undefined ? {} : { lotTitle: title }) };
  };
  const followers = tender.followers && tender.followers.length > 0 ? { followers: [...tender.followers] } : {};
  const invited = (firms: readonly string[]): Said =>
    firms.length > 0 ? [{ type: 'FirmsInvited', data: { ...about, deadline: tender.terms.deadline, firms: [...firms] } }] : [];
  switch (fact.type) {
    case 'TenderPublished':
      return [{ type: 'TenderPublished', data: { tender: toPublicTender(tender) } }, ...invited(fact.terms.invited ?? [])];
    case 'TenderAmended': {
      const { changesWhatIsAsked, reason } = fact;
      const changed = shownChanges(fact);
      const amended: Said =
        changed.length === 0
          ? []
          : [
              {
                type: 'TenderAmended',
                data: {
                  tender: toPublicTender(tender),
                  changed,
                  changesWhatIsAsked,
                  ...(reason === undefined ? {} : { reason }),
                  ...followers,
                  ...(changesWhatIsAsked ? owners() : {}),
                },
              },
            ];
      return [...amended, ...invited(newlyInvited(fact))];
    }
    case 'TenderCancelled':
      return [{ type: 'TenderCancelled', data: { ...about, reason: fact.reason, ...followers, ...owners() } }];
    case 'QuestionAsked':
      return [{ type: 'QuestionAsked', data: { ...about, questionId: fact.questionId, question: fact.question } }];
    case 'QuestionAnswered':
      return [
        {
          type: 'QuestionAnswered',
          data: { ...about, ...questionOf(tender, fact.questionId), answer: fact.answer, ...followers },
        },
      ];
    case 'QuestionRejected':
      return [
        {
          type: 'QuestionRejected',
          data: { ...about, ...questionOf(tender, fact.questionId), reason: fact.reason, ...followers },
        },
      ];
    case 'BiddingClosed': {
      const waiting = unanswered(tender).map(({ id }) => id);
      return [{ type: 'BiddingClosed', data: { ...about, ...(waiting.length > 0 ? { openingWaitsFor: waiting } : {}) } }];
    }
    case 'BidsOpened': {
      const bids = openingOf(tender)?.bids ?? [];
      return [
        { type: 'BidsOpened', data: { ...about, bidders: bids.map(({ bidder }) => bidder), bids: bids.length } },
        ...(fact.unopened ?? []).map(({ bidder }) => ({
          type: 'BidNotOpened' as const,
          data: { ...about, organisationId: bidder },
        })),
      ];
    }
    case 'LotAwarded': {
      const { lotId, bidId, winner, value, rank, points, reason } = fact;
      const standstillUntil = standstillEnd(tender, fact);
      return [
        {
          type: 'LotAwarded',
          data: {
            ...ofLot(lotId),
            winner: { organisationId: winner, bidId },
            value,
            reason,
            ...becauseOf(fact),
            ...(rank === undefined ? {} : { rank }),
            ...(points === undefined ? {} : { score: points }),
            standstillUntil,
          },
        },
      ];
    }
    case 'AwardLapsed': {
      const { lotId, bidId, winner, how, reason } = fact;
      return [{ type: 'AwardLapsed', data: { ...ofLot(lotId), winner: { organisationId: winner, bidId }, how, reason } }];
    }
    case 'ContractOffered':
      return [{ type: 'ContractOffered', data: { ...ofLot(fact.lotId), ...contractOf(tender, fact.lotId).parties } }];
    case 'ContractSigned': {
      const { parties, value } = contractOf(tender, fact.lotId);
      return [{ type: 'ContractSigned', data: { ...ofLot(fact.lotId), ...parties, value } }];
    }
    case 'MilestoneSignedOff': {
      const { milestoneId, side } = fact;
      const { parties } = contractOf(tender, fact.lotId);
      return [{ type: 'MilestoneSignedOff', data: { ...ofLot(fact.lotId), ...parties, milestoneId, by: side } }];
    }
    case 'ContractCompleted':
      return [{ type: 'ContractCompleted', data: { ...ofLot(fact.lotId), ...contractOf(tender, fact.lotId).parties } }];
    case 'EvaluatorsAppointed':
      return [{ type: 'EvaluatorsAppointed', data: { ...about, evaluators: [...fact.evaluators] } }];
    case 'ScoringEnded':
      return [{ type: 'ScoringEnded', data: { ...about, ...(fact.reason === undefined ? {} : { reason: fact.reason }) } }];
    case 'ClarificationAsked': {
      const { lotId, bidder, clarificationId } = fact;
      return [{ type: 'ClarificationAsked', data: { ...ofLot(lotId), organisationId: bidder, clarificationId } }];
    }
    case 'ClarificationAnswered': {
      const asked = openingOf(tender)?.clarifications?.find(({ id }) => id === fact.clarificationId);
      if (!asked) throw new Error('what was answered was asked before');
      const { id: clarificationId, lotId, bidder } = asked;
      return [{ type: 'ClarificationAnswered', data: { ...ofLot(lotId), organisationId: bidder, clarificationId } }];
    }
    case 'BidderInformed': {
      const { lotId, organisationId, outcome, rank, points, of, winningPoints, reason, said, code } = fact;
      return [
        {
          type: 'BidderInformed',
          data: {
            ...ofLot(lotId),
            organisationId,
            outcome,
            ...(rank === undefined ? {} : { rank }),
            ...(points === undefined ? {} : { score: points }),
            ...(of === undefined ? {} : { of }),
            ...(winningPoints === undefined ? {} : { winningScore: winningPoints }),
            reason,
            ...becauseOf(fact),
            ...(said === undefined ? {} : { said }),
            ...(code === undefined ? {} : { code }),
          },
        },
      ];
    }
    case 'LotDeclaredUnsuccessful':
      return [
        { type: 'LotUnsuccessful', data: { ...ofLot(fact.lotId), reason: fact.reason, ...codeOf(fact), ...becauseOf(fact) } },
      ];
    case 'TenderDeclaredUnsuccessful':
      return [
        {
          type: 'TenderUnsuccessful',
          data: { ...about, reason: fact.reason, ...codeOf(fact), ...becauseOf(fact), ...followers },
        },
      ];
    case 'TenderCompleted':
      return [{ type: 'TenderCompleted', data: about }];
    case 'BuyerReminded': {
      const waiting = waitingOf(tender);
      if (!waiting) throw new Error('a buyer is reminded of what waits for it');
      const { lots } = tender.terms;
      const undecidedLots = lots.filter(({ id }) => waiting.undecidedLots.includes(id)).map(({ title }) => title);
      return [{ type: 'BuyerReminded', data: { ...about, ...waiting, undecidedLots, lots: lots.length } }];
    }
    case 'TenderDrafted':
    case 'DraftEdited':
    case 'FirmsAdmitted':
    case 'TenderFollowed':
    case 'TenderUnfollowed':
    case 'BidSubmitted':
    case 'BidWithdrawn':
    case 'BidsSealed':
    case 'AskersHidden':
    case 'MilestoneDocumentAdded':
    case 'BidsScored':
    case 'OpinionsGiven':
    case 'ConflictDeclared':
    case 'BidDisqualified':
    case 'LeftoversDeleted':
      return [];
  }
};

const becauseOf = ({ because, how }: Because) => ({
  ...(because === undefined ? {} : { because }),
  ...(how === undefined ? {} : { how }),
});

const codeOf = ({ code }: { readonly code?: UnsuccessfulCode }) => (code === undefined ? {} : { code });

/** The sides of a contract and its sum; what else it says is nobody else's business. */
const contractOf = (tender: ShownTender, lotId: string) => {
  const award = openingOf(tender)?.results.find((result) => result.lotId === lotId);
  if (!isAward(award) || !award.contract) throw new Error('what is told of a contract follows from one');
  const { winner, value, contract } = award;
  return { parties: { lotId, contractId: contract.contractId, supplier: winner }, value };
};

type Amended = Extract<TenderFact, { type: 'TenderAmended' }>;

const newlyInvited = ({ changes = [], terms }: Amended): string[] => {
  const change = changes.find(({ term }) => term === 'invited');
  const before = (change?.from ?? []) as readonly string[];
  return change ? (terms.invited ?? []).filter((firm) => !before.includes(firm)) : [];
};

/** As profiles name what a code asks for; what no profile shows is left to the bid. */
const certificates: Partial<Record<MustHaveCode, string>> = { 'iso-27001': 'ISO 27001' };

const mustHavesOf = ({ mustHaves, mustHaveCodes = [] }: ShownTender['terms']): string[] => [
  ...new Set([...mustHaves, ...mustHaveCodes.flatMap((code) => certificates[code] ?? [])]),
];

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
  mustHaves: mustHavesOf(terms),
  ...(terms.mustHaveCodes && terms.mustHaveCodes.length > 0 ? { mustHaveCodes: [...terms.mustHaveCodes] } : {}),
  ...(terms.paymentTerms === undefined ? {} : { paymentTerms: terms.paymentTerms }),
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
