import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import type { Booking } from './booking.ts';
import { cancelBooking } from './cancelBooking.ts';
import { completeBooking } from './completeBooking.ts';
import { conductIn } from './conduct.ts';
import { confirmBooking } from './confirmBooking.ts';
import { declineBooking } from './declineBooking.ts';
import {
  arrivedFrom,
  cancelled,
  completed,
  confirmed,
  days,
  declined,
  didNotShow,
  during,
  endsAt,
  fullSlot,
  joined,
  offered,
  opened,
  report,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { markNoShow } from './markNoShow.ts';
import { cancelFreelyUntil } from './places.ts';
import { evolve, type KnownSlot, noSlot, type Slot, type SlotFact } from './slot.ts';

const of = (guest: string, by: string, at = days.before) => ({ bookingId: `b-${guest}`, by, at });
const asHost = (at = days.before) => of('guest', 'host', at);
const asGuest = (at = days.before) => of('guest', 'guest', at);
const reason = 'The phones are broken';

const askedFor = slotAfter(opened(), requested('guest'));
const sure = slotAfter(opened(), requested('guest'), confirmed('guest'));
const bookingOf = (slot: Slot): Booking => (slot as KnownSlot).bookings[0] as Booking;
const over: Record<string, Slot> = {
  'booking-declined': slotAfter(opened(), requested('guest'), declined('guest')),
  'booking-cancelled': slotAfter(opened(), requested('guest'), confirmed('guest'), cancelled('guest')),
  'booking-completed': slotAfter(opened(), requested('guest'), confirmed('guest'), completed('guest')),
  'guest-did-not-show': slotAfter(opened(), requested('guest'), confirmed('guest'), didNotShow('guest')),
};
/** All ends but the one that the decision itself leads to. */
const endsBut = (name: string) => Object.entries(over).filter(([refusal]) => refusal !== name);

describe('confirming a booking', () => {
  it('answers a request', () => given(askedFor).when(confirmBooking, asHost()).then(confirmed('guest')));
  it('stays quiet when told again', () => given(sure).when(confirmBooking, asHost()).thenNothing());
  it('is refused for a booking that is over', () => {
    for (const [refusal, slot] of Object.entries(over)) given(slot).when(confirmBooking, asHost()).thenRefused(refusal);
  });
  it('comes too late once the slot has begun: the request has lapsed', () =>
    given(askedFor).when(confirmBooking, asHost(startsAt)).thenRefused('booking-declined'));
});

describe('declining a booking', () => {
  const decline = { ...asHost(), reason };
  it('answers a request with a reason', () => given(askedFor).when(declineBooking, decline).then(declined('guest')));
  it('offers the place to the head of the queue in the same breath', () =>
    given(slotAfter(opened(), requested('guest'), joined('one'), joined('two')))
      .when(declineBooking, decline)
      .then(declined('guest'), offered('one')));
  it('stays quiet when told again', () =>
    given(over['booking-declined'] ?? noSlot)
      .when(declineBooking, decline)
      .thenNothing());
  it('is refused once confirmed or over', () => {
    given(sure).when(declineBooking, decline).thenRefused('booking-confirmed');
    for (const [refusal, slot] of endsBut('booking-declined')) given(slot).when(declineBooking, decline).thenRefused(refusal);
  });
});

describe('cancelling a booking', () => {
  it('gives the place back, to the queue first', () => {
    given(sure)
      .when(cancelBooking, { ...asGuest(), reason: null })
      .then(cancelled('guest'));
    given(fullSlot(joined('one'), joined('two')))
      .when(cancelBooking, { ...of('first', 'first'), reason: null })
      .then(cancelled('first'), offered('one'));
  });
  it('is open to a guest whose request was not answered, and that is never late', () =>
    given(askedFor)
      .when(cancelBooking, { ...asGuest(days.late), reason: null })
      .then({ ...cancelled('guest'), at: days.late }));
  it('is late after the notice that the host asks for', () => {
    const at = '2026-11-22T07:00:00.001Z';
    given(sure)
      .when(cancelBooking, { ...asGuest(at), reason: 'Not ready' })
      .then({ ...cancelled('guest'), reason: 'Not ready', late: true, at });
    given(sure)
      .when(cancelBooking, { ...asGuest('2026-11-22T07:00:00.000Z'), reason: null })
      .then({ ...cancelled('guest'), at: '2026-11-22T07:00:00.000Z' });
  });
  it('is never late where the host chose the time after the guest had booked, whichever way it moved it', () => {
    const soon = '2026-11-23T06:00:00.000Z';
    const moved = { startsAt: '2026-11-23T07:30:00.000Z', endsAt, reason: 'No power', at: days.before };
    for (const slot of [
      slotAfter(opened(), requested('guest'), confirmed('guest'), { type: 'SlotTimeChanged', ...moved }),
      slotAfter(opened(), requested('guest'), { type: 'SlotTimeChanged', ...moved }, confirmed('guest')),
      slotAfter(opened(), { ...arrivedFrom(bookingOf(sure)), by: 'host' } as SlotFact),
    ]) {
      given(slot)
        .when(cancelBooking, { ...asGuest(soon), reason: null })
        .then({ ...cancelled('guest'), at: soon });
      expect(cancelFreelyUntil(slot as KnownSlot, bookingOf(slot))).toBe((slot as KnownSlot).startsAt);
    }
  });
  it('is late again where the guest moved it on by itself', () => {
    const byHost = slotAfter(opened(), { ...arrivedFrom(bookingOf(sure)), by: 'host' } as SlotFact);
    given(slotAfter(opened(), arrivedFrom(bookingOf(byHost))))
      .when(cancelBooking, { ...asGuest(days.late), reason: null })
      .then({ ...cancelled('guest'), late: true, at: days.late });
  });
  it('needs a reason from the host', () => {
    given(sure)
      .when(cancelBooking, { ...asHost(), reason: null })
      .thenRefused('reason-needed');
    given(sure)
      .when(cancelBooking, { ...asHost(days.late), reason })
      .then({ ...cancelled('guest'), by: 'host', reason, at: days.late });
  });
  it('stays quiet when told again', () =>
    given(over['booking-cancelled'] ?? noSlot)
      .when(cancelBooking, { ...asGuest(), reason: null })
      .thenNothing());
  it('is refused once the slot has begun or the booking is over', () => {
    given(sure)
      .when(cancelBooking, { ...asGuest(startsAt), reason: null })
      .thenRefused('slot-begun');
    for (const [refusal, slot] of endsBut('booking-cancelled'))
      given(slot)
        .when(cancelBooking, { ...asGuest(), reason: null })
        .thenRefused(refusal);
  });
});

describe('completing a booking', () => {
  const complete = (at = during) => ({ ...asHost(at), report });
  it('ends a test with its report', () => given(sure).when(completeBooking, complete()).then(completed('guest')));
  it('is possible from the instant the slot begins', () => {
    given(sure).when(completeBooking, complete('2026-11-23T06:59:59.999Z')).thenRefused('slot-not-begun');
    given(sure)
      .when(completeBooking, complete(startsAt))
      .then({ ...completed('guest'), at: startsAt });
  });
  it('is refused for a request, and for what is over: a second report is not lost in silence', () => {
    given(askedFor).when(completeBooking, complete(days.before)).thenRefused('booking-not-confirmed');
    for (const [refusal, slot] of endsBut('guest-did-not-show'))
      given(slot).when(completeBooking, complete()).thenRefused(refusal);
  });
  it('puts right what was noted too early: who came late after all is remembered as one that came', () => {
    const noted = over['guest-did-not-show'] ?? noSlot;
    given(noted).when(completeBooking, complete()).then(completed('guest'));
    expect(conductIn(evolve(noted, completed('guest')) as KnownSlot)).toEqual([{ guest: 'guest', conduct: 'completed' }]);
  });
});

describe('a guest who does not come', () => {
  it('is marked so once the slot has begun', () => {
    given(sure).when(markNoShow, asHost(days.late)).thenRefused('slot-not-begun');
    given(sure).when(markNoShow, asHost(during)).then(didNotShow('guest'));
  });
  it('is marked once', () =>
    given(over['guest-did-not-show'] ?? noSlot)
      .when(markNoShow, asHost(during))
      .thenNothing());
  it('is not marked for a request or what is over otherwise', () => {
    given(askedFor).when(markNoShow, asHost()).thenRefused('booking-not-confirmed');
    for (const [refusal, slot] of endsBut('guest-did-not-show'))
      given(slot).when(markNoShow, asHost(during)).thenRefused(refusal);
  });
});

describe('a booking is between two firms', () => {
  const decisions = {
    confirm: (slot: Slot, by: string) => given(slot).when(confirmBooking, of('guest', by)),
    decline: (slot: Slot, by: string) => given(slot).when(declineBooking, { ...of('guest', by), reason }),
    cancel: (slot: Slot, by: string) => given(slot).when(cancelBooking, { ...of('guest', by), reason }),
    complete: (slot: Slot, by: string) => given(slot).when(completeBooking, { ...of('guest', by), report }),
    'no-show': (slot: Slot, by: string) => given(slot).when(markNoShow, of('guest', by)),
  };
  it.each(Object.keys(decisions) as (keyof typeof decisions)[])('nobody else can %s it, or learn that it exists', (action) => {
    decisions[action](sure, 'stranger').thenRefused('no-such-booking');
    decisions[action](slotAfter(opened()), 'host').thenRefused('no-such-booking');
    decisions[action](noSlot, 'host').thenRefused('no-such-booking');
  });
  it('only the host confirms, declines, completes or marks a no-show', () => {
    for (const action of ['confirm', 'decline', 'complete', 'no-show'] as const)
      decisions[action](sure, 'guest').thenRefused('not-the-host');
  });
  it('keeps one calendar UID for life, with a sequence that rises with each change', () => {
    const bookingOf = (slot: Slot) => (slot as KnownSlot).bookings[0];
    expect(bookingOf(askedFor)).toMatchObject({ uid: 'b-guest@test', sequence: 0, status: 'requested' });
    expect(bookingOf(sure)).toMatchObject({ uid: 'b-guest@test', sequence: 1, status: 'confirmed' });
    expect(bookingOf(over['booking-cancelled'] ?? noSlot)).toMatchObject({
      uid: 'b-guest@test',
      sequence: 2,
      status: 'cancelled',
    });
    expect(bookingOf(over['booking-completed'] ?? noSlot)).toMatchObject({ uid: 'b-guest@test', sequence: 2, report });
  });
});
