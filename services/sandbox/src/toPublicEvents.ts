import type { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import type { EnvironmentContent } from '@umuhuza/contracts/sandbox/schemas';
import type { PublicEvent } from '@umuhuza/eventing/book';
import type { Environment, EnvironmentFact } from './environment/environment.ts';
import type { Report, ReportFact } from './report/report.ts';
import type { Booking, Party, Tester } from './slot/booking.ts';
import type { KnownSlot, Slot, SlotFact } from './slot/slot.ts';
import { type Entry, isLive } from './slot/waitlist.ts';
import { contentOf } from './views.ts';

type Said = PublicEvent<typeof sandboxEvents>;

/** All that is said of an environment is open to every signed-in company; of the terms, which text they are. */
export const ofEnvironment = (
  _environmentId: string,
  fact: EnvironmentFact<EnvironmentContent>,
  after: Environment<EnvironmentContent>,
): readonly Said[] => {
  if (after.status === 'none') return [];
  const { id: environmentId, host, termsOfUse, openedAt } = after;
  const environment = {
    environmentId,
    ...named('host', host),
    ...contentOf(after),
    ...(termsOfUse ? { termsOfUse } : {}),
    openedAt,
  };
  switch (fact.type) {
    case 'EnvironmentOpened':
      return [{ type: 'EnvironmentOpened', data: { environment } }];
    case 'EnvironmentDescribed':
      return [{ type: 'EnvironmentChanged', data: { environment } }];
    case 'EnvironmentClosed':
      return [{ type: 'EnvironmentClosed', data: { environment, reason: fact.reason } }];
    case 'EnvironmentReopened':
      return [{ type: 'EnvironmentReopened', data: { environment } }];
    // Who wants to read a document looks at the environment.
    case 'DocumentAdded':
    case 'DocumentRemoved':
      return [];
  }
};

/** What of a fact leaves the service. A guest’s goals and address stay between the two firms. */
export const ofSlot = (_slotId: string, fact: SlotFact, slot: Slot, before: Slot): readonly Said[] => {
  if (slot.status === 'none') return [];
  switch (fact.type) {
    case 'SlotOpened':
      return [{ type: 'SlotOpened', data: { ...aboutSlot(slot), capacity: fact.capacity } }];
    case 'SlotReopened':
      return [{ type: 'SlotOpened', data: { ...aboutSlot(slot), capacity: fact.capacity } }];
    case 'CapacityChanged':
      return [{ type: 'SlotCapacityChanged', data: { ...aboutSlot(slot), capacity: fact.capacity } }];
    case 'SlotTimeChanged':
      return before.status === 'none' ? [] : ofNewTime(slot, before, fact.reason);
    case 'SlotClosed':
      return [{ type: 'SlotClosed', data: { ...aboutSlot(slot), reason: fact.reason } }];
    case 'BookingRequested':
      return ofBooking(slot, fact.bookingId, (data, booking) => ({
        type: 'BookingRequested',
        data: { ...data, confirmation: whoConfirms(slot, booking), ...inConflict(fact.inConflict) },
      }));
    case 'BookingConfirmed':
      return ofBooking(slot, fact.bookingId, (data, booking) => ({
        type: 'BookingConfirmed',
        data: { ...data, confirmation: whoConfirms(slot, booking), ...everyTester(booking.testers) },
      }));
    case 'BookingDeclined':
      return ofBooking(slot, fact.bookingId, (data, { testers }) => ({
        type: 'BookingDeclined',
        data: { ...data, by: fact.by, reason: fact.reason, ...everyTester(testers) },
      }));
    case 'BookingCancelled':
      return ofBooking(slot, fact.bookingId, (data, { testers }) => ({
        type: 'BookingCancelled',
        data: { ...data, by: fact.by, late: fact.late, ...why(fact.reason), ...everyTester(testers) },
      }));
    case 'BookingArrived': {
      const { by, late, reason, from: previous, booking: moved } = fact;
      if (moved.status !== 'requested' && moved.status !== 'confirmed') return [];
      const { status } = moved;
      return ofBooking(slot, moved.id, (data, { testers }) => ({
        type: 'BookingRescheduled',
        data: { ...data, status, previous, by, late, ...why(reason), ...everyTester(testers) },
      }));
    }
    case 'TesterInvited':
      return ofBooking(slot, fact.bookingId, (data, { status, testers }) => ({
        type: 'TesterInvited',
        data: { ...data, status: certainOf(status), tester: invited(fact.tester), ...everyTester(testers) },
      }));
    case 'TesterRemoved':
      return ofBooking(slot, fact.bookingId, (data, { status, testers }) => ({
        type: 'TesterRemoved',
        data: { ...data, status: certainOf(status), tester: invited(fact.tester), ...everyTester(testers) },
      }));
    case 'BookingCompleted':
      return ofBooking(slot, fact.bookingId, (data) => ({
        type: 'BookingCompleted',
        data: { ...data, report: { ...fact.report, findings: [...fact.report.findings] } },
      }));
    case 'GuestDidNotShow':
      return ofBooking(slot, fact.bookingId, (data) => ({ type: 'GuestDidNotShow', data }));
    case 'WaitlistJoined':
      return ofEntry(slot, fact.entryId, (data) => ({ type: 'WaitlistJoined', data }));
    case 'PlaceOffered':
      return ofEntry(slot, fact.entryId, (data) => ({ type: 'PlaceOffered', data: { ...data, until: fact.until } }));
    case 'OfferExpired':
      return ofEntry(slot, fact.entryId, (data) => ({ type: 'OfferExpired', data }));
    case 'WaitlistEnded':
      return ofEntry(slot, fact.entryId, (data) => ({ type: 'WaitlistEnded', data: { ...data, because: fact.because } }));
    case 'OfferAccepted':
    case 'OfferDeclined':
    case 'WaitlistLeft':
    case 'PlaceHeld':
    case 'HoldReleased':
    case 'HoldExpired':
    case 'HoldBooked':
    case 'PlacesKept':
    case 'PlacesLetGo':
    case 'BookingLeft':
    case 'MoveAbandoned':
    case 'TimeTaken':
    case 'ReservationAbandoned':
    // What others see of it are its places.
    case 'LeftOutsideHours':
    case 'BackInHours':
      // An accepted offer is told as the booking it became, a move by the slot the booking arrives in; who leaves a queue or a form knows
      // it, and nobody else needs to.
      return [];
  }
};

/** Of a report: that something was done, and by whom. What was found and said stays between the two firms. */
export const ofReport = (fact: ReportFact, report: Report): readonly Said[] => {
  if (report.status === 'none') return [];
  const { id: bookingId, tested } = report;
  const { environmentId, slotId, title, host, guest, product, startsAt, endsAt, mayBeNamed } = tested;
  const about = {
    ...{ bookingId, slotId, environmentId, title },
    ...named('host', host),
    ...named('guest', guest),
    ...{ product: { name: product }, startsAt, endsAt },
  };
  switch (fact.type) {
    case 'FindingMoved':
      return [{ type: 'FindingMoved', data: { ...about, findingId: fact.findingId, status: fact.to, by: fact.by } }];
    case 'ReportFinished':
      return [{ type: 'TestReportFinished', data: { ...about, mayBeNamed, finishedAt: fact.at, digest: fact.digest } }];
    case 'ReportHandedOver':
    case 'EvidenceAdded':
    case 'FeedbackGiven':
      // The handing over is told as the booking that was completed by it.
      return [];
  }
};

const named = <Role extends 'host' | 'guest'>(role: Role, { organisationId, name }: Party) =>
  ({ [role]: organisationId, ...(name === null ? {} : { [`${role}Name`]: name }) }) as { readonly [R in Role]: string } & {
    readonly [N in `${Role}Name`]?: string;
  };

const aboutSlot = ({ id, terms, startsAt, endsAt }: KnownSlot) => ({
  slotId: id,
  environmentId: terms.environmentId,
  title: terms.title,
  ...named('host', terms.host),
  startsAt,
  endsAt,
  timeZone: terms.timeZone,
  place: terms.place.city,
  ...(terms.place.address === undefined ? {} : { address: terms.place.address }),
});

/** The slot says its new time, with those who wait in it, and so does each booking that stays in it. */
const ofNewTime = (slot: KnownSlot, { startsAt, endsAt }: KnownSlot, reason: string): readonly Said[] => [
  {
    type: 'SlotRescheduled',
    data: {
      ...aboutSlot(slot),
      previous: { startsAt, endsAt },
      reason,
      waiting: slot.waitlist
        .filter(isLive)
        .map((entry) => ({ ...waiting(entry), ...(entry.status === 'offered' ? { until: entry.until } : {}) })),
    },
  },
  ...slot.bookings.flatMap((booking): Said[] =>
    booking.status === 'requested' || booking.status === 'confirmed'
      ? [
          {
            type: 'BookingRescheduled',
            data: {
              ...aboutBooking(slot, booking),
              status: booking.status,
              previous: { slotId: slot.id, startsAt, endsAt },
              by: 'host',
              late: false,
              reason,
              ...everyTester(booking.testers),
            },
          },
        ]
      : [],
  ),
];

const why = (reason: string | null): { readonly reason?: string } => (reason === null ? {} : { reason });

/** The host is asked of a booking whose slot stood in another's way, whatever it has set. */
const whoConfirms = ({ terms }: KnownSlot, { inConflict }: Booking) => (inConflict ? 'by-hand' : terms.confirmation);

const inConflict = (why: Booking['inConflict']) =>
  why === undefined ? {} : { inConflict: true, ...(why === true ? {} : { because: why.because }) };

const certainOf = (status: Booking['status']): 'requested' | 'confirmed' => (status === 'confirmed' ? status : 'requested');

const invited = ({ id: testerId, name, email }: Tester) => ({ testerId, name, email });

const everyTester = (testers: readonly Tester[] | undefined) => (testers?.length ? { testers: testers.map(invited) } : {});

const aboutBooking = (slot: KnownSlot, { id, guest, product, uid, sequence, testers }: Booking) => ({
  ...aboutSlot(slot),
  bookingId: id,
  ...named('guest', guest),
  product: { name: product.name },
  uid,
  sequence,
  seats: testers?.length ?? 0,
});

const ofBooking = (
  slot: KnownSlot,
  id: string,
  say: (data: ReturnType<typeof aboutBooking>, booking: Booking) => Said,
): readonly Said[] =>
  slot.bookings.filter((booking) => booking.id === id).map((booking) => say(aboutBooking(slot, booking), booking));

const waiting = ({ id, guest, product }: Entry) => ({
  entryId: id,
  ...named('guest', guest),
  product: { name: product.name },
});

const aboutEntry = (slot: KnownSlot, entry: Entry) => ({ ...aboutSlot(slot), ...waiting(entry) });

const ofEntry = (slot: KnownSlot, id: string, say: (data: ReturnType<typeof aboutEntry>) => Said): readonly Said[] =>
  slot.waitlist.filter((entry) => entry.id === id).map((entry) => say(aboutEntry(slot, entry)));
