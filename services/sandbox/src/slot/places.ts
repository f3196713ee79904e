import { type Booking, holdsPlace } from './booking.ts';
import type { KnownSlot, Slot } from './slot.ts';
import { earlier, hoursAfter, reached } from './times.ts';
import { type Entry, isLive } from './waitlist.ts';

/** How many may wait for one slot at a time: the queue is kept with the slot. */
export const longestQueue = 100;

/** How often one company may book or wait for the same slot: its history is kept with the slot. */
export const mostAttempts = 5;

/** Confirmed and held: bookings that were not given back, and offers the waitlist has not answered. Never more than the capacity. */
export const placesTaken = ({ bookings, waitlist }: KnownSlot): number =>
  bookings.filter(holdsPlace).length + waitlist.filter(({ status }) => status === 'offered').length;

/** Places nobody holds. Before the start there are none while somebody waits: they are on offer. */
export const placesFree = (slot: KnownSlot): number => slot.capacity - placesTaken(slot);

export const hasBegun = ({ startsAt }: KnownSlot, at: string): boolean => reached(at, startsAt);

export const phaseOf = (slot: KnownSlot, at: string): 'open' | 'full' | 'past' | 'closed' => {
  if (slot.status === 'closed') return 'closed';
  if (hasBegun(slot, at)) return 'past';
  return placesFree(slot) > 0 ? 'open' : 'full';
};

export const isHost = ({ terms }: KnownSlot, organisation: string): boolean => terms.host.organisationId === organisation;

export const liveBookingOf = ({ bookings }: KnownSlot, organisation: string): Booking | undefined =>
  bookings.find((booking) => booking.guest.organisationId === organisation && holdsPlace(booking));

export const liveEntryOf = ({ waitlist }: KnownSlot, organisation: string): Entry | undefined =>
  waitlist.find((entry) => entry.guest.organisationId === organisation && isLive(entry));

/** A booking that came of an offer counts once. */
export const attemptsOf = ({ bookings, waitlist }: KnownSlot, organisation: string): number =>
  bookings.filter(({ guest }) => guest.organisationId === organisation).length +
  waitlist.filter(({ guest, status }) => guest.organisationId === organisation && status !== 'accepted').length;

/** Until when cancelling is not late. */
export const cancelFreelyUntil = ({ startsAt, terms }: KnownSlot): string => hoursAfter(startsAt, -terms.cancellationNoticeHours);

/** The instant at which time itself changes this slot next: an offer ends, or the start leaves somebody without an answer. */
export const nextDue = (slot: Slot): string | undefined => {
  if (slot.status !== 'open') return undefined;
  const open = slot.waitlist.filter(isLive);
  const ends = open.flatMap((entry) => (entry.status === 'offered' ? [entry.until] : []));
  const unanswered = open.length > 0 || slot.bookings.some(({ status }) => status === 'requested');
  return [...ends, ...(unanswered ? [slot.startsAt] : [])].reduce<string | undefined>(
    (first, next) => (first === undefined ? next : earlier(first, next)),
    undefined,
  );
};
