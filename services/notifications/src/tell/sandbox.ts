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

/** What bookings and waitlists tell. */
export const sandboxTell = {
  'sandbox.BookingRequested': (booking) => ({
    tell: [
      {
        to: booking.host,
        kind: 'booking-requested',
        data: { ...bookingOf(booking), confirmation: booking.confirmation },
        other: guestOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  'sandbox.BookingConfirmed': (booking) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-confirmed',
        data: bookingOf(booking),
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  'sandbox.BookingDeclined': (booking) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-declined',
        data: { ...bookingOf(booking), reason: booking.reason },
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  'sandbox.BookingCancelled': (booking) => ({
    tell: [
      {
        to: booking.guest,
        kind: 'booking-cancelled',
        data: { ...bookingOf(booking), reason: booking.reason, by: booking.by, as: 'guest' },
        other: hostOf(booking),
        link: bookingPage(booking.bookingId),
      },
      {
        to: booking.host,
        kind: 'booking-cancelled',
        data: { ...bookingOf(booking), reason: booking.reason, by: booking.by, as: 'host' },
        other: guestOf(booking),
        link: bookingPage(booking.bookingId),
      },
    ],
  }),

  // Both: who moved it keeps the new time in writing.
  'sandbox.BookingRescheduled': ({ previous: { startsAt, endsAt }, ...booking }) => ({
    tell: [
      { to: booking.guest, as: 'guest' as const, other: hostOf(booking) },
      { to: booking.host, as: 'host' as const, other: guestOf(booking) },
    ].map(({ to, as, other }) => ({
      to,
      kind: 'booking-rescheduled' as const,
      data: { ...bookingOf(booking), previous: { startsAt, endsAt }, reason: booking.reason, by: booking.by, as },
      other,
      link: bookingPage(booking.bookingId),
    })),
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
        kind: 'place-offered',
        data: { ...bookingOf(entry), until: entry.until },
        other: hostOf(entry),
        link: slotPage(entry.slotId),
      },
    ],
  }),

  'sandbox.OfferExpired': (entry) => ({
    tell: [
      { to: entry.guest, kind: 'offer-expired', data: bookingOf(entry), other: hostOf(entry), link: slotPage(entry.slotId) },
    ],
  }),

  'sandbox.WaitlistEnded': (entry) => ({
    tell: [
      {
        to: entry.guest,
        kind: 'waitlist-ended',
        data: { ...bookingOf(entry), because: entry.because },
        other: hostOf(entry),
        link: slotPage(entry.slotId),
      },
    ],
  }),
} satisfies Table;
