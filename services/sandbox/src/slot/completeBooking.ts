import type { Report } from './booking.ts';
import { type OfBooking, onBookingByHost, overBy } from './ofBooking.ts';
import { hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

/** A test ends in its report; so does one of which was noted too early that nobody came. A second report is refused rather than lost in silence. */
export const completeBooking = (slot: Slot, command: OfBooking & { readonly report: Report }): readonly SlotFact[] | Refused =>
  onBookingByHost(slot, command, ({ id, status }, now) => {
    switch (status) {
      case 'requested':
        return refuse('booking-not-confirmed');
      case 'confirmed':
      case 'no-show':
        return hasBegun(now, command.at)
          ? [{ type: 'BookingCompleted', bookingId: id, report: command.report, at: command.at }]
          : refuse('slot-not-begun');
      default:
        return refuse(overBy[status]);
    }
  });
