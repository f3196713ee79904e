import type { Obstacle } from '../resources/inTheWay.ts';
import type { Booking } from '../slot/booking.ts';
import { isHost } from '../slot/places.ts';
import { isRefused, type Refused, refuse } from '../slot/refusals.ts';
import type { KnownSlot, Slot, SlotFact } from '../slot/slot.ts';
import { lacksSeats } from '../slot/testers.ts';
import { conflictNow } from '../standingSlots.ts';
import type { Deps } from './deps.ts';
import type { Seeing } from './seeingConflicts.ts';

type Moving = {
  readonly from: KnownSlot;
  readonly to: Slot;
  readonly moving: readonly Booking[];
  readonly by: string;
  /** The slot they leave gives its time back: it is in nobody's way any more. */
  readonly isGivenUp?: boolean;
};

/**
 * A confirmed booking stays confirmed where it moves, so it only moves to a slot that has by itself what it stands on. One that the host has not
 * answered may: it is looked at when it is confirmed. Asked before a place is kept, so that none is kept in vain.
 */
export const whyNotThere = async (
  deps: Deps,
  { from, to, moving, by, isGivenUp = false }: Moving,
): Promise<Refused | undefined> => {
  if (to.status !== 'open' || to.id === from.id || to.terms.environmentId !== from.terms.environmentId) return undefined;
  if (!moving.some(({ status }) => status === 'confirmed')) return undefined;
  const obstacle = await conflictNow(deps, to, isGivenUp ? from.id : undefined);
  return obstacle && inConflict(from, by, obstacle);
};

/** What is in the way is told to the host alone. */
const inConflict = (from: KnownSlot, by: string, { detail }: Obstacle): Refused =>
  refuse('slot-in-conflict', isHost(from, by) ? detail : undefined);

/**
 * The same in the write by which bookings leave, of the slot that keeps places for them: it may have another time than before it kept them, and
 * what nobody had confirmed then may be confirmed by now, or bring more testers.
 */
export const leavingOnlySeen = (
  see: Seeing,
  { from, to, by }: { readonly from: Slot; readonly to: Slot; readonly by: string },
  decision: readonly SlotFact[] | Refused,
): readonly SlotFact[] | Refused => {
  if (isRefused(decision) || from.status === 'none' || to.status === 'none') return decision;
  const crowded = decision
    .map((fact) => (fact.type === 'BookingLeft' && fact.by === 'guest' ? lacksSeats(to, fact.booking.testers) : undefined))
    .find((no) => no !== undefined);
  if (crowded) return crowded;
  if (!decision.some((fact) => fact.type === 'BookingLeft' && fact.booking.status === 'confirmed')) return decision;
  const obstacle = see(to);
  return obstacle === undefined ? decision : inConflict(from, by, obstacle);
};
