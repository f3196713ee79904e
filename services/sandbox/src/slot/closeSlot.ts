import { holdsPlace } from './booking.ts';
import { inTime } from './passTime.ts';
import { hasBegun, isHost } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { isLive } from './waitlist.ts';

export type CloseSlot = { readonly reason: string; readonly by: string; readonly at: string };

/** Closing tells everybody who booked or waits, with the reason. */
export const closeSlot = (slot: Slot, { reason, by, at }: CloseSlot): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    if (!isHost(now, by)) return refuse('not-the-host');
    if (now.status === 'closed') return [];
    if (hasBegun(now, at)) return refuse('slot-begun');
    if ((now.arrivals ?? []).length > 0) return refuse('moves-under-way');
    return [
      { type: 'SlotClosed', reason },
      ...now.bookings
        .filter(holdsPlace)
        .map(({ id }): SlotFact => ({ type: 'BookingCancelled', bookingId: id, by: 'host', reason, late: false, at })),
      ...(now.holds ?? [])
        .filter(({ status }) => status === 'held')
        .map(({ id }): SlotFact => ({ type: 'HoldReleased', holdId: id })),
      ...now.waitlist.filter(isLive).map(({ id }): SlotFact => ({ type: 'WaitlistEnded', entryId: id, because: 'closed' })),
    ];
  });
