export type Country = 'DE' | 'RW';
export type Level = 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native';
export type LanguageSkill = { readonly language: string; readonly level: Level };
export type Money = { readonly amount: number; readonly currency: string };
export type Capabilities = { readonly cpv: readonly string[]; readonly skills: readonly string[] };
export type WorkingHours = { readonly timeZone: string; readonly from: string; readonly to: string };

/** What of a published profile counts. */
export type FirmProfile = {
  readonly organisationId: string;
  readonly name: string;
  readonly country: Country;
  readonly offers: Capabilities;
  readonly needs: Capabilities;
  readonly sectors: readonly string[];
  readonly languages: readonly LanguageSkill[];
  readonly teamSize: number;
  readonly dayRate?: { readonly min: Money; readonly max: Money } | undefined;
  /** A day, like 2027-02-01. */
  readonly availableFrom?: string | undefined;
  readonly workingHours: WorkingHours;
  readonly certificates: readonly string[];
  readonly references: readonly { readonly status: 'claimed' | 'verified' }[];
};

/** A profile read once, in the form the comparison needs thousands of times. */
export type Firm = {
  readonly profile: FirmProfile;
  readonly skills: ReadonlySet<string>;
  readonly sectors: ReadonlySet<string>;
  readonly languages: ReadonlyMap<string, Level>;
  readonly certificates: readonly ReadonlySet<string>[];
  readonly verified: number;
  /** What the firm looks for, as it is compared. */
  readonly wishes: { readonly cpv: readonly string[]; readonly skills: readonly string[] };
  /** Names its time table; firms with equal ones share the reckoning. */
  readonly hours: string;
};

/** Words are compared without case and without the spaces around and between them. */
export const wordKey = (word: string): string => word.trim().toLowerCase().replace(/\s+/g, ' ');

/** The letters and digits of a certificate's name: `ISO/IEC 27001:2022` shows `ISO 27001`. */
export const certificateTokens = (name: string): ReadonlySet<string> =>
  new Set(name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

export const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const satisfies readonly Level[];

export const readFirm = (profile: FirmProfile): Firm => {
  const languages = new Map<string, Level>();
  for (const { language, level } of profile.languages) {
    const known = languages.get(language);
    if (!known || levels.indexOf(level) > levels.indexOf(known)) languages.set(language, level);
  }
  return {
    profile,
    skills: new Set(profile.offers.skills.map(wordKey)),
    sectors: new Set(profile.sectors.map(wordKey)),
    languages,
    certificates: [...new Set(profile.certificates)].map(certificateTokens),
    wishes: { cpv: profile.needs.cpv, skills: profile.needs.skills.map(wordKey) },
    hours: `${profile.workingHours.timeZone} ${profile.workingHours.from} ${profile.workingHours.to}`,
    verified: profile.references.filter(({ status }) => status === 'verified').length,
  };
};
