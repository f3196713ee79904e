import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from './hours/hours.ts';
import { outlookOf, slotsOf } from './recurrence.ts';

const plan = (more: Partial<Plan> = {}, window: Partial<Plan['windows'][number]> = {}): Plan => ({
  timeZone: 'Africa/Kigali',
  windows: [
    { startsOn: '2026-11-02', from: '09:00', to: '10:00', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE', exdates: [], rdates: [], ...window },
  ],
  blackouts: [],
  slotMinutes: 60,
  bufferMinutes: 0,
  capacity: 1,
  ...more,
});
const startsOf = (of: Plan, from: string, to: string) =>
  slotsOf(of, from, to).slots.map(({ startsAt }) =>
    Temporal.Instant.from(startsAt).toZonedDateTimeISO(of.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
const [from, to] = ['2026-11-23T00:00:00.000Z', '2026-12-10T00:00:00.000Z'];

describe('a rule of RFC 5545', () => {
  it('comes on its days, without the EXDATEs, with the RDATEs, and not on blackout days', () => {
    expect(startsOf(plan(), from, to)).toEqual([
      '2026-11-23T09:00',
      '2026-11-25T09:00',
      '2026-11-30T09:00',
      '2026-12-02T09:00',
      '2026-12-07T09:00',
      '2026-12-09T09:00',
    ]);
    const exceptional = plan(
      { blackouts: [{ from: '2026-12-06', to: '2026-12-08' }] },
      { exdates: ['2026-11-25'], rdates: ['2026-11-28'] },
    );
    expect(startsOf(exceptional, from, to)).toEqual([
      '2026-11-23T09:00',
      '2026-11-28T09:00',
      '2026-11-30T09:00',
      '2026-12-02T09:00',
      '2026-12-09T09:00',
    ]);
  });

  it('knows every second week, the second Tuesday, COUNT and UNTIL', () => {
    const of = (rrule: string) =>
      startsOf(plan({}, { rrule }), '2026-11-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z').map((start) => start.slice(5, 10));
    expect(of('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')).toEqual(['11-02', '11-16', '11-30', '12-14', '12-28']);
    expect(of('FREQ=MONTHLY;BYDAY=2TU')).toEqual(['11-10', '12-08']);
    expect(of('FREQ=WEEKLY;BYDAY=MO;COUNT=2')).toEqual(['11-02', '11-09']);
    expect(of('FREQ=WEEKLY;BYDAY=MO;UNTIL=20261116')).toEqual(['11-02', '11-09', '11-16']);
  });

  it('ends at UNTIL as an instant, on whichever clock it is written', () => {
    // 09:00 in Kigali is 07:00 UTC.
    const until = (rule: string) => startsOf(plan({}, { rrule: `FREQ=WEEKLY;BYDAY=MO;UNTIL=${rule}` }), from, to);
    expect(until('20261130T070000Z')).toHaveLength(2);
    expect(until('20261130T065959Z')).toHaveLength(1);
    expect(until('20261130T090000')).toHaveLength(2);
    expect(until('20261130T085959')).toHaveLength(1);
  });

  it('opens only what starts in the time asked for', () => {
    expect(startsOf(plan(), '2026-11-23T07:00:00.000Z', '2026-11-25T07:00:00.000Z')).toEqual(['2026-11-23T09:00']);
    expect(startsOf(plan(), '2026-11-23T07:00:00.001Z', '2026-11-25T07:00:00.001Z')).toEqual(['2026-11-25T09:00']);
  });

  it('that is none is said, with the reason', () => {
    expect(outlookOf(plan({}, { rrule: 'FREQ=DAILY;BYSETPOS=9' }), from)).toEqual({ broken: expect.stringMatching(/BYSETPOS/) });
    expect(outlookOf(plan(), from)).toEqual({ slots: 16 });
  });
});

describe('weekly hours in any zone', () => {
  /** A plain second way: walks day by day and asks Temporal for the wall-clock time. */
  const plainly = (zone: string, days: readonly number[], time: string, minutes: number, from: string, to: string): string[] => {
    const found: string[] = [];
    const end = Temporal.Instant.from(to).toZonedDateTimeISO(zone).toPlainDate();
    let date = Temporal.Instant.from(from).toZonedDateTimeISO(zone).toPlainDate();
    for (; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
      if (!days.includes(date.dayOfWeek)) continue;
      const start = date.toPlainDateTime(time);
      try {
        const startsAt = start.toZonedDateTime(zone, { disambiguation: 'reject' }).toInstant();
        const endsAt = start.add({ minutes }).toZonedDateTime(zone, { disambiguation: 'reject' }).toInstant();
        const within = Temporal.Instant.compare(startsAt, from) >= 0 && Temporal.Instant.compare(startsAt, to) < 0;
        if (within && endsAt.since(startsAt).total('minutes') === minutes)
          found.push(startsAt.toString({ fractionalSecondDigits: 3 }));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return found;
  };

  const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  const changing = [
    'Europe/Berlin',
    'Africa/Kigali',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/Santiago',
    'Africa/Casablanca',
    'Asia/Beirut',
  ];

  it('keep their wall-clock time over every change of clocks', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...changing), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fc.integer({ min: 0, max: 22 * 4 }),
        fc.constantFrom(15, 30, 60),
        fc.integer({ min: 0, max: 600 }),
        (timeZone, days, quarter, minutes, daysOn) => {
          const time = Temporal.PlainTime.from('00:00').add({ minutes: quarter * 15 });
          const hours = {
            from: time.toString({ smallestUnit: 'minute' }),
            to: time.add({ minutes }).toString({ smallestUnit: 'minute' }),
          };
          const first = Temporal.Instant.from('2026-08-01T00:00:00Z').add({ hours: daysOn * 24 });
          const [from, to] = [first, first.add({ hours: 56 * 24 })].map((instant) =>
            instant.toString({ fractionalSecondDigits: 3 }),
          ) as [string, string];
          const rrule = `FREQ=WEEKLY;BYDAY=${days.map((day) => codes[day - 1]).join(',')}`;
          const opened = slotsOf(plan({ timeZone, slotMinutes: minutes }, { ...hours, rrule, startsOn: '2026-01-01' }), from, to);
          expect(opened.slots.map(({ startsAt }) => startsAt)).toEqual(plainly(timeZone, days, hours.from, minutes, from, to));
        },
      ),
      { numRuns: 300 },
    );
  });
});
