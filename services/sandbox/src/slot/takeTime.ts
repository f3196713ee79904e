import { isToCome } from './booking.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Need, Slot, SlotFact } from './slot.ts';

export type TakeTime = {
  readonly reservationId: string;
  readonly needs: readonly Need[];
  readonly bufferMinutes: number | undefined;
};

/** A slot that was opened before its environment needed anything gets its time afterwards. One that has its time keeps it. */
export const takeTime = (slot: Slot, { reservationId, needs, bufferMinutes }: TakeTime): readonly SlotFact[] | Refused => {
  if (slot.status === 'none') return refuse('no-such-slot');
  if (slot.reservationId !== undefined) return [];
  if (slot.status === 'closed' && !slot.bookings.some(isToCome)) return [];
  if (slot.abandonedReservations?.includes(reservationId)) return refuse('reservation-abandoned');
  return [{ type: 'TimeTaken', reservationId, needs, ...(bufferMinutes === undefined ? {} : { bufferMinutes }) }];
};
