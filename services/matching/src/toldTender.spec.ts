import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenderWith } from './matching/firmsAndTenders.fixture.ts';
import type { Tender } from './terms.ts';
import { afterWord, type TenderWord, type ToldTender } from './toldTender.ts';

const called = (title: string): Tender => ({
  ...tenderWith(),
  title,
  audience: 'all',
  buyer: { organisationId: 'buyer', name: 'Demonstration GmbH', country: 'DE' },
});
const published: TenderWord = { sequence: 1, over: false, terms: called('A portal') };
const amended: TenderWord = { sequence: 3, over: false, terms: called('A larger portal') };
const closed: TenderWord = { sequence: 4, over: true };
const cancelled: TenderWord = { sequence: 6, over: true };
const hearing = (words: readonly TenderWord[]): ToldTender | undefined =>
  words.reduce<ToldTender | undefined>((known, word) => afterWord(known, word) ?? known, undefined);

describe('what is known of a tender', () => {
  it('keeps its terms when its end is heard first', () =>
    expect(hearing([closed, published])).toEqual({ sequence: 4, tender: called('A portal'), termsSequence: 1, over: true }));
  it('is the newest terms, whichever come last', () =>
    expect(hearing([closed, amended, published])).toMatchObject({ tender: called('A larger portal'), over: true }));
  it('is the same in whatever order, and however often, the words arrive', () => {
    const all = [published, amended, closed, cancelled];
    const inOrder = hearing(all);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...all), { maxLength: 8 }),
        fc.shuffledSubarray(all, { minLength: 4 }),
        (some, rest) => {
          expect(hearing([...some, ...rest])).toEqual(inOrder);
        },
      ),
    );
  });
  it('says nothing new when told again', () => expect(afterWord(hearing([published, closed]), published)).toBeUndefined());
  it('takes terms that an earlier version kept as those of the last word', () => {
    const kept = { sequence: 4, tender: called('A portal'), over: true };
    expect(afterWord(kept, amended)).toBeUndefined();
    expect(afterWord({ ...kept, tender: null }, published)).toMatchObject({ tender: called('A portal'), over: true });
  });
});
