import { isToCome } from './booking.ts';
import type { KnownSlot } from './slot.ts';

/** What a slot remembers of how its guests behaved. */
export type Conduct = 'late' | 'no-show' | 'completed';

type Behaved = { readonly guest: string; readonly conduct: Conduct };

/** Each company once for each kind: who cancels the same slot late twice did it in one slot. Moving away late is as late as cancelling. */
export const conductIn = ({ bookings, departures = [] }: KnownSlot): readonly Behaved[] => {
  const said: readonly Behaved[] = [
    ...bookings.flatMap((booking): Behaved[] => {
      const guest = booking.guest.organisationId;
      if (booking.status === 'cancelled') return booking.late ? [{ guest, conduct: 'late' }] : [];
      if (booking.status === 'no-show') return [{ guest, conduct: 'no-show' }];
      return booking.status === 'completed' ? [{ guest, conduct: 'completed' }] : [];
    }),
    ...departures.flatMap(({ booking, late }): Behaved[] =>
      late ? [{ guest: booking.guest.organisationId, conduct: 'late' }] : [],
    ),
  ];
  return said.filter(({ guest, conduct }, n) => said.findIndex((one) => one.guest === guest && one.conduct === conduct) === n);
};

/** A booking for which a place is kept here, and the slot that it leaves, if it has not left it yet. */
export type OnTheWay = { readonly guest: string; readonly bookingId: string; readonly from: string };
export const onTheWayTo = ({ arrivals = [] }: KnownSlot): readonly OnTheWay[] =>
  arrivals.flatMap(({ from, bookings }) => bookings.map(({ guest, bookingId }) => ({ guest, bookingId, from })));

/** Who has a booking that is to come, here or on its way here, and who holds a place for its form. Each company has one of both at most. */
export const comingTo = (slot: KnownSlot): readonly string[] => [
  ...slot.bookings.filter(isToCome).map(({ guest }) => guest.organisationId),
  ...onTheWayTo(slot).map(({ guest }) => guest),
];
export const holdingIn = ({ holds = [] }: KnownSlot): readonly string[] =>
  holds.filter(({ status }) => status === 'held').map(({ guest }) => guest.organisationId);
