import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { leftWith, settleAt, settleMove, slotOfBooking, stepOf } from '../moves.ts';
import { arriveFromSlot, keepPlaces } from '../slot/arriveFromSlot.ts';
import { formOf } from '../slot/booking.ts';
import { leaveForSlot } from '../slot/leaveForSlot.ts';
import { isHost } from '../slot/places.ts';
import type { KnownSlot } from '../slot/slot.ts';
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
      const left = await slots.change(
        from,
        (slot) => leaveForSlot(slot, { bookingId, moveId, to, reason, ...accepted, by: organisation, at: clock() }),
        stepOf(cause, 'leave'),
      );
      if (left.outcome === 'refused') {
        await settleMove(deps, { moveId, from, to });
        return refuse(req, left.refused === 'no-such-booking' ? 'move-abandoned' : left.refused, left.detail);
      }
    }

    const old = await slots.find(from);
    const arriving = old ? leftWith(old, moveId) : [];
    const arrived = await slots.change(
      to,
      (slot) => arriveFromSlot(slot, { moveId, arriving, at: clock() }),
      cause,
      (slot) => ({ status: 200 as const, body: toBookingView(slot as KnownSlot, bookingIn(slot, bookingId), organisation) }),
    );
    return answer(req, arrived);
  },
});
