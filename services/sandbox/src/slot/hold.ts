import type { Booking, Elsewhere, Party } from './booking.ts';

/** Minutes for which a place is held while its guest fills in the form. */
export const holdMinutes = 10;

/** A place kept while its guest fills in the form. Ended ones stay, so that a place cannot be held again and again. */
export type Hold = { readonly id: string; readonly guest: Party } & (
  | { readonly status: 'held'; readonly until: string }
  | { readonly status: 'booked'; readonly bookingId: string }
  | { readonly status: 'released' }
  | { readonly status: 'expired' }
);

export const ended = ({ id, guest }: Hold, end: 'released' | 'expired'): Hold => ({ id, guest, status: end });

/** A booking on its way between two slots. */
export type Moving = { readonly bookingId: string; readonly guest: string };

/**
 * Places kept for bookings that leave another slot. Time alone never takes them away: the other slot says whether the bookings left, and at
 * `settleAt` it is asked by whoever is still there.
 */
export type Arrival = {
  readonly moveId: string;
  readonly from: string;
  readonly bookings: readonly Moving[];
  readonly settleAt: string;
};

/** A booking as it left for another slot. This is the instant at which it changes its place. */
export type Departure = {
  readonly moveId: string;
  readonly to: string;
  readonly booking: Booking;
  readonly by: 'guest' | 'host';
  readonly reason: string | null;
  readonly late: boolean;
  readonly at: string;
};

/** What the other slot told of a booking that arrives. */
export type Arriving = Pick<Departure, 'booking' | 'by' | 'reason' | 'late'> & { readonly from: Elsewhere };
