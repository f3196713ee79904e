import type { EnvironmentContent } from '@umuhuza/contracts/sandbox/schemas';

export type Area = EnvironmentContent['areas'][number];

/** What can be tested, in the order in which it is offered; that none is missing the specification looks at. */
export const areas = [
  'mobile-money',
  'e-government',
  'logistics',
  'agritech',
  'health',
  'education',
  'energy',
  'insurance',
  'retail',
  'tourism',
] as const satisfies readonly Area[];

/** Languages that tests here are most often held in; a form offers them first. */
export const commonLanguages = ['rw', 'en', 'fr', 'sw', 'de'] as const;

export const levels = [
  'native',
  'C2',
  'C1',
  'B2',
  'B1',
  'A2',
  'A1',
] as const satisfies readonly EnvironmentContent['languages'][number]['level'][];
