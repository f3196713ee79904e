import type { AreaTextKey } from '../../texts/areas.ts';

type TermName = AreaTextKey<'tenders'> extends infer Key ? (Key extends `term-${infer Name}` ? Name : never) : never;

/** The terms that have a name in the language of the page. */
const named: Readonly<Record<TermName, true>> = {
  title: true,
  description: true,
  cpv: true,
  skills: true,
  sectors: true,
  lots: true,
  currency: true,
  budget: true,
  showBudget: true,
  deadline: true,
  mustHaves: true,
  mustHaveCodes: true,
  paymentTerms: true,
  languages: true,
  criteria: true,
  startsOn: true,
  durationMonths: true,
  workingHoursOverlap: true,
  audience: true,
  invited: true,
  standstillDays: true,
  milestones: true,
  documents: true,
};
export const isTerm = (name: string): name is TermName => Object.hasOwn(named, name);
