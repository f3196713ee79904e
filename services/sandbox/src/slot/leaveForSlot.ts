import type { TermsAccepted } from './booking.ts';
import { type OfBooking, onBooking, overBy } from './ofBooking.ts';
import { cancelFreelyUntil, hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { reached } from './times.ts';

export type LeaveForSlot = OfBooking & {
  readonly moveId: string;
  readonly to: string;
  readonly reason: string | null;
  /** Of the other slot's terms, where they are not those of this one. */
  readonly termsAccepted?: TermsAccepted;
};

/**
 * The booking changes its place, in this one write: the other slot keeps a place for it already, so it is never without one, and it has
 * only one. The status stays: what the host confirmed is who comes, and it opened both slots.
 */
export const leaveForSlot = (
  slot: Slot,
  { moveId, to, reason, termsAccepted, ...command }: LeaveForSlot,
): readonly SlotFact[] | Refused => {
  if (slot.status !== 'none' && hasLeft(slot, moveId, command.bookingId)) return [];
  return onBooking(slot, command, (booking, now, by) => {
    switch (booking.status) {
      case 'requested':
      case 'confirmed': {
        const { at } = command;
        if ((now.abandonedMoves ?? []).includes(moveId)) return refuse('move-abandoned');
        if (to === now.id) return refuse('same-slot');
        if (hasBegun(now, at)) return refuse('slot-begun');
        if (by === 'host' && reason === null) return refuse('reason-needed');
        const late = by === 'guest' && booking.status === 'confirmed' && !reached(cancelFreelyUntil(now, booking), at);
        const taken = termsAccepted === undefined ? booking : { ...booking, termsAccepted };
        return [{ type: 'BookingLeft', moveId, to, booking: taken, by, reason, late, at }];
      }
      default:
        return refuse(overBy[booking.status]);
    }
  });
};

const hasLeft = ({ departures = [] }: Exclude<Slot, { status: 'none' }>, move: string, bookingId: string): boolean =>
  departures.some(({ moveId, booking }) => moveId === move && booking.id === bookingId);

/** Gives a move up unless its bookings have left: from then on it can never happen, however late its request comes back to life. */
export const abandonMove = (slot: Slot, { moveId }: { readonly moveId: string }): readonly SlotFact[] => {
  if (slot.status === 'none') return [];
  const { departures = [], abandonedMoves = [] } = slot;
  const isDecided = departures.some((departure) => departure.moveId === moveId) || abandonedMoves.includes(moveId);
  return isDecided ? [] : [{ type: 'MoveAbandoned', moveId }];
};
