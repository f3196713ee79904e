import type { Party, Product } from './booking.ts';
import { mayNotCome } from './bookSlot.ts';
import { inTime } from './passTime.ts';
import { liveEntryOf, longestQueue, placesFree } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type JoinWaitlist = { readonly entryId: string; readonly guest: Party; readonly product: Product; readonly at: string };

/** First come, first served; only for a slot without a free place. */
export const joinWaitlist = (slot: Slot, { entryId, guest, product, at }: JoinWaitlist): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    const no = mayNotCome(now, guest.organisationId, at);
    if (no) return no;
    const entry = liveEntryOf(now, guest.organisationId);
    if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
    if (placesFree(now) > 0) return refuse('places-free');
    if (now.waitlist.filter(({ status }) => status === 'waiting').length >= longestQueue) return refuse('waitlist-full');
    return [{ type: 'WaitlistJoined', entryId, guest, product, at }];
  });
