import type { ProfileContent } from '@umuhuza/contracts/profiles/schemas';
import type { LanguageSkill, Money } from '@umuhuza/contracts/values';

/** A profile as its form holds it; what may be left out is empty. */
export type ProfileFields = {
  readonly summary: string;
  readonly website: string;
  readonly offersCpv: readonly string[];
  readonly offersSkills: readonly string[];
  readonly needsCpv: readonly string[];
  readonly needsSkills: readonly string[];
  readonly sectors: readonly string[];
  readonly languages: readonly LanguageSkill[];
  readonly teamSize: number | null;
  readonly rateCurrency: string;
  readonly rateMin: Money | null;
  readonly rateMax: Money | null;
  readonly availableFrom: string;
  readonly timeZone: string;
  readonly worksFrom: string;
  readonly worksTo: string;
  readonly certificates: readonly string[];
  readonly references: readonly { readonly title: string; readonly client: string; readonly year: number | null }[];
};

const ofCountry = {
  DE: { timeZone: 'Europe/Berlin', languages: [{ language: 'de', level: 'native' }] },
  RW: { timeZone: 'Africa/Kigali', languages: [{ language: 'rw', level: 'native' }] },
} as const;

export const emptyProfile = (country: 'DE' | 'RW'): ProfileFields => ({
  summary: '',
  website: '',
  offersCpv: [],
  offersSkills: [],
  needsCpv: [],
  needsSkills: [],
  sectors: [],
  languages: [...ofCountry[country].languages, { language: 'en', level: 'B2' }],
  teamSize: null,
  rateCurrency: 'EUR',
  rateMin: null,
  rateMax: null,
  availableFrom: '',
  timeZone: ofCountry[country].timeZone,
  worksFrom: '08:00',
  worksTo: '17:00',
  certificates: [],
  references: [],
});

/** As the platform takes it; it judges what is missing. A rate is given where both ends of it are. */
export const toContent = (fields: ProfileFields, thisYear: number): ProfileContent => ({
  summary: fields.summary,
  ...(fields.website.trim() === '' ? {} : { website: fields.website.trim() }),
  offers: { cpv: [...fields.offersCpv], skills: [...fields.offersSkills] },
  needs: { cpv: [...fields.needsCpv], skills: [...fields.needsSkills] },
  sectors: [...fields.sectors],
  languages: [...fields.languages],
  teamSize: fields.teamSize ?? 0,
  ...(fields.rateMin && fields.rateMax ? { dayRate: { min: fields.rateMin, max: fields.rateMax } } : {}),
  ...(fields.availableFrom === '' ? {} : { availableFrom: fields.availableFrom }),
  workingHours: { timeZone: fields.timeZone, from: fields.worksFrom, to: fields.worksTo },
  certificates: [...fields.certificates],
  references: fields.references.map(({ title, client, year }) => ({
    title,
    ...(client.trim() === '' ? {} : { client }),
    year: year ?? thisYear,
  })),
});

export const profileFieldsOf = (content: ProfileContent): ProfileFields => ({
  summary: content.summary,
  website: content.website ?? '',
  offersCpv: content.offers.cpv,
  offersSkills: content.offers.skills,
  needsCpv: content.needs.cpv,
  needsSkills: content.needs.skills,
  sectors: content.sectors,
  languages: content.languages,
  teamSize: content.teamSize,
  rateCurrency: content.dayRate?.min.currency ?? 'EUR',
  rateMin: content.dayRate?.min ?? null,
  rateMax: content.dayRate?.max ?? null,
  availableFrom: content.availableFrom ?? '',
  timeZone: content.workingHours.timeZone,
  worksFrom: content.workingHours.from,
  worksTo: content.workingHours.to,
  certificates: content.certificates,
  references: content.references.map(({ title, client = '', year }) => ({ title, client, year })),
});

/** What a profile needs before it can be published, and what helps others to find the company by it. */
export type Missing = {
  readonly needed: readonly ('summary' | 'offer-or-need')[];
  readonly helpful: readonly ('cpv' | 'skills' | 'sectors' | 'languages' | 'rate' | 'references')[];
};

export const missingIn = (content: ProfileContent | null, country: 'DE' | 'RW'): Missing => {
  const { summary = '', offers, needs, sectors = [], languages = [], dayRate, references = [] } = content ?? {};
  const cpv = [...(offers?.cpv ?? []), ...(needs?.cpv ?? [])];
  const skills = [...(offers?.skills ?? []), ...(needs?.skills ?? [])];
  return {
    needed: [
      ...(summary.trim() === '' ? (['summary'] as const) : []),
      ...(cpv.length + skills.length === 0 ? (['offer-or-need'] as const) : []),
    ],
    helpful: [
      ...(cpv.length === 0 ? (['cpv'] as const) : []),
      ...(skills.length === 0 ? (['skills'] as const) : []),
      ...(sectors.length === 0 ? (['sectors'] as const) : []),
      ...(languages.length === 0 ? (['languages'] as const) : []),
      // Rates and references are asked of those who do the work.
      ...(country === 'RW' && !dayRate ? (['rate'] as const) : []),
      ...(country === 'RW' && references.length === 0 ? (['references'] as const) : []),
    ],
  };
};
