import { describe, expect, it } from 'vitest';
import { comingTo, conductIn, holdingIn, onTheWayTo } from './conduct.ts';
import {
  cancelled,
  completed,
  confirmed,
  declined,
  didNotShow,
  held,
  kept,
  opened,
  requested,
  slotAfter,
} from './exampleSlots.ts';
import { evolve, type KnownSlot, type SlotFact } from './slot.ts';

const scene = (...facts: SlotFact[]) => slotAfter(opened(9), ...facts) as KnownSlot;
const late = (guest: string): SlotFact => ({ ...cancelled(guest), late: true }) as SlotFact;

describe('what a slot remembers of its guests', () => {
  it('is who cancelled late, did not show, or came; once for each', () => {
    const slot = scene(
      ...['a', 'b', 'c', 'd', 'e'].flatMap((guest) => [requested(guest), confirmed(guest)]),
      late('a'),
      cancelled('b'),
      didNotShow('c'),
      completed('d'),
    );
    expect(conductIn(slot)).toEqual([
      { guest: 'a', conduct: 'late' },
      { guest: 'c', conduct: 'no-show' },
      { guest: 'd', conduct: 'completed' },
    ]);
    expect(
      conductIn(evolve(evolve(slot, requested('a')), late('a')) as KnownSlot).filter(({ guest }) => guest === 'a'),
    ).toHaveLength(1);
  });
  it('counts moving away late as late', () => {
    const slot = scene(requested('a'), confirmed('a'));
    const [booking] = slot.bookings;
    const left = (isLate: boolean) =>
      evolve(slot, {
        type: 'BookingLeft',
        moveId: 'm',
        to: 'slot-2',
        booking,
        by: 'guest',
        reason: null,
        late: isLate,
        at: '2026-11-20T09:00:00.000Z',
      } as SlotFact);
    expect(conductIn(left(true) as KnownSlot)).toEqual([{ guest: 'a', conduct: 'late' }]);
    expect(conductIn(left(false) as KnownSlot)).toEqual([]);
  });
  it('tells who is to come, and who holds a place', () => {
    const slot = scene(requested('a'), requested('b'), confirmed('b'), requested('c'), declined('c'), held('d'));
    expect(comingTo(slot)).toEqual(['a', 'b']);
    expect(holdingIn(slot)).toEqual(['d']);
    const expecting = scene(requested('a'), kept('b'));
    expect(comingTo(expecting)).toEqual(['a', 'b']);
    expect(onTheWayTo(expecting)).toEqual([{ guest: 'b', bookingId: 'b-b', from: 'slot-0' }]);
  });
});
