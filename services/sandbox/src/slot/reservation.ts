import { isToCome } from './booking.ts';
import type { Slot, SlotFact } from './slot.ts';

/** Whether the slot stands on this reservation of its host's resources; a closed one does for the bookings it keeps. */
export const standsOn = (slot: Slot, reservationId: string): boolean =>
  slot.status !== 'none' && slot.reservationId === reservationId && (slot.status === 'open' || slot.bookings.some(isToCome));

/**
 * Gives a reservation up unless the slot stands on it: from then on the slot can never be opened or moved onto it, however late the request
 * comes back to life.
 */
export const abandonReservation = (slot: Slot, { reservationId }: { readonly reservationId: string }): readonly SlotFact[] =>
  standsOn(slot, reservationId) || slot.status === 'closed' || slot.abandonedReservations?.includes(reservationId)
    ? []
    : [{ type: 'ReservationAbandoned', reservationId }];
