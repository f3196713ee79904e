import { type OfBooking, onBookingByHost, overBy } from './ofBooking.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

/** Says no to a request, with a reason the guest can use. */
export const declineBooking = (slot: Slot, command: OfBooking & { readonly reason: string }): readonly SlotFact[] | Refused =>
  onBookingByHost(slot, command, ({ id, status }) => {
    switch (status) {
      case 'requested':
        return [{ type: 'BookingDeclined', bookingId: id, by: 'host', reason: command.reason, at: command.at }];
      case 'confirmed':
        return refuse('booking-confirmed');
      case 'declined':
        return [];
      default:
        return refuse(overBy[status]);
    }
  });
