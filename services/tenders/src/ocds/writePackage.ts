import { createHash } from 'node:crypto';
import { isShown, type KnownTender, openingOf } from '../tender/tender.ts';
import type { Money } from '../tender/terms.ts';
import { toMajor } from './amounts.ts';

type Fields = Readonly<Record<string, unknown>>;
export type ReleasePackage = Record<string, unknown> & { uri: string; version: '1.1'; releases: Record<string, unknown>[] };

/** Codes younger than the list of OCDS 1.1: a value in one of them cannot be said there. */
const youngerThanOcds = ['SLE', 'XCG', 'ZWG'];

const extension = (name: string) => `https://raw.githubusercontent.com/open-contracting-extensions/${name}/master/extension.json`;

/**
 * The tender as an OCDS 1.1 release package with the bids and lots extensions. Everybody gets what is public; its buyer also what is
 * its own: a hidden budget and, after opening, each bid. Before opening there is nothing of bids in either.
 */
export const writePackage = (tender: KnownTender, reader: string, publicUrl: string): ReleasePackage => {
  const content = releaseOf(tender, tender.buyer.organisationId === reader);
  // A release says one thing for ever: another content is another release, and gets another id.
  const id = `${tender.ocid}-${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 12)}`;
  return {
    uri: new URL(`/api/tenders/${tender.tenderId}/ocds`, publicUrl).href,
    version: '1.1',
    extensions: [extension('ocds_bid_extension'), extension('ocds_lots_extension')],
    publishedDate: dateOf(tender),
    publisher: { name: 'Umuhuza', uri: publicUrl },
    releases: [{ ocid: tender.ocid, id, ...content }],
  };
};

const dateOf = (tender: KnownTender): string => {
  if (isShown(tender)) return tender.changedAt;
  return tender.status === 'dropped' ? tender.endedAt : tender.createdAt;
};

const releaseOf = (tender: KnownTender, isOwn: boolean): Fields => {
  const opening = openingOf(tender);
  const bids = opening?.bids ?? [];
  const results = opening?.results ?? [];
  const nameOf = (organisation: string) => bids.find(({ bidder }) => bidder === organisation)?.bidderName ?? organisation;
  const reference = (organisation: string) => ({ id: organisation, name: nameOf(organisation) });
  const buyer = { id: tender.buyer.organisationId, name: tender.buyer.name ?? tender.buyer.organisationId };
  const winners = results.flatMap((result) => (result.kind === 'awarded' ? [result.winner] : []));

  return {
    date: dateOf(tender),
    tag: tagOf(tender),
    initiationType: 'tender',
    parties: [
      { ...buyer, roles: ['buyer'], address: { countryName: countryNames[tender.buyer.country] } },
      ...bids.map(({ bidder }) => ({
        ...reference(bidder),
        roles: ['tenderer', ...(winners.includes(bidder) ? ['supplier'] : [])],
        address: { countryName: countryNames.RW },
      })),
    ],
    buyer,
    tender: {
      ...tenderOf(tender, isOwn),
      procuringEntity: buyer,
      ...(opening ? { numberOfTenderers: bids.length, tenderers: bids.map(({ bidder }) => reference(bidder)) } : {}),
    },
    ...(opening
      ? {
          bids: {
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
          },
        }
      : {}),
    ...(results.length > 0
      ? {
          awards: results.map((result) => ({
            id: `${tender.tenderId}-${result.lotId}`,
            title: tender.terms.lots.find(({ id }) => id === result.lotId)?.title ?? result.lotId,
            description: result.reason,
            date: result.at,
            relatedLots: [result.lotId],
            ...(result.kind === 'awarded'
              ? { status: 'active', ...asValue(result.value), suppliers: [reference(result.winner)], relatedBid: result.bidId }
              : { status: 'unsuccessful' }),
          })),
        }
      : {}),
  };
};

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

const tagOf = (tender: KnownTender): string[] => {
  switch (tender.status) {
    case 'draft':
      return ['planning'];
    case 'dropped':
      return ['planningUpdate'];
    case 'published':
      return [tender.amendments.length > 0 ? 'tenderAmendment' : 'tender'];
    case 'cancelled':
      return ['tenderCancellation'];
    case 'closed':
      return ['tenderUpdate'];
    case 'opened':
    case 'awarded':
    case 'unsuccessful':
      return ['tenderUpdate', ...(tender.results.length > 0 ? ['award'] : [])];
  }
};

const tenderOf = (tender: KnownTender, isOwn: boolean): Fields => {
  const { terms } = tender;
  const [first, ...others] = terms.cpv.map((id) => ({ scheme: 'CPV', id }));
  return {
    id: tender.tenderId,
    title: terms.title,
    description: terms.description,
    status: statuses[tender.status],
    mainProcurementCategory: 'services',
    procurementMethod: terms.audience === 'all' ? 'open' : 'selective',
    submissionMethod: ['electronicSubmission'],
    ...(first
      ? {
          items: [
            {
              id: '1',
              description: terms.title,
              classification: first,
              ...(others.length > 0 ? { additionalClassifications: others } : {}),
            },
          ],
        }
      : {}),
    ...(terms.budget && (isOwn || terms.showBudget) ? asValue(terms.budget) : {}),
    ...criteriaOf(terms.criteria),
    ...(terms.mustHaves.length > 0 ? { eligibilityCriteria: terms.mustHaves.join('\n') } : {}),
    ...(terms.lots.length > 0 ? { lots: terms.lots.map((lot) => ({ ...lot, status: statuses[tender.status] })) } : {}),
    ...(isShown(tender)
      ? {
          tenderPeriod: { startDate: tender.publishedAt, endDate: tender.terms.deadline },
          enquiryPeriod: { startDate: tender.publishedAt, endDate: tender.terms.deadline },
          hasEnquiries: tender.questions.length > 0,
          ...(tender.amendments.length > 0
            ? {
                amendments: tender.amendments.map(({ at, changed, reason }, n) => ({
                  id: String(n + 1),
                  date: at,
                  description: `Changed: ${changed.join(', ')}`,
                  ...(reason === undefined ? {} : { rationale: reason }),
                })),
              }
            : {}),
        }
      : {}),
    ...contractPeriodOf(terms),
  };
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

const asValue = (money: Money): Fields =>
  youngerThanOcds.includes(money.currency) ? {} : { value: { amount: toMajor(money), currency: money.currency } };

const sumOf = (prices: readonly Money[]): Money => ({
  amount: prices.reduce((sum, { amount }) => sum + amount, 0),
  currency: prices[0]?.currency ?? '',
});
