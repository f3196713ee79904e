import { type Booking, isToCome } from './booking.ts';
import type { Moving } from './hold.ts';
import { type Refused, refuse } from './refusals.ts';
import type { KnownSlot, SlotFact } from './slot.ts';

/** What the host says happens to the bookings of a slot that it changes or closes. Without bookings nothing has to be said. */
export type Fate =
  | { readonly do: 'cancel' }
  | { readonly do: 'keep' }
  /** Places are kept there for exactly these. */
  | { readonly do: 'move'; readonly to: string; readonly moveId: string; readonly bookings: readonly Moving[] };

/** The bookings that a host must say something of. */
export const undecided = ({ bookings }: KnownSlot): readonly Booking[] => bookings.filter(isToCome);

/** What follows for the bookings; nothing is left open, and nobody who booked meanwhile is forgotten. */
export const decideFate = (
  slot: KnownSlot,
  fate: Fate | undefined,
  { reason, at }: { readonly reason: string; readonly at: string },
): readonly SlotFact[] | Refused => {
  const bookings = undecided(slot);
  if ((slot.arrivals ?? []).length > 0) return refuse('moves-under-way');
  if (bookings.length === 0 && fate?.do !== 'move') return [];
  switch (fate?.do) {
    case undefined:
      return refuse('bookings-undecided');
    case 'keep':
      return [];
    case 'cancel':
      return bookings.map(({ id }) => ({ type: 'BookingCancelled', bookingId: id, by: 'host', reason, late: false, at }));
    case 'move': {
      if ((slot.abandonedMoves ?? []).includes(fate.moveId)) return refuse('move-abandoned');
      const expected = fate.bookings.map(({ bookingId }) => bookingId);
      if (bookings.length !== expected.length || bookings.some(({ id }) => !expected.includes(id)))
        return refuse('bookings-changed');
      return bookings.map((booking) => ({
        type: 'BookingLeft',
        moveId: fate.moveId,
        to: fate.to,
        booking,
        by: 'host',
        reason,
        late: false,
        at,
      }));
    }
  }
};
