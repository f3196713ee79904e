import { isShown, type KnownTender, openingOf, type ShownTender } from '../tender/tender.ts';
import type { Lot, Milestone, Money, MustHaveCode, TenderDocument } from '../tender/terms.ts';
import { asValue } from './amounts.ts';
import { awardsOf, contractsOf, milestonesOf } from './awards.ts';
import type { Fields, View } from './view.ts';

/** What a release says beside its head, by section. */
export type Content = {
  readonly parties: readonly Fields[];
  readonly buyer: Fields;
  readonly tender: Fields;
  readonly bids?: Fields;
  readonly awards?: readonly Fields[];
  readonly contracts?: readonly Fields[];
};

/** What was asked for or given once, and is not any more: the standard has no way to take away one thing of a list. */
export type Withdrawn = {
  readonly lots: readonly Lot[];
  readonly milestones: readonly Milestone[];
  readonly documents: readonly TenderDocument[];
};
export const nothingWithdrawn: Withdrawn = { lots: [], milestones: [], documents: [] };

/**
 * All that OCDS can say of a tender; for its buyer also a hidden budget, what a signed contract is about and, after opening, each bid.
 * Before opening there is nothing of bids in either.
 */
export const contentOf = (tender: KnownTender, view: View, withdrawn: Withdrawn = nothingWithdrawn): Content => {
  const { isOwn } = view;
  const opening = openingOf(tender);
  const bids = opening?.bids ?? [];
  const nameOf = (organisation: string) => bids.find(({ bidder }) => bidder === organisation)?.bidderName ?? organisation;
  const reference = (organisation: string) => ({ id: organisation, name: nameOf(organisation) });
  const buyer = { id: tender.buyer.organisationId, name: tender.buyer.name ?? tender.buyer.organisationId };
  const winners = opening?.results.flatMap((result) => (result.kind === 'awarded' ? [result.winner] : [])) ?? [];

  return {
    parties: [
      { ...buyer, roles: ['buyer', 'procuringEntity'], address: { countryName: countryNames[tender.buyer.country] } },
      ...bids.map(({ bidder }) => ({
        ...reference(bidder),
        roles: ['tenderer', ...(winners.includes(bidder) ? ['supplier'] : [])],
        address: { countryName: countryNames.RW },
      })),
    ],
    buyer,
    tender: {
      ...tenderOf(tender, view, withdrawn),
      procuringEntity: buyer,
      ...(opening ? { numberOfTenderers: bids.length, tenderers: bids.map(({ bidder }) => reference(bidder)) } : {}),
    },
    ...(opening ? { bids: bidsOf(bids, isOwn, reference) } : {}),
    ...(opening ? filled('awards', awardsOf(tender, opening, reference, view)) : {}),
    ...(opening ? filled('contracts', contractsOf(tender, opening, view)) : {}),
  };
};

const filled = (name: string, list: readonly Fields[]): Fields => (list.length > 0 ? { [name]: list } : {});

type Reference = (organisation: string) => Fields;
type Opening = NonNullable<ReturnType<typeof openingOf>>;

const bidsOf = (bids: Opening['bids'], isOwn: boolean, reference: Reference): Fields => ({
  statistics: [
    { id: 'bids', measure: 'bids', value: bids.length },
    { id: 'valid', measure: 'validBids', value: bids.filter((bid) => bid.disqualifiedBecause === undefined).length },
  ],
  ...(isOwn
    ? {
        details: bids.map((bid) => ({
          id: bid.bidId,
          date: bid.submittedAt,
          status: bid.disqualifiedBecause === undefined ? 'valid' : 'disqualified',
          tenderers: [reference(bid.bidder)],
          ...asValue(sumOf(bid.prices.map(({ price }) => price))),
          relatedLots: bid.prices.map(({ lotId }) => lotId),
        })),
      }
    : {}),
});

const countryNames = { DE: 'Germany', RW: 'Rwanda' } as const;

const statuses = {
  draft: 'planning',
  dropped: 'cancelled',
  published: 'active',
  closed: 'active',
  opened: 'active',
  awarded: 'complete',
  unsuccessful: 'unsuccessful',
  cancelled: 'cancelled',
} as const satisfies Record<KnownTender['status'], string>;

const tenderOf = (tender: KnownTender, { isOwn, publicUrl }: View, withdrawn: Withdrawn): Fields => {
  const { terms } = tender;
  return {
    id: tender.tenderId,
    title: terms.title,
    description: terms.description,
    status: statuses[tender.status],
    mainProcurementCategory: 'services',
    procurementMethod: terms.audience === 'all' ? 'open' : 'selective',
    submissionMethod: ['electronicSubmission'],
    items: [{ id: '1', description: terms.title, ...classificationsOf(terms.cpv) }],
    ...(terms.budget && (isOwn || terms.showBudget) ? asValue(terms.budget) : {}),
    ...criteriaOf(terms.criteria),
    ...eligibilityOf(terms),
    ...lotsOf(tender, withdrawn.lots),
    ...milestonesOf(terms, withdrawn.milestones),
    ...documentsOf(tender, withdrawn.documents, publicUrl),
    ...(isShown(tender) ? proceedingsOf(tender) : {}),
    ...contractPeriodOf(terms),
  };
};

