import type { CalendarEvent } from './event.ts';

/** What a calendar needs to know of a booking. All instants are RFC 3339. */
export type BookingInCalendar = Pick<
  CalendarEvent,
  'uid' | 'sequence' | 'madeAt' | 'createdAt' | 'startsAt' | 'endsAt' | 'timeZone' | 'status' | 'url'
> & {
  readonly title: string;
  readonly product: string;
  readonly host: string;
  readonly guest: string;
  readonly city: string;
  readonly address?: string | undefined;
  readonly notes?: string | undefined;
  /** The reader's, for the few words that are not the firms' own. */
  readonly language: keyof typeof words;
};

const words = {
  en: { host: 'Host', guest: 'Guest' },
  de: { host: 'Gastgeber', guest: 'Gast' },
} as const;

/** The same words in a file, a feed and an invitation; held on the host’s clock, with both clocks in its text. */
export const bookingEvent = (booking: BookingInCalendar): CalendarEvent => {
  const { startsAt, endsAt, timeZone } = booking;
  const { host, guest } = words[booking.language];
  const clocks = [...new Set(['Europe/Berlin', 'Africa/Kigali', timeZone])].map(
    (zone) => `${zone}: ${onClock(startsAt, zone)} – ${onClock(endsAt, zone)}`,
  );
  return {
    uid: booking.uid,
    sequence: booking.sequence,
    madeAt: booking.madeAt,
    createdAt: booking.createdAt,
    startsAt,
    endsAt,
    timeZone,
    status: booking.status,
    summary: `${booking.title}: ${booking.product}`,
    description: [
      `${host}: ${booking.host}`,
      `${guest}: ${booking.guest}`,
      ...clocks,
      ...(booking.notes ? [booking.notes] : []),
      ...(booking.url ? [booking.url] : []),
    ].join('\n'),
    location: [booking.address, booking.city].filter(Boolean).join(', '),
    url: booking.url,
  };
};

const onClock = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
