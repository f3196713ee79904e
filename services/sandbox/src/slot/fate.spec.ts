import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { changeSlotTime } from './changeSlotTime.ts';
import { closeSlot } from './closeSlot.ts';
import { completeBooking } from './completeBooking.ts';
import { confirmBooking } from './confirmBooking.ts';
import {
  cancelled,
  closed,
  confirmed,
  days,
  declined,
  endsAt,
  fullSlot,
  held,
  joined,
  kept,
  offered,
  opened,
  report,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import type { Fate } from './fate.ts';
import { passTime, unanswered } from './passTime.ts';
import { abandonReservation, isGivenUp, standsOn } from './reservation.ts';
import { evolve, type KnownSlot, noSlot, type Slot, type SlotFact } from './slot.ts';
import { takeTime } from './takeTime.ts';

const at = days.before;
const reason = 'No power that day';
const two = slotAfter(opened(3), requested('a'), confirmed('a'), requested('b'), requested('c'), declined('c'));
const bookingIn = (slot: Slot, id: string) => (slot as KnownSlot).bookings.find((booking) => booking.id === id);
const move = (...guests: string[]): Fate => ({
  do: 'move',
  to: 'slot-2',
  moveId: 'move-1',
  bookings: guests.map((guest) => ({ bookingId: `b-${guest}`, guest })),
});
const byHost = (guest: string): SlotFact => ({ ...cancelled(guest), by: 'host', reason }) as SlotFact;
const left = (guest: string) => ({
  type: 'BookingLeft',
  moveId: 'move-1',
  to: 'slot-2',
  booking: bookingIn(two, `b-${guest}`),
  by: 'host',
  reason,
  late: false,
  at,
});
const later = { startsAt: '2026-11-23T08:00:00.000Z', endsAt: '2026-11-23T11:00:00.000Z' };
const moved = { type: 'SlotTimeChanged', ...later, reason, at } as const;

describe.each([
  ['closing', (slot: Slot, bookings?: Fate) => given(slot).when(closeSlot, { reason, bookings, by: 'host', at }), [closed], []],
  [
    'changing the time of',
    (slot: Slot, bookings?: Fate) => given(slot).when(changeSlotTime, { when: later, reason, bookings, by: 'host', at }),
    [],
    [moved],
  ],
] as const)('%s a slot with bookings', (_, change, first, last) => {
  it('is only done by telling what happens to them', () => {
    change(two).thenRefused('bookings-undecided');
    change(slotAfter(opened(2))).then(...first, ...last);
    change(slotAfter(opened(2), requested('c'), declined('c'))).then(...first, ...last);
  });
  it('cancels them with the reason', () => change(two, { do: 'cancel' }).then(...first, byHost('a'), byHost('b'), ...last));
  it('keeps them', () => change(two, { do: 'keep' }).then(...first, ...last));
  it('moves all of them, and none is forgotten who came meanwhile', () => {
    change(two, move('a', 'b')).then(...first, left('a'), left('b'), ...last);
    change(two, move('a')).thenRefused('bookings-changed');
    change(two, move('a', 'x')).thenRefused('bookings-changed');
    change(slotAfter(opened(2)), move('a')).thenRefused('bookings-changed');
    change(evolve(two, { type: 'MoveAbandoned', moveId: 'move-1' }), move('a', 'b')).thenRefused('move-abandoned');
  });
  it('waits for a booking that is on its way here', () =>
    change(slotAfter(opened(2), kept('guest')), { do: 'cancel' }).thenRefused('moves-under-way'));
});

describe('a slot that closed and kept its bookings', () => {
  const keeping = evolve(two, closed);
  it('is theirs to the end, and nobody else’s', () => {
    given(keeping).when(confirmBooking, { bookingId: 'b-b', by: 'host', at }).then(confirmed('b'));
    given(keeping)
      .when(completeBooking, { bookingId: 'b-a', by: 'host', at: startsAt, report })
      .then(
        { type: 'BookingDeclined', bookingId: 'b-b', by: 'platform', reason: unanswered, at: startsAt },
        { type: 'BookingCompleted', bookingId: 'b-a', report, at: startsAt },
      );
  });
  it('still answers who was never answered, when it begins', () =>
    given(keeping)
      .when(passTime, { at: startsAt })
      .then({ type: 'BookingDeclined', bookingId: 'b-b', by: 'platform', reason: unanswered, at: startsAt }));
  it('gives back the places of those who fill in a form', () =>
    given(slotAfter(opened(2), held('guest')))
      .when(closeSlot, { reason, by: 'host', at })
      .then(closed, { type: 'HoldReleased', holdId: 'h-guest' }));
});

describe('another time for a slot', () => {
  const change = (slot: Slot, more: object = {}) =>
    given(slot).when(changeSlotTime, { when: later, reason, by: 'host', at, ...more });
  it('raises the calendar’s sequence of those who stay, and shortens what was offered or held past the new start', () => {
    const after = evolve(two, moved) as KnownSlot;
    expect(after).toMatchObject(later);
    expect(after.bookings.map(({ sequence }) => sequence)).toEqual([2, 1, 1]);
    const soon = { ...moved, startsAt: '2026-11-20T10:00:00.000Z' };
    expect(evolve(fullSlot(joined('one'), cancelled('first'), offered('one')), soon)).toMatchObject({
      waitlist: [{ status: 'offered', until: soon.startsAt }],
    });
    expect(evolve(slotAfter(opened(), held('guest')), { ...soon, startsAt: '2026-11-20T09:05:00.000Z' })).toMatchObject({
      holds: [{ status: 'held', until: '2026-11-20T09:05:00.000Z' }],
    });
  });
  it('is refused when it is none, or not the host’s to say', () => {
    const slot = slotAfter(opened());
    change(slot, { when: { startsAt, endsAt } }).thenNothing();
    change(slot, { when: { startsAt: later.endsAt, endsAt: later.startsAt } }).thenRefused('ends-before-it-starts');
    change(slot, { when: { startsAt, endsAt: '2026-11-25T07:00:00.001Z' } }).thenRefused('slot-too-long');
    change(slot, { when: { startsAt: at, endsAt: '2026-11-20T12:00:00.000Z' } }).thenRefused('starts-in-the-past');
    change(slot, { when: { date: '2027-03-28', from: '02:30', to: '05:00', timeZone: 'Europe/Berlin' } }).thenRefused(
      'hour-does-not-exist',
    );
    change(slot, { by: 'first' }).thenRefused('not-the-host');
    change(slot, { at: startsAt }).thenRefused('slot-begun');
    change(evolve(slot, closed)).thenRefused('slot-closed');
    change(noSlot).thenRefused('no-such-slot');
  });
});

describe('the reservation a slot stands on', () => {
  const on = slotAfter({ ...opened(), reservationId: 'r-1' } as SlotFact);
  it('stays while the slot does, or the bookings it kept', () => {
    expect(standsOn(on, 'r-1')).toBe(true);
    expect(standsOn(on, 'r-2')).toBe(false);
    expect(standsOn(evolve(on, closed), 'r-1')).toBe(false);
    expect(standsOn([requested('guest'), closed].reduce(evolve, on), 'r-1')).toBe(true);
    expect(standsOn(evolve(on, { ...moved, reservationId: 'r-2' }), 'r-1')).toBe(false);
  });
  it('is taken afterwards only for the time the slot still has', () => {
    const freeAt = Temporal.Instant.from(endsAt).add({ minutes: 30 }).toString();
    const time = { reservationId: 'r-1', startsAt, freeAt, needs: [], bufferMinutes: 30 };
    const slot = slotAfter(opened());
    given(slot).when(takeTime, time).then({ type: 'TimeTaken', reservationId: 'r-1', needs: [], bufferMinutes: 30 });
    given(slot)
      .when(takeTime, { ...time, startsAt: at })
      .thenRefused('reservation-abandoned');
    given(slot)
      .when(takeTime, { ...time, freeAt: endsAt })
      .thenRefused('reservation-abandoned');
  });
  it('is given up by the slot that leaves it for another time, or opens again on another', () => {
    const other = { startsAt: '2026-11-24T08:00:00.000Z', endsAt: '2026-11-24T11:00:00.000Z' };
    const reopened = { type: 'SlotReopened', capacity: 1, reservationId: 'r-2' } as const;
    for (const slot of [evolve(on, { ...moved, reservationId: 'r-2' }), [closed, reopened].reduce(evolve, on)]) {
      expect(isGivenUp(slot, 'r-1')).toBe(true);
      expect(isGivenUp(slot, 'r-2')).toBe(false);
      given(slot)
        .when(changeSlotTime, { when: other, reason, reservationId: 'r-1', by: 'host', at })
        .thenRefused('reservation-abandoned');
    }
  });
  it('is given up once and for ever where the slot does not stand on it', () => {
    const abandoned = { type: 'ReservationAbandoned', reservationId: 'r-1' } as const;
    given(noSlot as Slot)
      .when(abandonReservation, { reservationId: 'r-1' })
      .then(abandoned);
    given(on).when(abandonReservation, { reservationId: 'r-1' }).thenNothing();
    given(slotAfter(opened())).when(abandonReservation, { reservationId: 'r-1' }).then(abandoned);
    given(evolve(slotAfter(opened()), abandoned))
      .when(abandonReservation, { reservationId: 'r-1' })
      .thenNothing();
    given(slotAfter(opened(), closed)).when(abandonReservation, { reservationId: 'r-1' }).then(abandoned);
    // What a closed slot stood on is given back with it: nothing opens it on that again.
    given(evolve(on, closed)).when(abandonReservation, { reservationId: 'r-1' }).thenNothing();
    given(evolve(on, closed))
      .when(abandonReservation, { reservationId: 'r-2' })
      .then({ ...abandoned, reservationId: 'r-2' });
    given(slotAfter(opened(), requested('guest'), closed, abandoned))
      .when(takeTime, { reservationId: 'r-1', startsAt, freeAt: endsAt, needs: [], bufferMinutes: 0 })
      .thenRefused('reservation-abandoned');
    given(evolve(slotAfter(opened()), abandoned))
      .when(changeSlotTime, { when: later, reason, reservationId: 'r-1', by: 'host', at })
      .thenRefused('reservation-abandoned');
  });
});
