import type { Because } from './because.ts';
import type { Contract, Lapse, MilestoneDocument, Side } from './contract.ts';
import type { Evaluator, Opinion } from './evaluator.ts';
import type { Refused } from './refusals.ts';
import { isAfter, type Milestone, type Money, type PublishedTerms, type Terms } from './terms.ts';

export type Buyer = { readonly organisationId: string; readonly name?: string; readonly country: 'DE' | 'RW' };
type NamedBuyer = Buyer & { readonly name: string };

export type Question = {
  readonly id: string;
  readonly question: string;
  /** What stands for the asker, who is known to nobody but itself. A tender of an earlier version names it until the service starts. */
  readonly askedBy: string;
  readonly askedAt: string;
  readonly answer?: string;
  readonly rejectedBecause?: string;
  readonly answeredAt?: string;
};

/** A term as it was and as it became. `hidden`: for the buyer's eyes only. */
export type TermChange = { readonly term: string; readonly from?: unknown; readonly to?: unknown; readonly hidden?: true };
export type Amendment = {
  readonly at: string;
  readonly changed: readonly string[];
  /** Missing in amendments of an earlier version. */
  readonly changes?: readonly TermChange[];
  readonly reason?: string;
  readonly changesWhatIsAsked: boolean;
};

/** A bid as the tender knows it: that somebody gave it, and when. What it says lies apart, sealed, under its content id. */
export type SealedBid = {
  readonly bidId: string;
  /** What stands for the bidder until the opening; then its organisation. */
  readonly bidder: string;
  readonly contentId: string;
  /** What stands for the hash of what the bid says; of an opened bid that hash itself. */
  readonly digest: string;
  /** 1, 2, 3 … over the submissions of this bidder. */
  readonly version: number;
  readonly submittedAt: string;
  /** False when an amendment has changed what is asked since. */
  readonly valid: boolean;
  /** Its owner, sealed for who tells it of what becomes of the bid before the opening. Missing in bids of an earlier version. */
  readonly owner?: string;
};
export type LotPrice = { readonly lotId: string; readonly price: Money };
export type Score = { readonly criterionId: string /** 0 to 100. */; readonly score: number; readonly comment?: string };
/** Why a bid is out, after the grounds of EU Directive 2014/24, articles 57 and 69. */
export type DisqualificationCode =
  | 'must-have-not-met'
  | 'incomplete'
  | 'not-as-asked'
  | 'abnormally-low-price'
  | 'conflict-of-interest'
  | 'false-statement'
  | 'other';
/** Why nobody gets a lot, after the codes of eForms for a procedure without a winner. */
export type UnsuccessfulCode =
  | 'no-valid-bid'
  | 'none-suitable'
  | 'over-budget'
  | 'need-changed'
  | 'winner-refused'
  | 'procedural-error'
  | 'other';
export type OpenedBid = Omit<SealedBid, 'owner'> & {
  /** Reads what the bid says; without it that was never sealed. */
  readonly contentKey?: string;
  /** As identity told it, when it had by the opening. */
  readonly bidderName?: string;
  readonly prices: readonly LotPrice[];
  /** Given by the buyer as one; what evaluators give lies with them. */
  readonly scores: readonly Score[];
  readonly disqualifiedBecause?: string;
  readonly disqualificationCode?: DisqualificationCode;
  /** Missing in disqualifications of an earlier version. */
  readonly disqualifiedAt?: string;
};
/** What the opening reads in a sealed bid. */
export type SaidInBid = Pick<OpenedBid, 'bidder' | 'digest' | 'contentKey' | 'prices' | 'bidderName'>;

export type Share = { readonly criterionId: string; readonly score: number; readonly points: number };
/** What a bidder is told about a lot. */
export type Outcome = {
  readonly lotId: string;
  readonly bidId: string;
  readonly organisationId: string;
  readonly outcome: 'won' | 'lost' | 'disqualified' | Lapse['how'];
  readonly rank?: number;
  readonly points?: number;
  readonly shares?: readonly Share[];
  /** How many bids were ranked. */
  readonly of?: number;
  /** Of a bid that lost. */
  readonly winningPoints?: number;
  readonly reason: string;
  /** What the buyer itself wrote, where `reason` holds more than that. */
  readonly said?: string;
  readonly code?: DisqualificationCode;
  readonly at: string;
} & Because;
/** What an award or its absence tells; that an award comes to nothing is told by itself. */
export type Informing = Outcome & { readonly outcome: 'won' | 'lost' | 'disqualified' };
export type LotResult = { readonly lotId: string; readonly reason: string; readonly at: string } & Because &
  (Award | { readonly kind: 'unsuccessful'; readonly code?: UnsuccessfulCode });
