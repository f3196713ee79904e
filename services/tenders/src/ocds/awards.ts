import { isInStandstill, standstillEnd } from '../tender/awards.ts';
import type { ContractMilestone, Lapse } from '../tender/contract.ts';
import type { AwardedLot, KnownTender, openingOf } from '../tender/tender.ts';
import { type Milestone, standstillDaysOf, type Terms } from '../tender/terms.ts';
import { asValue } from './amounts.ts';
import type { Fields, View } from './view.ts';

type Opening = NonNullable<ReturnType<typeof openingOf>>;
type Reference = (organisation: string) => Fields;

/**
 * What became of the lots. An award is `pending` in its standstill, `active` afterwards, `cancelled` when it came to nothing; why it did
 * is for the buyer.
 */
export const awardsOf = (tender: KnownTender, { results, lapses = [] }: Opening, reference: Reference, view: View): Fields[] => [
  ...results.map((result) => ({
    ...(result.kind === 'awarded'
      ? { ...awardOf(tender, result, reference), status: isInStandstill(tender, result, view.at) ? 'pending' : 'active' }
      : { ...lotOf(tender, result), id: `${tender.tenderId}-${result.lotId}`, date: result.at, status: 'unsuccessful' }),
    description: result.reason,
  })),
  ...lapses.flatMap((lapse) =>
    lapse.awarded
      ? [
          {
            ...awardOf(tender, { ...lapse, ...lapse.awarded, kind: 'awarded' }, reference),
            status: 'cancelled',
            description: lapse.awarded.reason,
            ...(view.isOwn ? { amendments: [whyLapsed(lapse)] } : {}),
          },
        ]
      : [],
  ),
];

const awardIdOf = (tenderId: string, { lotId, bidId }: Pick<AwardedLot, 'lotId' | 'bidId'>) => `${tenderId}-${lotId}-${bidId}`;

const lotOf = ({ terms }: KnownTender, { lotId }: { readonly lotId: string }): Fields => ({
  title: terms.lots.find(({ id }) => id === lotId)?.title ?? lotId,
  relatedLots: [lotId],
});

const awardOf = (tender: KnownTender, award: AwardedLot, reference: Reference): Fields => ({
  ...lotOf(tender, award),
  id: awardIdOf(tender.tenderId, award),
  date: award.at,
  ...asValue(award.value),
  suppliers: [reference(award.winner)],
  relatedBid: award.bidId,
  // No field of the standard nor of its extensions says this; it allows more fields than it names.
  ...(standstillDaysOf(tender.terms) > 0
    ? { standstillPeriod: { startDate: award.at, endDate: standstillEnd(tender, award) } }
    : {}),
});

const whyLapsed = ({ how, reason, at }: Lapse): Fields => ({
  id: 'lapse',
  date: at,
  description: how === 'declined' ? 'Declined by the winner' : 'The winner withdrew',
  rationale: reason,
});

/** The contracts that both sides have signed. An offer is between the two; what a contract is about is for its buyer. */
export const contractsOf = (tender: KnownTender, { results }: Opening, { isOwn, publicUrl }: View): Fields[] =>
  results.flatMap((result) => {
    if (result.kind !== 'awarded' || result.contract?.signedAt === undefined) return [];
    const { contractId, signedAt, completedAt, milestones } = result.contract;
    return [
      {
        ...titleOf(tender, result),
        id: contractId,
        awardID: awardIdOf(tender.tenderId, result),
        status: completedAt === undefined ? 'active' : 'terminated',
        dateSigned: signedAt,
        ...asValue(result.value),
        ...(isOwn
          ? {
              milestones: milestones.map((one) =>
                reached(one, `${publicUrl}/api/tenders/${tender.tenderId}/lots/${result.lotId}/contract/milestones`),
              ),
            }
          : {}),
      },
    ];
  });

const titleOf = (tender: KnownTender, result: AwardedLot) => {
  const { title } = lotOf(tender, result);
  return { title };
};

export const milestoneOf = ({ id, title, description, dueOn }: Milestone): Fields => ({
  id,
  title,
  type: 'delivery',
  status: 'scheduled',
  ...(description === undefined ? {} : { description }),
  ...(dueOn === undefined ? {} : { dueDate: `${dueOn}T00:00:00Z` }),
});

const reached = (milestone: ContractMilestone, at: string): Fields => {
  const dateMet = metAt(milestone);
  const documents = (milestone.documents ?? []).map((document) => ({
    id: document.id,
    title: document.name,
    format: document.type,
    datePublished: document.at,
    url: `${at}/${milestone.id}/documents/${document.id}`,
  }));
  return {
    ...milestoneOf(milestone),
    ...(dateMet === undefined ? {} : { status: 'met', dateMet }),
    ...(documents.length > 0 ? { documents } : {}),
  };
};

/** A milestone is reached when both sides have said so. */
export const metAt = ({ signedOff: { buyer, supplier } }: ContractMilestone): string | undefined => {
  if (buyer === undefined || supplier === undefined) return undefined;
  return Temporal.Instant.compare(buyer, supplier) > 0 ? buyer : supplier;
};

export const milestonesOf = ({ milestones = [] }: Terms, withdrawn: readonly Milestone[]): Fields => {
  const all = [
    ...milestones.map(milestoneOf),
    ...withdrawn.map(({ id, title }) => ({ id, title, description: 'Not asked for any more' })),
  ];
  return all.length > 0 ? { milestones: all } : {};
};
