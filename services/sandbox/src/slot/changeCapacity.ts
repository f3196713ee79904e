import { inTime } from './passTime.ts';
import { hasBegun, isHost, placesTaken } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type ChangeCapacity = { readonly capacity: number; readonly by: string; readonly at: string };

/** Added places go to the waitlist first; places that are taken or on offer cannot be taken away. */
export const changeCapacity = (slot: Slot, { capacity, by, at }: ChangeCapacity): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    if (!isHost(now, by)) return refuse('not-the-host');
    if (now.status === 'closed') return refuse('slot-closed');
    if (hasBegun(now, at)) return refuse('slot-begun');
    if (capacity === now.capacity) return [];
    const taken = placesTaken(now);
    if (capacity < taken)
      return refuse(
        'capacity-below-places-taken',
        `${taken} places are booked or on offer; choose at least ${taken}, or cancel bookings first.`,
      );
    // A host that gives it more places offers them, whatever its hours say.
    const offered: readonly SlotFact[] =
      now.outsideHours && capacity > now.capacity ? [{ type: 'BackInHours', byHost: true }] : [];
    return [...offered, { type: 'CapacityChanged', capacity }];
  });
