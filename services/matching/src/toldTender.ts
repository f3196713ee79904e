import type { Tender } from './terms.ts';

/**
 * A tender as its events have told it. `sequence` is the newest word on whether it is over, `termsSequence` the newest on its terms: a
 * tender may end before this service has heard that it was published, and its terms come behind.
 */
export type ToldTender = {
  readonly sequence: number;
  readonly tender: Tender | null;
  /** Absent in what an earlier version wrote. */
  readonly termsSequence?: number;
  readonly over: boolean;
};

/** One event's word: terms come from those that publish and amend, the end from those that end. */
export type TenderWord = { readonly sequence: number; readonly over: false; readonly terms: Tender } | EndWord;
type EndWord = { readonly sequence: number; readonly over: true };

/** What is known after this word; undefined when it says nothing new. The same comes out in whatever order, and how often, words arrive. */
export const afterWord = (known: ToldTender | undefined, word: TenderWord): Required<ToldTender> | undefined => {
  const before = known ?? { sequence: 0, tender: null, over: false };
  const termsSequence = before.termsSequence ?? (before.tender ? before.sequence : 0);
  const isNewest = word.sequence > before.sequence;
  const hasNewerTerms = !word.over && word.sequence > termsSequence;
  if (!isNewest && !hasNewerTerms) return undefined;
  return {
    sequence: Math.max(before.sequence, word.sequence),
    ...(hasNewerTerms ? { tender: word.terms, termsSequence: word.sequence } : { tender: before.tender, termsSequence }),
    over: isNewest ? word.over : before.over,
  };
};
