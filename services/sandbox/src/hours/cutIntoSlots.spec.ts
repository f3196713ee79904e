import { describe, expect, it } from 'vitest';
import { type Cut, cutIntoSlots, type DayHours } from './cutIntoSlots.ts';

const cut = (more: Partial<Cut> = {}): Cut => ({
  timeZone: 'Africa/Kigali',
  slotMinutes: 60,
  bufferMinutes: 0,
  blackouts: [],
  ...more,
});
const day = (date: string, from = '09:00', to = '12:00'): DayHours => ({ date, from, to });
const starts = (days: readonly DayHours[], how: Cut) => cutIntoSlots(days, how).slots.map(({ startsAt }) => startsAt);

describe('hours of a day', () => {
  it('become slots of equal length, one after the other', () =>
    expect(cutIntoSlots([day('2026-11-23')], cut())).toEqual({
      slots: [
        { startsAt: '2026-11-23T07:00:00.000Z', endsAt: '2026-11-23T08:00:00.000Z' },
        { startsAt: '2026-11-23T08:00:00.000Z', endsAt: '2026-11-23T09:00:00.000Z' },
        { startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
      ],
      skipped: [],
    }));

  it('leave the buffer free after each, and no rest that is shorter than a slot', () =>
    expect(starts([day('2026-11-23', '09:00', '12:00')], cut({ slotMinutes: 50, bufferMinutes: 20 }))).toEqual([
      '2026-11-23T07:00:00.000Z',
      '2026-11-23T08:10:00.000Z',
    ]));

  it('need no buffer after the last', () =>
    expect(starts([day('2026-11-23', '09:00', '11:15')], cut({ bufferMinutes: 15 }))).toHaveLength(2));

  it('open nothing on a blackout day, first and last included', () => {
    const days = ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26'].map((date) => day(date, '09:00', '10:00'));
    expect(starts(days, cut({ blackouts: [{ from: '2026-12-24', to: '2026-12-25' }] }))).toEqual([
      '2026-12-23T07:00:00.000Z',
      '2026-12-26T07:00:00.000Z',
    ]);
  });

  it('stay at nine o’clock in Berlin before and after the clocks change', () => {
    const days = ['2026-10-24', '2026-10-26', '2027-03-27', '2027-03-29'].map((date) => day(date, '09:00', '10:00'));
    expect(starts(days, cut({ timeZone: 'Europe/Berlin' }))).toEqual([
      '2026-10-24T07:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
      '2027-03-27T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
    ]);
  });

  it('say what they leave out in the night in which Berlin skips an hour', () => {
    const { slots, skipped } = cutIntoSlots([day('2027-03-28', '00:00', '05:00')], cut({ timeZone: 'Europe/Berlin' }));
    expect(slots.map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T01:00:00.000Z',
      '2027-03-28T02:00:00.000Z',
    ]);
    expect(skipped).toEqual([
      { date: '2027-03-28', from: '01:00', to: '02:00', because: 'hour-does-not-exist' },
      { date: '2027-03-28', from: '02:00', to: '03:00', because: 'hour-does-not-exist' },
    ]);
  });

  it('say what they leave out in the night in which Berlin has an hour twice', () => {
    const { skipped } = cutIntoSlots([day('2026-10-25', '00:00', '05:00')], cut({ timeZone: 'Europe/Berlin' }));
    expect(skipped.map(({ from, because }) => [from, because])).toEqual([
      ['01:00', 'hour-exists-twice'],
      ['02:00', 'hour-exists-twice'],
    ]);
  });

  it('leave out a slot that the change of clocks would make shorter or longer', () => {
    const long = cut({ timeZone: 'Europe/Berlin', slotMinutes: 240 });
    for (const date of ['2026-10-25', '2027-03-28'])
      expect(cutIntoSlots([day(date, '00:00', '04:00')], long)).toEqual({
        slots: [],
        skipped: [{ date, from: '00:00', to: '04:00', because: 'clocks-change-within' }],
      });
  });

  it('have nothing of that in Kigali', () => {
    for (const date of ['2026-10-25', '2027-03-28'])
      expect(cutIntoSlots([day(date, '00:00', '05:00')], cut())).toMatchObject({ skipped: [] });
  });

  it('that overlap open each place and time once, and say what is left out', () => {
    const { slots, skipped } = cutIntoSlots(
      [day('2026-11-23', '09:00', '11:00'), day('2026-11-23', '09:00', '11:00'), day('2026-11-23', '09:30', '10:30')],
      cut(),
    );
    expect(slots).toHaveLength(2);
    expect(skipped).toEqual([{ date: '2026-11-23', from: '09:30', to: '10:30', because: 'overlaps' }]);
  });
});
