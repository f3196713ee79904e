import type { ProblemText } from '@umuhuza/contracts/problem';
import type { texts as forms } from './forms/en.ts';
import type { Language } from './language.ts';
import type { texts as matching } from './matching/en.ts';
import type { texts as profile } from './profile/en.ts';
import type { texts as sandbox } from './sandbox/en.ts';
import type { texts as tenders } from './tenders/en.ts';
import type { Singular } from './translated.ts';

/** The texts of an area of the page; they are loaded with its first view, in the language of the reader only. */
type Areas = {
  readonly forms: typeof forms;
  readonly matching: typeof matching;
  readonly profile: typeof profile;
  readonly sandbox: typeof sandbox;
  readonly tenders: typeof tenders;
};
export type AreaName = keyof Areas;

/** A file of an area's texts. Where the platform's refusals are translated, they come along. */
export type AreaFile = {
  readonly texts: Readonly<Record<string, string>>;
  readonly refusals?: Readonly<Record<string, ProblemText>>;
};

export const areaFiles: Readonly<Record<AreaName, Readonly<Record<Language, () => Promise<AreaFile>>>>> = {
  forms: { en: () => import('./forms/en.ts'), de: () => import('./forms/de.ts') },
  matching: { en: () => import('./matching/en.ts'), de: () => import('./matching/de.ts') },
  profile: { en: () => import('./profile/en.ts'), de: () => import('./profile/de.ts') },
  sandbox: { en: () => import('./sandbox/en.ts'), de: () => import('./sandbox/de.ts') },
  tenders: { en: () => import('./tenders/en.ts'), de: () => import('./tenders/de.ts') },
};

export type AreaTextKey<Area extends AreaName> = { [Each in Area]: Singular<keyof Areas[Each] & string> }[Area];
