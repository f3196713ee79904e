import { expect, it } from 'vitest';
import { isInLastDays } from './lastDays.ts';

it('the last days begin when less than four are left', () => {
  const deadline = '2027-02-01T22:59:59.000Z';
  const at = (now: string) => isInLastDays(deadline, Date.parse(now));
  expect([at('2027-01-28T22:59:59.000Z'), at('2027-01-28T22:59:59.001Z')]).toEqual([false, true]);
  expect(isInLastDays(undefined, 0)).toBe(false);
});
