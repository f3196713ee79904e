import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { hasComeBy, isKeptFor, leftWith, settleAt, settleMove, slotOfBooking, stepOf } from '../moves.ts';
import { arriveFromSlot, keepPlaces } from '../slot/arriveFromSlot.ts';
import { formOf } from '../slot/booking.ts';
import { leaveForSlot } from '../slot/leaveForSlot.ts';
import { isHost } from '../slot/places.ts';
import { isRefused, type Refused, refuse as refused } from '../slot/refusals.ts';
import { toldBefore, toldIn } from '../toldBefore.ts';
import type { Deps } from './deps.ts';
import { termsFrom } from './form.ts';
import { answerWithBooking, bookingIn, viewIn } from './ofBooking.ts';
import { answer, refuse } from './problems.ts';
import { seeingConflicts } from './seeingConflicts.ts';
import { leavingOnlySeen, whyNotThere } from './whyNotThere.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'reschedule'>;

/** What the slot that a booking left remembers of the request. The answer is kept where the booking arrives. */
const itLeft = () => ({ status: 202 as const, body: null });

/**
 * Three writes, each of one slot: the other one keeps a place; the booking leaves, which decides it; it arrives. Whoever dies in between is
 * finished for (`settleMove`), and a request that comes again finds what it did by the move's id and by what the slots remember of it.
 */
export const rescheduleRoutes = (deps: Deps): Routes => ({
  reschedule: async ({ params, body: { to, reason = null, acceptedTerms, startsAt }, req }) => {
    const { slots, clock } = deps;
    const { organisation, user } = memberOf(req);
    const bookingId = params.id;
    const cause = causeOf(req, clock);
    const moveId = idFrom(cause, `move/${bookingId}`);

    const answered = await toldIn(slots, to, cause);
    if (answered) return answerWithBooking(deps, req, bookingId, answered);
    const found = await slotOfBooking(deps, bookingId);
    if (!found) return refuse(req, 'no-such-booking');
    const booking = bookingIn(found, bookingId);
    if (!isHost(found, organisation) && booking.guest.organisationId !== organisation) return refuse(req, 'no-such-booking');
    const told = (await toldBefore(slots, found, bookingId, cause)) ?? (await toldIn(slots, found.id, cause));

    /** Refused: remembered by the slot it is in, unless this very request has made it leave meanwhile. */
    const no = (why: Refused) => slots.change(found.id, (slot) => (leftWith(slot, moveId).length > 0 ? [] : why), cause, itLeft);

    const leave = async () => {
      const there = await slots.find(to);
      // Only the guest can accept terms; they do not change in an open slot, so what it accepts of them is said now.
      const accepted = there && !isHost(found, organisation) ? termsFrom(there, acceptedTerms, user, clock()) : {};
      const leaving = { bookingId, moveId, to, reason, ...accepted, by: organisation };
      // What the booking's own slot refuses anyway takes nobody's place meanwhile.
      const foreseen = leaveForSlot(found, { ...leaving, at: clock() });
      if (isRefused(foreseen)) return no(foreseen);
      const why = there && (await whyNotThere(deps, { from: found, to: there, moving: [booking], by: organisation }));
      if (why) return no(why);
      const kept = await slots.change(
        to,
        (slot) => {
          const at = clock();
          const { environmentId } = found.terms;
          const testers = isHost(found, organisation) || !booking.testers ? {} : { testers: booking.testers };
          const moving = { ...formOf(booking), ...accepted, bookingId, guest: booking.guest.organisationId, ...testers };
          const kept = { moveId, from: found.id, environmentId, bookings: [moving], startsAt, settleAt: settleAt(at), at };
          return keepPlaces(slot, kept);
        },
        stepOf(cause, 'keep'),
      );
      if (kept.outcome === 'refused') return no(kept);
      if (kept.outcome !== 'done') throw new Error('a step of a move is never remembered');
      // A request that comes again when its move is long over finds no place kept: then nothing leaves.
      if (!isKeptFor(kept.state, moveId, found.id)) return undefined;
      const { state: target } = kept;
      const left = await seeingConflicts(deps, (see) =>
        slots.change(
          found.id,
          (slot) => {
            const decision = leaveForSlot(slot, { ...leaving, at: clock() });
            if (isRefused(decision) && decision.refused === 'no-such-booking') return refused('move-abandoned');
            return leavingOnlySeen(see, { from: slot, to: target, by: organisation }, decision);
          },
          cause,
          itLeft,
        ),
      );
      if (left.outcome === 'refused') await settleMove(deps, { moveId, from: found.id, to });
      return left;
    };

    const isOnItsWay = told === undefined && booking.movedBy === moveId;
    const left = told ?? (isOnItsWay ? undefined : await leave());
    if (left?.outcome === 'refused' || left?.outcome === 'key-reused') return answer<never>(req, left);
    const from = told?.slotId ?? (isOnItsWay && booking.movedFrom ? booking.movedFrom.slotId : found.id);

    const old = await slots.find(from);
    const arriving = old ? leftWith(old, moveId) : [];
    const arrived = await slots.change(
      to,
      (slot) => {
        const facts = arriveFromSlot(slot, { moveId, arriving, at: clock() });
        if (isRefused(facts) || facts.some(({ type }) => type === 'BookingArrived')) return facts;
        return hasComeBy(slot, moveId, bookingId) ? facts : refused('move-abandoned');
      },
      cause,
      (slot) => ({ status: 200 as const, body: viewIn(slot, bookingId, organisation) }),
    );
    return answerWithBooking(deps, req, bookingId, arrived);
  },
});
