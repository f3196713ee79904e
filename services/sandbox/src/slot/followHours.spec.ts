import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { keepPlaces } from './arriveFromSlot.ts';
import { bookSlot } from './bookSlot.ts';
import { cancelBooking } from './cancelBooking.ts';
import { changeCapacity } from './changeCapacity.ts';
import {
  cancelled,
  closed,
  confirmed,
  days,
  declined,
  during,
  endsAt,
  fullSlot,
  held,
  joined,
  kept,
  opened,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { followHours } from './followHours.ts';
import { holdPlace } from './holdPlace.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { phaseOf, placesOpen } from './places.ts';
import { abandonReservation } from './reservation.ts';
import { evolve, type KnownSlot, noSlot, type SlotFact } from './slot.ts';

const reason = 'The opening hours have changed.';
const told = { reason, at: days.before };
const gone = { ...told, wanted: false as const };
const byHours: SlotFact = { type: 'SlotClosed', reason, byHours: true };

const left = (places: number): SlotFact => ({ type: 'LeftOutsideHours', places });

describe('a slot of opening hours', () => {
  it('stands while its hours have it, with the places it has, or with theirs where these change', () => {
    given(slotAfter(opened(2)))
      .when(followHours, { ...told, wanted: {}, inUse: 'keep' })
      .thenNothing();
    given(slotAfter(opened(2)))
      .when(followHours, { ...told, wanted: { capacity: 3 }, inUse: 'keep' })
      .then({ type: 'CapacityChanged', capacity: 3 });
  });

  it('keeps as many places as are taken, whatever its hours say', () =>
    given(slotAfter(opened(3), requested('first'), requested('second')))
      .when(followHours, { ...told, wanted: { capacity: 1 }, inUse: 'cancel' })
      .then({ type: 'CapacityChanged', capacity: 2 }));

  it('that nobody uses closes when its hours no longer have it', () => {
    const unused = [
      slotAfter(opened()),
      slotAfter(opened(), requested('first'), cancelled('first')),
      slotAfter(opened(), requested('first'), declined('first')),
    ];
    for (const slot of unused)
      for (const inUse of ['keep', 'cancel'] as const)
        given(slot)
          .when(followHours, { ...gone, inUse })
          .then(byHours);
  });

  it('with bookings stands without free places, where the host said to keep it', () => {
    given(slotAfter(opened(3), requested('first')))
      .when(followHours, { ...gone, inUse: 'keep' })
      .then(left(3), { type: 'CapacityChanged', capacity: 1 });
    given(fullSlot(joined('second')))
      .when(followHours, { ...gone, inUse: 'keep' })
      .then(left(1));
    given(fullSlot(left(1)))
      .when(followHours, { ...gone, inUse: 'keep' })
      .thenNothing();
  });

  it('that stands for those in it takes nobody else when a place becomes free, but serves who waited already', () => {
    const stands = slotAfter(opened(3), requested('first'), held('third'), left(3), { type: 'CapacityChanged', capacity: 2 });
    const freed = evolve(stands, cancelled('first')) as KnownSlot;
    expect([placesOpen(freed), phaseOf(freed, days.before)]).toEqual([0, 'full']);
    const at = days.before;
    const guest = { organisationId: 'newcomer', name: null };
    const product = { name: 'Wallet', description: 'A wallet', goals: 'Find out' };
    given(freed).when(bookSlot, { bookingId: 'b', uid: 'u', guest, product, at }).thenRefused('outside-hours');
    given(freed).when(holdPlace, { holdId: 'h', guest, at }).thenRefused('outside-hours');
    given(freed).when(joinWaitlist, { entryId: 'e', guest, product, at }).thenRefused('outside-hours');
    const coming = [{ bookingId: 'b', guest: 'newcomer', product }];
    given(freed)
      .when(keepPlaces, {
        moveId: 'm',
        from: 's-other',
        environmentId: freed.terms.environmentId,
        bookings: coming,
        settleAt: at,
        at,
      })
      .thenRefused('outside-hours');
    // Who fills in the form keeps its place, and the queue of before comes to its turn.
    expect(
      bookSlot(freed, { bookingId: 'b', uid: 'u', guest: { organisationId: 'third', name: null }, product, at }),
    ).toMatchObject([{ type: 'HoldBooked' }, { type: 'BookingRequested' }]);
    given(fullSlot(joined('second'), left(1)))
      .when(cancelBooking, { bookingId: 'b-first', by: 'first', reason: null, at })
      .then(
        expect.objectContaining({ type: 'BookingCancelled' }),
        expect.objectContaining({ type: 'PlaceOffered', entryId: 'e-second' }),
      );
  });

  it('has its places again when its hours have it again, or when the host gives it more', () => {
    const stands = slotAfter(opened(3), requested('first'), left(3), { type: 'CapacityChanged', capacity: 1 }) as KnownSlot;
    const again = { ...told, inUse: 'keep' as const };
    given(stands)
      .when(followHours, { ...again, wanted: {} })
      .then({ type: 'BackInHours' }, { type: 'CapacityChanged', capacity: 3 });
    given(stands)
      .when(followHours, { ...again, wanted: { capacity: 5 } })
      .then({ type: 'BackInHours' }, { type: 'CapacityChanged', capacity: 5 });
    expect(evolve(slotAfter(opened(), left(1)), { type: 'BackInHours' })).toEqual(slotAfter(opened()));
    given(stands)
      .when(changeCapacity, { capacity: 2, by: stands.terms.host.organisationId, at: days.before })
      .then({ type: 'BackInHours', byHost: true }, { type: 'CapacityChanged', capacity: 2 });
    const offered = slotAfter(opened(), left(1), { type: 'BackInHours', byHost: true });
    expect(offered).toEqual({ ...slotAfter(opened()), offeredByHost: true });
    expect(evolve(offered, left(1))).toEqual(slotAfter(opened(), left(1)));
    expect(evolve(offered, { type: 'BackInHours' })).toEqual(slotAfter(opened()));
    expect(slotAfter(opened(3), { type: 'BackInHours', byHost: true }, byHours, { type: 'SlotReopened', capacity: 3 })).toEqual(
      slotAfter(opened(3)),
    );
    given(offered)
      .when(followHours, { ...again, wanted: {} })
      .then({ type: 'BackInHours' });
    const closedLater = slotAfter(opened(3), left(3), { type: 'CapacityChanged', capacity: 1 }, byHours);
    given(closedLater)
      .when(followHours, { ...again, wanted: {} })
      .then({ type: 'SlotReopened', capacity: 3 });
    expect(evolve(closedLater, { type: 'SlotReopened', capacity: 3 })).toEqual(slotAfter(opened(3)));
  });

  it('with bookings closes where the host said to cancel, and all who booked or wait are told why', () =>
    given(fullSlot(joined('second')))
      .when(followHours, { ...gone, inUse: 'cancel' })
      .then(
        byHours,
        { type: 'BookingCancelled', bookingId: 'b-first', by: 'host', reason, late: false, at: days.before },
        { type: 'WaitlistEnded', entryId: 'e-second', because: 'closed' },
      ));

  it('gives back a place held for a form, but stands for a booking that is on its way here', () => {
    given(slotAfter(opened(2), held('guest')))
      .when(followHours, { ...gone, inUse: 'cancel' })
      .then(byHours, { type: 'HoldReleased', holdId: 'h-guest' });
    given(slotAfter(opened(2), kept('guest')))
      .when(followHours, { ...gone, inUse: 'cancel' })
      .then(left(2), { type: 'CapacityChanged', capacity: 1 });
  });

  it('that its hours have again opens again, unless the host closed it by hand', () => {
    const again = { ...told, wanted: {}, inUse: 'keep' as const };
    given(slotAfter(opened(2), byHours))
      .when(followHours, again)
      .then({ type: 'SlotReopened', capacity: 2 });
    given(slotAfter(opened(2), byHours))
      .when(followHours, { ...again, wanted: { capacity: 3 } })
      .then({ type: 'SlotReopened', capacity: 3 });
    given(slotAfter(opened(2), closed))
      .when(followHours, again)
      .thenNothing();
    given(slotAfter(opened(2), byHours))
      .when(followHours, { ...gone, inUse: 'keep' })
      .thenNothing();
    expect(slotAfter(opened(2), byHours, { type: 'SlotReopened', capacity: 2 })).toEqual(slotAfter(opened(2)));
    const reserved = { ...again, reserved: { reservationId: 'r-2', startsAt, endsAt } };
    const on = { type: 'SlotReopened', capacity: 2, reservationId: 'r-2' } as const;
    given(slotAfter(opened(2), byHours))
      .when(followHours, reserved)
      .then(on);
    expect(slotAfter(opened(2), byHours, on)).toEqual({ ...slotAfter(opened(2)), reservationId: 'r-2' });
    // Its environment needs something by now: what is reserved is what it has.
    given(slotAfter(opened(2), byHours))
      .when(followHours, { ...reserved, takes: { needs: [], bufferMinutes: 0 } })
      .then(on, { type: 'TimeTaken', reservationId: 'r-2', needs: [], bufferMinutes: 0 });
    const late = abandonReservation(slotAfter(opened(2), byHours), { reservationId: 'r-2' });
    given(slotAfter(opened(2), byHours, ...late))
      .when(followHours, reserved)
      .thenRefused('reservation-abandoned');
    // Nor at another time than it was asked for: it was moved by hand and closed again meanwhile.
    for (const other of [{ startsAt: endsAt }, { endsAt: startsAt }])
      given(slotAfter(opened(2), byHours))
        .when(followHours, { ...reserved, reserved: { ...reserved.reserved, ...other } })
        .thenRefused('reservation-abandoned');
    // Nor on what it stood on before it closed: that was given back.
    given(slotAfter(opened(2), byHours, on, byHours))
      .when(followHours, reserved)
      .thenRefused('reservation-abandoned');
  });

  it('is not touched any more once it has begun, and nothing is said of one that is not there', () => {
    given(fullSlot(confirmed('first')))
      .when(followHours, { ...gone, inUse: 'cancel', at: during })
      .thenNothing();
    given(noSlot)
      .when(followHours, { ...gone, inUse: 'cancel' })
      .thenNothing();
  });
});
