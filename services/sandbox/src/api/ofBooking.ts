import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { Change, StaleVersion } from '@umuhuza/eventing/book';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Request } from 'express';
import { slotOfBooking } from '../moves.ts';
import type { Booking } from '../slot/booking.ts';
import type { OfBooking } from '../slot/ofBooking.ts';
import type { Refused, SlotRefusal } from '../slot/refusals.ts';
import type { Slot, SlotFact } from '../slot/slot.ts';
import { toldBefore } from '../toldBefore.ts';
import { toBookingView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

export const bookingIn = (slot: Slot, bookingId: string): Booking => {
  const booking = slot.status === 'none' ? undefined : slot.bookings.find(({ id }) => id === bookingId);
  if (!booking) throw new Error(`the slot lost its booking ${bookingId}`);
  return booking;
};

/** The booking as a firm sees it; null where this slot does not have it (any more). */
export const viewIn = (slot: Slot, bookingId: string, reader: string): BookingView | null => {
  const booking = slot.status === 'none' ? undefined : slot.bookings.find(({ id }) => id === bookingId);
  return slot.status !== 'none' && booking ? toBookingView(slot, booking, reader) : null;
};

type Shown<Status extends number> = { readonly status: Status; readonly body: BookingView | null };

/** The booking for an answer. Where the first one is no longer kept and the booking has moved since, it is shown as it is now. */
export const answerWithBooking = async <Status extends 200 | 201>(
  deps: Deps,
  req: Request,
  bookingId: string,
  change: Change<unknown, SlotRefusal | StaleVersion, Shown<Status>>,
) => {
  if (change.outcome === 'refused' || change.outcome === 'key-reused') return answer<never>(req, change);
  const { status, body } = change.answer;
  if (body) return { status, body };
  const slot = await slotOfBooking(deps, bookingId);
  const now = slot && viewIn(slot, bookingId, memberOf(req).organisation);
  return now ? { status, body: now } : refuse(req, 'no-such-booking');
};

/** The booking left between being found and being decided on. Thrown, because a refusal would be remembered as this slot's word. */
class MovedOn extends Error {
  override readonly name = 'MovedOn';
}

/** How often a booking is followed from slot to slot before it is told to be nowhere. */
const mostLooks = 3;

/** Decides on a booking, wherever it lies; the rule knows who may, and to whom it does not exist. */
export const decideOnBooking = async (
  deps: Deps,
  req: Request,
  bookingId: string,
  decide: (slot: Slot, of: OfBooking) => readonly SlotFact[] | Refused,
) => {
  const { slots, clock } = deps;
  const { organisation } = memberOf(req);
  const cause = causeOf(req, clock);
  for (let look = 1; look <= mostLooks; look++) {
    const found = await slotOfBooking(deps, bookingId);
    if (!found) break;
    const told = await toldBefore(slots, found, bookingId, cause);
    if (told) return answerWithBooking(deps, req, bookingId, told);
    try {
      const change = await slots.change(
        found.id,
        (slot) => {
          if (!viewIn(slot, bookingId, organisation)) throw new MovedOn();
          return decide(slot, { bookingId, by: organisation, at: clock() });
        },
        cause,
        (slot) => ({ status: 200 as const, body: viewIn(slot, bookingId, organisation) }),
      );
      return await answerWithBooking(deps, req, bookingId, change);
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error;
    }
  }
  return refuse(req, 'no-such-booking');
};
