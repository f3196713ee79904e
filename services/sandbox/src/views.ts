import {
  type Agreed as AgreedView,
  type BookingView,
  type Clocks,
  type EnvironmentContent,
  type EnvironmentView,
  environmentContent,
  type SlotView,
  type WaitlistEntryView,
} from '@umuhuza/contracts/sandbox/schemas';
import type { KnownEnvironment } from './environment/environment.ts';
import { agreedFor, priceFor, seatsFor, seatsPerPlace } from './slot/agreed.ts';
import type { Agreed, Booking } from './slot/booking.ts';
import { hoursHaveChanged } from './slot/followHours.ts';
import { cancelFreelyUntil, liveBookingOf, liveHoldOf, phaseOf, placesOpen } from './slot/places.ts';
import type { KnownSlot } from './slot/slot.ts';
import type { Entry } from './slot/waitlist.ts';

export type StoredEnvironment = KnownEnvironment<EnvironmentContent>;

/** The content as the contract orders and completes it: environments described before a field came have its default. */
export const contentOf = ({ content }: StoredEnvironment): EnvironmentContent => environmentContent.parse(content);

export const toEnvironmentView = (environment: StoredEnvironment): EnvironmentView => ({
  environmentId: environment.id,
  host: environment.host,
  ...contentOf(environment),
  uploads: [...(environment.documents ?? [])],
  termsOfUse: environment.termsOfUse ?? null,
  status: environment.status,
  closedBecause: environment.status === 'closed' ? environment.reason : null,
  openedAt: environment.openedAt,
  changedAt: environment.changedAt ?? environment.openedAt,
});

/** The slot as one reader sees it at an instant; of others' bookings and entries it tells only how many there are. */
export const toSlotView = (slot: KnownSlot, reader: string, at: string): SlotView => {
  const { id, terms, capacity, waitlist } = slot;
  const phase = phaseOf(slot, at);
  const hold = liveHoldOf(slot, reader);
  const entry = waitlist.findLast(({ guest, status }) => guest.organisationId === reader && status !== 'accepted');
  return {
    slotId: id,
    environmentId: terms.environmentId,
    title: terms.title,
    areas: [...(terms.areas ?? [])] as SlotView['areas'],
    kinds: [...terms.kinds],
    devices: [...(terms.devices ?? [])],
    networks: [...(terms.networks ?? [])],
    languages: [...terms.languages],
    place: terms.place,
    host: terms.host,
    price: terms.price ?? 'free',
    seatsPerPlace: seatsPerPlace(slot),
    termsOfUse: terms.termsOfUse ?? null,
    confirmation: terms.confirmation,
    cancellationNoticeHours: terms.cancellationNoticeHours,
    ...timesOf(slot),
    status: phase,
    capacity,
    free: slot.status === 'closed' ? 0 : placesOpen(slot),
    waiting: waitlist.filter(({ status }) => status === 'waiting').length,
    ...closingOf(slot),
    outsideHours: (phase === 'open' || phase === 'full') && slot.outsideHours !== undefined,
    mine: {
      bookingId: liveBookingOf(slot, reader)?.id ?? null,
      waitlist: entry ? toEntryView(slot, entry) : null,
      hold: hold ? { holdId: hold.id, until: hold.until } : null,
    },
  };
};

const closingOf = (slot: KnownSlot): Pick<SlotView, 'closedBecause' | 'closedByHours'> => {
  if (slot.status === 'open') return { closedBecause: null, closedByHours: false };
  const { reason, byHours = false } = slot;
  return { closedBecause: byHours && reason === hoursHaveChanged ? null : reason, closedByHours: byHours };
};

