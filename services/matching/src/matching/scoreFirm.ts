import type { Ask } from './asks/ask.ts';
import { askCapabilities } from './asks/capabilities.ts';
import { askAvailability, askRate, askSize } from './asks/capacity.ts';
import { askCertificates, askReferences } from './asks/evidence.ts';
import { askLanguages } from './asks/languages.ts';
import { askSectors } from './asks/sectors.ts';
import { askWishes } from './asks/wishes.ts';
import { askWorkingHours } from './asks/workingHours.ts';
import type { Demand } from './demand.ts';
import { type Firm, type FirmProfile, readFirm } from './firm.ts';
import { type Failure, mustHavesOf } from './mustHaves.ts';
import { divide, whole } from './weights.ts';
import { en } from './words/en.ts';
import type { Words } from './words/words.ts';

/** One thing that counted: `points` of `max` went into the score. */
export type Reason = {
  readonly name: string;
  readonly kind: 'for' | 'against';
  readonly points: number;
  readonly max: number;
  readonly says: string;
};

/** A must-have that is lacking, in words. */
export type Missing = { readonly name: string; readonly says: string };

/** The whole judgement of one firm. Where a must-have fails there is no score and nothing else counts. */
export type Judgement = {
  /** 0 to 1: the sum of the reasons' points by 10 000. */
  readonly score: number;
  readonly failures: readonly Missing[];
  readonly reasons: readonly Reason[];
};

/** A demand read once, to be held against many firms. */
export type Measure = {
  readonly demand: Demand;
  readonly failures: (firm: Firm) => readonly Failure[];
  /** The sum of the reasons' points, whatever the must-haves say; undefined, and sooner, when it is less than `atLeast`. */
  readonly points: (firm: Firm, atLeast: number) => number | undefined;
  /** What counts, whatever the must-haves say. */
  readonly reasons: (firm: Firm, words: Words) => readonly Reason[];
  readonly judge: (firm: Firm, words: Words) => Judgement;
};

const groupsOf = (demand: Demand) => [
  askCapabilities(demand),
  askLanguages(demand),
  askWorkingHours(demand),
  askSectors(demand),
  askReferences(),
  askWishes(demand),
  askRate(demand),
  askSize(demand),
  askCertificates(),
  askAvailability(demand),
];

const asksOf = (demand: Demand): Ask[] => {
  const groups = groupsOf(demand);
  const weights = divide(
    whole,
    groups.map(({ weight }) => weight),
  );
  return groups.flatMap(({ asks }, n) => {
    const max = divide(
      weights[n] ?? 0,
      asks.map(({ share }) => share),
    );
    return asks.map((ask, m) => ({ ...ask, max: max[m] ?? 0 })).filter((ask) => ask.max > 0);
  });
};

/** Whoever meets something at all gets at least one point for it, so that taking it away lowers the score. */
const pointsFor = ({ fit, max }: Ask, firm: Firm): number => {
  const met = fit(firm);
  return met > 0 ? Math.max(1, Math.floor(max * met)) : 0;
};

export const measureBy = (demand: Demand): Measure => {
  const asks = asksOf(demand);
  const failures = mustHavesOf(demand);
  // What all asks from the nth on can still give.
  const stillToCome = asks.map((_, n) => asks.slice(n).reduce((sum, { max }) => sum + max, 0));
  const points = (firm: Firm, atLeast: number): number | undefined => {
    let sum = 0;
    for (let n = 0; n < asks.length; n++) {
      if (sum + (stillToCome[n] ?? 0) < atLeast) return undefined;
      sum += pointsFor(asks[n] as Ask, firm);
    }
    return sum >= atLeast ? sum : undefined;
  };
  const reasonsFor = (firm: Firm, words: Words): Reason[] =>
    asks.map((ask) => {
      const earned = pointsFor(ask, firm);
      return { name: ask.name, kind: earned > 0 ? 'for' : 'against', points: earned, max: ask.max, says: ask.says(firm, words) };
    });
  return {
    demand,
    failures,
    points,
    reasons: reasonsFor,
    judge: (firm, words) => {
      const failed = failures(firm).map(({ name, says }) => ({ name, says: says(words) }));
      if (failed.length > 0) return { score: 0, failures: failed, reasons: [] };
      const reasons = reasonsFor(firm, words);
      return { score: reasons.reduce((sum, reason) => sum + reason.points, 0) / whole, failures: [], reasons };
    },
  };
};

/** How far a firm fits what is looked for, and why. */
export const scoreFirm = (demand: Demand, profile: FirmProfile, words: Words = en): Judgement =>
  measureBy(demand).judge(readFirm(profile), words);
