import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

describe('a set of applied sequences', () => {
  it('holds exactly what was added, in whatever order it came', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (numbers) => {
        const set = numbers.reduce<SequenceSet>((sofar, n) => add(sofar, n), []);
        for (let n = 0; n <= 41; n++) expect(includes(set, n)).toBe(numbers.includes(n));
      }),
    ));

  it('keeps a run as one range, so that its size is the number of gaps', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (numbers) => {
        const set = numbers.reduce<SequenceSet>((sofar, n) => add(sofar, n), []);
        const sorted = [...new Set(numbers)].sort((a, b) => a - b);
        const runs = sorted.filter((n, i) => i === 0 || sorted[i - 1] !== n - 1).length;
        expect(set.length).toBe(runs * 2);
      }),
    ));
});
