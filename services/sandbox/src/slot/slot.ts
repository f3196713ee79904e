import { cameTo, takingAlong } from './agreed.ts';
import {
  altered,
  type Booking,
  type Conflict,
  changed,
  type DataClass,
  type Form,
  formOf,
  isToCome,
  type Party,
  type Report,
  type Tester,
} from './booking.ts';
import { type Arrival, type Arriving, type Departure, ended, type Hold, type Moving } from './hold.ts';
import { earlier } from './times.ts';
import { became, type Entry } from './waitlist.ts';

/** The environment's terms as they stood when the slot was opened: what a guest books is what it gets. Older slots lack the later ones. */
export type Terms = {
  readonly environmentId: string;
  readonly title: string;
  readonly areas?: readonly string[];
  readonly kinds: readonly string[];
  readonly devices?: readonly string[];
  readonly networks?: readonly string[];
  readonly languages: readonly LanguageSkill[];
  /** What the people who test speak, besides. */
  readonly testerLanguages?: readonly string[];
  readonly place: { readonly city: string; readonly address?: string | undefined };
  readonly host: Party;
  readonly price?: 'free' | { readonly amount: number; readonly currency: string };
  readonly seatsPerPlace?: number;
  /** What a guest accepts by booking; none where the host asks for nothing. */
  readonly termsOfUse?: TermsOfUse;
  /** What data a test here may touch. */
  readonly data?: DataClass;
  /** The law it is under, what else is to be known of data, and the people who test. */
  readonly law?: string;
  readonly dataNotes?: string;
  readonly panel?: Panel;
  readonly confirmation: 'by-hand' | 'automatic';
  readonly timeZone: string;
  readonly cancellationNoticeHours: number;
  readonly offerHoldHours: number;
  /** What it needs at once, and the minutes after it in which its environment takes no other slot. */
  readonly needs?: readonly Need[];
  readonly bufferMinutes?: number;
};
export type Need = { readonly resourceId: string; readonly quantity: number };
export type TermsOfUse = { readonly version: number; readonly hash: string };
export type Panel = { readonly size: number; readonly languages: readonly LanguageSkill[]; readonly profile: string };
type LanguageSkill = { readonly language: string; readonly level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native' };

/** Capacity, bookings and waitlist change together or not at all, so they are one thing. */
type Opened = {
  readonly id: string;
  readonly terms: Terms;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: number;
  /** The opening hours it came of; none for a slot that was opened by itself. */
  readonly hoursId?: string;
  readonly bookings: readonly Booking[];
  readonly waitlist: readonly Entry[];
  readonly holds?: readonly Hold[];
  readonly arrivals?: readonly Arrival[];
  readonly departures?: readonly Departure[];
  /** Moves out of this slot that were given up: they can never happen any more. */
  readonly abandonedMoves?: readonly string[];
  /** Moves into this slot that are over, one way or the other: they never begin again, whatever request comes again. */
  readonly endedMoves?: readonly string[];
  /** The reservation of the host's resources it stands on, where it needs any. */
  readonly reservationId?: string;
  /** Its hours no longer have it: it stands for those who are in it. `places` are those it had. */
  readonly outsideHours?: { readonly places: number };
  /** Its hours do not have it, and the host offers places in it all the same. */
  readonly offeredByHost?: true;
  /** Reservations it can never stand on any more. */
  readonly abandonedReservations?: readonly string[];
};
export type OpenSlot = { readonly status: 'open' } & Opened;
/** `byHours`: nobody closed it by hand, its opening hours no longer had it; they may have it again. */
export type ClosedSlot = { readonly status: 'closed'; readonly reason: string; readonly byHours?: boolean } & Opened;
export type KnownSlot = OpenSlot | ClosedSlot;

/** Whether an open slot is full is told by its places, whether it is past by the instant; neither is kept a second time. */
export type Slot = { readonly status: 'none'; readonly abandonedReservations?: readonly string[] } | KnownSlot;

export const noSlot: Slot = { status: 'none' };

export type SlotFact =
  | {
      readonly type: 'SlotOpened';
      readonly slotId: string;
      readonly terms: Terms;
      readonly startsAt: string;
      readonly endsAt: string;
      readonly capacity: number;
      readonly hoursId?: string;
      readonly reservationId?: string;
    }
  | {
      readonly type: 'TimeTaken';
      readonly reservationId: string;
      readonly needs: readonly Need[];
      readonly bufferMinutes?: number;
    }
  | { readonly type: 'ReservationAbandoned'; readonly reservationId: string }
  | {
      readonly type: 'SlotTimeChanged';
      readonly startsAt: string;
      readonly endsAt: string;
      readonly reservationId?: string;
      readonly reason: string;
      readonly at: string;
    }
  | { readonly type: 'CapacityChanged'; readonly capacity: number }
  | { readonly type: 'LeftOutsideHours'; readonly places: number }
  /** `byHost`: its hours do not have it again, its host offers places in it. */
  | { readonly type: 'BackInHours'; readonly byHost?: true }
  | { readonly type: 'SlotClosed'; readonly reason: string; readonly byHours?: boolean }
  | { readonly type: 'SlotReopened'; readonly capacity: number; readonly reservationId?: string }
  | { readonly type: 'PlaceHeld'; readonly holdId: string; readonly guest: Party; readonly until: string }
  | { readonly type: 'HoldReleased'; readonly holdId: string }
  | { readonly type: 'HoldExpired'; readonly holdId: string }
  | { readonly type: 'HoldBooked'; readonly holdId: string; readonly bookingId: string }
  | ({
      readonly type: 'BookingRequested';
      readonly bookingId: string;
      readonly uid: string;
      readonly guest: Party;
      readonly inConflict?: true | Conflict;
      readonly at: string;
    } & Form)
  | { readonly type: 'TesterInvited'; readonly bookingId: string; readonly tester: Tester; readonly at: string }
  | { readonly type: 'TesterRemoved'; readonly bookingId: string; readonly tester: Tester; readonly at: string }
  | ({ readonly type: 'PlacesKept' } & Arrival)
  | { readonly type: 'PlacesLetGo'; readonly moveId: string }
  | ({ readonly type: 'BookingLeft' } & Departure)
  | { readonly type: 'MoveAbandoned'; readonly moveId: string }
  | ({ readonly type: 'BookingArrived'; readonly moveId: string; readonly at: string } & Arriving)
  | { readonly type: 'BookingConfirmed'; readonly bookingId: string; readonly at: string }
  | {
      readonly type: 'BookingDeclined';
      readonly bookingId: string;
      readonly by: 'host' | 'platform';
      readonly reason: string;
      readonly at: string;
    }
  | {
      readonly type: 'BookingCancelled';
      readonly bookingId: string;
      readonly by: 'guest' | 'host';
      readonly reason: string | null;
      readonly late: boolean;
      readonly at: string;
    }
  | { readonly type: 'BookingCompleted'; readonly bookingId: string; readonly report: Report; readonly at: string }
  | { readonly type: 'GuestDidNotShow'; readonly bookingId: string; readonly at: string }
  | ({ readonly type: 'WaitlistJoined'; readonly entryId: string; readonly guest: Party; readonly at: string } & Form)
  | { readonly type: 'WaitlistLeft'; readonly entryId: string }
  | { readonly type: 'WaitlistEnded'; readonly entryId: string; readonly because: 'begun' | 'closed' }
  | { readonly type: 'PlaceOffered'; readonly entryId: string; readonly until: string }
  | { readonly type: 'OfferAccepted'; readonly entryId: string; readonly bookingId: string }
  | { readonly type: 'OfferDeclined'; readonly entryId: string }
  | { readonly type: 'OfferExpired'; readonly entryId: string };

export const evolve = (slot: Slot, fact: SlotFact): Slot => {
  if (fact.type === 'SlotOpened') {
    const { slotId: id, terms, startsAt, endsAt, capacity, hoursId, reservationId } = fact;
    const of = hoursId === undefined ? {} : { hoursId };
    const on = reservationId === undefined ? {} : { reservationId };
    return { status: 'open', id, terms, startsAt, endsAt, capacity, ...of, ...on, bookings: [], waitlist: [] };
  }
  if (fact.type === 'ReservationAbandoned')
    return { ...slot, abandonedReservations: remembering(slot.abandonedReservations, fact.reservationId) };
  if (slot.status === 'none') return slot;
  switch (fact.type) {
    case 'SlotTimeChanged': {
      const { startsAt, endsAt, reservationId, at } = fact;
      const { reservationId: _, ...same } = slot;
      return {
        ...same,
        startsAt,
        endsAt,
        ...standingNow(slot, reservationId),
        bookings: slot.bookings.map((booking) => (isToCome(booking) ? altered(booking, { movedByHost: true }, at) : booking)),
        waitlist: slot.waitlist.map((entry) =>
          entry.status === 'offered' ? { ...entry, until: earlier(entry.until, startsAt) } : entry,
        ),
        holds: (slot.holds ?? []).map((hold) =>
          hold.status === 'held' ? { ...hold, until: earlier(hold.until, startsAt) } : hold,
        ),
      };
    }
    case 'TimeTaken': {
      const { reservationId, needs, bufferMinutes } = fact;
      const terms = { ...slot.terms, needs, ...(bufferMinutes === undefined ? {} : { bufferMinutes }) };
      return { ...slot, terms, reservationId };
    }
    case 'CapacityChanged':
      return { ...slot, capacity: fact.capacity };
    case 'LeftOutsideHours': {
      const { offeredByHost: _, ...left } = slot;
      return { ...left, outsideHours: { places: fact.places } };
    }
    case 'BackInHours': {
      const { outsideHours: _, offeredByHost: __, ...within } = slot;
      return fact.byHost ? { ...within, offeredByHost: true } : within;
    }
    case 'SlotClosed':
      return { ...slot, status: 'closed', reason: fact.reason, ...(fact.byHours ? { byHours: true } : {}) };
    case 'SlotReopened': {
      const {
        reason: _,
        byHours: __,
        reservationId: ___,
        outsideHours: ____,
        offeredByHost: _____,
        ...kept
      } = { reason: null, byHours: null, ...slot };
      return { ...kept, status: 'open', capacity: fact.capacity, ...standingNow(slot, fact.reservationId) };
    }
    case 'BookingRequested': {
      const { bookingId: id, guest, uid, inConflict, at } = fact;
      const booking: Booking = {
        id,
        guest,
        ...formOf(fact),
        uid,
        sequence: 0,
        requestedAt: at,
        changedAt: at,
        ...(inConflict === undefined ? {} : { inConflict }),
        status: 'requested',
      };
      return { ...slot, bookings: [...slot.bookings, booking] };
    }
    case 'PlaceHeld': {
      const { holdId: id, guest, until } = fact;
      return { ...slot, holds: [...(slot.holds ?? []), { id, guest, status: 'held', until }] };
    }
    case 'HoldReleased':
      return withHold(slot, fact.holdId, (hold) => ended(hold, 'released'));
    case 'HoldExpired':
      return withHold(slot, fact.holdId, (hold) => ended(hold, 'expired'));
    case 'HoldBooked':
      return withHold(slot, fact.holdId, ({ id, guest }) => ({ id, guest, status: 'booked', bookingId: fact.bookingId }));
    case 'TesterInvited':
      return withBooking(slot, fact.bookingId, (booking) =>
        altered(
          booking,
          { testers: [...(booking.testers ?? []), fact.tester], invitations: (booking.invitations ?? 0) + 1 },
          fact.at,
        ),
      );
    case 'TesterRemoved':
      return withBooking(slot, fact.bookingId, (booking) =>
        altered(booking, { testers: (booking.testers ?? []).filter(({ id }) => id !== fact.tester.id) }, fact.at),
      );
    case 'PlacesKept': {
      const { moveId, from, bookings, settleAt } = fact;
      return { ...slot, arrivals: [...(slot.arrivals ?? []), { moveId, from, bookings, settleAt }] };
    }
    case 'PlacesLetGo':
      return {
        ...slot,
        arrivals: (slot.arrivals ?? []).filter(({ moveId }) => moveId !== fact.moveId),
        endedMoves: remembering(slot.endedMoves, fact.moveId),
      };
    case 'BookingLeft': {
      const { type: _, ...departure } = fact;
      const booking = takingAlong(slot.terms, fact.booking);
      return {
        ...slot,
        bookings: slot.bookings.filter(({ id }) => id !== booking.id),
        departures: [...(slot.departures ?? []), { ...departure, booking }],
      };
    }
    case 'MoveAbandoned':
      return { ...slot, abandonedMoves: remembering(slot.abandonedMoves, fact.moveId) };
    case 'BookingArrived': {
      const { booking, from: movedFrom, moveId: movedBy, by, at } = fact;
      return {
        ...slot,
        bookings: [
          ...slot.bookings,
          altered(cameTo(slot.terms, booking, by), { movedFrom, movedBy, movedByHost: by === 'host' }, at),
        ],
        arrivals: (slot.arrivals ?? []).flatMap((arrival) => withoutBooking(arrival, movedBy, booking.id)),
        endedMoves: remembering(slot.endedMoves, movedBy),
      };
    }
    case 'BookingConfirmed':
      return withBooking(slot, fact.bookingId, (booking) => changed(booking, { status: 'confirmed' }, fact.at));
    case 'BookingDeclined': {
      const { by, reason, at } = fact;
      return withBooking(slot, fact.bookingId, (booking) => changed(booking, { status: 'declined', by, reason }, at));
    }
    case 'BookingCancelled': {
      const { by, reason, late, at } = fact;
      return withBooking(slot, fact.bookingId, (booking) => changed(booking, { status: 'cancelled', by, reason, late }, at));
    }
    case 'BookingCompleted': {
      const { report, at } = fact;
      return withBooking(slot, fact.bookingId, (booking) => changed(booking, { status: 'completed', report }, at));
    }
    case 'GuestDidNotShow':
      return withBooking(slot, fact.bookingId, (booking) => changed(booking, { status: 'no-show' }, fact.at));
    case 'WaitlistJoined': {
      const { entryId: id, guest, at } = fact;
      return { ...slot, waitlist: [...slot.waitlist, { id, guest, ...formOf(fact), joinedAt: at, status: 'waiting' }] };
    }
    case 'PlaceOffered':
      return withEntry(slot, fact.entryId, (entry) => became(entry, { status: 'offered', until: fact.until }));
    case 'OfferAccepted':
      return withEntry(slot, fact.entryId, (entry) => became(entry, { status: 'accepted', bookingId: fact.bookingId }));
    case 'WaitlistLeft':
    case 'OfferDeclined':
      return withEntry(slot, fact.entryId, (entry) => became(entry, { status: 'declined' }));
    case 'OfferExpired':
    case 'WaitlistEnded':
      return withEntry(slot, fact.entryId, (entry) => became(entry, { status: 'expired' }));
  }
};

/** Far more than can come back to life; a bound all the same, for they lie in the document that each change reads. */
const mostRemembered = 500;

const remembering = (ids: readonly string[] = [], id: string): readonly string[] =>
  ids.includes(id) ? ids : [...ids, id].slice(-mostRemembered);

/** What it stood on before it never stands on again, whatever request comes back to life: so who keeps its time is told to give it back. */
const standingNow = (
  { reservationId: before, abandonedReservations }: KnownSlot,
  reservationId: string | undefined,
): Pick<KnownSlot, 'reservationId' | 'abandonedReservations'> => ({
  ...(reservationId === undefined ? {} : { reservationId }),
  ...(before === undefined || before === reservationId
    ? {}
    : { abandonedReservations: remembering(abandonedReservations, before) }),
});

const withBooking = (slot: KnownSlot, id: string, change: (booking: Booking) => Booking): KnownSlot => ({
  ...slot,
  bookings: slot.bookings.map((booking) => (booking.id === id ? change(booking) : booking)),
});

const withEntry = (slot: KnownSlot, id: string, change: (entry: Entry) => Entry): KnownSlot => ({
  ...slot,
  waitlist: slot.waitlist.map((entry) => (entry.id === id ? change(entry) : entry)),
});

const withHold = (slot: KnownSlot, id: string, change: (hold: Hold) => Hold): KnownSlot => ({
  ...slot,
  holds: (slot.holds ?? []).map((hold) => (hold.id === id ? change(hold) : hold)),
});

/** What still waits for its booking; a move is over with its last. */
const withoutBooking = (arrival: Arrival, moveId: string, bookingId: string): Arrival[] => {
  if (arrival.moveId !== moveId) return [arrival];
  const bookings: readonly Moving[] = arrival.bookings.filter((moving) => moving.bookingId !== bookingId);
  return bookings.length === 0 ? [] : [{ ...arrival, bookings }];
};
