import { given } from '@umuhuza/testing/given';
import { describe, it } from 'vitest';
import { acceptOffer } from './acceptOffer.ts';
import { keepPlaces } from './arriveFromSlot.ts';
import { bookSlot } from './bookSlot.ts';
import {
  accepted,
  cancelled,
  closed,
  confirmed,
  days,
  declined,
  during,
  firm,
  fullSlot,
  held,
  joined,
  kept,
  offered,
  opened,
  product,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { type KnownSlot, noSlot } from './slot.ts';

const book = (guest: string, at = days.before) => ({
  bookingId: `b-${guest}`,
  uid: `b-${guest}@test`,
  guest: firm(guest),
  product,
  at,
});

describe('booking a place', () => {
  it('is a request where the host confirms by hand', () =>
    given(slotAfter(opened())).when(bookSlot, book('guest')).then(requested('guest')));

  it('is confirmed at once where the host lets the platform confirm', () =>
    given(slotAfter(opened(1, { confirmation: 'automatic' })))
      .when(bookSlot, book('guest'))
      .then(requested('guest'), confirmed('guest')));

  it('is refused where the slot has another time than the guest read, also with a place held, and for who would wait', () => {
    const later = { ...slotAfter(opened(), held('guest')), startsAt: during, endsAt: '2026-11-23T11:00:00.000Z' } as KnownSlot;
    given(later)
      .when(bookSlot, { ...book('guest'), startsAt })
      .thenRefused('slot-moved');
    given(fullSlot())
      .when(joinWaitlist, { entryId: 'e', guest: firm('guest'), product, startsAt: days.before, at: days.before })
      .thenRefused('slot-moved');
    given(slotAfter(opened()))
      .when(bookSlot, { ...book('guest'), startsAt: Temporal.Instant.from(startsAt).toString() })
      .then(requested('guest'));
  });

  it('is a request to the host where the platform would confirm a slot that another stands in the way of', () => {
    const inConflict = { because: 'resource-busy', resource: 'Room 1', with: { slotId: 'slot-2', startsAt } } as const;
    given(slotAfter(opened(1, { confirmation: 'automatic' })))
      .when(bookSlot, { ...book('guest'), inConflict })
      .then({ ...requested('guest'), inConflict });
    given(slotAfter(opened(1, { confirmation: 'automatic' }), joined('waits'), offered('waits')))
      .when(acceptOffer, {
        entryId: 'e-waits',
        bookingId: 'b-waits',
        uid: 'b-waits@test',
        by: 'waits',
        inConflict,
        at: days.before,
      })
      .then(accepted('waits'), { ...requested('waits'), inConflict });
    given(slotAfter(opened()))
      .when(bookSlot, { ...book('guest'), inConflict })
      .then(requested('guest'));
  });

  it('takes the last place, and then there is none: a request holds its place like a confirmed booking', () => {
    given(slotAfter(opened(2), requested('first')))
      .when(bookSlot, book('guest'))
      .then(requested('guest'));
    given(slotAfter(opened(2), requested('first'), requested('second')))
      .when(bookSlot, book('guest'))
      .thenRefused('slot-full');
    given(fullSlot()).when(bookSlot, book('guest')).thenRefused('slot-full');
  });

  it('can use a place that was given back', () => {
    given(slotAfter(opened(), requested('first'), declined('first')))
      .when(bookSlot, book('guest'))
      .then(requested('guest'));
    given(fullSlot(cancelled('first')))
      .when(bookSlot, book('guest'))
      .then(requested('guest'));
  });

  it('never takes a place that is on offer to the waitlist', () =>
    given(fullSlot(joined('waits'), cancelled('first'), offered('waits')))
      .when(bookSlot, book('guest'))
      .thenRefused('slot-full'));

  it('does not overtake the queue when an offer has ended and no timer has said so yet', () =>
    given(fullSlot(joined('one'), joined('two'), cancelled('first'), offered('one')))
      .when(bookSlot, book('guest', '2026-11-21T09:00:00.000Z'))
      .thenRefused('slot-full'));

  it('is once for a company', () => {
    given(slotAfter(opened(2), requested('guest')))
      .when(bookSlot, { ...book('guest'), bookingId: 'b-again' })
      .thenRefused('already-booked');
    given(slotAfter(opened(2), requested('guest'), cancelled('guest')))
      .when(bookSlot, { ...book('guest'), bookingId: 'b-again' })
      .then({ ...requested('guest'), bookingId: 'b-again' });
  });

  it('points to the waitlist a company is on', () => {
    given(fullSlot(joined('guest')))
      .when(bookSlot, book('guest'))
      .thenRefused('already-waiting');
    given(fullSlot(joined('guest'), cancelled('first'), offered('guest')))
      .when(bookSlot, book('guest'))
      .thenRefused('place-held-for-you');
  });

  it('says what data it touches where the host has a rule for that', () => {
    const slot = slotAfter(opened(1, { data: 'test-data' }));
    given(slot).when(bookSlot, book('guest')).thenRefused('data-class-needed');
    given(slot)
      .when(bookSlot, { ...book('guest'), dataClass: 'test-data' as const })
      .then({ ...requested('guest'), dataClass: 'test-data' } as never);
    const full = slotAfter(opened(1, { data: 'test-data' }), requested('first'));
    given(full)
      .when(joinWaitlist, { entryId: 'e-guest', guest: firm('guest'), product, at: days.before })
      .thenRefused('data-class-needed');
    // Who booked before it was asked for may still move here.
    given(slot)
      .when(keepPlaces, {
        ...{ moveId: 'move-1', from: 'slot-0', environmentId: 'env-1', at: days.before, settleAt: '2026-11-20T09:00:30.000Z' },
        bookings: [{ bookingId: 'b-guest', guest: 'guest' }],
      })
      .then(kept('guest'));
  });

  it('is not for the host itself', () => given(slotAfter(opened())).when(bookSlot, book('host')).thenRefused('own-slot'));

  it('ends at the instant the slot begins', () => {
    given(slotAfter(opened()))
      .when(bookSlot, book('guest', '2026-11-23T06:59:59.999Z'))
      .then({
        ...requested('guest'),
        at: '2026-11-23T06:59:59.999Z',
      });
    given(slotAfter(opened())).when(bookSlot, book('guest', startsAt)).thenRefused('slot-begun');
    given(slotAfter(opened())).when(bookSlot, book('guest', during)).thenRefused('slot-begun');
  });

  it('needs a slot that is there and open', () => {
    given(noSlot).when(bookSlot, book('guest')).thenRefused('no-such-slot');
    given(slotAfter(opened(), closed)).when(bookSlot, book('guest')).thenRefused('slot-closed');
  });

  it('has an end for a company that books and cancels again and again', () => {
    const tries = [1, 2, 3, 4, 5].flatMap((n) => [
      { ...requested('guest'), bookingId: `b-${n}` },
      { ...cancelled('guest'), bookingId: `b-${n}` },
    ]);
    given(slotAfter(opened(), ...(tries.slice(0, 8) as never[])))
      .when(bookSlot, book('guest'))
      .then(requested('guest'));
    given(slotAfter(opened(), ...(tries as never[])))
      .when(bookSlot, book('guest'))
      .thenRefused('too-many-attempts');
  });
});
