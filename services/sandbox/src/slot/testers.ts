import type { Booking, Tester } from './booking.ts';
import { type OfBooking, onBooking, overBy } from './ofBooking.ts';
import { hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';

/** For slots that were opened before the host said how many. */
const usualSeats = 10;

/** How often somebody may be invited to one booking: each is a mail to an address that only the guest vouches for. */
export const mostInvitations = 100;

/** How many of its own testers a guest may bring to its one place. */
export const seatsPerPlace = ({ terms }: KnownSlot): number => terms.seatsPerPlace ?? usualSeats;

/** The guest brings somebody along. A booking is one place however many sit at it; how many may is the host's word. */
export const inviteTester = (
  slot: Slot,
  { tester, ...command }: OfBooking & { readonly tester: Tester },
): readonly SlotFact[] | Refused =>
  byGuest(slot, command, ({ id, testers = [], invitations = 0 }, now) => {
    if (testers.some(({ email }) => email.toLowerCase() === tester.email.toLowerCase())) return [];
    if (testers.length >= seatsPerPlace(now)) return refuse('seats-taken', `A booking here has ${seatsPerPlace(now)} seats.`);
    if (invitations >= mostInvitations) return refuse('too-many-invitations');
    return [{ type: 'TesterInvited', bookingId: id, tester, at: command.at }];
  });

export const removeTester = (
  slot: Slot,
  { testerId, ...command }: OfBooking & { readonly testerId: string },
): readonly SlotFact[] | Refused =>
  byGuest(slot, command, ({ id, testers = [] }) => {
    const tester = testers.find((one) => one.id === testerId);
    return tester ? [{ type: 'TesterRemoved', bookingId: id, tester, at: command.at }] : refuse('no-such-tester');
  });

/** What only the guest says, of a booking that is to come. */
const byGuest = (
  slot: Slot,
  command: OfBooking,
  decide: (booking: Booking, slot: KnownSlot) => readonly SlotFact[] | Refused,
): readonly SlotFact[] | Refused =>
  onBooking(slot, command, (booking, now, as) => {
    if (as === 'host') return refuse('not-the-guest');
    if (booking.status !== 'requested' && booking.status !== 'confirmed') return refuse(overBy[booking.status]);
    return hasBegun(now, command.at) ? refuse('slot-begun') : decide(booking, now);
  });
