import type { LanguageSkill, Level, Money, WorkingHours } from '../firm.ts';

/** What is found and asked when two time tables are compared. */
export type SharedHours = {
  readonly shared: number;
  readonly wished: number;
  readonly firm: WorkingHours;
  readonly other: WorkingHours;
  readonly day: string;
};

/** All that is said of a firm, in one language. Codes, skills, sectors and certificates stay as they were written. */
export type Words = {
  readonly offersCode: (code: string) => string;
  readonly offersPartOf: (offered: readonly string[], code: string) => string;
  readonly offersNear: (offered: readonly string[], code: string) => string;
  readonly offersNothingNear: (code: string) => string;
  readonly offersSkill: (skill: string) => string;
  readonly lacksSkill: (skill: string) => string;
  readonly speaks: (spoken: Level, asked: LanguageSkill) => string;
  readonly doesNotSpeak: (asked: LanguageSkill) => string;
  readonly bothSpeak: (languages: readonly string[]) => string;
  readonly noLanguageInCommon: (yours: readonly string[]) => string;
  readonly sharesHours: (hours: SharedHours) => string;
  readonly knowsSector: (sector: string) => string;
  readonly lacksSector: (sector: string) => string;
  readonly hasReferences: (confirmed: number) => string;
  readonly noReferenceYet: () => string;
  readonly holds: (certificates: readonly string[]) => string;
  readonly noCertificate: () => string;
  readonly findsWhatItWants: (skills: readonly string[], cpv: readonly string[]) => string;
  readonly findsNothingItWants: () => string;
  readonly saysNoWish: () => string;
  readonly otherCurrency: (rate: string, budget: string) => string;
  readonly noDayRate: () => string;
  readonly budgetPays: (rate: Money, people: number, months: number) => string;
  readonly teamAndBudget: (members: number, people: number) => string;
  readonly availableFrom: (from: string, start: string) => string;
  readonly availabilityUnknown: (start: string) => string;

  readonly sameCountry: () => string;
  readonly certificateRequired: (certificate: string) => string;
  readonly offersNothingAsked: () => string;
  readonly noProfile: () => string;
};

/** What a language's sentences are made with: its numbers, days, amounts, lists and names of languages. */
export const writingOf = (locale: string, and: string) => {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  /** Making a format costs more than using it a hundred times. */
  const amounts = new Map<string, Intl.NumberFormat>();
  const amountIn = (currency: string): Intl.NumberFormat => {
    const format =
      amounts.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' });
    amounts.set(currency, format);
    return format;
  };
  return {
    /** `a`, `a and b`, `a, b and c`. */
    listed: (words: readonly string[]): string =>
      words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`,
    languageName: (language: string): string => names.of(language) ?? language,
    /** Without needless decimals. */
    number: (value: number): string => numbers.format(value),
    /** A day like 2027-02-01. */
    day: (date: string): string => days.format(new Date(date)),
    amount: ({ amount, currency }: Money): string => {
      const format = amountIn(currency);
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)).replace(/\s/u, ' ');
    },
    /** By the clock of the zone's city. */
    clock: ({ from, to, timeZone }: WorkingHours): string =>
      `${from}–${to} ${timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')}`,
  };
};
