import { bookingEvent } from '@umuhuza/calendar/bookingEvent';
import type { CalendarEvent } from '@umuhuza/calendar/event';
import { fileOf } from '@umuhuza/calendar/writeCalendar';
import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { Booking } from './slot/booking.ts';
import type { KnownSlot } from './slot/slot.ts';

const statuses = {
  requested: 'tentative',
  confirmed: 'confirmed',
  completed: 'confirmed',
  'no-show': 'confirmed',
  declined: 'cancelled',
  cancelled: 'cancelled',
} as const satisfies Record<Booking['status'], CalendarEvent['status']>;

export const toCalendarEvent = (
  { terms, startsAt, endsAt }: KnownSlot,
  booking: Booking,
  language: PersonLanguage,
): CalendarEvent =>
  bookingEvent({
    uid: booking.uid,
    sequence: booking.sequence,
    madeAt: booking.changedAt,
    createdAt: booking.requestedAt,
    startsAt,
    endsAt,
    timeZone: terms.timeZone,
    status: statuses[booking.status],
    title: terms.title,
    product: booking.product.name,
    host: nameOf(terms.host),
    guest: nameOf(booking.guest),
    city: terms.place.city,
    address: terms.place.address,
    notes: booking.product.goals,
    language,
  });

/** A booking that moved to another slot is told where it is now. */
export const newestOfEach = (events: readonly CalendarEvent[]): readonly CalendarEvent[] => {
  const newest = new Map<string, CalendarEvent>();
  for (const event of events) if ((newest.get(event.uid)?.sequence ?? -1) < event.sequence) newest.set(event.uid, event);
  return [...newest.values()];
};

/**
 * The booking as a file to keep (RFC 5545), not an invitation that could be answered. DTSTAMP is the last change, so the same state is
 * the same file.
 */
export const toCalendar = (slot: KnownSlot, booking: Booking, language: PersonLanguage): string =>
  fileOf(toCalendarEvent(slot, booking, language));

const nameOf = ({ name, organisationId }: Booking['guest']): string => name ?? organisationId;
