import { type OfBooking, onBookingByHost, overBy } from './ofBooking.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

/** The request holds its place already, so a confirmation needs no other. */
export const confirmBooking = (slot: Slot, command: OfBooking): readonly SlotFact[] | Refused =>
  onBookingByHost(slot, command, ({ id, status }) => {
    switch (status) {
      case 'requested':
        return [{ type: 'BookingConfirmed', bookingId: id, at: command.at }];
      case 'confirmed':
        return [];
      default:
        return refuse(overBy[status]);
    }
  });
