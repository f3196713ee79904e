import { type OfBooking, onBookingByHost, overBy } from './ofBooking.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type ConfirmBooking = OfBooking & {
  /** What the slot does not have by itself, in words; nothing where it has all it needs. */
  readonly conflict?: string | undefined;
};

/**
 * The request holds its place already, and no later one can take it: so a confirmation needs no other. What the slot stands on may be
 * another's, where the environment was described so after both were open.
 */
export const confirmBooking = (slot: Slot, { conflict, ...command }: ConfirmBooking): readonly SlotFact[] | Refused =>
  onBookingByHost(slot, command, ({ id, status }) => {
    switch (status) {
      case 'requested':
        if (conflict !== undefined) return refuse('slot-in-conflict', conflict);
        return [{ type: 'BookingConfirmed', bookingId: id, at: command.at }];
      case 'confirmed':
        return [];
      default:
        return refuse(overBy[status]);
    }
  });
