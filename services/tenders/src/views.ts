import type { ClarificationView } from '@umuhuza/contracts/tenders/award';
import {
  type AmendmentView,
  type BidContent,
  type MyBid,
  myBid,
  type OpenedBids,
  type TakenBid,
  type TenderSummary,
  type TenderView,
  tenderView,
} from '@umuhuza/contracts/tenders/schemas';
import { digestOf } from './digest.ts';
import { toEvaluation } from './evaluationView.ts';
import { resultOf } from './lotViews.ts';
import { shownChanges } from './tender/amendments.ts';
import { biasAbout } from './tender/conflicts.ts';
import { judgedBids } from './tender/evaluation.ts';
import { presentOutcomes } from './tender/outcomes.ts';
import { rank } from './tender/rank.ts';
import {
  type Amendment,
  type Bidder,
  bidOf,
  type Clarification,
  isShown,
  type KnownTender,
  type OpenedBid,
  openingOf,
  type SealedBid,
  type ShownTender,
  type Tender,
  unanswered,
} from './tender/tender.ts';
import { missingIn, standstillDaysOf } from './tender/terms.ts';

/** As `rank` counts it. */
const priceFormula = 'score = 100 × lowest price / price';

/** What a list shows of a tender. It needs no bids, so that lists need not read them. */
export const toSummary = (tender: KnownTender, reader: string): TenderSummary => {
  const { tenderId, ocid, buyer, terms } = tender;
  const mine = buyer.organisationId === reader;
  return {
    id: tenderId,
    ocid,
    status: tender.status === 'dropped' ? 'cancelled' : tender.status,
    mine,
    buyer,
    title: terms.title,
    cpv: [...terms.cpv],
    skills: [...terms.skills],
    sectors: [...terms.sectors],
    currency: terms.currency,
    ...(terms.budget && (mine || terms.showBudget) ? { budget: terms.budget } : {}),
    ...(terms.deadline === undefined ? {} : { deadline: terms.deadline }),
    audience: terms.audience,
    ...(isShown(tender) ? { publishedAt: tender.publishedAt } : {}),
  };
};

/**
 * A tender as a member of this organisation sees it. Before opening nothing in it depends on the bids, not for its buyer, not even
 * for a bidder: so its ETag, a hash of it, tells nothing of them either. The contract's schema has the last word here: nothing it does
 * not name gets out, and its fields always come in one order, without which the hash would differ. `asksAs`: what stands for this
 * organisation in its questions. `names`: of those that the tender holds no name of.
 */
export const toTenderView = (
  tender: KnownTender,
  reader: string,
  asksAs: string,
  names?: ReadonlyMap<string, string>,
): TenderView => {
  const { terms, importedFrom } = tender;
  const summary = toSummary(tender, reader);
  return tenderView.parse({
    ...summary,
    description: terms.description,
    lots: terms.lots.map((lot) => ({ ...lot, ...resultOf(tender, lot.id, reader, names) })),
    mustHaves: [...terms.mustHaves],
    mustHaveCodes: [...(terms.mustHaveCodes ?? [])],
    ...(terms.paymentTerms === undefined ? {} : { paymentTerms: terms.paymentTerms }),
    languages: [...terms.languages],
    criteria: [...terms.criteria],
    ...(terms.criteria.some(({ kind }) => kind === 'price') ? { priceFormula } : {}),
    ...(terms.startsOn === undefined ? {} : { startsOn: terms.startsOn }),
    ...(terms.durationMonths === undefined ? {} : { durationMonths: terms.durationMonths }),
    ...(terms.workingHoursOverlap === undefined ? {} : { workingHoursOverlap: terms.workingHoursOverlap }),
    standstillDays: standstillDaysOf(terms),
    milestones: [...(terms.milestones ?? [])],
    questions: [],
    amendments: [],
    documents: [...(terms.documents ?? [])],
    ...(isShown(tender) ? toShown(tender, reader, asksAs) : {}),
    ...(tender.status === 'dropped' ? { cancelled: { reason: tender.reason, at: tender.endedAt } } : {}),
    ...(summary.mine ? { showBudget: terms.showBudget, invited: [...(terms.invited ?? [])] } : {}),
    ...(summary.mine && importedFrom ? { importedFrom } : {}),
    ...(tender.status === 'draft' ? { missing: missingIn(terms) } : {}),
  } satisfies TenderView);
};

