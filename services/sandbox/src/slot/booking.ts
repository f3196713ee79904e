/** A company as it was known when it acted here; the name is null where it had not been learned yet. */
export type Party = { readonly organisationId: string; readonly name: string | null };

/** What the guest brings to the test. */
export type Product = { readonly name: string; readonly goals?: string | undefined; readonly url?: string | undefined };

export type Finding = {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
};
export type Report = { readonly summary: string; readonly findings: readonly Finding[] };

/**
 * `uid` and `sequence` are the calendar's (RFC 5545): the first stays for life, the second rises with each change, so that a calendar
 * that gets two versions knows the newer.
 */
type Booked = {
  readonly id: string;
  readonly guest: Party;
  readonly product: Product;
  readonly uid: string;
  readonly sequence: number;
  readonly requestedAt: string;
  readonly changedAt: string;
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

export const changed = (booking: Booking, outcome: BookingOutcome, at: string): Booking => {
  const { id, guest, product, uid, sequence, requestedAt } = booking;
  return { id, guest, product, uid, sequence: sequence + 1, requestedAt, changedAt: at, ...outcome };
};
