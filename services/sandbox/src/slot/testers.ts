import { seatsFor, seatsPerPlace } from './agreed.ts';
import type { Booking, Tester } from './booking.ts';
import { type OfBooking, onBooking, overBy } from './ofBooking.ts';
import { hasBegun } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';

/** How often somebody may be invited to one booking: each is a mail to an address that only the guest vouches for. */
export const mostInvitations = 100;

/** Whom a guest has invited it takes along: there must be seats for them where it moves. To a guest that is moved what was agreed stands. */
export const lacksSeats = (slot: KnownSlot, testers: readonly Tester[] = []): Refused | undefined =>
  testers.length > seatsPerPlace(slot) ? refuse('seats-taken', `A booking there has ${seatsPerPlace(slot)} seats.`) : undefined;

/** The guest brings somebody along. A booking is one place however many sit at it; how many may is the host's word. */
export const inviteTester = (
  slot: Slot,
  { tester, ...command }: OfBooking & { readonly tester: Tester },
): readonly SlotFact[] | Refused =>
  byGuest(slot, command, (booking, now) => {
    const { id, testers = [], invitations = 0 } = booking;
    const seats = seatsFor(now, booking);
    if (testers.some(({ email }) => email.toLowerCase() === tester.email.toLowerCase())) return [];
    if (testers.length >= seats) return refuse('seats-taken', `A booking here has ${seats} seats.`);
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
