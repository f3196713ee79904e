import { type Conflict, formOf } from './booking.ts';
import { placeTaken, readAnother } from './bookSlot.ts';
import { inTime } from './passTime.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';

export type AcceptOffer = {
  readonly entryId: string;
  readonly bookingId: string;
  readonly uid: string;
  readonly by: string;
  readonly inConflict?: true | Conflict | undefined;
  /** The start that was read, where it was said. */
  readonly startsAt?: string | undefined;
  readonly at: string;
};

/** The held place becomes a booking, as if it had been booked just now. */
export const acceptOffer = (
  slot: Slot,
  { entryId, bookingId, uid, by, inConflict, startsAt, at }: AcceptOffer,
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    const entry = now.status === 'none' ? undefined : now.waitlist.find(({ id }) => id === entryId);
    if (now.status === 'none' || entry?.guest.organisationId !== by) return refuse('no-such-entry');
    switch (entry.status) {
      case 'waiting':
        return refuse('not-offered-yet');
      case 'offered': {
        const { guest } = entry;
        const taken = { bookingId, uid, guest, ...formOf(entry), inConflict, at };
        return readAnother(now, startsAt) ?? [{ type: 'OfferAccepted', entryId, bookingId }, ...placeTaken(now, taken)];
      }
      case 'accepted':
        return [];
      case 'declined':
        return refuse('offer-declined');
      case 'expired':
        return refuse('offer-expired');
    }
  });
