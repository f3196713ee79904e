import type { Booking } from '../slot/booking.ts';
import { isHost } from '../slot/places.ts';
import { type Refused, refuse } from '../slot/refusals.ts';
import type { KnownSlot, Slot } from '../slot/slot.ts';
import { conflictNow } from '../standingSlots.ts';
import type { Deps } from './deps.ts';

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
 * answered may: it is looked at when it is confirmed. What is in the way is told to the host alone.
 */
export const whyNotThere = async (
  deps: Deps,
  { from, to, moving, by, isGivenUp = false }: Moving,
): Promise<Refused | undefined> => {
  if (to.status !== 'open' || to.id === from.id || to.terms.environmentId !== from.terms.environmentId) return undefined;
  if (!moving.some(({ status }) => status === 'confirmed')) return undefined;
  const obstacle = await conflictNow(deps, to, isGivenUp ? from.id : undefined);
  return obstacle && refuse('slot-in-conflict', isHost(from, by) ? obstacle.detail : undefined);
};