const toShown = (tender: ShownTender, reader: string, asksAs: string): Partial<TenderView> => {
  const opening = openingOf(tender);
  const isOwn = tender.buyer.organisationId === reader;
  const waiting = tender.status === 'closed' ? unanswered(tender).map(({ id }) => id) : [];
  return {
    questions: tender.questions.map(({ askedBy, ...question }) => ({ ...question, mine: askedBy === asksAs })),
    amendments: tender.amendments.flatMap((amendment) => toAmendment(amendment, isOwn)),
    ...(isOwn && tender.evaluators?.length ? { evaluators: tender.evaluators.map(({ userId }) => userId) } : {}),
    ...(isOwn ? {} : { following: tender.followers?.includes(reader) ?? false }),
    ...('closedAt' in tender ? { closedAt: tender.closedAt } : {}),
    ...(waiting.length > 0 ? { openingWaitsFor: waiting } : {}),
    ...(opening ? { openedAt: opening.openedAt, bidsOpened: opening.bids.length } : {}),
    ...(tender.status === 'cancelled' ? { cancelled: { reason: tender.reason, at: tender.endedAt } } : {}),
    ...(tender.status === 'unsuccessful'
      ? {
          unsuccessful: {
            reason: tender.reason,
            at: tender.endedAt,
            ...(tender.code === undefined ? {} : { code: tender.code }),
            ...(tender.because === undefined ? {} : { because: tender.because }),
            ...(tender.how === undefined ? {} : { how: tender.how }),
          },
        }
      : {}),
    ...(tender.status === 'awarded' ? { completedAt: tender.completedAt } : {}),
  };
};

/** An amendment of which others may see nothing is not there for them. */
const toAmendment = ({ changed, changes = [], ...amendment }: Amendment, isOwn: boolean): AmendmentView[] => {
  const shown = changes.filter(({ hidden }) => isOwn || !hidden);
  const names = isOwn ? [...changed] : shownChanges({ changed, changes });
  if (names.length === 0) return [];
  return [{ ...amendment, changed: names, changes: shown.map(({ hidden, ...change }) => change) }];
};

/** `digest`: the hash of what the bid says, which the tender itself does not know before the opening. */
export const toTakenBid = (tenderId: string, { bidId, version, submittedAt }: SealedBid, digest: string): TakenBid => ({
  tenderId,
  bidId,
  version,
  submittedAt,
  digest,
});

/** The reader's own bid; undefined when it has none. For nobody else. */
export const toMyBid = (tender: Tender, bidder: Bidder, content: BidContent | undefined): MyBid | undefined => {
  const bid = bidOf(tender, bidder);
  if (!bid || tender.status === 'absent') return undefined;
  const { tenderId } = tender;
  const { bidId, version, submittedAt } = bid;
  const opening = openingOf(tender);
  const outcomes = opening ? presentOutcomes(opening).filter((outcome) => outcome.bidId === bid.bidId) : [];
  const asked = (lotId: string) => opening?.clarifications?.find((one) => one.bidId === bid.bidId && one.lotId === lotId);
  return myBid.parse({
    ...(content ? toTakenBid(tenderId, bid, digestOf(content)) : { tenderId, bidId, version, submittedAt }),
    status: statusOf(tender, bid),
    ...(content ? { content } : {}),
    ...whyOut(bid),
    ...('prices' in bid ? {} : clarificationOf(opening?.clarifications?.find((one) => one.bidId === bidId))),
    outcomes: outcomes.map(({ bidId, organisationId, shares, ...outcome }) => ({
      ...outcome,
      ...(shares ? { shares: [...shares] } : {}),
      ...clarificationOf(asked(outcome.lotId)),
    })),
  } satisfies MyBid);
};

/** Its bidder reads it as soon as the bid is out. */
const whyOut = (bid: SealedBid | OpenedBid): Pick<MyBid, 'disqualified'> => {
  if (!('prices' in bid) || bid.disqualifiedBecause === undefined) return {};
  const { disqualifiedBecause: reason, disqualificationCode: code, disqualifiedAt: at } = bid;
  return { disqualified: { reason, ...(code === undefined ? {} : { code }), ...(at === undefined ? {} : { at }) } };
};

