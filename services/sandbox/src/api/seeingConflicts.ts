import type { Obstacle } from '../resources/inTheWay.ts';
import type { Conflict } from '../slot/booking.ts';
import { isRefused, type Refused } from '../slot/refusals.ts';
import type { KnownSlot, Slot, SlotFact } from '../slot/slot.ts';
import { conflictNow } from '../standingSlots.ts';
import type { Deps } from './deps.ts';

/** What is in the way of a slot; it throws where nobody has looked yet at the time that this slot stands on. */
export type Seeing = (slot: KnownSlot) => Obstacle | undefined;

/** Nobody has looked yet at what stands in this slot's way. Thrown, because it is no answer to be remembered. */
class NotSeen extends Error {
  override readonly name = 'NotSeen';
  readonly slot: KnownSlot;
  constructor(slot: KnownSlot) {
    super(`nobody could look at what stands in the way of the slot ${slot.id}: it had another time at each look`);
    this.slot = slot;
  }
}

/** Each look is at another time of the slot, so more than two need a host who changes it in these very moments. */
const mostLooks = 5;

/** A slot that has its time without anything in its way keeps it so: later ones stand back. So what was seen holds while it stands on that time. */
const timeOf = ({ id, reservationId = '' }: KnownSlot): string => `${id} ${reservationId}`;

/**
 * Acts, and where the decision depends on what is in a slot's way, looks first and acts once more: what was seen is of the very time on
 * which the slot stands in the write. `givingWay` is a slot that is about to give its time back.
 */
export const seeingConflicts = async <Result>(
  deps: Pick<Deps, 'slots' | 'resources' | 'environments' | 'clock'>,
  act: (see: Seeing) => Promise<Result>,
  givingWay?: string,
): Promise<Result> => {
  const seen = new Map<string, Obstacle | undefined>();
  const see: Seeing = (slot) => {
    const time = timeOf(slot);
    if (!seen.has(time)) throw new NotSeen(slot);
    return seen.get(time);
  };
  for (let look = 1; ; look++) {
    try {
      return await act(see);
    } catch (error) {
      if (!(error instanceof NotSeen) || look > mostLooks) throw error;
      seen.set(timeOf(error.slot), await conflictNow(deps, error.slot, givingWay));
    }
  }
};

/** As a booking keeps it. */
export const toConflict = ({ refused: because, resource, freeAt, by }: Obstacle): Conflict => ({
  because,
  ...(resource === undefined ? {} : { resource }),
  ...(freeAt === undefined ? {} : { freeAt }),
  ...(by === undefined ? {} : { with: by }),
});

type Decision = readonly SlotFact[] | Refused;

/** Nothing is confirmed unseen: a decision that would confirm a booking is made once more where something is in the slot's way. */
export const confirmedOnlySeen = (see: Seeing, slot: Slot, decide: (obstacle?: Obstacle) => Decision): Decision => {
  const decision = decide();
  if (isRefused(decision) || slot.status === 'none' || !decision.some(({ type }) => type === 'BookingConfirmed')) return decision;
  const obstacle = see(slot);
  return obstacle === undefined ? decision : decide(obstacle);
};
