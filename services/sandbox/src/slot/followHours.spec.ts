import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import {
  cancelled,
  closed,
  confirmed,
  days,
  declined,
  during,
  fullSlot,
  held,
  joined,
  kept,
  opened,
  requested,
  slotAfter,
} from './exampleSlots.ts';
import { followHours } from './followHours.ts';
import { noSlot, type SlotFact } from './slot.ts';

const reason = 'The opening hours have changed.';
const told = { reason, at: days.before };
const gone = { ...told, wanted: false as const };
const byHours: SlotFact = { type: 'SlotClosed', reason, byHours: true };

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
      .then({ type: 'CapacityChanged', capacity: 1 });
    given(fullSlot(joined('second')))
      .when(followHours, { ...gone, inUse: 'keep' })
      .thenNothing();
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
      .then({ type: 'CapacityChanged', capacity: 1 });
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
    const reserved = { ...again, reservationId: 'r-2' };
    const on = { type: 'SlotReopened', capacity: 2, reservationId: 'r-2' } as const;
    given(slotAfter(opened(2), byHours))
      .when(followHours, reserved)
      .then(on);
    expect(slotAfter(opened(2), byHours, on)).toEqual({ ...slotAfter(opened(2)), reservationId: 'r-2' });
    given(slotAfter(opened(2), byHours, { type: 'ReservationAbandoned', reservationId: 'r-2' }))
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