const classificationsOf = (cpv: readonly string[]): Fields => {
  const [first, ...others] = cpv.map((id) => ({ scheme: 'CPV', id }));
  return first ? { classification: first, ...(others.length > 0 ? { additionalClassifications: others } : {}) } : {};
};

const lotsOf = (tender: KnownTender, withdrawnLots: readonly Lot[]): Fields => {
  const results = openingOf(tender)?.results ?? [];
  const statusOf = (lotId: string) => {
    const result = results.find((one) => one.lotId === lotId);
    if (!result) return statuses[tender.status];
    return result.kind === 'awarded' ? 'complete' : 'unsuccessful';
  };
  const lots = [
    ...tender.terms.lots.map((lot) => ({ ...lot, status: statusOf(lot.id) })),
    ...withdrawnLots.map((lot) => ({ ...lot, status: 'withdrawn' })),
  ];
  return lots.length > 0 ? { lots } : {};
};

/** Whoever sees the tender may read its documents, at their address: everybody, where it is published to everybody. */
const documentsOf = ({ tenderId, terms }: KnownTender, withdrawn: readonly TenderDocument[], publicUrl: string): Fields =>
  filled('documents', [
    ...(terms.documents ?? []).map(({ id, name, type }) => ({
      id,
      documentType: 'biddingDocuments',
      title: name,
      format: type,
      url: new URL(`/api/tenders/${tenderId}/documents/${id}`, publicUrl).href,
    })),
    ...withdrawn.map(({ id, name }) => ({ id, title: name, description: 'Not among the documents any more' })),
  ]);

const proceedingsOf = (tender: ShownTender): Fields => ({
  tenderPeriod: { startDate: tender.publishedAt, endDate: tender.terms.deadline },
  enquiryPeriod: { startDate: tender.publishedAt, endDate: tender.terms.deadline },
  hasEnquiries: tender.questions.length > 0,
  // Without an author: nobody learns who asked.
  ...(tender.questions.length > 0
    ? {
        enquiries: tender.questions.map(({ id, question, askedAt, answer, rejectedBecause, answeredAt }) => ({
          id,
          date: askedAt,
          description: question,
          ...(answeredAt === undefined ? {} : { answer: answer ?? `Not answered: ${rejectedBecause}`, dateAnswered: answeredAt }),
        })),
      }
    : {}),
});

const mustHaveNames: Readonly<Record<MustHaveCode, string>> = {
  'iso-27001': 'ISO 27001',
  'signed-nda': 'A signed non-disclosure agreement',
  'gdpr-processing-terms': 'Processing terms as Article 28 GDPR asks for',
};

const eligibilityOf = ({ mustHaves, mustHaveCodes = [] }: KnownTender['terms']): Fields => {
  const all = [...mustHaveCodes.map((code) => mustHaveNames[code]), ...mustHaves];
  return all.length > 0 ? { eligibilityCriteria: all.join('\n') } : {};
};

const criteriaOf = (criteria: KnownTender['terms']['criteria']): Fields => {
  if (criteria.length === 0) return {};
  const kinds = new Set(criteria.map(({ kind }) => kind));
  return {
    awardCriteria: kinds.size > 1 ? 'ratedCriteria' : kinds.has('price') ? 'priceOnly' : 'qualityOnly',
    awardCriteriaDetails: criteria.map(({ name, weight }) => `${name}: ${weight} %`).join('\n'),
  };
};

const contractPeriodOf = ({ startsOn, durationMonths }: KnownTender['terms']): Fields => {
  const starts = startsOn === undefined ? {} : { startDate: `${startsOn}T00:00:00Z` };
  const ends =
    startsOn === undefined || durationMonths === undefined
      ? {}
      : { endDate: `${Temporal.PlainDate.from(startsOn).add({ months: durationMonths }).toString()}T00:00:00Z` };
  const lasts =
    durationMonths === undefined || startsOn !== undefined ? {} : { durationInDays: Math.round(durationMonths * 30.44) };
  const period = { ...starts, ...ends, ...lasts };
  return Object.keys(period).length > 0 ? { contractPeriod: period } : {};
};

const sumOf = (prices: readonly Money[]): Money => ({
  amount: prices.reduce((sum, { amount }) => sum + amount, 0),
  currency: prices[0]?.currency ?? '',
});
