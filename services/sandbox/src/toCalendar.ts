import type { CalendarEvent } from '@umuhuza/calendar/event';
import { fileOf } from '@umuhuza/calendar/writeCalendar';
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

/** The booking as calendars keep it, on the host’s clock. Whoever keeps it reads both clocks in its text. */
export const toCalendarEvent = (slot: KnownSlot, booking: Booking): CalendarEvent => {
  const { terms, startsAt, endsAt } = slot;
  return {
    uid: booking.uid,
    sequence: booking.sequence,
    madeAt: booking.changedAt,
    createdAt: booking.requestedAt,
    startsAt,
    endsAt,
    timeZone: terms.timeZone,
    status: statuses[booking.status],
    summary: `${terms.title}: ${booking.product.name}`,
    description: [
      `Host: ${nameOf(terms.host)}`,
      `Guest: ${nameOf(booking.guest)}`,
      ...[...new Set(['Europe/Berlin', 'Africa/Kigali', terms.timeZone])].map(
        (zone) => `${zone}: ${onClock(startsAt, zone)} – ${onClock(endsAt, zone)}`,
      ),
      ...(booking.product.goals ? [booking.product.goals] : []),
    ].join('\n'),
    location: [terms.place.address, terms.place.city].filter(Boolean).join(', '),
  };
};

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
export const toCalendar = (slot: KnownSlot, booking: Booking): string => fileOf(toCalendarEvent(slot, booking));

const nameOf = ({ name, organisationId }: Booking['guest']): string => name ?? organisationId;

const onClock = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
