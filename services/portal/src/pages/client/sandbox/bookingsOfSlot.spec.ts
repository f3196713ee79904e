import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { describe, expect, it } from 'vitest';
import { bookingsOfSlot } from './bookingsOfSlot.ts';

type Kept = Pick<BookingView, 'bookingId' | 'status'>;

/** The platform's answers, in the order in which the slot was booked; no longer than was asked for. */
const answersOf =
  (kept: readonly Kept[]): Parameters<typeof bookingsOfSlot>[1] =>
  async ({ limit, status }) => {
    const found = kept.filter((booking) => status === undefined || booking.status === status);
    return { items: found.slice(0, limit) as BookingView[], next: found.length > limit ? 'more' : null };
  };
const bookings = (status: BookingView['status'], how: number): Kept[] =>
  Array.from({ length: how }, (_, n) => ({ bookingId: `${status}-${n}`, status }));
const idsOf = (found: readonly BookingView[]) => found.map(({ bookingId }) => bookingId);

describe('the bookings of a slot', () => {
  it('are those to come, and then those that have ended', async () => {
    const kept = [...bookings('cancelled', 1), ...bookings('confirmed', 1), ...bookings('requested', 1)];
    const { toCome, others, isCut } = await bookingsOfSlot('slot-1', answersOf(kept));
    expect([idsOf(toCome), idsOf(others), isCut]).toEqual([['requested-0', 'confirmed-0'], ['cancelled-0'], false]);
  });
  it('are all of those to come, however many have ended before them', async () => {
    const kept = [...bookings('cancelled', 120), ...bookings('confirmed', 30), ...bookings('requested', 20)];
    const { toCome, others, isCut } = await bookingsOfSlot('slot-1', answersOf(kept));
    expect([toCome.length, others.length, isCut]).toEqual([50, 100, true]);
  });
  it('are counted once where the host confirms between two answers', async () => {
    const [requested] = bookings('requested', 1) as [Kept];
    const answers = answersOf([requested]);
    const { toCome } = await bookingsOfSlot('slot-1', (query) =>
      query.status === 'confirmed' ? answersOf([{ ...requested, status: 'confirmed' }])(query) : answers(query),
    );
    expect(toCome).toEqual([{ ...requested, status: 'confirmed' }]);
  });
  it('are to come also where the answers came in the other order, and neither of them knew the one that a colleague confirmed', async () => {
    const [requested] = bookings('requested', 1) as [Kept];
    const confirmed = { ...requested, status: 'confirmed' as const };
    const { toCome, others } = await bookingsOfSlot('slot-1', (query) =>
      answersOf(query.status === 'confirmed' ? [requested] : [confirmed])(query),
    );
    expect([toCome, others]).toEqual([[confirmed], []]);
  });
});
