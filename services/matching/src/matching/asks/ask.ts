import type { Firm } from '../firm.ts';
import type { Words } from '../words/words.ts';

/** One thing that is looked for in a firm. */
export type Ask = {
  /** What is looked at, the same in every language: `skill:typescript`, `working-hours`. */
  readonly name: string;
  /** The points for a firm that meets it fully. */
  readonly max: number;
  /** How far a firm meets it, 0 to 1. */
  readonly fit: (firm: Firm) => number;
  /** The same for a person: what was found and what is asked. */
  readonly says: (firm: Firm, words: Words) => string;
};

/** Asks that share one weight, before it is known how much that weight is here. */
export type AskGroup = { readonly weight: number; readonly asks: readonly (Omit<Ask, 'max'> & { readonly share: number })[] };

/** Each value once, by what it is compared with, as first written. */
export const distinct = (values: readonly string[], key: (value: string) => string): ReadonlyMap<string, string> =>
  new Map(values.toReversed().map((value) => [key(value), value.trim()]));
