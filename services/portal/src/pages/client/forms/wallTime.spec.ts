import { describe, expect, it } from 'vitest';
import { instantsAt, wallTimeAt } from './wallTime.ts';

describe('a time on a city’s clocks', () => {
  it('is one instant, in summer and in winter', () => {
    expect(instantsAt('2026-07-01', '17:00', 'Berlin')).toEqual(['2026-07-01T15:00:00.000Z']);
    expect(instantsAt('2026-12-01', '17:00', 'Berlin')).toEqual(['2026-12-01T16:00:00.000Z']);
    expect(instantsAt('2026-12-01', '00:00', 'Kigali')).toEqual(['2026-11-30T22:00:00.000Z']);
  });

  it('is none where Berlin’s clocks jump over it', () => {
    expect(instantsAt('2027-03-28', '02:30', 'Berlin')).toEqual([]);
    expect(instantsAt('2027-03-28', '02:30', 'Kigali')).toHaveLength(1);
  });

  it('is two where Berlin’s clocks show it twice, the earlier first', () => {
    expect(instantsAt('2026-10-25', '02:30', 'Berlin')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('is none where there is no such day or time', () => {
    expect(instantsAt('2026-02-31', '10:00', 'Kigali')).toEqual([]);
    expect(instantsAt('', '10:00', 'Kigali')).toEqual([]);
  });

  it('comes back as it was typed, every third hour through a year', () => {
    for (let at = Date.parse('2026-01-01T00:00:00Z'); at < Date.parse('2027-01-01T00:00:00Z'); at += 3 * 3_600_000) {
      const instant = new Date(at).toISOString();
      const { day, time } = wallTimeAt(instant, 'Berlin');
      expect(instantsAt(day, time, 'Berlin')).toContain(instant);
    }
  });
});
