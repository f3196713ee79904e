import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { closed, days, endsAt, opened, slotAfter, startsAt, termsOf } from './exampleSlots.ts';
import { openSlot } from './openSlot.ts';
import { noSlot, type Slot } from './slot.ts';
import type { When } from './times.ts';

const open = (when: When, at = days.before) => ({ slotId: 'slot-1', terms: termsOf(), when, capacity: 1, by: 'host', at });
const onDay = (date: string, from: string, to: string, timeZone: string): When => ({ date, from, to, timeZone });

describe('opening a slot', () => {
  it('takes two instants', () => given(noSlot).when(openSlot, open({ startsAt, endsAt })).then(opened()));

  it('takes a day and hours on the wall clock of Kigali or of Berlin, and means the same instants', () => {
    given(noSlot)
      .when(openSlot, open(onDay('2026-11-23', '09:00', '12:00', 'Africa/Kigali')))
      .then(opened());
    given(noSlot)
      .when(openSlot, open(onDay('2026-11-23', '08:00', '11:00', 'Europe/Berlin')))
      .then(opened());
  });

  it('keeps nine o’clock in Berlin before and after the clocks change', () => {
    const startOf = (date: string) => {
      const { decision } = given(noSlot).when(
        openSlot,
        open(onDay(date, '09:00', '10:00', 'Europe/Berlin'), '2026-01-01T00:00:00.000Z'),
      );
      return (decision as { startsAt: string }[])[0]?.startsAt;
    };
    expect(startOf('2026-10-24')).toBe('2026-10-24T07:00:00.000Z');
    expect(startOf('2026-10-26')).toBe('2026-10-26T08:00:00.000Z');
    expect(startOf('2027-03-27')).toBe('2027-03-27T08:00:00.000Z');
    expect(startOf('2027-03-29')).toBe('2027-03-29T07:00:00.000Z');
  });

  it('refuses the hour that does not exist when the clocks go forward, as a start and as an end', () => {
    for (const [from, to] of [
      ['02:30', '04:00'],
      ['01:00', '02:30'],
    ] as const)
      given(noSlot)
        .when(openSlot, open(onDay('2027-03-28', from, to, 'Europe/Berlin')))
        .thenRefused('hour-does-not-exist');
  });

  it('refuses the hour that exists twice when the clocks go back, and names both', () => {
    const early = '2026-10-01T00:00:00.000Z';
    const { decision } = given(noSlot).when(openSlot, open(onDay('2026-10-25', '02:30', '04:00', 'Europe/Berlin'), early));
    expect(decision).toMatchObject({
      refused: 'hour-exists-twice',
      detail: expect.stringContaining('as 2026-10-25T02:30:00+02:00 and as 2026-10-25T02:30:00+01:00'),
    });
    given(noSlot)
      .when(openSlot, open({ startsAt: '2026-10-25T00:30:00.000Z', endsAt: '2026-10-25T01:30:00.000Z' }, early))
      .then({ ...opened(), startsAt: '2026-10-25T00:30:00.000Z', endsAt: '2026-10-25T01:30:00.000Z' });
  });

  it('has no such hours in Kigali', () =>
    given(noSlot)
      .when(openSlot, open(onDay('2027-03-28', '02:30', '04:00', 'Africa/Kigali')))
      .then({ ...opened(), startsAt: '2027-03-28T00:30:00.000Z', endsAt: '2027-03-28T02:00:00.000Z' }));

  it('refuses an end that is not after the start, and a start that is not ahead', () => {
    given(noSlot)
      .when(openSlot, open({ startsAt, endsAt: startsAt }))
      .thenRefused('ends-before-it-starts');
    given(noSlot)
      .when(openSlot, open(onDay('2026-11-23', '22:00', '02:00', 'Africa/Kigali')))
      .thenRefused('ends-before-it-starts');
    given(noSlot).when(openSlot, open({ startsAt, endsAt }, startsAt)).thenRefused('starts-in-the-past');
  });

  it('refuses a slot of more than 48 hours', () => {
    const twoDays = '2026-11-25T07:00:00.000Z';
    given(noSlot)
      .when(openSlot, open({ startsAt, endsAt: twoDays }))
      .then({ ...opened(), endsAt: twoDays });
    given(noSlot)
      .when(openSlot, open({ startsAt, endsAt: '2026-11-25T07:00:00.001Z' }))
      .thenRefused('slot-too-long');
  });

  it('is the host’s', () =>
    given(noSlot)
      .when(openSlot, { ...open({ startsAt, endsAt }), by: 'other' })
      .thenRefused('not-the-host'));

  it('stays quiet when told again, open or closed', () => {
    const slots: Slot[] = [slotAfter(opened()), slotAfter(opened(), closed)];
    for (const slot of slots) given(slot).when(openSlot, open({ startsAt, endsAt })).thenNothing();
  });

  it('stands on a reservation, but never on one that was given up', () => {
    const reserved = { ...open({ startsAt, endsAt }), reservationId: 'r-1' };
    given(noSlot)
      .when(openSlot, reserved)
      .then({ ...opened(), reservationId: 'r-1' });
    given({ status: 'none', abandonedReservations: ['r-1'] } as Slot)
      .when(openSlot, reserved)
      .thenRefused('reservation-abandoned');
  });
});
