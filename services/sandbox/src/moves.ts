import { type Cause, idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { arriveFromSlot, letPlacesGo } from './slot/arriveFromSlot.ts';
import type { Arriving } from './slot/hold.ts';
import { abandonMove } from './slot/leaveForSlot.ts';
import type { KnownSlot, Slot } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';

export type Move = { readonly moveId: string; readonly from: string; readonly to: string };
type Deps = { readonly slots: SlotBook; readonly clock: Clock };

/** Milliseconds after which somebody else asks what became of a move. */
const patience = 30_000;

export const settleAt = (at: string): string =>
  Temporal.Instant.from(at).add({ milliseconds: patience }).toString({ fractionalSecondDigits: 3 });

/** A step of a command that writes more than one document. It is quiet when repeated by itself, so only the last one is remembered. */
export const stepOf = (cause: Cause, part: string): Cause =>
  cause.kind === 'command' ? { ...cause, id: idFrom(cause, part), repeatable: false } : cause;

/** Whether places are kept here for this move out of that slot: only then may its bookings leave, for only that slot can give it up. */
export const isKeptFor = (slot: Slot, moveId: string, from: string): boolean =>
  slot.status !== 'none' && (slot.arrivals ?? []).some((arrival) => arrival.moveId === moveId && arrival.from === from);

/** What this slot tells of the bookings that left it with this move. */
export const leftWith = (slot: Slot, moveId: string): readonly Arriving[] =>
  slot.status === 'none'
    ? []
    : (slot.departures ?? [])
        .filter((departure) => departure.moveId === moveId)
        .map(({ booking, by, reason, late }) => ({
          booking,
          by,
          reason,
          late,
          from: { slotId: slot.id, startsAt: slot.startsAt, endsAt: slot.endsAt },
        }));

/** Whether this move has brought the booking here, though it may have gone on to another slot since. */
export const hasComeBy = (slot: Slot, moveId: string, bookingId: string): boolean =>
  slot.status !== 'none' &&
  [...slot.bookings, ...(slot.departures ?? []).map(({ booking }) => booking)].some(
    ({ id, movedBy }) => id === bookingId && movedBy === moveId,
  );

/**
 * Ends a move, whoever began it. The slot the bookings leave decides: if they left they arrive, otherwise it is made sure that they never
 * will before the places kept for them are let go. Right at any instant, and quiet when there is nothing to do.
 */
export const settleMove = async ({ slots, clock }: Deps, { moveId, from, to }: Move): Promise<void> => {
  const cause = timeCause('move-settled', clock());
  const decided = await slots.change(from, (slot) => abandonMove(slot, { moveId }), cause);
  if (decided.outcome !== 'done') throw new Error(`the slot ${from} did not say what became of the move ${moveId}`);
  const arriving = leftWith(decided.state, moveId);
  await slots.change(
    to,
    (slot) =>
      arriving.length > 0 ? arriveFromSlot(slot, { moveId, arriving, at: clock() }) : letPlacesGo(slot, { moveId, at: clock() }),
    cause,
  );
};

/**
 * The slot a booking is in. One that left and has not arrived, because a process died in between, is brought there first; one that moved
 * while it was looked for is looked for again.
 */
export const slotOfBooking = async (deps: Deps, bookingId: string): Promise<KnownSlot | undefined> => {
  for (let look = 1; look <= 3; look++) {
    const found = await deps.slots.ofBooking(bookingId);
    if (found) return found;
    const expecting = await deps.slots.expecting(bookingId);
    const arrival = expecting?.arrivals?.find(({ bookings }) => bookings.some((moving) => moving.bookingId === bookingId));
    if (expecting && arrival) await settleMove(deps, { moveId: arrival.moveId, from: arrival.from, to: expecting.id });
  }
  return undefined;
};
