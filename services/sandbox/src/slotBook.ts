import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { Book } from '@umuhuza/eventing/book';
import type { Conduct } from './slot/conduct.ts';
import type { SlotRefusal } from './slot/refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot/slot.ts';

export type SlotFilter = {
  readonly environmentId?: string | undefined;
  readonly kind?: string | undefined;
  readonly language?: string | undefined;
  /** Starting at or after this instant. */
  readonly from: string;
  /** Starting before this instant. */
  readonly to?: string | undefined;
  readonly onlyFree: boolean;
  /** In whose waitlist this company is, or has a place on offer. */
  readonly waiting?: string | undefined;
  readonly device?: string | undefined;
  readonly city?: string | undefined;
  /** Free of charge, or at most this much in this currency. */
  readonly price?: 'free' | { readonly atMost: number; readonly currency: string } | undefined;
};

export type BookingFilter = {
  readonly as?: 'guest' | 'host' | undefined;
  readonly status?: BookingView['status'] | undefined;
  readonly slotId?: string | undefined;
  /** Only those requested or confirmed in slots from this instant on; then the next come first. */
  readonly toComeAt?: string | undefined;
};

export type Page<Item> = { readonly items: Item[]; readonly next: string | null };

/** What a month shows of a slot. `free` is of the last change; whether it has begun is for the reader to say. */
export type SlotInMonth = {
  readonly slotId: string;
  readonly environmentId: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: number;
  readonly free: number;
};

/** A slot that has no time of its own; `abandoned` counts the reservations it can never stand on any more. */
export type WithoutTime = {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly isBooked: boolean;
  readonly abandoned: number;
};

/** The slots, each with its bookings and its waitlist. */
export type SlotBook = Pick<Book<Slot, SlotFact, SlotRefusal>, 'find' | 'change' | 'outbox'> & {
  /** How many bookings to come, held places or places in waitlists (offers among them) a company has over all slots. */
  readonly openOf: (what: 'openBookings' | 'openHolds' | 'waiting', organisation: string, at: string) => Promise<number>;
  /** In how many slots since then a company behaved so as a guest. */
  readonly conductOf: (organisation: string, since: string) => Promise<Readonly<Record<Conduct, number>>>;
  /** Whether this company has or had a booking with that host. */
  readonly wasGuestOf: (organisation: string, host: string) => Promise<boolean>;
  /** The slot that holds this booking. */
  readonly ofBooking: (bookingId: string) => Promise<KnownSlot | undefined>;
  /** The slot that keeps a place for this booking while it is on its way there. */
  readonly expecting: (bookingId: string) => Promise<KnownSlot | undefined>;
  /** The slot that holds this place in a waitlist. */
  readonly ofEntry: (entryId: string) => Promise<KnownSlot | undefined>;
  /** Slots that are not closed, by their start. A cursor that is not ours is a named value, never an error. */
  readonly list: (filter: SlotFilter, limit: number, cursor: string | undefined) => Promise<Page<KnownSlot> | 'unknown-cursor'>;
  /** A firm's bookings as guest and as host, those of the latest slots first. */
  readonly bookingsOf: (
    organisation: string,
    filter: BookingFilter,
    limit: number,
    cursor: string | undefined,
  ) => Promise<Page<BookingView> | 'unknown-cursor'>;
  /**
   * Slots in which a firm has bookings as guest or as host, the earliest first. Where there are too many, those to come count before those
   * since `from`, and the nearest before the others.
   */
  readonly withBookingsOf: (
    organisation: string,
    since: { readonly from: string; readonly now: string },
    limit: number,
  ) => Promise<KnownSlot[]>;
  /** Open slots of one environment or of all of a host, by their start, without their bookings: one read. */
  readonly inMonth: (
    whose: { readonly environmentId?: string | undefined; readonly host?: string | undefined },
    from: string,
    to: string,
    limit: number,
  ) => Promise<SlotInMonth[]>;
  /** Slots of an environment that are not over and have no time reserved, those that keep bookings though they are closed too; by their start. */
  readonly withoutTime: (environmentId: string, at: string, limit: number) => Promise<readonly WithoutTime[]>;
  /** Those of these slots that were ever opened. */
  readonly known: (ids: readonly string[]) => Promise<KnownSlot[]>;
  /** The slots that came of these hours and start after this instant, closed ones too. */
  readonly ofHours: (hoursId: string, from: string) => Promise<KnownSlot[]>;
  /** The hours of which slots are open that start after this instant. */
  readonly hoursWithSlots: (at: string) => Promise<readonly string[]>;
  /** Slots that time itself changes at or before this instant. */
  readonly due: (at: string, limit: number) => Promise<string[]>;
  /** Slots in which it must be asked by this instant whether bookings that were to come have left. */
  readonly toSettle: (at: string, limit: number) => Promise<KnownSlot[]>;
};
