import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import type { Attendee, CalendarEvent, Person } from './event.ts';
import { isToldByTheClock, vtimezoneOf } from './zones.ts';

/** A file to keep, without METHOD: it asks for nothing and can be imported anywhere. */
export const fileOf = (event: CalendarEvent): string => write([event], {});

/** A calendar to subscribe to; `refreshMinutes` is how often it asks to be read again. */
export const feedOf = (events: readonly CalendarEvent[], { name, refreshMinutes }: { name: string; refreshMinutes: number }) =>
  write(events, { method: ICalCalendarMethod.PUBLISH, name: plain(name), ttl: refreshMinutes * 60 });

/** The event is new or has changed (RFC 5546, 3.2.2): a higher SEQUENCE replaces what the calendar has. */
export const requestOf = (event: Invited): string => write([event], { method: ICalCalendarMethod.REQUEST });

/** The event is off for everybody (RFC 5546, 3.2.5). */
export const cancellationOf = (event: Invited): string =>
  write([{ ...event, status: 'cancelled' }], { method: ICalCalendarMethod.CANCEL });

/**
 * The event goes on without these; sent to them alone. STATUS must be absent then (RFC 5546, 3.2.5): it would call off the event.
 */
export const uninvitationOf = (event: Invited, removed: readonly Attendee[]): string =>
  write([{ ...event, attendees: removed }], { method: ICalCalendarMethod.CANCEL, withoutStatus: true });

export type Invited = CalendarEvent & { readonly organiser: Person; readonly attendees: readonly Attendee[] };

type How = {
  readonly method?: ICalCalendarMethod;
  readonly name?: string;
  readonly ttl?: number;
  readonly withoutStatus?: boolean;
};

const write = (events: readonly CalendarEvent[], { withoutStatus = false, ...how }: How): string =>
  ical({
    ...how,
    prodId: { company: 'Umuhuza', product: 'Sandbox', language: 'EN' },
    timezone: { name: null, generator: (zone) => vtimezoneOf(zone) ?? null },
    events: events.map((event) => writtenEvent(event, withoutStatus)),
  }).toString();

const statuses = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<CalendarEvent['status'], ICalEventStatus>;

/** Attendees’ addresses are for calendars of those invited; a file or a feed has none unless it is given some. */
const writtenEvent = (event: CalendarEvent, withoutStatus: boolean): ICalEventData => {
  const { timeZone, organiser } = event;
  const onTheClock = isToldByTheClock(event.startsAt, timeZone) && isToldByTheClock(event.endsAt, timeZone);
  const at = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(onTheClock ? timeZone : 'UTC');
  return {
    id: event.uid,
    sequence: event.sequence,
    stamp: new Date(event.madeAt),
    ...(event.createdAt === undefined ? {} : { created: new Date(event.createdAt) }),
    lastModified: new Date(event.madeAt),
    start: at(event.startsAt),
    end: at(event.endsAt),
    timezone: onTheClock ? timeZone : null,
    status: withoutStatus ? null : statuses[event.status],
    summary: event.summary,
    ...(event.description ? { description: event.description } : {}),
    ...(event.location ? { location: event.location } : {}),
    ...(event.url ? { url: event.url } : {}),
    ...(organiser ? { organizer: { name: organiser.name, email: organiser.address } } : {}),
    attendees: (event.attendees ?? []).map(({ name, address, answer, takes }) => ({
      name,
      email: address,
      role: takes === 'required' ? ICalAttendeeRole.REQ : ICalAttendeeRole.OPT,
      status: answer === 'accepted' ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION,
      rsvp: false,
    })),
  };
};

/** The library writes a calendar’s name as it is, and readers differ in what they do with escapes there: plain words are safe. */
const plain = (name: string): string => name.replace(/[\\;,\s]+/g, ' ').trim();
