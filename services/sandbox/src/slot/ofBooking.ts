import type { Booking } from './booking.ts';
import { inTime } from './passTime.ts';
import { isHost } from './places.ts';
import { type Refused, refuse, type SlotRefusal } from './refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';

export type OfBooking = { readonly bookingId: string; readonly by: string; readonly at: string };

/** Decides on one booking as time has made it. To all but its two firms it does not exist. */
export const onBooking = (
  slot: Slot,
  { bookingId, by, at }: OfBooking,
  decide: (booking: Booking, slot: KnownSlot, as: 'guest' | 'host') => readonly SlotFact[] | Refused,
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    const booking = now.status === 'none' ? undefined : now.bookings.find(({ id }) => id === bookingId);
    if (now.status === 'none' || !booking) return refuse('no-such-booking');
    if (isHost(now, by)) return decide(booking, now, 'host');
    return booking.guest.organisationId === by ? decide(booking, now, 'guest') : refuse('no-such-booking');
  });

/** The same for what only the host says. */
export const onBookingByHost = (
  slot: Slot,
  command: OfBooking,
  decide: (booking: Booking, slot: KnownSlot) => readonly SlotFact[] | Refused,
): readonly SlotFact[] | Refused =>
  onBooking(slot, command, (booking, now, as) => (as === 'host' ? decide(booking, now) : refuse('not-the-host')));

/** What stands in the way when a booking has come to its end already. */
export const overBy = {
  declined: 'booking-declined',
  cancelled: 'booking-cancelled',
  completed: 'booking-completed',
  'no-show': 'guest-did-not-show',
} as const satisfies Record<Exclude<Booking['status'], 'requested' | 'confirmed'>, SlotRefusal>;
