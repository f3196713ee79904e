import type { Party, Product } from './booking.ts';

type Queued = { readonly id: string; readonly guest: Party; readonly product: Product; readonly joinedAt: string };

type EntryOutcome =
  | { readonly status: 'waiting' }
  /** A place is held for it until this instant. */
  | { readonly status: 'offered'; readonly until: string }
  | { readonly status: 'accepted'; readonly bookingId: string }
  | { readonly status: 'declined' }
  | { readonly status: 'expired' };

/** One firm's wait for a place. The queue is the order in which they joined. */
export type Entry = Queued & EntryOutcome;

export const isLive = ({ status }: Entry): boolean => status === 'waiting' || status === 'offered';

export const became = ({ id, guest, product, joinedAt }: Entry, outcome: EntryOutcome): Entry => ({
  id,
  guest,
  product,
  joinedAt,
  ...outcome,
});
