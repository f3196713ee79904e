/** An amount in minor units with its ISO 4217 currency. */
export type Money = { readonly amount: number; readonly currency: string };
export type Lot = { readonly id: string; readonly title: string; readonly description: string };
export type Criterion = {
  readonly id: string;
  readonly name: string;
  /** Percent. */
  readonly weight: number;
  readonly kind: 'price' | 'quality';
  readonly description?: string;
};
type LanguageSkill = { readonly language: string; readonly level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native' };

/** Must-haves that each bid has to confirm. */
export type MustHaveCode = 'iso-27001' | 'signed-nda' | 'gdpr-processing-terms';
export type Milestone = { readonly id: string; readonly title: string; readonly description?: string; readonly dueOn?: string };

/** A document that belongs to what is asked; its bytes lie elsewhere. */
export type TenderDocument = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
};

/** What a tender asks for, and how its bids are judged. Instants are RFC 3339 in UTC. */
export type Terms = {
  readonly title: string;
  readonly description: string;
  readonly cpv: readonly string[];
  readonly skills: readonly string[];
  readonly sectors: readonly string[];
  readonly lots: readonly Lot[];
  readonly currency: string;
  readonly budget?: Money;
  readonly showBudget: boolean;
  readonly deadline?: string;
  readonly mustHaves: readonly string[];
  readonly mustHaveCodes?: readonly MustHaveCode[];
  readonly paymentTerms?: string;
  readonly languages: readonly LanguageSkill[];
  readonly criteria: readonly Criterion[];
  readonly startsOn?: string;
  readonly durationMonths?: number;
  readonly workingHoursOverlap?: number;
  readonly audience: 'all' | 'matched' | 'invited';
  /** Named by the buyer: they may see the tender whatever its audience. */
  readonly invited?: readonly string[];
  /** Between an award and its contract. */
  readonly standstillDays?: number;
  readonly milestones?: readonly Milestone[];
  readonly documents?: readonly TenderDocument[];
};
/** The terms of a tender that bidders see: these have a deadline. */
export type PublishedTerms = Terms & { readonly deadline: string };

type Written<Item extends { readonly id: string }> = {
  readonly [Key in keyof Item]?: Item[Key] | undefined;
};

export type WrittenMilestone = Written<Milestone> & { readonly title: string };

/** What a buyer writes: undefined leaves a term as it is, null takes it away. */
export type TermsChanges = {
  readonly [Key in Exclude<keyof Terms, 'lots' | 'criteria' | 'milestones'>]?:
    | Terms[Key]
    | (undefined extends Terms[Key] ? null : never)
    | undefined;
} & {
  readonly lots?: readonly (Written<Lot> & { readonly title: string })[] | undefined;
  readonly criteria?: readonly (Written<Criterion> & Pick<Criterion, 'name' | 'weight' | 'kind'>)[] | undefined;
  readonly milestones?: readonly WrittenMilestone[] | undefined;
};

const nothingYet: Omit<Terms, 'title'> = {
  description: '',
  cpv: [],
  skills: [],
  sectors: [],
  lots: [],
  currency: 'EUR',
  showBudget: false,
  mustHaves: [],
  languages: [],
  criteria: [],
  audience: 'all',
};

/** The terms of a new draft. The currency is that of the budget where only that is named. */
export const newTerms = ({ title, ...changes }: TermsChanges & { readonly title: string }): Terms => {
  const currency = changes.currency ?? changes.budget?.currency;
  return changedTerms({ ...nothingYet, title }, currency === undefined ? changes : { ...changes, currency });
};

/** The terms with these changes. New lots and criteria get the lowest free number as their id. */
export const changedTerms = (terms: Terms, { lots, criteria, milestones, ...others }: TermsChanges): Terms => {
  const next: Record<string, unknown> = { ...terms };
  for (const [name, value] of Object.entries(others)) {
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  if (lots) next.lots = numbered('lot', lots).map((lot) => ({ description: '', ...lot }));
  if (criteria) next.criteria = numbered('criterion', criteria);
  if (milestones) next.milestones = numberedMilestones(milestones);
  return next as Terms;
};

const numbered = <Item extends { readonly id?: string | undefined }>(prefix: string, items: readonly Item[]) => {
  const taken = new Set(items.map(({ id }) => id));
  return items.map((item) => {
    const known = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
    if (item.id !== undefined) return known;
    let n = 1;
    while (taken.has(`${prefix}-${n}`)) n += 1;
    taken.add(`${prefix}-${n}`);
    return { id: `${prefix}-${n}`, ...known };
  });
};

export const numberedMilestones = (milestones: readonly WrittenMilestone[]): Milestone[] =>
  numbered('milestone', milestones) as Milestone[];

/** The names of the terms that differ. An empty list is none. */
export const changedFields = (before: Terms, after: Terms): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => written(before[name as keyof Terms]) !== written(after[name as keyof Terms]),
  );

/** The same text for the same value, however its fields are ordered. */
const written = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) && value.length === 0 ? undefined : value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What a bid answers to: a change here makes bids given before worthless until they are confirmed. */
export const asked = [
  'title',
  'description',
  'cpv',
  'skills',
  'sectors',
  'lots',
  'currency',
  'mustHaves',
  'mustHaveCodes',
  'paymentTerms',
  'milestones',
  'documents',
  'languages',
  'criteria',
  'startsOn',
  'durationMonths',
  'workingHoursOverlap',
] as const satisfies readonly (keyof Terms)[];
export const changeWhatIsAsked = (fields: readonly string[]): boolean =>
  fields.some((field) => (asked as readonly string[]).includes(field));

/** What no tender may contain, draft or not. */
export const contradictionIn = ({
  lots,
  criteria,
  milestones = [],
  invited = [],
  mustHaveCodes = [],
  budget,
  currency,
}: Terms): 'duplicate-ids' | 'given-twice' | 'budget-in-other-currency' | undefined => {
  if ([lots, criteria, milestones].some((items) => hasTwice(items.map(({ id }) => id)))) return 'duplicate-ids';
  if (hasTwice(invited) || hasTwice(mustHaveCodes)) return 'given-twice';
  return budget && budget.currency !== currency ? 'budget-in-other-currency' : undefined;
};

export const hasTwice = (ids: readonly string[]): boolean => new Set(ids).size !== ids.length;

/** What must still be filled in before a tender can be published; a lot is not among it, since one is made. */
export const missingIn = ({ description, cpv, skills, criteria, deadline, audience, invited = [] }: Terms): string[] => {
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const prices = criteria.filter(({ kind }) => kind === 'price').length;
  return [
    ...(description === '' ? ['a description'] : []),
    ...(cpv.length + skills.length === 0 ? ['a CPV code or a skill'] : []),
    ...(weights === 100 ? [] : [`criteria whose weights sum to 100 (now ${weights})`]),
    ...(prices > 1 ? ['no more than one price criterion'] : []),
    ...(deadline === undefined ? ['a deadline'] : []),
    ...(audience === 'invited' && invited.length === 0 ? ['an invited firm'] : []),
  ];
};

/** A tender without lots is one lot. */
export const withLots = <T extends Terms>(terms: T): T =>
  terms.lots.length > 0 ? terms : { ...terms, lots: [{ id: 'lot-1', title: terms.title, description: '' }] };

export const isAfter = (one: string, other: string): boolean => Temporal.Instant.compare(one, other) > 0;

/** EU Directive 2007/66/EC asks public buyers for ten days; private ones here wait five unless they say otherwise. */
const usualStandstill = 5;
export const standstillDaysOf = ({ standstillDays }: Terms): number => standstillDays ?? usualStandstill;