const clarificationOf = (asked: Clarification | undefined): { readonly clarification?: ClarificationView } => {
  if (!asked) return {};
  const { bidder, bidId, lotId, ...clarification } = asked;
  return { clarification };
};

const statusOf = (tender: Tender, bid: SealedBid | OpenedBid): MyBid['status'] => {
  if (!openingOf(tender)) return bid.valid ? 'valid' : 'invalid';
  if (!('prices' in bid)) return 'not-opened';
  return bid.disqualifiedBecause === undefined ? 'opened' : 'disqualified';
};

type BesideTender = {
  /** What the opened bids say, by content id. */
  readonly contents: ReadonlyMap<string, BidContent>;
  /** The names that the tender itself does not hold: of those whose bids were not opened, or who had no name here by the opening. */
  readonly names?: ReadonlyMap<string, string>;
};

/** Who is shown once the bids are open and has no name in the tender. */
export const namelessIn = (tender: Tender): string[] => {
  const { bids = [], clarifications = [] } = openingOf(tender) ?? {};
  const named = new Set(bids.flatMap(({ bidder, bidderName }) => (bidderName === undefined ? [] : [bidder])));
  return [...new Set([...bids, ...clarifications].map(({ bidder }) => bidder))].filter((bidder) => !named.has(bidder));
};

/** The opened bids with the ranking of each lot; undefined before opening. For the buyer. */
export const toOpenedBids = (
  tender: KnownTender,
  { contents, names = new Map() }: BesideTender,
  user: string,
  /** The organisations the reader belongs to. */
  memberOf: readonly string[] = [],
): OpenedBids | undefined => {
  const opening = openingOf(tender);
  if (!opening) return undefined;
  const { terms } = tender;
  const evaluators = 'evaluators' in tender ? tender.evaluators : undefined;
  const judged = judgedBids({ ...opening, terms, ...(evaluators ? { evaluators } : {}) });
  const evaluation = toEvaluation(tender, user);
  const dismissed = 'dismissed' in tender ? tender.dismissed : undefined;
  const judging = { ...opening, ...(evaluators ? { evaluators } : {}), ...(dismissed ? { dismissed } : {}) };
  const conflictOf = (bid: OpenedBid) => {
    const about = biasAbout(judging, { by: { organisation: tender.buyer.organisationId, user }, memberOf }, bid);
    return about ? { conflict: about.bidId === bid.bidId ? ('with-it' as const) : ('with-a-rival' as const) } : {};
  };
  const nameOfBidder = new Map([
    ...names,
    ...opening.bids.flatMap(({ bidder, bidderName }) => (bidderName === undefined ? [] : [[bidder, bidderName] as const])),
  ]);
  const bidderOf = (bidder: string) => {
    const name = nameOfBidder.get(bidder);
    return { organisationId: bidder, ...(name === undefined ? {} : { name }) };
  };
  return {
    bids: opening.bids.flatMap((bid) => {
      const content = contents.get(bid.contentId);
      if (!content) throw new Error(`the content of the opened bid ${bid.bidId} is gone`);
      const { bidId, submittedAt, digest, disqualifiedBecause, disqualificationCode } = bid;
      return {
        bidId,
        bidder: bidderOf(bid.bidder),
        ...(disqualifiedBecause === undefined
          ? { status: 'opened' as const }
          : {
              status: 'disqualified' as const,
              disqualifiedBecause,
              ...(disqualificationCode === undefined ? {} : { disqualificationCode }),
            }),
        submittedAt,
        digest,
        content,
        ...(evaluation ? {} : { scores: [...bid.scores] }),
        ...conflictOf(bid),
      };
    }),
    lots: tender.terms.lots.map(({ id }) => {
      const ranking = rank(terms, judged, id);
      return {
        lotId: id,
        evaluated: ranking.length > 0 && ranking.every(({ unscored }) => unscored.length === 0),
        ranking: ranking.map(({ bid, shares, unscored, ...ranked }) => ({
          bidId: bid.bidId,
          bidder: bidderOf(bid.bidder),
          ...ranked,
          shares: [...shares],
          unscored: [...unscored],
        })),
      };
    }),
    ...(evaluation ? { evaluation } : {}),
    clarifications: (opening.clarifications ?? []).map(({ bidder, bidId, ...one }) => ({ ...one, bidder: bidderOf(bidder) })),
  };
};