/** The booking as one of its two firms sees it. */
export const toBookingView = (slot: KnownSlot, booking: Booking, reader: string): BookingView => {
  const { terms } = slot;
  const { id, guest, product, status, uid, sequence, requestedAt, changedAt, termsAccepted, testers = [] } = booking;
  const isGuest = guest.organisationId === reader;
  const agreed = agreedFor(terms, booking);
  return {
    bookingId: id,
    slotId: slot.id,
    environmentId: terms.environmentId,
    title: terms.title,
    place: terms.place,
    host: terms.host,
    guest,
    product,
    dataClass: booking.dataClass ?? null,
    mayBeNamed: booking.mayBeNamed ?? false,
    price: priceFor(terms, booking),
    termsAccepted: termsAccepted ? { version: termsAccepted.version, hash: termsAccepted.hash, at: termsAccepted.at } : null,
    agreed: agreed ? toAgreed(agreed) : null,
    inConflict: status === 'requested' && !isGuest && typeof booking.inConflict === 'object' ? { ...booking.inConflict } : null,
    seats: seatsFor(slot, booking),
    testers: testers.map(({ id: testerId, name, email }) => ({ testerId, name, email: isGuest ? email : null })),
    status,
    ...timesOf(slot),
    movedFrom: booking.movedFrom ?? null,
    uid,
    sequence,
    requestedAt,
    changedAt,
    cancelFreelyUntil: cancelFreelyUntil(slot, booking),
    ended: endOf(booking),
    report: booking.status === 'completed' ? { ...booking.report, findings: [...booking.report.findings] } : null,
  };
};

/** As the contract has it. */
export const toAgreed = ({ data, law, notes, panel }: Agreed): AgreedView => ({
  data,
  ...(law === undefined ? {} : { law }),
  ...(notes === undefined ? {} : { notes }),
  ...(panel ? { panel: { size: panel.size, languages: [...panel.languages], profile: panel.profile } } : {}),
});

const endOf = (booking: Booking): BookingView['ended'] => {
  switch (booking.status) {
    case 'declined':
      return { by: booking.by, reason: booking.reason, late: false };
    case 'cancelled':
      return { by: booking.by, reason: booking.reason, late: booking.late };
    default:
      return null;
  }
};

/** The entry as its own firm sees it. */
export const toEntryView = (slot: KnownSlot, entry: Entry): WaitlistEntryView => {
  const queue = slot.waitlist.filter(({ status }) => status === 'waiting');
  return {
    entryId: entry.id,
    slotId: slot.id,
    guest: entry.guest,
    product: entry.product,
    status: entry.status,
    position: entry.status === 'waiting' ? queue.findIndex(({ id }) => id === entry.id) + 1 : null,
    until: entry.status === 'offered' ? entry.until : null,
    bookingId: entry.status === 'accepted' ? entry.bookingId : null,
    joinedAt: entry.joinedAt,
  };
};

const timesOf = ({ startsAt, endsAt, terms }: KnownSlot) => ({
  startsAt,
  endsAt,
  clocks: clocksOf(startsAt, endsAt, terms.timeZone),
});

/** Slots whose clocks were worked out last: each booking and each look at a slot shows them again. */
const shownClocks = new Map<string, Clocks>();
const mostShown = 2_000;

/** The same two instants on the clocks of both countries and of the host. */
const clocksOf = (startsAt: string, endsAt: string, hostZone: string): Clocks => {
  const key = `${startsAt} ${endsAt} ${hostZone}`;
  const known = shownClocks.get(key);
  if (known) return known;
  const clocks = workedOut(startsAt, endsAt, hostZone);
  const [oldest] = shownClocks.size >= mostShown ? shownClocks.keys() : [];
  if (oldest !== undefined) shownClocks.delete(oldest);
  shownClocks.set(key, clocks);
  return clocks;
};

const workedOut = (startsAt: string, endsAt: string, hostZone: string): Clocks => {
  const on = (timeZone: string) => ({ timeZone, startsAt: onClock(startsAt, timeZone), endsAt: onClock(endsAt, timeZone) });
  return { berlin: on('Europe/Berlin'), kigali: on('Africa/Kigali'), host: on(hostZone) };
};

const onClock = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
