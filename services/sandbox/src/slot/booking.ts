/** A company as it was known when it acted here; the name is null where it had not been learned yet. */
export type Party = { readonly organisationId: string; readonly name: string | null };

/** What the host had told of data, law and people when the guest booked, what it costs, and how many testers the guest may bring. */
export type Agreed = {
  readonly data: DataClass;
  readonly law?: string;
  readonly notes?: string;
  readonly panel?: {
    readonly size: number;
    readonly languages: readonly {
      readonly language: string;
      readonly level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native';
    }[];
    readonly profile: string;
  };
  /** Bookings that were moved before these were kept lack them. */
  readonly price?: 'free' | { readonly amount: number; readonly currency: string };
  readonly seats?: number;
};

/** Why a slot does not have what it needs; `with` is the one that has it. */
export type Conflict = {
  readonly because: 'environment-busy' | 'resource-busy' | 'no-such-resource' | 'not-enough-of-resource' | 'calendar-full';
  readonly resource?: string;
  readonly freeAt?: string;
  readonly with?: { readonly slotId: string; readonly startsAt: string };
};

/** What the guest brings to the test. */
export type Product = { readonly name: string; readonly goals?: string | undefined; readonly url?: string | undefined };

/** What data a test touches, the strictest first. */
export const dataClasses = ['no-personal-data', 'test-data', 'consented-users'] as const;
export type DataClass = (typeof dataClasses)[number];

/** The text that was agreed to, who did, and when. */
export type TermsAccepted = { readonly version: number; readonly hash: string; readonly by: string; readonly at: string };

/** What a guest fills in, to book or to wait. */
export type Form = {
  readonly product: Product;
  readonly dataClass?: DataClass;
  /** Whether the host may name the guest as a reference. */
  readonly mayBeNamed?: boolean;
  readonly termsAccepted?: TermsAccepted;
};

/** Somebody the guest brings along. */
export type Tester = { readonly id: string; readonly name: string; readonly email: string };

/** Another slot, as a booking that was there remembers it. */
export type Elsewhere = { readonly slotId: string; readonly startsAt: string; readonly endsAt: string };

export type Finding = {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
};
export type Report = { readonly summary: string; readonly findings: readonly Finding[] };

/**
 * `uid` and `sequence` are the calendar's (RFC 5545): the first stays for life, the second rises with each change, so that a calendar
 * that gets two versions knows the newer. Bookings of before lack what is optional here.
 */
type Booked = Form & {
  readonly id: string;
  readonly guest: Party;
  readonly uid: string;
  readonly sequence: number;
  readonly requestedAt: string;
  readonly changedAt: string;
  readonly testers?: readonly Tester[];
  /** How many testers were ever invited to it. */
  readonly invitations?: number;
  /** Where it was before, and the move that brought it here. */
  readonly movedFrom?: Elsewhere;
  readonly movedBy?: string;
  /** Its time is one that the host chose after the guest had booked another: giving it up is never late. */
  readonly movedByHost?: boolean;
  /** The platform would have confirmed it, had the slot had what it needs: the host is asked. Bookings of before do not say what was in the way. */
  readonly inConflict?: true | Conflict;
  /** What was agreed, where that is not what its slot says. */
  readonly agreed?: Agreed;
};

export type BookingOutcome =
  | { readonly status: 'requested' }
  | { readonly status: 'confirmed' }
  | { readonly status: 'declined'; readonly by: 'host' | 'platform'; readonly reason: string }
  | { readonly status: 'cancelled'; readonly by: 'guest' | 'host'; readonly reason: string | null; readonly late: boolean }
  | { readonly status: 'completed'; readonly report: Report }
  | { readonly status: 'no-show' };

/** A booking holds its place from the request on; declined and cancelled ones have given it back. */
export type Booking = Booked & BookingOutcome;

export const holdsPlace = ({ status }: Booking): boolean => status !== 'declined' && status !== 'cancelled';

/** Requested or confirmed: the test lies ahead. */
export const isToCome = ({ status }: Booking): boolean => status === 'requested' || status === 'confirmed';

/** Only what was said, so that a state holds no empty fields. */
export const formOf = ({ product, dataClass, mayBeNamed, termsAccepted }: Form): Form => ({
  product,
  ...(dataClass === undefined ? {} : { dataClass }),
  ...(mayBeNamed === undefined ? {} : { mayBeNamed }),
  ...(termsAccepted === undefined ? {} : { termsAccepted }),
});

export const changed = (booking: Booking, outcome: BookingOutcome, at: string): Booking => {
  const { id, guest, uid, sequence, requestedAt, testers, invitations, movedFrom, movedBy, movedByHost, inConflict, agreed } =
    booking;
  return {
    id,
    guest,
    ...formOf(booking),
    uid,
    sequence: sequence + 1,
    requestedAt,
    changedAt: at,
    ...(testers === undefined ? {} : { testers }),
    ...(invitations === undefined ? {} : { invitations }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(movedBy === undefined ? {} : { movedBy }),
    ...(movedByHost === undefined ? {} : { movedByHost }),
    ...(inConflict === undefined ? {} : { inConflict }),
    ...(agreed === undefined ? {} : { agreed }),
    ...outcome,
  };
};

/** The same outcome, with something else about it changed. */
export const altered = (booking: Booking, change: Partial<Booked>, at: string): Booking => ({
  ...booking,
  ...change,
  sequence: booking.sequence + 1,
  changedAt: at,
});
