import type { Slot } from '../slot/slot.ts';
import { conflictOf } from '../standingSlots.ts';
import type { Deps } from './deps.ts';

/** Nobody has looked yet at what stands in this slot's way. Thrown, because it is no answer to be remembered. */
class NotSeen extends Error {
  override readonly name = 'NotSeen';
  readonly slot: Slot;
  constructor(slot: Slot) {
    super();
    this.slot = slot;
  }
}

/**
 * Where a booking would be confirmed without anybody looking, and the slot stands on time of its host's resources, it is looked at first
 * whether it has that time by itself. Other slots are decided on at once: nothing is reserved for them that another could have.
 */
export const seeingConflicts = async <Result>(
  deps: Deps,
  act: (inConflict: (slot: Slot) => boolean) => Promise<Result>,
): Promise<Result> => {
  let seen: boolean | undefined;
  const inConflict = (slot: Slot): boolean => {
    if (slot.status !== 'open' || slot.terms.confirmation !== 'automatic' || slot.reservationId === undefined) return false;
    if (seen === undefined) throw new NotSeen(slot);
    return seen;
  };
  try {
    return await act(inConflict);
  } catch (error) {
    if (!(error instanceof NotSeen) || error.slot.status === 'none') throw error;
    seen = (await conflictOf(deps, error.slot)) !== undefined;
    return act(inConflict);
  }
};
