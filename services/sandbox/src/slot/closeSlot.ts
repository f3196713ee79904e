import { decideFate, type Fate } from './fate.ts';
import { inTime } from './passTime.ts';
import { hasBegun, isHost } from './places.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { isLive } from './waitlist.ts';

export type CloseSlot = {
  readonly reason: string;
  readonly bookings?: Fate | undefined;
  readonly by: string;
  readonly at: string;
};

/** Nobody comes any more but those whose bookings are kept. Everybody who booked, waits or fills in the form gets an answer. */
export const closeSlot = (slot: Slot, { reason, bookings, by, at }: CloseSlot): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    if (!isHost(now, by)) return refuse('not-the-host');
    if (now.status === 'closed') return [];
    if (hasBegun(now, at)) return refuse('slot-begun');
    const fate = decideFate(now, bookings, { reason, at });
    if (isRefused(fate)) return fate;
    return [
      { type: 'SlotClosed', reason },
      ...fate,
      ...(now.holds ?? [])
        .filter(({ status }) => status === 'held')
        .map(({ id }): SlotFact => ({ type: 'HoldReleased', holdId: id })),
      ...now.waitlist.filter(isLive).map(({ id }): SlotFact => ({ type: 'WaitlistEnded', entryId: id, because: 'closed' })),
    ];
  });