type Award = {
  readonly kind: 'awarded';
  readonly bidId: string;
  readonly winner: string;
  readonly value: Money;
  /** In the ranking it was made by, where that is the reason. */
  readonly rank?: number;
  readonly points?: number;
  readonly contract?: Contract;
};
export type AwardedLot = LotResult & Award;
/** A question of a bidder about its own outcome; only it and the buyer read it. */
export type Clarification = {
  readonly id: string;
  readonly lotId: string;
  readonly bidId: string;
  readonly bidder: string;
  readonly question: string;
  readonly askedAt: string;
  readonly answer?: string;
  readonly answeredAt?: string;
};

type Known = {
  readonly tenderId: string;
  readonly ocid: string;
  readonly buyer: Buyer;
  readonly terms: Terms;
  readonly createdAt: string;
  readonly importedFrom?: { readonly ocid: string; readonly releaseId?: string };
};
type Shown = Known & {
  readonly buyer: NamedBuyer;
  readonly terms: PublishedTerms;
  readonly publishedAt: string;
  /** When something last changed that everybody may see. */
  readonly changedAt: string;
  readonly questions: readonly Question[];
  readonly amendments: readonly Amendment[];
  /** The firms that matching suggested, where only these and the invited ones may see the tender. */
  readonly admitted?: readonly string[];
  /** When the buyer was last reminded that others wait for it. */
  readonly remindedAt?: string;
  /** The organisations that want to be told of changes. Whether they bid has nothing to do with it. */
  readonly followers?: readonly string[];
  /** Appointed by the buyer; without any the buyer scores as one. */
  readonly evaluators?: readonly Evaluator[];
  /** Those who are evaluators no more, for the conflicts they declared: these cannot be taken back. */
  readonly dismissed?: readonly Evaluator[];
};
export type ScoringEnd = {
  readonly at: string;
  readonly reason?: string;
  /** The evaluators whose scores count, by their user ids. Missing in what an earlier version wrote. */
  readonly counted?: readonly string[];
};
type Sealed = { readonly bids: readonly SealedBid[] };
/** True while contents of bids that nobody may read any more wait to be deleted. */
type LeftOver = { readonly leftovers: boolean };
type Unsealed = LeftOver & {
  readonly openedAt: string;
  /** In the order of their last submission. */
  readonly bids: readonly OpenedBid[];
  /** Bids that were never confirmed after an amendment: nobody has read them. */
  readonly unopened: readonly Omit<SealedBid, 'owner'>[];
  readonly results: readonly LotResult[];
  readonly outcomes: readonly Outcome[];
  /** Since when the evaluators see each other's scores, which are final then. `reason`: the buyer did not wait for all. */
  readonly scoringEnded?: ScoringEnd;
  /** Awards that came to nothing, in their order. */
  readonly lapses?: readonly Lapse[];
  readonly clarifications?: readonly Clarification[];
};

export type Absent = { readonly status: 'absent' };
export type Draft = Known & { readonly status: 'draft' };
export type Published = Shown & Sealed & { readonly status: 'published' };
export type Closed = Shown & Sealed & { readonly status: 'closed'; readonly closedAt: string };
export type Opened = Shown & Unsealed & { readonly status: 'opened'; readonly closedAt: string };
export type Awarded = Shown & Unsealed & { readonly status: 'awarded'; readonly closedAt: string; readonly completedAt: string };
export type Unsuccessful = Shown &
  Unsealed & {
    readonly status: 'unsuccessful';
    readonly closedAt: string;
    readonly code?: UnsuccessfulCode;
    readonly reason: string;
    readonly because?: Because['because'];
    readonly how?: Because['how'];
    readonly endedAt: string;
    /** When every lot had an award or its absence, where the awards came to nothing after that. */
    readonly completedAt?: string;
  };
