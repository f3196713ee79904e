import { type OfBooking, onBookingByHost, overBy } from './ofBooking.ts';
import { hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

/** Nobody came; that can be known once the slot has begun. */
export const markNoShow = (slot: Slot, command: OfBooking): readonly SlotFact[] | Refused =>
  onBookingByHost(slot, command, ({ id, status }, now) => {
    switch (status) {
      case 'requested':
        return refuse('booking-not-confirmed');
      case 'confirmed':
        return hasBegun(now, command.at)
          ? [{ type: 'GuestDidNotShow', bookingId: id, at: command.at }]
          : refuse('slot-not-begun');
      case 'no-show':
        return [];
      default:
        return refuse(overBy[status]);
    }
  });
