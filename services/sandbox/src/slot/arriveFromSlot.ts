import type { Booking, Form } from './booking.ts';
import { mayNotTest, readAnother } from './bookSlot.ts';
import type { Arriving, Moving } from './hold.ts';
import { inTime } from './passTime.ts';
import { attemptsOf, hasBegun, isArriving, liveBookingOf, liveEntryOf, liveHoldOf, mostAttempts, placesFree } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact } from './slot.ts';
import { lacksSeats } from './testers.ts';

export type KeepPlaces = {
  readonly moveId: string;
  readonly from: string;
  readonly environmentId: string;
  /** `testers` are those whom a guest that moves by itself takes along. */
  readonly bookings: readonly (Moving & Pick<Form, 'termsAccepted' | 'dataClass'> & Pick<Booking, 'testers'>)[];
  /** The start that was read, where it was said. */
  readonly startsAt?: string | undefined;
  readonly settleAt: string;
  readonly at: string;
};

/** Keeps a place for each of these bookings, or for none: the first step of a move. Free places only, and nobody past the queue. */
export const keepPlaces = (
  slot: Slot,
  { moveId, from, environmentId, bookings, startsAt, settleAt, at }: KeepPlaces,
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    if (from === now.id) return refuse('same-slot');
    if (now.endedMoves?.includes(moveId) || (now.arrivals ?? []).some((one) => one.moveId === moveId)) return [];
    if (now.terms.environmentId !== environmentId) return refuse('other-environment');
    if (now.status === 'closed') return refuse('slot-closed');
    if (hasBegun(now, at)) return refuse('slot-begun');
    if (now.outsideHours) return refuse('outside-hours');
    const another = readAnother(now, startsAt);
    if (another) return another;
    for (const booking of bookings) {
      const { guest } = booking;
      if (liveBookingOf(now, guest) || isArriving(now, guest)) return refuse('already-booked');
      const entry = liveEntryOf(now, guest);
      if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
      if (liveHoldOf(now, guest)) return refuse('already-holding');
      if (attemptsOf(now, guest) >= mostAttempts) return refuse('too-many-attempts');
      const no = mayNotTest(now, booking) ?? lacksSeats(now, booking.testers);
      if (no) return no;
    }
    if (placesFree(now) < bookings.length) return refuse('slot-full');
    const moving = bookings.map(({ bookingId, guest }) => ({ bookingId, guest }));
    return [{ type: 'PlacesKept', moveId, from, bookings: moving, settleAt }];
  });

/** The last step: bookings that left the other slot take the places kept for them. Those places are theirs even if the slot has begun. */
export const arriveFromSlot = (
  slot: Slot,
  { moveId, arriving, at }: { readonly moveId: string; readonly arriving: readonly Arriving[]; readonly at: string },
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    const kept = now.status === 'none' ? undefined : (now.arrivals ?? []).find((arrival) => arrival.moveId === moveId);
    return arriving
      .filter(({ booking }) => kept?.bookings.some(({ bookingId }) => bookingId === booking.id))
      .map((one) => ({ type: 'BookingArrived', moveId, ...one, at }));
  });

/** The move was given up: the places go to the queue, or are free. */
export const letPlacesGo = (
  slot: Slot,
  { moveId, at }: { readonly moveId: string; readonly at: string },
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) =>
    now.status !== 'none' && (now.arrivals ?? []).some((arrival) => arrival.moveId === moveId)
      ? [{ type: 'PlacesLetGo', moveId }]
      : [],
  );