/** Cancelled as a draft: nobody else has ever seen it. */
export type Dropped = Known & { readonly status: 'dropped'; readonly reason: string; readonly endedAt: string };
export type Cancelled = Shown &
  LeftOver & {
    readonly status: 'cancelled';
    readonly closedAt?: string;
    readonly reason: string;
    readonly endedAt: string;
    /** Only when it was cancelled after opening. */
    readonly opening?: Omit<Unsealed, 'leftovers'>;
  };

export type ShownTender = Published | Closed | Opened | Awarded | Unsuccessful | Cancelled;
export type KnownTender = Draft | Dropped | ShownTender;
export type Tender = Absent | KnownTender;

export type TenderFact =
  | (Omit<Known, 'createdAt'> & { readonly type: 'TenderDrafted'; readonly at: string })
  | { readonly type: 'DraftEdited'; readonly terms: Terms }
  | { readonly type: 'TenderPublished'; readonly terms: PublishedTerms; readonly buyerName: string; readonly at: string }
  | ({ readonly type: 'TenderAmended'; readonly terms: PublishedTerms } & Amendment)
  | { readonly type: 'FirmsAdmitted'; readonly firms: readonly string[] }
  | { readonly type: 'TenderFollowed'; readonly organisationId: string }
  | { readonly type: 'TenderUnfollowed'; readonly organisationId: string }
  | { readonly type: 'TenderCancelled'; readonly reason: string; readonly at: string }
  | {
      readonly type: 'QuestionAsked';
      readonly questionId: string;
      readonly question: string;
      readonly askedBy: string;
      readonly at: string;
    }
  | { readonly type: 'QuestionAnswered'; readonly questionId: string; readonly answer: string; readonly at: string }
  | { readonly type: 'QuestionRejected'; readonly questionId: string; readonly reason: string; readonly at: string }
  | { readonly type: 'AskersHidden'; readonly askers: readonly { readonly questionId: string; readonly askedBy: string }[] }
  | { readonly type: 'BidSubmitted'; readonly bid: SealedBid }
  | { readonly type: 'BidWithdrawn'; readonly bidId: string }
  | {
      readonly type: 'BidsSealed';
      readonly bids: readonly Pick<SealedBid, 'bidId' | 'bidder' | 'contentId' | 'digest'>[];
    }
  | { readonly type: 'BiddingClosed'; readonly at: string }
  | {
      readonly type: 'BidsOpened';
      readonly bids: readonly ({ readonly bidId: string } & SaidInBid)[];
      /** Who gave the bids that nobody reads, since they were never confirmed after an amendment. */
      readonly unopened?: readonly { readonly bidId: string; readonly bidder: string }[];
      readonly at: string;
    }
  | { readonly type: 'BidsScored'; readonly scores: readonly ({ readonly bidId: string } & Score)[] }
  | { readonly type: 'EvaluatorsAppointed'; readonly evaluators: readonly string[] }
  | { readonly type: 'OpinionsGiven'; readonly userId: string; readonly opinions: readonly Opinion[] }
  | { readonly type: 'ConflictDeclared'; readonly userId: string; readonly bidId: string; readonly reason: string }
  | ({ readonly type: 'ScoringEnded' } & ScoringEnd)
  | {
      readonly type: 'BidDisqualified';
      readonly bidId: string;
      readonly code?: DisqualificationCode;
      readonly reason: string;
      readonly at?: string;
    }
  | ({
      readonly type: 'LotAwarded';
      readonly lotId: string;
      readonly bidId: string;
      readonly winner: string;
      readonly value: Money;
      readonly rank?: number;
      readonly points?: number;
      readonly reason: string;
      readonly at: string;
    } & Because)
  | ({ readonly type: 'AwardLapsed' } & Lapse)
  | ({
      readonly type: 'LotDeclaredUnsuccessful';
      readonly lotId: string;
      readonly code?: UnsuccessfulCode;
      readonly reason: string;
      readonly at: string;
    } & Because)
  | ({ readonly type: 'BidderInformed' } & Informing)
  | { readonly type: 'LeftoversDeleted' }
  | { readonly type: 'BuyerReminded'; readonly at: string }
  | { readonly type: 'TenderCompleted'; readonly at: string }
  | ({
      readonly type: 'TenderDeclaredUnsuccessful';
      readonly code?: UnsuccessfulCode;
      readonly reason: string;
      readonly at: string;
    } & Because)
  | {
      readonly type: 'ContractOffered';
      readonly lotId: string;
      readonly contractId: string;
      readonly milestones: readonly Milestone[];
      readonly at: string;
    }
  | { readonly type: 'ContractSigned'; readonly lotId: string; readonly at: string }
  | {
      readonly type: 'MilestoneSignedOff';
      readonly lotId: string;
      readonly milestoneId: string;
      readonly side: Side;
      readonly at: string;
    }
  | {
      readonly type: 'MilestoneDocumentAdded';
      readonly lotId: string;
      readonly milestoneId: string;
      readonly document: MilestoneDocument;
    }
  | { readonly type: 'ContractCompleted'; readonly lotId: string; readonly at: string }
  | ({ readonly type: 'ClarificationAsked'; readonly clarificationId: string; readonly at: string } & Pick<
      Clarification,
      'lotId' | 'bidId' | 'bidder' | 'question'
    >)
  | { readonly type: 'ClarificationAnswered'; readonly clarificationId: string; readonly answer: string; readonly at: string };

