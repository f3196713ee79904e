import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { acceptOffer } from './acceptOffer.ts';
import { changeCapacity } from './changeCapacity.ts';
import { closeSlot } from './closeSlot.ts';
import { declineOffer } from './declineOffer.ts';
import {
  accepted,
  cancelled,
  closed,
  confirmed,
  days,
  during,
  firm,
  fullSlot,
  joined,
  offerDeclined,
  offerExpired,
  offered,
  opened,
  product,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { passTime, unanswered } from './passTime.ts';
import { longestQueue, nextDue, phaseOf, placesFree } from './places.ts';
import { evolve, type KnownSlot, noSlot, type Slot } from './slot.ts';

const join = (guest: string, at = days.before) => ({ entryId: `e-${guest}`, guest: firm(guest), product, at });
const accept = (guest: string, at = days.before) => ({
  entryId: `e-${guest}`,
  bookingId: `b-${guest}`,
  uid: `b-${guest}@test`,
  by: guest,
  at,
});
const pass = (guest: string, at = days.before) => ({ entryId: `e-${guest}`, by: guest, at });
const offerEnds = '2026-11-21T09:00:00.000Z';

const onOffer = fullSlot(joined('one'), joined('two'), cancelled('first'), offered('one'));

describe('joining the waitlist', () => {
  it('is for a full slot', () => given(fullSlot()).when(joinWaitlist, join('one')).then(joined('one')));
  it('is not needed while places are free', () =>
    given(slotAfter(opened())).when(joinWaitlist, join('one')).thenRefused('places-free'));
  it('is once for a company, and not for one that has booked', () => {
    given(fullSlot(joined('one')))
      .when(joinWaitlist, join('one'))
      .thenRefused('already-waiting');
    given(onOffer).when(joinWaitlist, join('one')).thenRefused('place-held-for-you');
    given(fullSlot()).when(joinWaitlist, join('first')).thenRefused('already-booked');
  });
  it('is possible again after an offer was let pass, at the end of the queue', () =>
    given(fullSlot(joined('one'), joined('two'), cancelled('first'), offered('one'), offerDeclined('one'), offered('two')))
      .when(joinWaitlist, { ...join('one'), entryId: 'e-again' })
      .then({ ...joined('one'), entryId: 'e-again' }));
  it('is not for the host, nor for a slot that is closed, begun or not there', () => {
    given(fullSlot()).when(joinWaitlist, join('host')).thenRefused('own-slot');
    given(fullSlot(closed)).when(joinWaitlist, join('one')).thenRefused('slot-closed');
    given(fullSlot()).when(joinWaitlist, join('one', startsAt)).thenRefused('slot-begun');
    given(noSlot).when(joinWaitlist, join('one')).thenRefused('no-such-slot');
  });
  it('has an end, for the queue and for one company’s attempts', () => {
    const crowd = Array.from({ length: longestQueue }, (_, n) => joined(`firm-${n}`));
    given(fullSlot(...crowd))
      .when(joinWaitlist, join('one'))
      .thenRefused('waitlist-full');
    const left = [1, 2, 3, 4, 5].flatMap((n) => [
      { ...joined('one'), entryId: `e-${n}` } as const,
      { type: 'WaitlistLeft' as const, entryId: `e-${n}` },
    ]);
    given(fullSlot(...(left as never[])))
      .when(joinWaitlist, join('one'))
      .thenRefused('too-many-attempts');
  });
});

describe('an offered place', () => {
  it('becomes a request, or a confirmed booking where the platform confirms', () => {
    given(onOffer).when(acceptOffer, accept('one')).then(accepted('one'), requested('one'));
    const automatic = slotAfter(
      opened(1, { confirmation: 'automatic' }),
      requested('first'),
      joined('one'),
      cancelled('first'),
      offered('one'),
    );
    given(automatic).when(acceptOffer, accept('one')).then(accepted('one'), requested('one'), confirmed('one'));
  });
  it('can be accepted until the instant the offer ends, whatever the timer did', () => {
    given(onOffer)
      .when(acceptOffer, accept('one', '2026-11-21T08:59:59.999Z'))
      .then(accepted('one'), {
        ...requested('one'),
        at: '2026-11-21T08:59:59.999Z',
      });
    given(onOffer).when(acceptOffer, accept('one', offerEnds)).thenRefused('offer-expired');
  });
  it('is not taken for a time that its firm never read', () => {
    const on = (read: string) => ({ ...accept('one'), startsAt: read });
    given(onOffer).when(acceptOffer, on('2026-11-22T07:00:00.000Z')).thenRefused('slot-moved');
    given(onOffer).when(acceptOffer, on(startsAt)).then(accepted('one'), requested('one'));
  });
  it('goes to the next when its firm lets it pass', () =>
    given(onOffer).when(declineOffer, pass('one')).then(offerDeclined('one'), offered('two')));
  it('stays quiet when told again', () => {
    const taken = [accepted('one'), requested('one')].reduce(evolve, onOffer);
    given(taken).when(acceptOffer, accept('one')).thenNothing();
    given(taken).when(declineOffer, pass('one')).thenRefused('offer-accepted');
    const passed = [offerDeclined('one'), offered('two')].reduce(evolve, onOffer);
    given(passed).when(declineOffer, pass('one')).thenNothing();
    given(passed).when(acceptOffer, accept('one')).thenRefused('offer-declined');
  });
  it('that has ended can be neither taken nor passed', () => {
    const ended = [offerExpired('one'), offered('two', startsAt)].reduce(evolve, onOffer);
    given(ended).when(acceptOffer, accept('one')).thenRefused('offer-expired');
    given(ended).when(declineOffer, pass('one')).thenRefused('offer-expired');
  });
  it('is not there yet for those who wait, but they may leave', () => {
    given(onOffer).when(acceptOffer, accept('two')).thenRefused('not-offered-yet');
    given(onOffer).when(declineOffer, pass('two')).then({ type: 'WaitlistLeft', entryId: 'e-two' });
  });
  it('is nobody else’s, not even the host’s', () => {
    for (const by of ['two', 'host', 'stranger']) {
      given(onOffer)
        .when(acceptOffer, { ...accept('one'), by })
        .thenRefused('no-such-entry');
      given(onOffer)
        .when(declineOffer, { ...pass('one'), by })
        .thenRefused('no-such-entry');
    }
    given(noSlot).when(acceptOffer, accept('one')).thenRefused('no-such-entry');
    given(noSlot).when(declineOffer, pass('one')).thenRefused('no-such-entry');
  });
});

describe('time passing', () => {
  it('says nothing before anything is due', () => {
    given(onOffer).when(passTime, { at: '2026-11-21T08:59:59.999Z' }).thenNothing();
    given(fullSlot()).when(passTime, { at: '2027-01-01T00:00:00.000Z' }).thenNothing();
    given(noSlot).when(passTime, { at: during }).thenNothing();
  });
  it('moves an offer that has ended to the next, with a hold of its own', () =>
    given(onOffer).when(passTime, { at: offerEnds }).then(offerExpired('one'), offered('two', '2026-11-22T09:00:00.000Z')));
  it('holds no place longer than to the start', () =>
    given(onOffer).when(passTime, { at: days.late }).then(offerExpired('one'), offered('two', startsAt)));
  it('offers nothing once the slot has begun, and answers everybody who still waits', () =>
    given(onOffer)
      .when(passTime, { at: startsAt })
      .then(offerExpired('one'), { type: 'WaitlistEnded', entryId: 'e-two', because: 'begun' }));
  it('answers a request for the host who did not', () =>
    given(slotAfter(opened(), requested('guest')))
      .when(passTime, { at: during })
      .then({ type: 'BookingDeclined', bookingId: 'b-guest', by: 'platform', reason: unanswered, at: during }));
  it('does nothing twice, and knows when it is due next', () => {
    const dueOf = (slot: Slot) => nextDue(slot);
    expect(dueOf(onOffer)).toBe(offerEnds);
    const moved = passTime(onOffer, { at: offerEnds }).reduce(evolve, onOffer);
    given(moved).when(passTime, { at: offerEnds }).thenNothing();
    expect(dueOf(moved)).toBe('2026-11-22T09:00:00.000Z');
    const over = passTime(onOffer, { at: startsAt }).reduce(evolve, onOffer);
    expect(dueOf(over)).toBeUndefined();
    expect(dueOf(fullSlot())).toBeUndefined();
    expect(dueOf(fullSlot(joined('one')))).toBe(startsAt);
    expect(dueOf(slotAfter(opened(), requested('guest')))).toBe(startsAt);
  });
});

describe('the number of places', () => {
  const change = (capacity: number, at = days.before) => ({ capacity, by: 'host', at });
  it('can grow, and what is added goes to the queue in order', () =>
    given(fullSlot(joined('one'), joined('two'), joined('three')))
      .when(changeCapacity, change(3))
      .then({ type: 'CapacityChanged', capacity: 3 }, offered('one'), offered('two')));
  it('can shrink down to what is taken or on offer', () => {
    given(slotAfter(opened(3), requested('first')))
      .when(changeCapacity, change(1))
      .then({ type: 'CapacityChanged', capacity: 1 });
    const held = slotAfter(opened(2), requested('first'), requested('second'), joined('one'), cancelled('first'), offered('one'));
    given(held).when(changeCapacity, change(1)).thenRefused('capacity-below-places-taken');
  });
  it('stays quiet when it is the same', () => given(fullSlot()).when(changeCapacity, change(1)).thenNothing());
  it('is the host’s to say, before the start, of an open slot', () => {
    given(fullSlot())
      .when(changeCapacity, { ...change(2), by: 'first' })
      .thenRefused('not-the-host');
    given(fullSlot()).when(changeCapacity, change(2, startsAt)).thenRefused('slot-begun');
    given(fullSlot(closed)).when(changeCapacity, change(2)).thenRefused('slot-closed');
    given(noSlot).when(changeCapacity, change(2)).thenRefused('no-such-slot');
  });
});

describe('closing a slot', () => {
  const close = { bookings: { do: 'cancel' as const }, reason: 'No power that day', by: 'host', at: days.before };
  it('cancels its bookings with the reason and ends the queue, and offers nothing', () =>
    given(
      slotAfter(
        opened(2),
        requested('first'),
        requested('second'),
        joined('one'),
        joined('two'),
        cancelled('first'),
        offered('one'),
      ),
    )
      .when(closeSlot, close)
      .then(
        closed,
        { ...cancelled('second'), by: 'host', reason: close.reason },
        { type: 'WaitlistEnded', entryId: 'e-one', because: 'closed' },
        { type: 'WaitlistEnded', entryId: 'e-two', because: 'closed' },
      ));
  it('stays quiet when told again', () => given(fullSlot(closed)).when(closeSlot, close).thenNothing());
  it('is the host’s to say, before the start', () => {
    given(fullSlot())
      .when(closeSlot, { ...close, by: 'first' })
      .thenRefused('not-the-host');
    given(fullSlot())
      .when(closeSlot, { ...close, at: startsAt })
      .thenRefused('slot-begun');
    given(noSlot).when(closeSlot, close).thenRefused('no-such-slot');
  });
});

describe('a slot', () => {
  it('is open, full, past or closed by its places and the instant', () => {
    const phase = (slot: Slot, at: string) => phaseOf(slot as KnownSlot, at);
    expect(phase(slotAfter(opened()), days.before)).toBe('open');
    expect(phase(fullSlot(), days.before)).toBe('full');
    expect(phase(onOffer, days.before)).toBe('full');
    expect(phase(fullSlot(cancelled('first')), days.before)).toBe('open');
    expect(phase(slotAfter(opened()), startsAt)).toBe('past');
    expect(phase(fullSlot(closed), during)).toBe('closed');
  });
  it('that is not there hears of nothing', () => expect(evolve(noSlot, requested('guest'))).toBe(noSlot));
  it('counts a completed test and a no-show as places used', () => {
    const used = slotAfter(opened(2), requested('a'), confirmed('a'), requested('b'), confirmed('b'), {
      type: 'GuestDidNotShow',
      bookingId: 'b-a',
      at: during,
    });
    expect(placesFree(used as KnownSlot)).toBe(0);
  });
});
