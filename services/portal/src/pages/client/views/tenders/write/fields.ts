import { askedTerms } from '@umuhuza/contracts/tenders/asked';
import type { TenderChanges, TenderView } from '@umuhuza/contracts/tenders/schemas';

/** What a buyer writes of a tender; null where there is nothing. */
export type TenderFields = {
  readonly [Name in Exclude<keyof TenderChanges, 'reason'>]-?: Exclude<TenderChanges[Name], undefined>;
};
export type TenderFieldName = keyof TenderFields;

export const fieldsOf = (tender: TenderView): TenderFields => ({
  title: tender.title,
  description: tender.description,
  cpv: tender.cpv,
  skills: tender.skills,
  sectors: tender.sectors,
  lots: tender.lots.map(({ id, title, description }) => ({ id, title, description })),
  currency: tender.currency,
  budget: tender.budget ?? null,
  showBudget: tender.showBudget ?? false,
  deadline: tender.deadline ?? null,
  mustHaves: tender.mustHaves,
  mustHaveCodes: tender.mustHaveCodes,
  paymentTerms: tender.paymentTerms ?? null,
  languages: tender.languages,
  criteria: tender.criteria,
  startsOn: tender.startsOn ?? null,
  durationMonths: tender.durationMonths ?? null,
  workingHoursOverlap: tender.workingHoursOverlap ?? null,
  audience: tender.audience,
  invited: tender.invited ?? [],
  standstillDays: tender.standstillDays,
  milestones: tender.milestones,
});

type Rows = readonly { readonly title?: string; readonly name?: string; readonly weight?: number | undefined }[];

/** What the platform would refuse while it is half typed. */
export const isWhole = (name: TenderFieldName, value: unknown): boolean => {
  if (name === 'title') return typeof value === 'string' && value.trim() !== '';
  if (name === 'lots' || name === 'milestones') return (value as Rows).every(({ title = '' }) => title.trim() !== '');
  if (name === 'criteria')
    return (value as Rows).every(({ name: called = '', weight = 0 }) => called.trim() !== '' && isWeight(weight));
  return value !== undefined;
};

/** Percent, as the contract takes them. */
export const isWeight = (weight: number): boolean => Number.isInteger(weight) && weight >= 1 && weight <= 100;

/** The sum of the weights, which has to be 100. */
export const sumOfWeights = (criteria: readonly { readonly weight?: number | undefined }[]): number =>
  criteria.reduce((sum, { weight = 0 }) => sum + weight, 0);

/** Whether bids that were given before are worthless until they are confirmed. */
export const changesWhatIsAsked = (names: readonly string[]): boolean =>
  names.some((name) => (askedTerms as readonly string[]).includes(name));
