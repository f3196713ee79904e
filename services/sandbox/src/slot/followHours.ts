import { holdsPlace } from './booking.ts';
import { inTime } from './passTime.ts';
import { hasBegun, placesTaken } from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import { isGivenUp } from './reservation.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';
import { type TakeTime, timeTaken } from './takeTime.ts';
import { isLive } from './waitlist.ts';

/** The reason where the host said none; a page has its own words for it. */
export const hoursHaveChanged = 'The opening hours have changed.';

export type FollowHours = {
  /** Whether its hours still have this slot; `capacity` only where they have another number of places than before. */
  readonly wanted: { readonly capacity?: number } | false;
  /** What the host said becomes of it when somebody uses it; keeping is what happens where nothing was said. */
  readonly inUse: 'keep' | 'cancel';
  readonly reason: string;
  /** Of what the slot needs at once, where it needs anything and is to open again, and the time that it is for. */
  readonly reserved?: { readonly reservationId: string; readonly startsAt: string; readonly endsAt: string };
  /** What is reserved there, where the slot needed nothing when it was opened. */
  readonly takes?: Pick<TakeTime, 'needs' | 'bufferMinutes'>;
  readonly at: string;
};

/**
 * A slot follows its opening hours while nobody uses it. One that is used stands for those who are in it, who wait in it included, and takes
 * nobody else, also when a place becomes free, unless the host said to cancel. What the host closed by hand stays closed.
 */
export const followHours = (
  slot: Slot,
  { wanted, inUse, reason, reserved, takes, at }: FollowHours,
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none' || hasBegun(now, at)) return [];
    if (now.status === 'closed') {
      if (!wanted || !now.byHours) return [];
      const capacity = wanted.capacity ?? now.outsideHours?.places ?? now.capacity;
      if (reserved === undefined) return [{ type: 'SlotReopened', capacity }];
      const { reservationId, startsAt, endsAt } = reserved;
      // It may have been opened, moved by hand and closed again since it was asked for.
      if (isGivenUp(now, reservationId) || startsAt !== now.startsAt || endsAt !== now.endsAt)
        return refuse('reservation-abandoned');
      return [{ type: 'SlotReopened', capacity, reservationId }, ...(takes ? [timeTaken({ reservationId, ...takes })] : [])];
    }
    const taken = placesTaken(now);
    if (wanted && now.outsideHours)
      return [{ type: 'BackInHours' }, ...places(now, Math.max(wanted.capacity ?? now.outsideHours.places, taken))];
    if (wanted)
      return [
        ...(now.offeredByHost ? [{ type: 'BackInHours' } as const] : []),
        ...(wanted.capacity === undefined ? [] : places(now, Math.max(wanted.capacity, taken))),
      ];
    // Who is on its way here was told so; with it the slot stands.
    if ((isInUse(now) && inUse === 'keep') || (now.arrivals ?? []).length > 0)
      return [
        ...(now.outsideHours ? [] : [{ type: 'LeftOutsideHours', places: now.capacity } as const]),
        ...places(now, Math.max(taken, 1)),
      ];
    return [
      { type: 'SlotClosed', reason, byHours: true },
      ...now.bookings
        .filter(holdsPlace)
        .map(({ id }): SlotFact => ({ type: 'BookingCancelled', bookingId: id, by: 'host', reason, late: false, at })),
      ...(now.holds ?? [])
        .filter(({ status }) => status === 'held')
        .map(({ id }): SlotFact => ({ type: 'HoldReleased', holdId: id })),
      ...now.waitlist.filter(isLive).map(({ id }): SlotFact => ({ type: 'WaitlistEnded', entryId: id, because: 'closed' })),
    ];
  });

/** Somebody holds a place here or waits for one. */
export const isInUse = (slot: KnownSlot): boolean => placesTaken(slot) > 0 || slot.waitlist.some(isLive);

const places = (now: KnownSlot, capacity: number): readonly SlotFact[] =>
  capacity === now.capacity ? [] : [{ type: 'CapacityChanged', capacity }];
