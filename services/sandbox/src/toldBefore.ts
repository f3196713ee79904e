import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { CommandCause } from '@umuhuza/eventing/cause';
import type { KnownSlot, Slot } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';

/** What stands for an answer that is no longer kept: it is worked out from what is there now. */
const notKept = { status: 200 as const, body: null as BookingView | null };

/** What this slot told this very request when it was here before; undefined where it was not. Reads only. */
export const toldIn = async (slots: SlotBook, slotId: string, cause: CommandCause) => {
  if (!cause.repeatable) return undefined;
  const looked = await slots.change(
    slotId,
    () => [],
    { ...cause, repeatable: false },
    () => notKept,
  );
  return looked.outcome === 'done' ? undefined : { ...looked, slotId };
};

/**
 * What this very request was told of a booking by a slot that it has left since. Keys stay with the document they changed, so the slots a
 * booking was in are asked before the one it is in decides anew; each of them knows from where it came.
 */
export const toldBefore = async (slots: SlotBook, present: KnownSlot, bookingId: string, cause: CommandCause) => {
  if (!cause.repeatable) return undefined;
  const known = new Set([present.id]);
  const ahead = cameFrom(present, bookingId);
  for (let slotId = ahead.pop(); slotId !== undefined; slotId = ahead.pop()) {
    if (known.has(slotId)) continue;
    known.add(slotId);
    const told = await toldIn(slots, slotId, cause);
    // That it is not there (any more) says nothing of where it is.
    if (told && !(told.outcome === 'refused' && told.refused === 'no-such-booking')) return told;
    ahead.push(...cameFrom((await slots.find(slotId)) ?? { status: 'none' }, bookingId));
  }
  return undefined;
};

/** Slots from which this booking came to this one, each time it did. */
const cameFrom = (slot: Slot, bookingId: string): string[] =>
  slot.status === 'none'
    ? []
    : [...slot.bookings, ...(slot.departures ?? []).map(({ booking }) => booking)].flatMap(({ id, movedFrom }) =>
        id === bookingId && movedFrom ? [movedFrom.slotId] : [],
      );
