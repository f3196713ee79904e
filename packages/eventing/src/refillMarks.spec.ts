import { describe, expect, it } from 'vitest';
import { accountedFor, accountOf, refillsOf, startAfter, withRefill } from './refillMarks.ts';

const first = { at: '2026-11-23T12:00:00.000Z', from: 81 };
const second = { at: '2026-11-24T12:00:00.000Z', from: 500 };

describe('the marks of a refilled stream', () => {
  it('tell a subscriber that was away for two losses to go back to the earlier place', () => {
    const refills = refillsOf(withRefill(withRefill(undefined, first), second));
    expect(refills).toEqual([first, second]);
    expect(startAfter(refills, undefined)).toBe(81);
    expect(startAfter(refills, accountedFor(accountOf([first])))).toBe(500);
    expect(startAfter(refills, accountedFor(accountOf(refills)))).toBeUndefined();
  });

  it('tell nothing while nothing was lost', () => {
    expect(startAfter(refillsOf(undefined), accountedFor(undefined))).toBeUndefined();
    expect(accountedFor(accountOf([]))).toBeUndefined();
  });

  it('keep the earlier place when two replicas notice the same loss', () => {
    const noted = withRefill(undefined, first);
    expect(withRefill(noted, { at: '2026-11-23T12:00:00.400Z', from: 84 })).toBe(noted);
    expect(startAfter(refillsOf(withRefill(noted, { at: '2026-11-23T12:00:00.400Z', from: 79 })), undefined)).toBe(79);
  });

  it.each([
    ['of a loss a second ago, at an earlier place', '2026-11-24T11:59:59.000Z', 470],
    ['of the same instant, at an earlier place', second.at, 470],
    ['of another loss, by a clock that is an hour late', '2026-11-24T11:00:00.000Z', 900],
  ])('are each later than the one before, whatever a replica’s clock says: a mark %s', (_which, at, from) => {
    const noted = withRefill(withRefill(undefined, first), second);
    const refills = refillsOf(withRefill(noted, { at, from }));
    expect(refills).toEqual([first, second, { at: '2026-11-24T12:00:00.001Z', from }]);
    expect(startAfter(refills, accountedFor(accountOf([first, second])))).toBe(from);
    expect(startAfter(refills, accountedFor(accountOf(refills)))).toBeUndefined();
  });

  it('fit into a description whatever happens', () => {
    let description: string | undefined;
    for (let day = 0; day < 400; day++)
      description = withRefill(description, { at: new Date(Date.UTC(2026, 0, day)).toISOString(), from: day + 1 });
    expect(description?.length).toBeLessThan(2_000);
    expect(refillsOf(description)).toHaveLength(20);
  });
});
