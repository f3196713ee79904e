import type { EventData } from '@umuhuza/contracts/catalogue';
import type { Addressee, BookingEntry } from '../told.ts';
import type { Table } from './table.ts';

const bookingPage = (bookingId: string): string => `/bookings/${bookingId}`;
const slotPage = (slotId: string): string => `/slots/${slotId}`;

type Slot = { title: string; startsAt: string; endsAt: string; place: string; product: { name: string } };
const bookingOf = ({ title, startsAt, endsAt, place, product }: Slot) => ({
  title,
  startsAt,
  endsAt,
  place,
  product: product.name,
});
const hostOf = ({ host, hostName }: { host: string; hostName?: string | undefined }) => ({
  organisationId: host,
  name: hostName,
});
const guestOf = ({ guest, guestName }: { guest: string; guestName?: string | undefined }) => ({
  organisationId: guest,
  name: guestName,
});

type InCalendar = EventData<'sandbox.TesterRemoved'>;
type Tester = InCalendar['tester'];

/** The same with what a calendar needs. Testers’ addresses are for the guest, who gave them. */
const entryOf = (
  booking: Slot & Omit<InCalendar, 'tester' | 'testers' | 'status'>,
  status: BookingEntry['status'],
  testers: readonly Tester[] = [],
) => ({
  ...bookingOf(booking),
  calendar: {
    uid: booking.uid,
    sequence: booking.sequence,
    status,
    timeZone: booking.timeZone,
    host: booking.hostName ?? booking.host,
    guest: booking.guestName ?? booking.guest,
    city: booking.place,
    ...(booking.address === undefined ? {} : { address: booking.address }),
    ...(testers.length > 0 ? { testers: testers.map(({ name, email }) => ({ name, address: email })) } : {}),
  },
});
const sureness = { requested: 'tentative', confirmed: 'confirmed' } as const;

const addresseeOf = ({ testerId, name, email }: Tester): Addressee => ({ id: testerId, name, address: email });
const named = ({ organisationId, name }: { organisationId: string; name: string | undefined }) => ({
  organisationId,
  name: name ?? organisationId,
});