export type Decision = readonly TenderFact[] | Refused;

/** The deadline's instant itself still counts as in time. */
export const isOver = ({ terms }: Published, at: string): boolean => isAfter(at, terms.deadline);

export const isShown = (tender: Tender): tender is ShownTender =>
  tender.status !== 'absent' && tender.status !== 'draft' && tender.status !== 'dropped';

/** The organisations that may see a published tender beside its buyer; undefined: all. */
export const audienceOf = ({ terms, admitted = [] }: ShownTender): readonly string[] | undefined => {
  switch (terms.audience) {
    case 'all':
      return undefined;
    case 'matched':
      return [...(terms.invited ?? []), ...admitted];
    case 'invited':
      return terms.invited ?? [];
  }
};

/** Whether members of this organisation may know the tender exists; undefined: somebody of none that is known. */
export const isVisibleTo = (tender: Tender, organisation: string | undefined): tender is KnownTender =>
  tender.status !== 'absent' &&
  (tender.buyer.organisationId === organisation ||
    (isShown(tender) && (audienceOf(tender)?.some((one) => one === organisation) ?? true)));

export const unanswered = ({ questions }: ShownTender): Question[] =>
  questions.filter(({ answeredAt }) => answeredAt === undefined);

/** The opened bids and what became of them, in the states in which bids have been opened. */
export const openingOf = (tender: Tender): Omit<Unsealed, 'leftovers'> | undefined => {
  if (tender.status === 'cancelled') return tender.opening;
  return tender.status === 'opened' || tender.status === 'awarded' || tender.status === 'unsuccessful' ? tender : undefined;
};

/** Ended without that its bids were opened: nobody will ever read them. */
export const isEndedUnopened = (tender: Tender): boolean =>
  tender.status === 'dropped' || (tender.status === 'cancelled' && !tender.opening);

/** While its bids, should there be any, are sealed. */
export const isSealed = (tender: Tender): tender is Published | Closed =>
  tender.status === 'published' || tender.status === 'closed';

/** The owners of the sealed bids, each sealed by itself. */
export const sealedOwnersOf = (tender: Tender): string[] =>
  isSealed(tender) ? tender.bids.flatMap(({ owner }) => owner ?? []) : [];

/** A bidder, and what stands for it in sealed bids: undefined where nothing is sealed any more. */
export type Bidder = { readonly organisation: string; readonly sealedAs: string | undefined };

/** The bid of this bidder, sealed or opened. For its own eyes. */
export const bidOf = (tender: Tender, { organisation, sealedAs }: Bidder): SealedBid | OpenedBid | undefined => {
  const opening = openingOf(tender);
  if (opening) return [...opening.bids, ...opening.unopened].find(({ bidder }) => bidder === organisation);
  return tender.status === 'published' || tender.status === 'closed'
    ? tender.bids.find(({ bidder }) => bidder === sealedAs)
    : undefined;
};
