import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';

type Asked = {
  readonly as: 'host';
  readonly slotId: string;
  readonly limit: number;
  readonly status?: 'requested' | 'confirmed';
};
type Found = { readonly items: readonly BookingView[]; readonly next: string | null };

/** The most that one answer holds: more than a slot has places, and so than it has bookings to come. */
const most = 100;

/**
 * The bookings of a slot, those to come by themselves: what has ended before them may fill more than an answer. `isCut` where it does, and not
 * all that has ended is among the others.
 */
export const bookingsOfSlot = async (
  slotId: string,
  read: (query: Asked) => Promise<Found>,
): Promise<{ readonly toCome: readonly BookingView[]; readonly others: readonly BookingView[]; readonly isCut: boolean }> => {
  const query = { as: 'host', slotId, limit: most } as const;
  const [requested, confirmed, all] = await Promise.all([
    read({ ...query, status: 'requested' }),
    read({ ...query, status: 'confirmed' }),
    read(query),
  ]);
  // One that was confirmed between the answers is in two of them, or only among all. None becomes a request again: the later word is the last.
  const ofAll = all.items.filter(({ status }) => status === 'requested' || status === 'confirmed');
  const toCome = new Map([...requested.items, ...ofAll, ...confirmed.items].map((booking) => [booking.bookingId, booking]));
  return {
    toCome: [...toCome.values()],
    others: all.items.filter(({ bookingId }) => !toCome.has(bookingId)),
    isCut: all.next !== null,
  };
};
