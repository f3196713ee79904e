import { describe, expect, it } from 'vitest';
import { changesWhatIsAsked, isWhole, sumOfWeights } from './fields.ts';

describe('what is typed of a tender', () => {
  it('is sent once it is whole', () => {
    expect(isWhole('title', ' ')).toBe(false);
    expect(isWhole('title', 'A portal')).toBe(true);
    expect(
      isWhole('lots', [
        { id: 'a', title: 'Build' },
        { id: 'b', title: '' },
      ]),
    ).toBe(false);
    expect(isWhole('criteria', [{ name: 'Approach', weight: undefined }])).toBe(false);
    expect(isWhole('criteria', [{ name: 'Approach', weight: 60 }])).toBe(true);
    expect(isWhole('deadline', null)).toBe(true);
  });

  it('has weights that add up, whatever is missing yet', () => {
    expect(sumOfWeights([{ weight: 40 }, { weight: undefined }, { weight: 30 }])).toBe(70);
  });

  it('changes what is asked, or only how', () => {
    expect(changesWhatIsAsked(['deadline', 'audience'])).toBe(false);
    for (const name of ['criteria', 'title', 'sectors']) expect(changesWhatIsAsked(['deadline', name])).toBe(true);
  });
});
