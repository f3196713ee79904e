import { type Booking, holdsPlace } from './booking.ts';
import type { Hold } from './hold.ts';
import type { KnownSlot, Slot } from './slot.ts';
import { earlier, hoursAfter, reached } from './times.ts';
import { type Entry, isLive } from './waitlist.ts';

/** How many may wait for one slot at a time: the queue is kept with the slot. */
export const longestQueue = 100;

/** How often one company may book or wait for the same slot: its history is kept with the slot. */
export const mostAttempts = 5;

/**
 * Confirmed and held: bookings that were not given back, offers the waitlist has not answered, forms that are being filled in, and places
 * kept for bookings on their way here. Never more than the capacity.
 */
export const placesTaken = ({ bookings, waitlist, holds = [], arrivals = [] }: KnownSlot): number =>
  bookings.filter(holdsPlace).length +
  waitlist.filter(({ status }) => status === 'offered').length +
  holds.filter(({ status }) => status === 'held').length +
  arrivals.reduce((sum, arrival) => sum + arrival.bookings.length, 0);

/** Places nobody holds. Before the start there are none while somebody waits: they are on offer. */
export const placesFree = (slot: KnownSlot): number => slot.capacity - placesTaken(slot);

/** Places for who comes now: a slot that its hours no longer have takes nobody who is not in it. */
export const placesOpen = (slot: KnownSlot): number => (slot.outsideHours ? 0 : placesFree(slot));

export const hasBegun = ({ startsAt }: KnownSlot, at: string): boolean => reached(at, startsAt);

export const phaseOf = (slot: KnownSlot, at: string): 'open' | 'full' | 'past' | 'closed' => {
  if (slot.status === 'closed') return 'closed';
  if (hasBegun(slot, at)) return 'past';
  return placesOpen(slot) > 0 ? 'open' : 'full';
};

export const isHost = ({ terms }: KnownSlot, organisation: string): boolean => terms.host.organisationId === organisation;

export const liveBookingOf = ({ bookings }: KnownSlot, organisation: string): Booking | undefined =>
  bookings.find((booking) => booking.guest.organisationId === organisation && holdsPlace(booking));

export const liveEntryOf = ({ waitlist }: KnownSlot, organisation: string): Entry | undefined =>
  waitlist.find((entry) => entry.guest.organisationId === organisation && isLive(entry));

/** The place it holds while it fills in the form. */
export const liveHoldOf = ({ holds = [] }: KnownSlot, organisation: string): (Hold & { readonly status: 'held' }) | undefined =>
  holds.find(
    (hold): hold is Hold & { readonly status: 'held' } => hold.guest.organisationId === organisation && hold.status === 'held',
  );

/** Whether a place is kept for a booking of this company that is on its way here. */
export const isArriving = ({ arrivals = [] }: KnownSlot, organisation: string): boolean =>
  arrivals.some(({ bookings }) => bookings.some(({ guest }) => guest === organisation));

/** A booking that came of an offer or a hold counts once; so does one that went to another slot. */
export const attemptsOf = ({ bookings, waitlist, holds = [], departures = [] }: KnownSlot, organisation: string): number =>
  bookings.filter(({ guest }) => guest.organisationId === organisation).length +
  waitlist.filter(({ guest, status }) => guest.organisationId === organisation && status !== 'accepted').length +
  holds.filter(({ guest, status }) => guest.organisationId === organisation && status !== 'booked').length +
  departures.filter(({ booking }) => booking.guest.organisationId === organisation).length;

/** Until when cancelling is not late: the host's notice, but to the start for a time that the guest did not choose. */
export const cancelFreelyUntil = (
  { startsAt, terms }: KnownSlot,
  { movedByHost = false }: Pick<Booking, 'movedByHost'>,
): string => (movedByHost ? startsAt : hoursAfter(startsAt, -terms.cancellationNoticeHours));

/** The instant at which time itself changes this slot next: an offer or a hold ends, or the start leaves somebody without an answer. */
export const nextDue = (slot: Slot): string | undefined => {
  if (slot.status === 'none') return undefined;
  const open = slot.waitlist.filter(isLive);
  const ends = [...open, ...(slot.holds ?? [])].flatMap((one) =>
    one.status === 'offered' || one.status === 'held' ? [one.until] : [],
  );
  const unanswered = open.length > 0 || slot.bookings.some(({ status }) => status === 'requested');
  return [...ends, ...(unanswered ? [slot.startsAt] : [])].reduce<string | undefined>(
    (first, next) => (first === undefined ? next : earlier(first, next)),
    undefined,
  );
};

/** The instant at which it must be asked whether bookings that were to come here have left. */
export const nextSettling = (slot: Slot): string | undefined =>
  slot.status === 'none'
    ? undefined
    : (slot.arrivals ?? []).reduce<string | undefined>(
        (first, { settleAt }) => (first === undefined ? settleAt : earlier(first, settleAt)),
        undefined,
      );
