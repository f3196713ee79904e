import type { Party, Product } from './booking.ts';
import { inTime } from './passTime.ts';
import { attemptsOf, hasBegun, isHost, liveBookingOf, liveEntryOf, mostAttempts, placesFree } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';

export type BookSlot = {
  readonly bookingId: string;
  readonly uid: string;
  readonly guest: Party;
  readonly product: Product;
  readonly at: string;
};

/** A free place is taken at once; where the host confirms by hand, it is held until the host answers or the slot begins. */
export const bookSlot = (slot: Slot, command: BookSlot): readonly SlotFact[] | Refused =>
  inTime(slot, command.at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    const no = mayNotCome(now, command.guest.organisationId, command.at);
    if (no) return no;
    const entry = liveEntryOf(now, command.guest.organisationId);
    if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
    if (placesFree(now) < 1) return refuse('slot-full');
    return placeTaken(now, command);
  });

/** Why a company can neither book nor wait, whatever the places. */
export const mayNotCome = (slot: KnownSlot, guest: string, at: string): Refused | undefined => {
  if (slot.status === 'closed') return refuse('slot-closed');
  if (hasBegun(slot, at)) return refuse('slot-begun');
  if (isHost(slot, guest)) return refuse('own-slot');
  if (liveBookingOf(slot, guest)) return refuse('already-booked');
  if (!liveEntryOf(slot, guest) && attemptsOf(slot, guest) >= mostAttempts) return refuse('too-many-attempts');
  return undefined;
};

export const placeTaken = ({ terms }: KnownSlot, { bookingId, uid, guest, product, at }: BookSlot): readonly SlotFact[] => [
  { type: 'BookingRequested', bookingId, uid, guest, product, at },
  ...(terms.confirmation === 'automatic' ? [{ type: 'BookingConfirmed', bookingId, at } as const] : []),
];
