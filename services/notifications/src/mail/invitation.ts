import { bookingEvent } from '@umuhuza/calendar/bookingEvent';
import type { Attendee, Person } from '@umuhuza/calendar/event';
import { cancellationOf, type Invited, requestOf, uninvitationOf } from '@umuhuza/calendar/writeCalendar';
import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import type { Told } from '../told.ts';

/** What a mail asks a calendar to do (RFC 5546). */
export type Invitation = { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };

type InvitationParts = {
  readonly reader: Person;
  readonly language: PersonLanguage;
  readonly organiser: string;
  readonly at: string;
  readonly url?: string | undefined;
};

/** What each kind of news is to a calendar; the rest are none. A tester who is taken out loses the event, nobody else does. */
const calendarOf: Partial<Readonly<Record<NotificationKind, 'request' | 'cancel' | 'uninvite'>>> = {
  'booking-requested': 'request',
  'booking-confirmed': 'request',
  'booking-rescheduled': 'request',
  'seats-changed': 'request',
  'tester-invited': 'request',
  'booking-declined': 'cancel',
  'booking-cancelled': 'cancel',
  'tester-removed': 'uninvite',
};

/** The booking that this news would put into a calendar; nothing where it does not. */
export const invitedTo = (
  told: Told,
): { readonly bookingId: string; readonly uid: string; readonly sequence: number; readonly startsAt: string } | undefined => {
  const entry = 'calendar' in told.data ? told.data.calendar : undefined;
  if (calendarOf[told.kind] !== 'request' || !entry) return undefined;
  const { startsAt } = told.data as { startsAt: string };
  return { bookingId: entry.uid.split('@')[0] ?? entry.uid, uid: entry.uid, sequence: entry.sequence, startsAt };
};

/**
 * The booking in the reader’s calendar, or nothing where the news changes none. The platform is the organiser, from whose address the
 * mail comes: programs believe a change only from there. Each reader is invited alone, and sees of others only whom the event named.
 */
export const invitationOf = (told: Told, { reader, language, organiser, at, url }: InvitationParts): Invitation | undefined => {
  const what = calendarOf[told.kind];
  const entry = 'calendar' in told.data ? told.data.calendar : undefined;
  if (!what || !entry) return undefined;
  const { title, product, startsAt, endsAt } = told.data as { title: string; product: string; startsAt: string; endsAt: string };
  const readers: Attendee = { ...reader, answer: 'accepted', takes: 'required' };
  const others = (entry.testers ?? [])
    .filter(({ address }) => address !== reader.address)
    .map((tester): Attendee => ({ ...tester, answer: 'accepted', takes: 'optional' }));
  const event: Invited = {
    ...bookingEvent({ ...entry, madeAt: at, startsAt, endsAt, title, product, language, ...(url === undefined ? {} : { url }) }),
    organiser: { name: `${entry.host} (Umuhuza)`, address: organiser },
    attendees: [readers, ...others],
  };
  switch (what) {
    case 'request':
      return { method: 'REQUEST', content: requestOf(event) };
    case 'cancel':
      return { method: 'CANCEL', content: cancellationOf(event) };
    case 'uninvite':
      return { method: 'CANCEL', content: uninvitationOf(event, [readers]) };
  }
};
