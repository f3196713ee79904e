import { type Form, formOf, type Party } from './booking.ts';
import { mayNotCome, mayNotTest, mustSayWhatData, readAnother } from './bookSlot.ts';
import { inTime } from './passTime.ts';
import { liveEntryOf, liveHoldOf, longestQueue, placesFree } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type JoinWaitlist = Form & {
  readonly entryId: string;
  readonly guest: Party;
  readonly startsAt?: string | undefined;
  readonly at: string;
};

/** First come, first served; only for a slot without a free place. */
export const joinWaitlist = (slot: Slot, command: JoinWaitlist): readonly SlotFact[] | Refused =>
  inTime(slot, command.at, (now) => {
    const { entryId, guest, at } = command;
    if (now.status === 'none') return refuse('no-such-slot');
    const no =
      mayNotCome(now, guest.organisationId, at) ??
      readAnother(now, command.startsAt) ??
      mayNotTest(now, command) ??
      mustSayWhatData(now, command);
    if (no) return no;
    const entry = liveEntryOf(now, guest.organisationId);
    if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
    if (liveHoldOf(now, guest.organisationId)) return refuse('already-holding');
    if (placesFree(now) > 0) return refuse('places-free');
    if (now.waitlist.filter(({ status }) => status === 'waiting').length >= longestQueue) return refuse('waitlist-full');
    return [{ type: 'WaitlistJoined', entryId, guest, ...formOf(command), at }];
  });
