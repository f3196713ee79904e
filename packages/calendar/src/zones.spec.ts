import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { isToldByTheClock, vtimezoneOf } from './zones.ts';

/** One look a week, and one on each side of every change of clocks. */
const looks = (timeZone: string): Temporal.Instant[] => {
  const end = Temporal.Instant.from('2028-01-01T00:00:00Z');
  const at: Temporal.Instant[] = [];
  for (let t = Temporal.Instant.from('2026-01-01T12:00:00Z'); Temporal.Instant.compare(t, end) < 0; t = t.add({ hours: 168 }))
    at.push(t);
  let zoned = Temporal.Instant.from('2026-01-01T12:00:00Z').toZonedDateTimeISO(timeZone);
  for (;;) {
    const change = zoned.getTimeZoneTransition('next');
    if (!change || Temporal.Instant.compare(change.toInstant(), end) > 0) return at;
    at.push(change.toInstant().subtract({ seconds: 1 }), change.toInstant(), change.toInstant().add({ hours: 3 }));
    zoned = change;
  }
};

/** Every fifth zone of the world, the two of this platform, and the odd ones: two changes for Ramadan, half an hour, the other half of the year. */
const zones = [
  ...Intl.supportedValuesOf('timeZone').filter((_, n) => n % 5 === 0),
  ...['Africa/Kigali', 'Europe/Berlin', 'Africa/Casablanca', 'Asia/Jerusalem', 'Australia/Lord_Howe', 'Africa/Cairo'],
];

describe('a zone in a calendar', () => {
  it('shows the time that the zone has, whatever the zone, or is left out', () => {
    const wrong = new Set<string>();
    const shown = new Set<string>();
    for (const timeZone of zones) {
      const block = vtimezoneOf(timeZone);
      if (block === undefined) continue;
      const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(block)));
      for (const instant of looks(timeZone)) {
        if (!isToldByTheClock(instant.toString(), timeZone)) continue;
        shown.add(timeZone);
        const zoned = instant.toZonedDateTimeISO(timeZone);
        const { year, month, day, hour, minute, second } = zoned;
        const told = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, zone).utcOffset();
        if (told !== zoned.offsetNanoseconds / 1e9) wrong.add(timeZone);
      }
    }
    expect([...wrong]).toEqual([]);
    expect(shown.size).toBeGreaterThan(80);
    for (const timeZone of ['Africa/Kigali', 'Europe/Berlin']) expect(shown).toContain(timeZone);
  });

  it('is the one that was asked for, also where another carries the same rules', () =>
    expect(vtimezoneOf('Africa/Kigali')).toMatch(/^TZID:Africa\/Kigali\r$/m));

  it('that nobody knows is none', () => expect(vtimezoneOf('Mars/Olympus')).toBeUndefined());
});
