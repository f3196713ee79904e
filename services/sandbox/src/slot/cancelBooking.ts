import { type OfBooking, onBooking, overBy } from './ofBooking.ts';
import { cancelFreelyUntil, hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { reached } from './times.ts';

/** Either firm may, until the slot begins; a host says why. A guest's cancellation within the notice is noted as late. */
export const cancelBooking = (
  slot: Slot,
  { reason, ...command }: OfBooking & { readonly reason: string | null },
): readonly SlotFact[] | Refused =>
  onBooking(slot, command, (booking, now, by) => {
    const { id, status } = booking;
    switch (status) {
      case 'requested':
      case 'confirmed': {
        const { at } = command;
        if (hasBegun(now, at)) return refuse('slot-begun');
        if (by === 'host' && reason === null) return refuse('reason-needed');
        const late = by === 'guest' && status === 'confirmed' && !reached(cancelFreelyUntil(now, booking), at);
        return [{ type: 'BookingCancelled', bookingId: id, by, reason, late, at }];
      }
      case 'cancelled':
        return [];
      default:
        return refuse(overBy[status]);
    }
  });
