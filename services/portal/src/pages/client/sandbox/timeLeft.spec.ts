import { describe, expect, it } from 'vitest';
import { nextTick, timeLeft } from './timeLeft.ts';

const until = '2026-11-23T10:00:00.000Z';
const before = (milliseconds: number) => Date.parse(until) - milliseconds;
const left = (milliseconds: number) => timeLeft(until, before(milliseconds));

describe('the time that is left', () => {
  it('is a clock within the hour', () => {
    expect(left(600_000)).toEqual({ as: 'clock', minutes: 10, seconds: 0 });
    expect(left(61_000)).toEqual({ as: 'clock', minutes: 1, seconds: 1 });
  });

  it('is hours and minutes within the day, then days and hours', () => {
    expect(left(3_600_000)).toEqual({ as: 'hours', hours: 1, minutes: 0 });
    expect(left(86_399_000)).toEqual({ as: 'hours', hours: 23, minutes: 59 });
    expect(left(2 * 86_400_000 + 3 * 3_600_000)).toEqual({ as: 'days', days: 2, hours: 3 });
  });

  it('is over at the very instant, and not a second earlier', () => {
    expect(left(1)).toEqual({ as: 'clock', minutes: 0, seconds: 1 });
    expect(left(0)).toEqual({ as: 'over' });
    expect(left(-5_000)).toEqual({ as: 'over' });
  });

  it('is looked at again when it changes', () => {
    for (const milliseconds of [1, 999, 1_000, 59_500, 3_599_999, 3_600_000, 3_600_001, 7_212_345, 86_400_000]) {
      const now = before(milliseconds);
      const tick = nextTick(until, now);
      expect(tick, String(milliseconds)).toBeGreaterThan(0);
      expect(tick, String(milliseconds)).toBeLessThanOrEqual(61_000);
      expect(timeLeft(until, now + tick), String(milliseconds)).not.toEqual(timeLeft(until, now));
    }
  });
});