/** What bookings and waitlists tell. */
export const sandboxTell = {
  // Confirmed by hand, it is tentative for both until the host answers; confirmed at once, the guest is told by that.
  'sandbox.BookingRequested': ({ confirmation, inConflict = false, because, ...booking }) => ({
    tell: [
      { to: booking.host, as: 'host' as const, other: guestOf(booking) },
      ...(confirmation === 'by-hand' ? [{ to: booking.guest, as: 'guest' as const, other: hostOf(booking) }] : []),
    ].map(({ to, as, other }) => ({
      to,
      kind: 'booking-requested' as const,
      data: {
        ...entryOf(booking, confirmation === 'automatic' ? 'confirmed' : 'tentative'),
        confirmation,
        ...(inConflict && as === 'host' ? { inConflict, isFull: because === 'calendar-full' } : {}),
        as,
      },
      other,
      link: bookingPage(booking.bookingId),
    })),
  }),

  // A host who confirms by hand has a tentative entry that is now certain; one who confirms automatically had the certain one at once.
  'sandbox.BookingConfirmed': ({ testers, ...booking }) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-confirmed' as const,
        data: { ...entryOf(booking, 'confirmed', testers), as: 'guest' as const },
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
      ...(booking.confirmation === 'by-hand'
        ? [
            {
              to: booking.host,
              kind: 'booking-confirmed' as const,
              data: { ...entryOf(booking, 'confirmed'), as: 'host' as const },
              other: guestOf(booking),
              link: bookingPage(booking.bookingId),
            },
          ]
        : []),
    ],
    write: (testers ?? []).map((tester) => ({
      addressee: addresseeOf(tester),
      of: booking.guest,
      kind: 'tester-invited',
      data: { ...entryOf(booking, 'confirmed'), certain: true, host: named(hostOf(booking)).name },
      other: named(guestOf(booking)),
    })),
  }),

  // Both had it in their calendars since it was requested. That nobody answered is told in the reader’s own words.
  'sandbox.BookingDeclined': ({ testers, by, reason, ...booking }) => {
    const why = { by, ...(by === 'platform' || reason === undefined ? {} : { reason }) };
    return {
      tell: [
        { to: booking.guest, as: 'guest' as const, other: hostOf(booking), entry: entryOf(booking, 'cancelled', testers) },
        { to: booking.host, as: 'host' as const, other: guestOf(booking), entry: entryOf(booking, 'cancelled') },
      ].map(({ to, as, other, entry }) => ({
        to,
        kind: 'booking-declined' as const,
        data: { ...entry, ...why, as },
        other,
        link: bookingPage(booking.bookingId),
      })),
      write: (testers ?? []).map((tester) => ({
        addressee: addresseeOf(tester),
        of: booking.guest,
        kind: 'booking-declined' as const,
        data: { ...entryOf(booking, 'cancelled'), ...why, as: 'guest' as const },
        other: named(hostOf(booking)),
      })),
    };
  },

  'sandbox.BookingCancelled': ({ testers, ...booking }) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-cancelled',
        data: { ...entryOf(booking, 'cancelled', testers), reason: booking.reason, by: booking.by, as: 'guest' },
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
      {
        to: booking.host,
        kind: 'booking-cancelled',
        data: { ...entryOf(booking, 'cancelled'), reason: booking.reason, by: booking.by, as: 'host' },
        other: guestOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
    write: (testers ?? []).map((tester) => ({
      addressee: addresseeOf(tester),
      of: booking.guest,
      kind: 'booking-cancelled',
      data: { ...entryOf(booking, 'cancelled'), reason: booking.reason, by: booking.by, as: otherThan(booking.by) },
      other: named(booking.by === 'guest' ? guestOf(booking) : hostOf(booking)),
    })),
  }),

  // Both: who moved it keeps the new time in writing.
  'sandbox.BookingRescheduled': ({ previous: { startsAt, endsAt }, testers, ...booking }) => {
    const moved = { previous: { startsAt, endsAt }, reason: booking.reason, by: booking.by };
    const status = sureness[booking.status];
    return {
      tell: [
        { to: booking.guest, as: 'guest' as const, other: hostOf(booking), entry: entryOf(booking, status, testers) },
        { to: booking.host, as: 'host' as const, other: guestOf(booking), entry: entryOf(booking, status) },
      ].map(({ to, as, other, entry }) => ({
        to,
        kind: 'booking-rescheduled' as const,
        data: { ...entry, ...moved, as },
        other,
        link: bookingPage(booking.bookingId),
      })),
      write: (testers ?? []).map((tester) => ({
        addressee: addresseeOf(tester),
        of: booking.guest,
        kind: 'booking-rescheduled' as const,
        data: { ...entryOf(booking, status), ...moved, as: otherThan(booking.by) },
        other: named(booking.by === 'guest' ? guestOf(booking) : hostOf(booking)),
      })),
    };
  },

  'sandbox.TesterInvited': ({ tester, testers, ...booking }) => ({
    tell: seatsChanged(booking, sureness[booking.status], testers),
    write: [
      {
        addressee: addresseeOf(tester),
        of: booking.guest,
        kind: 'tester-invited',
        data: {
          ...entryOf(booking, sureness[booking.status]),
          certain: booking.status === 'confirmed',
          host: named(hostOf(booking)).name,
        },
        other: named(guestOf(booking)),
      },
    ],
  }),

  // The event is over for the one alone; the firms’ calendars get it anew, with those who stay.
  'sandbox.TesterRemoved': ({ tester, testers, ...booking }) => ({
    tell: seatsChanged(booking, sureness[booking.status ?? 'confirmed'], testers),
    write: [
      {
        addressee: addresseeOf(tester),
        of: booking.guest,
        kind: 'tester-removed',
        data: entryOf(booking, 'cancelled'),
        other: named(guestOf(booking)),
      },
    ],
  }),

  'sandbox.BookingCompleted': (booking) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-completed',
        data: { ...bookingOf(booking), summary: booking.report.summary, findings: booking.report.findings.length },
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  'sandbox.FindingMoved': (finding) => ({
    tell: [
      {
        to: finding.by === 'guest' ? finding.host : finding.guest,
        kind: 'finding-moved',
        data: { title: finding.title, product: finding.product.name, status: finding.status },
        other: finding.by === 'guest' ? guestOf(finding) : hostOf(finding),
        link: bookingPage(finding.bookingId),
      },
    ],
  }),

  'sandbox.TestReportFinished': (report) => ({
    tell: [
      { to: report.guest, as: 'guest' as const, other: hostOf(report) },
      { to: report.host, as: 'host' as const, other: guestOf(report) },
    ].map(({ to, as, other }) => ({
      to,
      kind: 'report-finished' as const,
      data: { title: report.title, product: report.product.name, as },
      other,
      link: bookingPage(report.bookingId),
    })),
  }),

  'sandbox.GuestDidNotShow': (booking) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'guest-did-not-show',
        data: bookingOf(booking),
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  'sandbox.PlaceOffered': (entry) => ({
    tell: [
      {
        to: entry.guest,
        ofEntry: entry.entryId,
        kind: 'place-offered',
        data: { ...bookingOf(entry), until: entry.until },
        other: hostOf(entry),
        link: slotPage(entry.slotId),
      },
    ],
  }),

  'sandbox.OfferExpired': (entry) => ({
    tell: [
      {
        to: entry.guest,
        ofEntry: entry.entryId,
        kind: 'offer-expired',
        data: bookingOf(entry),
        other: hostOf(entry),
        link: slotPage(entry.slotId),
      },
    ],
  }),

  // Bookings in the slot say their new time themselves.
  'sandbox.SlotRescheduled': ({ waiting = [], previous, reason, ...slot }) => ({
    tell: waiting.map((entry) => ({
      to: entry.guest,
      ofEntry: entry.entryId,
      kind: 'waitlist-rescheduled' as const,
      data: { ...bookingOf({ ...slot, product: entry.product }), previous, reason, until: entry.until },
      other: hostOf(slot),
      link: slotPage(slot.slotId),
    })),
  }),

  'sandbox.WaitlistEnded': (entry) => ({
    tell: [
      {
        to: entry.guest,
        ofEntry: entry.entryId,
        kind: 'waitlist-ended',
        data: { ...bookingOf(entry), because: entry.because },
        other: hostOf(entry),
        link: slotPage(entry.slotId),
      },
    ],
  }),
} satisfies Table;

/** A tester did nothing itself, so the text names who did. */
function otherThan(by: 'guest' | 'host' | 'platform'): 'guest' | 'host' {
  return by === 'host' ? 'guest' : 'host';
}

function seatsChanged(
  booking: Omit<InCalendar, 'tester' | 'testers' | 'status'>,
  status: BookingEntry['status'],
  testers: readonly Tester[] | undefined,
) {
  const seats = booking.seats ?? 0;
  return [
    { to: booking.guest, as: 'guest' as const, other: hostOf(booking), entry: entryOf(booking, status, testers) },
    { to: booking.host, as: 'host' as const, other: guestOf(booking), entry: entryOf(booking, status) },
  ].map(({ to, as, other, entry }) => ({
    to,
    kind: 'seats-changed' as const,
    data: { ...entry, seats, as },
    other,
    link: bookingPage(booking.bookingId),
  }));
}
