import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { isKeptFor, leftWith, settleAt, settleMove, slotOfBooking, stepOf } from '../moves.ts';
import { arriveFromSlot, keepPlaces } from '../slot/arriveFromSlot.ts';
import { formOf } from '../slot/booking.ts';
import { leaveForSlot } from '../slot/leaveForSlot.ts';
import { isHost } from '../slot/places.ts';
import type { Slot } from '../slot/slot.ts';
import { toBookingView } from '../views.ts';
import { bookingIn } from './bookings.ts';
import type { Deps } from './deps.ts';
import { termsFrom } from './form.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'reschedule'>;

/**
 * Three writes, each of one slot: the other one keeps a place; the booking leaves, which decides it; it arrives. Whoever dies in between is
 * finished for (`settleMove`), and a request that comes again finds what it did by the move's id.
 */
export const rescheduleRoutes = (deps: Deps): Routes => ({
  reschedule: async ({ params, body: { to, reason = null, acceptedTerms }, req }) => {
    const { slots, clock } = deps;
    const { organisation, user } = memberOf(req);
    const bookingId = params.id;
    const cause = causeOf(req, clock);
    const moveId = idFrom(cause, `move/${bookingId}`);

    const found = await slotOfBooking(deps, bookingId);
    if (!found) return refuse(req, 'no-such-booking');
    const booking = bookingIn(found, bookingId);
    if (!isHost(found, organisation) && booking.guest.organisationId !== organisation) return refuse(req, 'no-such-booking');
    const from = booking.movedBy === moveId && booking.movedFrom ? booking.movedFrom.slotId : found.id;
    if (booking.movedBy !== moveId) {
      const target = await slots.find(to);
      // Only the guest can accept terms; they do not change in an open slot, so what it accepts of them is said now.
      const accepted = target && !isHost(found, organisation) ? termsFrom(target, acceptedTerms, user, clock()) : {};
      const leave = { bookingId, moveId, to, reason, ...accepted, by: organisation };
      // What the booking's own slot refuses anyway takes nobody's place meanwhile.
      const foreseen = leaveForSlot(found, { ...leave, at: clock() });
      if ('refused' in foreseen) return refuse(req, foreseen.refused, foreseen.detail);
      const kept = await slots.change(
        to,
        (slot) => {
          const at = clock();
          const { environmentId } = found.terms;
          const moving = { ...formOf(booking), ...accepted, bookingId, guest: booking.guest.organisationId };
          return keepPlaces(slot, { moveId, from, environmentId, bookings: [moving], settleAt: settleAt(at), at });
        },
        stepOf(cause, 'keep'),
      );
      if (kept.outcome === 'refused') return refuse(req, kept.refused, kept.detail);
      if (kept.outcome !== 'done') throw new Error('a step of a move is never remembered');
      // A request that comes again when its move is long over finds no place kept: then nothing leaves, and it gets its first answer.
      if (isKeptFor(kept.state, moveId, from)) {
        const left = await slots.change(from, (slot) => leaveForSlot(slot, { ...leave, at: clock() }), stepOf(cause, 'leave'));
        if (left.outcome === 'refused') {
          await settleMove(deps, { moveId, from, to });
          return refuse(req, left.refused === 'no-such-booking' ? 'move-abandoned' : left.refused, left.detail);
        }
      }
    }

    const old = await slots.find(from);
    const arriving = old ? leftWith(old, moveId) : [];
    const arrived = await slots.change(
      to,
      (slot) => arriveFromSlot(slot, { moveId, arriving, at: clock() }),
      cause,
      (slot) => ({
        status: 200 as const,
        body: viewIn(slot, bookingId, organisation) ?? toBookingView(found, booking, organisation),
      }),
    );
    if (arrived.outcome === 'done' && !viewIn(arrived.state, bookingId, organisation)) {
      // It was finished for by another, and has moved on since: as it is now, wherever that is.
      const now = await slotOfBooking(deps, bookingId);
      const view = now && viewIn(now, bookingId, organisation);
      return view ? { status: 200, body: view } : refuse(req, 'move-abandoned');
    }
    return answer(req, arrived);
  },
});

const viewIn = (slot: Slot, bookingId: string, reader: string): BookingView | undefined => {
  const booking = slot.status === 'none' ? undefined : slot.bookings.find(({ id }) => id === bookingId);
  return slot.status !== 'none' && booking ? toBookingView(slot, booking, reader) : undefined;
};
