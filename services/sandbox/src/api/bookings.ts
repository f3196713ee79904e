import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import { slotOfBooking, stepOf } from '../moves.ts';
import { handOver } from '../reports.ts';
import type { Booking } from '../slot/booking.ts';
import { bookSlot } from '../slot/bookSlot.ts';
import { cancelBooking } from '../slot/cancelBooking.ts';
import { completeBooking } from '../slot/completeBooking.ts';
import { confirmBooking } from '../slot/confirmBooking.ts';
import { declineBooking } from '../slot/declineBooking.ts';
import { markNoShow } from '../slot/markNoShow.ts';
import type { OfBooking } from '../slot/ofBooking.ts';
import { isHost } from '../slot/places.ts';
import type { Refused } from '../slot/refusals.ts';
import type { KnownSlot, Slot, SlotFact } from '../slot/slot.ts';
import { inviteTester, removeTester } from '../slot/testers.ts';
import { conflictNow } from '../standingSlots.ts';
import { toCalendar } from '../toCalendar.ts';
import { toBookingView } from '../views.ts';
import type { Deps } from './deps.ts';
import { formFrom } from './form.ts';
import { answerWithBooking, bookingIn, decideOnBooking, viewIn } from './ofBooking.ts';
import { refuse } from './problems.ts';
import { confirmedOnlySeen, seeingConflicts, toConflict } from './seeingConflicts.ts';

type Routes = Pick<
  Handlers<typeof sandboxApi>,
  | 'book'
  | 'bookings'
  | 'booking'
  | 'calendar'
  | 'confirm'
  | 'decline'
  | 'cancel'
  | 'complete'
  | 'noShow'
  | 'inviteTester'
  | 'removeTester'
>;

/** The calendar's name for a booking, for its life. */
export const uidOf = (bookingId: string): string => `${bookingId}@sandbox.umuhuza`;

export const bookingRoutes = (deps: Deps): Routes => {
  const { slots, organisations, fairUse, clock } = deps;
  const decideOn = (req: Request, bookingId: string, decide: (slot: Slot, of: OfBooking) => readonly SlotFact[] | Refused) =>
    decideOnBooking(deps, req, bookingId, decide);

  /** The booking with its slot, where the caller is one of its two firms. */
  const own = async (req: Request, bookingId: string): Promise<{ slot: KnownSlot; booking: Booking } | undefined> => {
    const slot = await slotOfBooking(deps, bookingId);
    if (!slot) return undefined;
    const booking = bookingIn(slot, bookingId);
    const { organisation } = memberOf(req);
    return isHost(slot, organisation) || booking.guest.organisationId === organisation ? { slot, booking } : undefined;
  };

  return {
    book: async ({ params, body, req }) => {
      const { organisation, user } = memberOf(req);
      const cause = causeOf(req, clock);
      const bookingId = idFrom(cause, `booking/${params.id}`);
      const guest = { organisationId: organisation, name: await organisations.nameOf(organisation) };
      const change = await fairUse.within('openBookings', organisation, clock(), (no) =>
        seeingConflicts(deps, (see) =>
          slots.change(
            params.id,
            (slot) => {
              if (no) return no;
              const at = clock();
              const form = formFrom(slot, body, user, at);
              const { startsAt } = body;
              const asked = { bookingId, uid: uidOf(bookingId), guest, ...form, startsAt, at };
              return confirmedOnlySeen(see, slot, (obstacle) =>
                bookSlot(slot, { ...asked, inConflict: obstacle && toConflict(obstacle) }),
              );
            },
            cause,
            (slot) => ({ status: 201 as const, body: viewIn(slot, bookingId, organisation) }),
          ),
        ),
      );
      return answerWithBooking(deps, req, bookingId, change);
    },
    bookings: async ({ query: { limit, cursor, next, ...asked }, req }) => {
      const filter = next === undefined ? asked : { ...asked, toComeAt: clock() };
      const found = await slots.bookingsOf(memberOf(req).organisation, filter, limit, cursor);
      return found === 'unknown-cursor' ? refuse(req, found) : { status: 200, body: found };
    },
    booking: async ({ params, req }) => {
      const found = await own(req, params.id);
      if (!found) return refuse(req, 'no-such-booking');
      const { slot, booking } = found;
      const { organisation } = memberOf(req);
      const shown = toBookingView(slot, booking, organisation);
      if (booking.status !== 'requested' || !isHost(slot, organisation)) return { status: 200, body: shown };
      const obstacle = await conflictNow(deps, slot);
      return { status: 200, body: { ...shown, inConflict: obstacle ? toConflict(obstacle) : null } };
    },
    calendar: async ({ params, query, req, res }) => {
      const found = await own(req, params.id);
      if (!found) return refuse(req, 'no-such-booking');
      res.setHeader('Content-Disposition', 'attachment; filename="booking.ics"');
      return { status: 200, body: toCalendar(found.slot, found.booking, query.language) };
    },
    confirm: ({ params, req }) =>
      seeingConflicts(deps, (see) =>
        decideOn(req, params.id, (slot, of) =>
          confirmedOnlySeen(see, slot, (obstacle) => confirmBooking(slot, { ...of, conflict: obstacle?.detail })),
        ),
      ),
    decline: ({ params, body: { reason }, req }) =>
      decideOn(req, params.id, (slot, of) => declineBooking(slot, { ...of, reason })),
    cancel: ({ params, body, req }) =>
      decideOn(req, params.id, (slot, of) => cancelBooking(slot, { ...of, reason: body?.reason ?? null })),
    complete: async ({ params, body: { report }, req }) => {
      const answered = await decideOn(req, params.id, (slot, of) => completeBooking(slot, { ...of, report }));
      if (answered.status === 200) await handOver(deps, params.id, stepOf(causeOf(req, clock), 'report'));
      return answered;
    },
    noShow: ({ params, req }) => decideOn(req, params.id, markNoShow),
    inviteTester: ({ params, body, req }) => {
      const tester = { id: idFrom(causeOf(req, clock), `tester/${params.id}`), ...body };
      return decideOn(req, params.id, (slot, of) => inviteTester(slot, { ...of, tester }));
    },
    removeTester: ({ params: { id, testerId }, req }) => decideOn(req, id, (slot, of) => removeTester(slot, { ...of, testerId })),
  };
};
