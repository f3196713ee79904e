import {
  type Capabilities,
  type Country,
  certificateTokens,
  type FirmProfile,
  type LanguageSkill,
  levels,
  type Money,
  type WorkingHours,
} from './firm.ts';
import { usualOverlap } from './weights.ts';
import { officeHours } from './workingHours.ts';

/** What of a published tender counts. */
export type TenderTerms = {
  readonly tenderId: string;
  readonly buyer: { readonly organisationId: string; readonly country: Country };
  readonly cpv: readonly string[];
  readonly skills: readonly string[];
  readonly sectors: readonly string[];
  readonly languages: readonly LanguageSkill[];
  readonly mustHaves: readonly string[];
  readonly budget?: Money | undefined;
  readonly deadline: string;
  readonly startsOn?: string | undefined;
  readonly durationMonths?: number | undefined;
  readonly workingHoursOverlap?: number | undefined;
};

/** What somebody looks for in a firm, whether a tender says it or a company's profile. */
export type Demand = {
  /** Seeds the order of firms that are equally good. */
  readonly seed: string;
  readonly from: { readonly organisationId: string; readonly country: Country; readonly workingHours: WorkingHours };
  readonly asks: Capabilities;
  readonly sectors: readonly string[];
  /** Each of them, or one of them. */
  readonly languages: { readonly need: 'all' | 'any'; readonly of: readonly LanguageSkill[] };
  readonly mustHaves: readonly string[];
  /** The day on which both clocks are compared. */
  readonly day: string;
  readonly overlap: number;
  readonly budget?: { readonly money: Money; readonly months: number } | undefined;
  readonly startsOn?: string | undefined;
  /** What the firm would find on the other side: the work itself, and what the other company offers. */
  readonly gives: Capabilities;
};

/** What a tender looks for. The buyer's profile, once there is one, tells its working hours and what it offers in return. */
export const demandOfTender = (tender: TenderTerms, buyer: FirmProfile | undefined): Demand => ({
  seed: tender.tenderId,
  from: { ...tender.buyer, workingHours: buyer?.workingHours ?? officeHours[tender.buyer.country] },
  asks: { cpv: tender.cpv, skills: tender.skills },
  sectors: tender.sectors,
  languages: { need: 'all', of: tender.languages },
  mustHaves: tender.mustHaves.filter((name) => certificateTokens(name).size > 0),
  day: tender.startsOn ?? Temporal.Instant.from(tender.deadline).toZonedDateTimeISO('UTC').toPlainDate().toString(),
  overlap: tender.workingHoursOverlap ?? usualOverlap,
  ...(tender.budget && tender.durationMonths ? { budget: { money: tender.budget, months: tender.durationMonths } } : {}),
  ...(tender.startsOn === undefined ? {} : { startsOn: tender.startsOn }),
  gives: {
    cpv: [...tender.cpv, ...(buyer?.offers.cpv ?? [])],
    skills: [...tender.skills, ...(buyer?.offers.skills ?? [])],
  },
});

/** What a company looks for in a partner: what its profile needs, in its own trades, in a language both can work in. */
export const demandOfProfile = (profile: FirmProfile, day: string): Demand => ({
  seed: profile.organisationId,
  from: profile,
  asks: profile.needs,
  sectors: profile.sectors,
  languages: {
    need: 'any',
    of: profile.languages
      .filter(({ level }) => levels.indexOf(level) >= levels.indexOf('B1'))
      .map(({ language }) => ({ language, level: 'B1' })),
  },
  mustHaves: [],
  day,
  overlap: usualOverlap,
  gives: profile.offers,
});

/** Nothing is asked for: everybody and nobody would fit. */
export const asksNothing = ({ asks }: Demand): boolean => asks.cpv.length === 0 && asks.skills.length === 0;
