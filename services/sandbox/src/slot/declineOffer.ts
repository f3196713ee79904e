import { inTime } from './passTime.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type DeclineOffer = { readonly entryId: string; readonly by: string; readonly at: string };

/** Lets the offered place pass to the next, or leaves the queue before its turn. */
export const declineOffer = (slot: Slot, { entryId, by, at }: DeclineOffer): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    const entry = now.status === 'none' ? undefined : now.waitlist.find(({ id }) => id === entryId);
    if (entry?.guest.organisationId !== by) return refuse('no-such-entry');
    switch (entry.status) {
      case 'waiting':
        return [{ type: 'WaitlistLeft', entryId }];
      case 'offered':
        return [{ type: 'OfferDeclined', entryId }];
      case 'accepted':
        return refuse('offer-accepted');
      case 'declined':
        return [];
      case 'expired':
        return refuse('offer-expired');
    }
  });
