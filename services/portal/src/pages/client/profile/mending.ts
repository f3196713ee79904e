import type { LackSubject } from '@umuhuza/contracts/matching/schemas';

/** Where in the profile's form something is mended, by the name of its input, and what there is to do. */
export type Mending = { readonly advice: Advice; readonly field: string };
type Advice = Exclude<LackSubject, 'other-country' | 'certificate'>;

const mendings: Readonly<Record<LackSubject, Mending | undefined>> = {
  cpv: { advice: 'cpv', field: 'offers.cpv' },
  skill: { advice: 'skill', field: 'offers.skills' },
  capability: { advice: 'capability', field: 'offers.skills' },
  language: { advice: 'language', field: 'languages' },
  'working-hours': { advice: 'working-hours', field: 'workingHours.from' },
  sector: { advice: 'sector', field: 'sectors' },
  'verified-references': { advice: 'verified-references', field: 'references' },
  certificate: { advice: 'certificates', field: 'certificates' },
  certificates: { advice: 'certificates', field: 'certificates' },
  wishes: { advice: 'wishes', field: 'needs.skills' },
  rate: { advice: 'rate', field: 'dayRate.min' },
  size: { advice: 'size', field: 'teamSize' },
  availability: { advice: 'availability', field: 'availableFrom' },
  profile: { advice: 'profile', field: 'summary' },
  'other-country': undefined,
};

/** How a firm mends what a reason of matching says, by the reason's name; undefined where no profile could. */
export const mendingOf = (reason: string): Mending | undefined => mendings[reason.replace(/:.*/s, '') as LackSubject];

/** The form of the profile, at one of its fields. */
export const fieldLink = (field: string): string => `#/profile/edit?field=${encodeURIComponent(field)}`;

/** The field that an address leads to. */
export const fieldAskedFor = (hash: string): string | undefined =>
  new URLSearchParams(hash.slice(hash.indexOf('?') + 1)).get('field') ?? undefined;
