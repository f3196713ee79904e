import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { arriveFromSlot, keepPlaces, letPlacesGo } from './arriveFromSlot.ts';
import type { Booking } from './booking.ts';
import { closeSlot } from './closeSlot.ts';
import {
  cancelled,
  closed,
  completed,
  confirmed,
  days,
  declined,
  didNotShow,
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
import { abandonMove, leaveForSlot } from './leaveForSlot.ts';
import { passTime } from './passTime.ts';
import { nextSettling, placesTaken } from './places.ts';
import { evolve, type KnownSlot, noSlot, type Slot } from './slot.ts';

const at = days.before;
const keeping = (...guests: string[]) => ({
  moveId: 'move-1',
  from: 'slot-0',
  environmentId: 'env-1',
  bookings: guests.map((guest) => ({ bookingId: `b-${guest}`, guest })),
  settleAt: '2026-11-20T09:00:30.000Z',
  at,
});
const bookingOf = (slot: Slot): Booking => (slot as KnownSlot).bookings[0] as Booking;
const sure = slotAfter(opened(), requested('guest'), confirmed('guest'));
const leave = { bookingId: 'b-guest', moveId: 'move-1', to: 'slot-2', reason: null, by: 'guest', at };
const left = {
  type: 'BookingLeft' as const,
  moveId: 'move-1',
  to: 'slot-2',
  booking: bookingOf(sure),
  by: 'guest' as const,
  reason: null,
  late: false,
  at,
};
const from = { slotId: 'slot-0', startsAt: '2026-11-22T07:00:00.000Z', endsAt: '2026-11-22T10:00:00.000Z' };
const arriving = [{ booking: bookingOf(sure), by: 'guest' as const, reason: null, late: false, from }];
const arrived = { type: 'BookingArrived' as const, moveId: 'move-1', ...arriving[0], at };

describe('keeping places for bookings that come from another slot', () => {
  it('has seats for the testers that a guest takes along; whom the host moves brings who was agreed', () => {
    const small = slotAfter(opened(2, { seatsPerPlace: 1 }));
    const testers = ['one', 'two'].map((name) => ({ id: name, name, email: `${name}@demonstration.example` }));
    const bringing = (how: number) => ({
      ...keeping(),
      bookings: [{ bookingId: 'b-guest', guest: 'guest', testers: testers.slice(0, how) }],
    });
    given(small).when(keepPlaces, bringing(1)).then(kept('guest'));
    given(small).when(keepPlaces, bringing(2)).thenRefused('seats-taken');
    given(small).when(keepPlaces, keeping('guest')).then(kept('guest'));
  });
  it('takes one for each of them, or none', () => {
    given(slotAfter(opened(3), requested('first')))
      .when(keepPlaces, keeping('guest', 'other'))
      .then(kept('guest', 'other'));
    given(slotAfter(opened(2), requested('first')))
      .when(keepPlaces, keeping('guest', 'other'))
      .thenRefused('slot-full');
  });
  it('never begins again once it is over, whatever request comes again', () => {
    const over = slotAfter(opened(2), kept('guest'), { type: 'PlacesLetGo', moveId: 'move-1' });
    given(over).when(keepPlaces, keeping('guest')).thenNothing();
    const gone = evolve(slotAfter(opened(2), kept('guest'), arrived as never), { ...left, moveId: 'move-2' } as never);
    given(gone).when(keepPlaces, keeping('guest')).thenNothing();
    given(gone).when(arriveFromSlot, { moveId: 'move-1', arriving, at }).thenNothing();
  });
  it('never goes past the queue', () =>
    given(fullSlot(joined('one'), cancelled('first')))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('slot-full'));
  it('stays quiet when told again, also when the bookings have arrived', () => {
    given(slotAfter(opened(2), kept('guest')))
      .when(keepPlaces, keeping('guest'))
      .thenNothing();
    given(slotAfter(opened(2), kept('guest'), arrived as never))
      .when(keepPlaces, keeping('guest'))
      .thenNothing();
  });
  it('is refused where the guest is already, or may not come', () => {
    given(noSlot).when(keepPlaces, keeping('guest')).thenRefused('no-such-slot');
    given(slotAfter(opened(2)))
      .when(keepPlaces, { ...keeping('guest'), from: 'slot-1' })
      .thenRefused('same-slot');
    given(slotAfter(opened(2)))
      .when(keepPlaces, { ...keeping('guest'), environmentId: 'env-2' })
      .thenRefused('other-environment');
    given(slotAfter(opened(2), closed))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('slot-closed');
    given(slotAfter(opened(2)))
      .when(keepPlaces, { ...keeping('guest'), at: startsAt })
      .thenRefused('slot-begun');
    given(slotAfter(opened(2), requested('guest')))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('already-booked');
    given(slotAfter(opened(2), held('guest')))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('already-holding');
    given(fullSlot(joined('guest')))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('already-waiting');
    given(slotAfter(opened(2)))
      .when(keepPlaces, { ...keeping('guest'), startsAt: '2026-11-22T07:00:00.000Z' })
      .thenRefused('slot-moved');
    given(fullSlot(joined('guest'), cancelled('first'), offered('guest')))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('place-held-for-you');
    given(slotAfter(opened(2), { ...kept('guest'), moveId: 'move-0' } as never))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('already-booked');
    given(slotAfter(opened(2, { termsOfUse: { version: 1, hash: 'one' } })))
      .when(keepPlaces, keeping('guest'))
      .thenRefused('terms-not-accepted');
  });
  it('keeps them whatever time it is: only the other slot can say that nobody comes', () => {
    const slot = slotAfter(opened(), kept('guest'));
    expect(passTime(slot, { at: '2026-11-20T11:00:00.000Z' })).toEqual([]);
    expect(placesTaken(slot as KnownSlot)).toBe(1);
    expect(nextSettling(slot)).toBe('2026-11-20T09:00:30.000Z');
  });
  it('keeps the slot from being closed under their feet', () =>
    given(slotAfter(opened(), kept('guest')))
      .when(closeSlot, { reason: 'No power', by: 'host', at })
      .thenRefused('moves-under-way'));
});

describe('leaving for another slot', () => {
  it('gives the place to the queue in the same write, and keeps the status', () => {
    given(sure).when(leaveForSlot, leave).then(left);
    given(fullSlot(joined('one')))
      .when(leaveForSlot, { ...leave, bookingId: 'b-first', by: 'first' })
      .then({ ...left, booking: bookingOf(fullSlot()) }, offered('one'));
  });
  it('is late after the notice, for the guest alone', () => {
    given(sure)
      .when(leaveForSlot, { ...leave, at: days.late })
      .then({ ...left, late: true, at: days.late });
    given(sure)
      .when(leaveForSlot, { ...leave, by: 'host', reason: 'No power', at: days.late })
      .then({ ...left, by: 'host', reason: 'No power', at: days.late });
    const byHost = slotAfter(opened(), { ...arrived, by: 'host' } as never);
    given(byHost)
      .when(leaveForSlot, { ...leave, moveId: 'move-2', at: days.late })
      .then({ ...left, moveId: 'move-2', booking: bookingOf(byHost), at: days.late });
  });
  it('needs a reason from the host, and another slot', () => {
    given(sure)
      .when(leaveForSlot, { ...leave, by: 'host' })
      .thenRefused('reason-needed');
    given(sure)
      .when(leaveForSlot, { ...leave, to: 'slot-1' })
      .thenRefused('same-slot');
  });
  it('happens once', () => given(evolve(sure, left)).when(leaveForSlot, leave).thenNothing());
  it('never happens once it was given up', () =>
    given(evolve(sure, { type: 'MoveAbandoned', moveId: 'move-1' }))
      .when(leaveForSlot, leave)
      .thenRefused('move-abandoned'));
  it('is refused for what is over, begun, or another’s', () => {
    const over = {
      'booking-declined': slotAfter(opened(), requested('guest'), declined('guest')),
      'booking-cancelled': slotAfter(opened(), requested('guest'), cancelled('guest')),
      'booking-completed': slotAfter(opened(), requested('guest'), confirmed('guest'), completed('guest')),
      'guest-did-not-show': slotAfter(opened(), requested('guest'), confirmed('guest'), didNotShow('guest')),
    };
    for (const [refusal, slot] of Object.entries(over)) given(slot).when(leaveForSlot, leave).thenRefused(refusal);
    given(sure)
      .when(leaveForSlot, { ...leave, at: startsAt })
      .thenRefused('slot-begun');
    given(sure)
      .when(leaveForSlot, { ...leave, by: 'stranger' })
      .thenRefused('no-such-booking');
    given(noSlot).when(leaveForSlot, leave).thenRefused('no-such-booking');
  });
});

describe('giving a move up', () => {
  it('is decided once, by the slot that the booking would leave', () => {
    given(sure).when(abandonMove, { moveId: 'move-1' }).then({ type: 'MoveAbandoned', moveId: 'move-1' });
    given(evolve(sure, { type: 'MoveAbandoned', moveId: 'move-1' }))
      .when(abandonMove, { moveId: 'move-1' })
      .thenNothing();
    given(evolve(sure, left)).when(abandonMove, { moveId: 'move-1' }).thenNothing();
    given(noSlot).when(abandonMove, { moveId: 'move-1' }).thenNothing();
  });
  it('frees the kept places, for the queue first', () => {
    given(slotAfter(opened(), kept('guest'), joined('one')))
      .when(letPlacesGo, { moveId: 'move-1', at })
      .then({ type: 'PlacesLetGo', moveId: 'move-1' }, offered('one'));
    given(slotAfter(opened())).when(letPlacesGo, { moveId: 'move-1', at }).thenNothing();
    given(noSlot).when(letPlacesGo, { moveId: 'move-1', at }).thenNothing();
  });
});

describe('arriving in another slot', () => {
  it('takes the kept place with the same name and a higher sequence, and remembers where it was', () => {
    given(slotAfter(opened(), kept('guest')))
      .when(arriveFromSlot, { moveId: 'move-1', arriving, at })
      .then(arrived);
    const slot = slotAfter(opened(), kept('guest'), arrived as never) as KnownSlot;
    expect(slot.bookings).toEqual([
      { ...bookingOf(sure), sequence: 2, changedAt: at, movedByHost: false, movedFrom: from, movedBy: 'move-1' },
    ]);
    expect(slot.arrivals).toEqual([]);
    expect(placesTaken(slot)).toBe(1);
  });
  it('happens once, and only to whom a place was kept', () => {
    given(slotAfter(opened(2), kept('guest'), arrived as never))
      .when(arriveFromSlot, { moveId: 'move-1', arriving, at })
      .thenNothing();
    given(slotAfter(opened(2)))
      .when(arriveFromSlot, { moveId: 'move-1', arriving, at })
      .thenNothing();
    given(slotAfter(opened(2), kept('other')))
      .when(arriveFromSlot, { moveId: 'move-1', arriving, at })
      .thenNothing();
    given(noSlot).when(arriveFromSlot, { moveId: 'move-1', arriving, at }).thenNothing();
  });
  it('is possible even when the slot has begun meanwhile: the place was kept', () =>
    given(slotAfter(opened(), kept('guest')))
      .when(arriveFromSlot, { moveId: 'move-1', arriving, at: startsAt })
      .then({ ...arrived, at: startsAt }));
});

describe('a booking that was moved', () => {
  it('can come back', () => {
    const away = evolve(sure, left) as KnownSlot;
    expect(away.bookings).toEqual([]);
    const back = [kept('guest'), arrived as never].reduce(evolve, away as Slot) as KnownSlot;
    expect(back.bookings).toMatchObject([{ id: 'b-guest', guest: firm('guest'), product, status: 'confirmed' }]);
  });
});
