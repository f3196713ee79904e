import type { Party } from './booking.ts';
import { mayNotCome } from './bookSlot.ts';
import { holdMinutes } from './hold.ts';
import { inTime } from './passTime.ts';
import { liveEntryOf, liveHoldOf, placesFree } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { earlier, minutesAfter } from './times.ts';

export type HoldPlace = { readonly holdId: string; readonly guest: Party; readonly at: string };

/** Keeps a place while the form is filled in, until ten minutes are over or the slot begins. Booking takes it. */
export const holdPlace = (slot: Slot, { holdId, guest, at }: HoldPlace): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    const no = mayNotCome(now, guest.organisationId, at);
    if (no) return no;
    const entry = liveEntryOf(now, guest.organisationId);
    if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
    if (liveHoldOf(now, guest.organisationId)) return refuse('already-holding');
    if (placesFree(now) < 1) return refuse('slot-full');
    return [{ type: 'PlaceHeld', holdId, guest, until: earlier(minutesAfter(at, holdMinutes), now.startsAt) }];
  });

/** Gives the held place back before its time is over. */
export const releaseHold = (
  slot: Slot,
  { by, at }: { readonly by: string; readonly at: string },
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    const hold = liveHoldOf(now, by);
    if (hold) return [{ type: 'HoldReleased', holdId: hold.id }];
    return (now.holds ?? []).some(({ guest }) => guest.organisationId === by) ? [] : refuse('no-hold');
  });
