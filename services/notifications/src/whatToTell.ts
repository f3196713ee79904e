import type { EventData, EventName } from '@umuhuza/contracts/catalogue';
import type { ToTell } from './told.ts';

/**
 * Who is told what when an event is heard. Where several rows name an organisation the first counts, so that each event tells it one
 * thing. `about` is the tender by which those told before are found.
 */
type Table = {
  readonly [Name in EventName]?: (data: EventData<Name>) => { readonly about?: string; readonly tell: readonly ToTell[] };
};

const tenderPage = (tenderId: string): string => `/tenders/${tenderId}`;
const bookingPage = (bookingId: string): string => `/bookings/${bookingId}`;
const slotPage = (slotId: string): string => `/slots/${slotId}`;
const interestPage = (interestId: string): string => `/interests/${interestId}`;
const over = ['tender-cancelled', 'tender-unsuccessful'] as const;

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

export const whatToTell = {
  'matching.FirmsMatched': ({ tenderId, title, buyer, deadline, firms }) => ({
    about: tenderId,
    tell: firms.map(({ organisationId, reasons }) => ({
      to: organisationId,
      kind: 'tender-matched',
      data: { title, deadline, reasons: reasons.slice(0, 5) },
      other: buyer,
      link: tenderPage(tenderId),
      pointlessAfter: over,
    })),
  }),

  'tenders.TenderAmended': ({ tender: { tenderId, title, buyer, deadline }, changesWhatIsAsked = false, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'tender-amended',
        data: { title, deadline, confirmBids: changesWhatIsAsked, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.QuestionAsked': ({ tenderId, title, buyer, question }) => ({
    about: tenderId,
    tell: [{ to: buyer.organisationId, kind: 'question-asked', data: { title, question }, link: tenderPage(tenderId) }],
  }),

  // Who asked stays unknown even here; the answer goes to every firm that was told of the tender, and stands on its page.
  'tenders.QuestionAnswered': ({ tenderId, title, buyer, question, answer }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'question-answered',
        data: { title, question, answer },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.QuestionRejected': ({ tenderId, title, buyer, question, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'question-rejected',
        data: { title, question, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.BiddingClosed': ({ tenderId, title, buyer, openingWaitsFor = [] }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'bidding-closed',
        data: { title, openQuestions: openingWaitsFor.length },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.BidsOpened': ({ tenderId, title, buyer, bidders, bids }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'bids-opened', data: { title, bids, as: 'buyer' }, link: tenderPage(tenderId) },
      ...bidders.map((bidder) => ({
        to: bidder,
        kind: 'bids-opened' as const,
        data: { title, bids, as: 'bidder' as const },
        other: buyer,
        link: tenderPage(tenderId),
      })),
    ],
  }),

  'tenders.BidderInformed': ({ tenderId, title, buyer, organisationId, outcome, rank, score, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: organisationId,
        kind: 'award-outcome',
        data: { title, outcome, rank, score, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.LotAwarded': ({ tenderId, title, buyer, winner, value, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'lot-awarded',
        data: { title, value, reason },
        other: { organisationId: winner.organisationId },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.TenderCancelled': ({ tenderId, title, buyer, reason }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'tender-cancelled', data: { title, reason }, link: tenderPage(tenderId) },
      {
        to: { toldBefore: ['tender-matched', 'bids-opened'] },
        kind: 'tender-cancelled',
        data: { title, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.TenderUnsuccessful': ({ tenderId, title, buyer, reason }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'tender-unsuccessful', data: { title, reason }, link: tenderPage(tenderId) },
      {
        to: { toldBefore: ['bids-opened'] },
        kind: 'tender-unsuccessful',
        data: { title, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'matching.InterestExpressed': ({ interestId, from, to, message, expiresAt }) => ({
    tell: [{ to, kind: 'interest-expressed', data: { message, expiresAt }, other: from, link: interestPage(interestId) }],
  }),

  'matching.InterestAccepted': ({ interestId, from, to, toName, reason }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-accepted',
        data: { reason },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
    ],
  }),

  'matching.InterestDeclined': ({ interestId, from, to, toName, reason }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-declined',
        data: { reason },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
    ],
  }),

  'matching.InterestExpired': ({ interestId, from, to, toName }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-expired',
        data: { as: 'asking' },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
      { to, kind: 'interest-expired', data: { as: 'asked' }, other: from, link: interestPage(interestId) },
    ],
  }),

  'matching.CooperationStarted': ({ cooperationId, organisations: [a, b], names, origin, title }) => ({
    tell: [
      { to: a, other: { organisationId: b, name: names?.[1] } },
      { to: b, other: { organisationId: a, name: names?.[0] } },
    ].map((side) => ({
      ...side,
      kind: 'cooperation-started',
      data: { title, origin: origin.kind },
      link: `/cooperations/${cooperationId}`,
    })),
  }),

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

/** The events that tell somebody something. */
export type TellingEvent = keyof typeof whatToTell;
