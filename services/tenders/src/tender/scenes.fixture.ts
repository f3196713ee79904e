import { evolve, noTender } from './evolve.ts';
import type { KnownTender, LotPrice, OpenedBid, SealedBid, Tender, TenderFact } from './tender.ts';
import type { Criterion, PublishedTerms } from './terms.ts';

/** Scenes for the specs, each made by what happened before it. */
export const buyer = { organisationId: 'buyer', name: 'Demonstration Buyer GmbH', country: 'DE' as const };
export const asBuyer = { organisation: 'buyer' };
export const asStranger = { organisation: 'stranger' };
export const asFirm = (organisation: string) => ({ organisation, country: 'RW' as const });

export const created = '2027-01-04T08:00:00.000Z';
export const published = '2027-01-05T08:00:00.000Z';
export const deadline = '2027-02-01T22:59:59.000Z';
export const before = '2027-01-20T12:00:00.000Z';
export const justBefore = '2027-02-01T22:59:58.999Z';
export const justAfter = '2027-02-01T22:59:59.001Z';
export const later = '2027-02-02T08:00:00.000Z';
/** Of an award made `later`, by the five days that hold where nothing is said. */
export const standstillEnds = '2027-02-07T08:00:00.000Z';
export const afterStandstill = '2027-02-08T08:00:00.000Z';

export const criteria: readonly Criterion[] = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];

export const terms: PublishedTerms = {
  title: 'A portal for carriers',
  description: 'Carriers see their loads and confirm them on a phone.',
  cpv: ['72212000'],
  skills: ['TypeScript'],
  sectors: ['logistics'],
  lots: [
    { id: 'build', title: 'Build it', description: '' },
    { id: 'run', title: 'Run it', description: '' },
  ],
  currency: 'EUR',
  budget: { amount: 9_000_000, currency: 'EUR' },
  showBudget: false,
  deadline,
  mustHaves: [],
  languages: [{ language: 'en', level: 'B2' }],
  criteria,
  audience: 'all',
};

export const euros = (amount: number) => ({ amount: amount * 100, currency: 'EUR' });

export const drafted: TenderFact = { type: 'TenderDrafted', tenderId: 't1', ocid: 'ocds-umuhuza-t1', buyer, terms, at: created };
export const shown: TenderFact = { type: 'TenderPublished', terms, buyerName: buyer.name, at: published };
export const closed: TenderFact = { type: 'BiddingClosed', at: justAfter };

/** What stands for a firm in sealed bids. */
export const sealedAs = (firm: string) => `sealed-${firm}`;
export const sealedBid = (bidder: string, changes: Partial<SealedBid> = {}): SealedBid => ({
  bidId: `bid-${bidder}`,
  bidder: sealedAs(bidder),
  contentId: `content-${bidder}`,
  digest: `digest-${bidder}`,
  version: 1,
  submittedAt: before,
  valid: true,
  ...changes,
});
export const submitted = (bidder: string, changes?: Partial<SealedBid>): TenderFact => ({
  type: 'BidSubmitted',
  bid: sealedBid(bidder, changes),
});
/** What stands for a firm in its questions. */
export const asksAs = (firm: string) => `asker-${firm}`;
export const asked: TenderFact = {
  type: 'QuestionAsked',
  questionId: 'q1',
  question: 'May we?',
  askedBy: asksAs('alpha'),
  at: before,
};

/** What the opening reads in the sealed bid of a firm. */
export const saidBy = (bidder: string, prices: readonly LotPrice[]) => ({ bidder, digest: `digest-of-${bidder}`, prices });
export const opened = (
  bids: Readonly<Record<string, readonly LotPrice[]>>,
): Extract<TenderFact, { readonly type: 'BidsOpened' }> => ({
  type: 'BidsOpened',
  bids: Object.entries(bids).map(([bidder, prices]) => ({ bidId: `bid-${bidder}`, ...saidBy(bidder, prices) })),
  at: later,
});
export const forBuild = (amount: number): LotPrice[] => [{ lotId: 'build', price: euros(amount) }];
export const forBoth = (build: number, run: number): LotPrice[] => [...forBuild(build), { lotId: 'run', price: euros(run) }];

export const tenderAfter = (...facts: readonly TenderFact[]): Tender => facts.reduce(evolve, noTender);
export const publishedTender = (...facts: readonly TenderFact[]): Tender => tenderAfter(drafted, shown, ...facts);

/** Alpha bids for both lots, beta for building only. */
export const openedTender = (...facts: readonly TenderFact[]): Tender =>
  publishedTender(
    submitted('alpha'),
    submitted('beta', { submittedAt: '2027-01-21T12:00:00.000Z' }),
    closed,
    opened({ alpha: forBoth(1_000, 500), beta: forBuild(800) }),
    ...facts,
  );
export const scoresOf = (scores: Readonly<Record<string, number>>): TenderFact => ({
  type: 'BidsScored',
  scores: Object.entries(scores).map(([bidder, score]) => ({ bidId: `bid-${bidder}`, criterionId: 'approach', score })),
});
/** Evaluators of the buyer, by their user ids. */
export const asEvaluator = (user: string) => ({ ...asBuyer, user });
export const appointed = (...evaluators: readonly string[]): TenderFact => ({ type: 'EvaluatorsAppointed', evaluators });
export const opinionsOf = (userId: string, scores: Readonly<Record<string, number>>): TenderFact => ({
  type: 'OpinionsGiven',
  userId,
  opinions: Object.entries(scores).map(([bidder, score]) => ({ bidId: `bid-${bidder}`, criterionId: 'approach', score })),
});
export const contractOffered = (lotId: string): TenderFact => ({
  type: 'ContractOffered',
  lotId,
  contractId: `contract-${lotId}`,
  milestones: [
    { id: 'design', title: 'Design' },
    { id: 'go-live', title: 'Go-live' },
  ],
  at: afterStandstill,
});
export const lotAwarded = (lotId: string, bidder: string): TenderFact => ({
  type: 'LotAwarded',
  lotId,
  bidId: `bid-${bidder}`,
  winner: bidder,
  value: euros(1_000),
  reason: 'The best.',
  at: later,
});
export const cancelled: TenderFact = { type: 'TenderCancelled', reason: 'The project was stopped.', at: later };

/** One tender in each state, with a bid where there can be one. */
export const everyState = {
  absent: noTender,
  draft: tenderAfter(drafted),
  dropped: tenderAfter(drafted, cancelled),
  published: publishedTender(submitted('alpha')),
  closed: publishedTender(submitted('alpha'), closed),
  opened: openedTender(),
  awarded: openedTender(lotAwarded('build', 'alpha'), lotAwarded('run', 'alpha'), { type: 'TenderCompleted', at: later }),
  unsuccessful: publishedTender(closed, opened({}), {
    type: 'TenderDeclaredUnsuccessful',
    reason: 'No valid bid was received.',
    at: later,
  }),
  cancelled: publishedTender(submitted('alpha'), cancelled),
} as const satisfies Record<Tender['status'], Tender>;

export const openedBids = (tender: Tender): readonly OpenedBid[] => (tender.status === 'opened' ? tender.bids : []);
export const known = (tender: Tender): KnownTender => {
  if (tender.status === 'absent') throw new Error('this scene has a tender');
  return tender;
};
