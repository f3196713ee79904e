import { type Form, formOf, type Party } from './booking.ts';

type Queued = Form & { readonly id: string; readonly guest: Party; readonly joinedAt: string };

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

export const became = (entry: Entry, outcome: EntryOutcome): Entry => {
  const { id, guest, joinedAt } = entry;
  return { id, guest, ...formOf(entry), joinedAt, ...outcome };
};
