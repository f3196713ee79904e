import { isToCome } from './booking.ts';
import { type Refused, refuse } from './refusals.ts';
import { isGivenUp } from './reservation.ts';
import type { Need, Slot, SlotFact } from './slot.ts';

export type TakeTime = {
  readonly reservationId: string;
  /** The time as it is reserved: when it begins, and when it is free again, buffer included. */
  readonly startsAt: string;
  readonly freeAt: string;
  readonly needs: readonly Need[];
  readonly bufferMinutes: number | undefined;
};

/**
 * A slot that was opened before its environment needed anything gets its time afterwards. One that has its time keeps it, and one that was given
 * another time meanwhile never stands on what was reserved for the one before.
 */
export const takeTime = (
  slot: Slot,
  { reservationId, startsAt, freeAt, needs, bufferMinutes }: TakeTime,
): readonly SlotFact[] | Refused => {
  if (slot.status === 'none') return refuse('no-such-slot');
  if (slot.reservationId !== undefined) return [];
  if (slot.status === 'closed' && !slot.bookings.some(isToCome)) return [];
  if (isGivenUp(slot, reservationId)) return refuse('reservation-abandoned');
  const free = Temporal.Instant.from(slot.endsAt).add({ minutes: bufferMinutes ?? 0 });
  if (slot.startsAt !== startsAt || !free.equals(freeAt)) return refuse('reservation-abandoned');
  return [timeTaken({ reservationId, needs, bufferMinutes })];
};

export const timeTaken = ({
  reservationId,
  needs,
  bufferMinutes,
}: Pick<TakeTime, 'reservationId' | 'needs' | 'bufferMinutes'>): SlotFact => ({
  type: 'TimeTaken',
  reservationId,
  needs,
  ...(bufferMinutes === undefined ? {} : { bufferMinutes }),
});
