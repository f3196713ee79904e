import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { bookSlot } from './bookSlot.ts';
import {
  cancelled,
  closed,
  confirmed,
  days,
  firm,
  fullSlot,
  held,
  joined,
  offered,
  opened,
  product,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { holdPlace, releaseHold } from './holdPlace.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { passTime } from './passTime.ts';
import { placesFree } from './places.ts';
import { evolve, type KnownSlot, noSlot } from './slot.ts';

const hold = (guest = 'guest', at = days.before) => ({ holdId: `h-${guest}`, guest: firm(guest), at });
const tenMinutesOn = '2026-11-20T09:10:00.000Z';
const booking = { bookingId: 'b-guest', uid: 'b-guest@test', guest: firm('guest'), product, at: days.before };

describe('holding a place while the form is filled in', () => {
  it('keeps a free place for ten minutes', () => {
    given(slotAfter(opened())).when(holdPlace, hold()).then(held('guest'));
    expect(placesFree(slotAfter(opened(), held('guest')) as KnownSlot)).toBe(0);
  });
  it('ends at the latest when the slot begins', () => {
    const at = '2026-11-23T06:55:00.000Z';
    given(slotAfter(opened())).when(holdPlace, hold('guest', at)).then(held('guest', startsAt));
  });
  it('is refused when there is no place, or none for this company', () => {
    given(noSlot).when(holdPlace, hold()).thenRefused('no-such-slot');
    given(fullSlot()).when(holdPlace, hold()).thenRefused('slot-full');
    given(slotAfter(opened(2), held('guest')))
      .when(holdPlace, hold())
      .thenRefused('already-holding');
    given(slotAfter(opened(2), requested('guest')))
      .when(holdPlace, hold())
      .thenRefused('already-booked');
    given(fullSlot(joined('guest')))
      .when(holdPlace, hold())
      .thenRefused('already-waiting');
    given(fullSlot(joined('guest'), cancelled('first'), offered('guest')))
      .when(holdPlace, hold())
      .thenRefused('place-held-for-you');
    given(slotAfter(opened())).when(holdPlace, hold('host')).thenRefused('own-slot');
    given(slotAfter(opened())).when(holdPlace, hold('guest', startsAt)).thenRefused('slot-begun');
    given(slotAfter(opened(), closed)).when(holdPlace, hold()).thenRefused('slot-closed');
  });
  it('cannot be done again and again without booking', () => {
    const heldOften = Array.from({ length: 5 }, () => [
      held('guest'),
      { type: 'HoldExpired', holdId: 'h-guest' } as const,
    ]).flat();
    given(slotAfter(opened(2), ...heldOften))
      .when(holdPlace, hold())
      .thenRefused('too-many-attempts');
  });
});

describe('a held place', () => {
  const holding = slotAfter(opened(), held('guest'));
  it('becomes the booking of the one who holds it, and nobody else’s', () => {
    given(holding)
      .when(bookSlot, booking)
      .then({ type: 'HoldBooked', holdId: 'h-guest', bookingId: 'b-guest' }, requested('guest'));
    given(holding)
      .when(bookSlot, { ...booking, guest: firm('other') })
      .thenRefused('slot-full');
  });
  it('does not let its holder wait as well', () =>
    given(holding)
      .when(joinWaitlist, { entryId: 'e-guest', guest: firm('guest'), product, at: days.before })
      .thenRefused('already-holding'));
  it('goes to the queue at the instant it ends, not before', () => {
    const waiting = slotAfter(opened(), held('guest'), joined('one'));
    given(waiting).when(passTime, { at: '2026-11-20T09:09:59.999Z' }).thenNothing();
    given(waiting)
      .when(passTime, { at: tenMinutesOn })
      .then({ type: 'HoldExpired', holdId: 'h-guest' }, offered('one', '2026-11-21T09:10:00.000Z'));
  });
  it('is lost to a booking that comes when it has ended and another waits', () => {
    const waiting = slotAfter(opened(), held('guest'), joined('one'));
    given(waiting)
      .when(bookSlot, { ...booking, at: tenMinutesOn })
      .thenRefused('slot-full');
  });
  it('is given back, to the queue first; told again it stays quiet, and without one there is nothing to give', () => {
    given(slotAfter(opened(), held('guest'), joined('one')))
      .when(releaseHold, { by: 'guest', at: days.before })
      .then({ type: 'HoldReleased', holdId: 'h-guest' }, offered('one'));
    const released = evolve(holding, { type: 'HoldReleased', holdId: 'h-guest' });
    given(released).when(releaseHold, { by: 'guest', at: days.before }).thenNothing();
    given(holding).when(releaseHold, { by: 'other', at: days.before }).thenRefused('no-hold');
    given(noSlot).when(releaseHold, { by: 'guest', at: days.before }).thenRefused('no-such-slot');
  });
});

describe('the host’s conditions', () => {
  const termsOfUse = { version: 2, hash: 'two' };
  const slot = slotAfter(opened(2, { termsOfUse, data: 'test-data' }));
  const accepted = { ...termsOfUse, by: 'user-1', at: days.before };
  it('are accepted as they stand in this slot, to book as to wait', () => {
    given(slot).when(bookSlot, booking).thenRefused('terms-not-accepted');
    given(slot)
      .when(bookSlot, { ...booking, termsAccepted: { ...accepted, hash: 'one' } })
      .thenRefused('terms-not-accepted');
    given(slot)
      .when(bookSlot, { ...booking, termsAccepted: accepted, dataClass: 'test-data' })
      .then({ ...requested('guest'), termsAccepted: accepted, dataClass: 'test-data' } as never);
    const full = slotAfter(opened(1, { termsOfUse }), requested('first'), confirmed('first'));
    const entry = { entryId: 'e-guest', guest: firm('guest'), product, at: days.before };
    given(full).when(joinWaitlist, entry).thenRefused('terms-not-accepted');
    given(full)
      .when(joinWaitlist, { ...entry, termsAccepted: accepted })
      .then({ ...joined('guest'), termsAccepted: accepted });
  });
  it('bound what data a test touches', () => {
    const with_ = (dataClass: 'no-personal-data' | 'test-data' | 'consented-users') =>
      given(slot).when(bookSlot, { ...booking, termsAccepted: accepted, dataClass });
    with_('consented-users').thenRefused('data-not-allowed');
    for (const dataClass of ['no-personal-data', 'test-data'] as const)
      with_(dataClass).then({ ...requested('guest'), termsAccepted: accepted, dataClass });
  });
});
