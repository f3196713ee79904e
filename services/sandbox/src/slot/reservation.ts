import { isToCome } from './booking.ts';
import type { Slot, SlotFact } from './slot.ts';

/** Whether the slot stands on this reservation of its host's resources; a closed one does for the bookings it keeps. */
export const standsOn = (slot: Slot, reservationId: string): boolean =>
  slot.status !== 'none' && slot.reservationId === reservationId && (slot.status === 'open' || slot.bookings.some(isToCome));

/** What it had when it closed it gives back with that: it can open only on another one. */
const gaveBack = (slot: Slot, reservationId: string): boolean => slot.status === 'closed' && slot.reservationId === reservationId;

/** Whether the slot can never be opened or moved onto this reservation any more. */
export const isGivenUp = (slot: Slot, reservationId: string): boolean =>
  gaveBack(slot, reservationId) || slot.abandonedReservations?.includes(reservationId) === true;

/**
 * Gives a reservation up unless the slot stands on it: from then on the slot can never be opened, opened again or moved onto it, however late
 * the request comes back to life.
 */
export const abandonReservation = (slot: Slot, { reservationId }: { readonly reservationId: string }): readonly SlotFact[] =>
  standsOn(slot, reservationId) || isGivenUp(slot, reservationId) ? [] : [{ type: 'ReservationAbandoned', reservationId }];
