import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arriveFromSlot, keepPlaces, letPlacesGo } from './arriveFromSlot.ts';
import { isToCome } from './booking.ts';
import { cancelBooking } from './cancelBooking.ts';
import { confirmed, days, opened, requested, slotAfter } from './exampleSlots.ts';
import { abandonMove, leaveForSlot } from './leaveForSlot.ts';
import { placesTaken } from './places.ts';
import { isRefused, type Refused } from './refusals.ts';
import { evolve, type KnownSlot, type Slot, type SlotFact } from './slot.ts';

const at = days.before;
const guests = ['a', 'b', 'c', 'd'];
const names = ['one', 'two'] as const;
type Name = (typeof names)[number];

/** Eight moves, two of each guest, there and back; any of them may be begun, die, be finished for and come back to life. */
const moves = Array.from({ length: 8 }, (_, n) => ({
  moveId: `move-${n}`,
  guest: guests[n % 4] as string,
  from: names[n < 4 ? n % 2 : 1 - (n % 2)] as Name,
  to: names[n < 4 ? 1 - (n % 2) : n % 2] as Name,
}));

/**
 * The writes of a move, each by itself. `ask` and `act` are the two writes of whoever finishes for another: between them anything may
 * happen, and what was asked may be old by then. `leave` comes from a request that kept a place once, however long ago.
 */
const steps = ['keep', 'leave', 'arrive', 'ask', 'act', 'cancel'] as const;
const weights = { keep: 6, leave: 8, arrive: 8, ask: 2, act: 3, cancel: 1 };
const step = fc.record({
  what: fc.oneof(...steps.map((what) => ({ arbitrary: fc.constant(what), weight: weights[what] }))),
  move: fc.constantFrom(...moves),
});

type World = {
  slots: Record<Name, KnownSlot>;
  readonly keptOnce: Set<string>;
  readonly asked: Map<string, 'left' | 'abandoned'>;
  readonly cancelled: Set<string>;
};

const sceneWith = (capacity: number): World => {
  const slot = (id: Name, ...here: string[]): KnownSlot => ({
    ...(slotAfter(opened(capacity), ...here.flatMap((guest) => [requested(guest), confirmed(guest)])) as KnownSlot),
    id,
  });
  return {
    slots: { one: slot('one', 'a', 'c'), two: slot('two', 'b', 'd') },
    keptOnce: new Set(),
    asked: new Map(),
    cancelled: new Set(),
  };
};

const departed = ({ departures = [] }: KnownSlot, moveId: string) =>
  departures.filter((departure) => departure.moveId === moveId);

const doStep = (world: World, what: (typeof steps)[number], { moveId, guest, from, to }: (typeof moves)[number]): boolean => {
  const change = (name: Name, decide: (slot: Slot) => readonly SlotFact[] | Refused): boolean => {
    const decision = decide(world.slots[name]);
    if (isRefused(decision)) return false;
    world.slots = { ...world.slots, [name]: decision.reduce(evolve, world.slots[name] as Slot) as KnownSlot };
    return decision.length > 0;
  };
  const bookingId = `b-${guest}`;
  const arrive = () => {
    const arriving = departed(world.slots[from], moveId).map(({ booking, by, reason, late }) => ({
      ...{ booking, by, reason, late },
      from: { slotId: from, startsAt: world.slots[from].startsAt, endsAt: world.slots[from].endsAt },
    }));
    return change(to, (slot) => arriveFromSlot(slot, { moveId, arriving, at }));
  };
  switch (what) {
    case 'keep': {
      const kept = change(to, (slot) =>
        keepPlaces(slot, { moveId, from, environmentId: 'env-1', bookings: [{ bookingId, guest }], settleAt: at, at }),
      );
      if (kept) world.keptOnce.add(moveId);
      return kept;
    }
    case 'leave':
      return (
        world.keptOnce.has(moveId) &&
        change(from, (slot) => leaveForSlot(slot, { bookingId, moveId, to, reason: null, by: guest, at }))
      );
    case 'arrive':
      return departed(world.slots[from], moveId).length > 0 && arrive();
    case 'ask':
      if (!(world.slots[to].arrivals ?? []).some((arrival) => arrival.moveId === moveId)) return false;
      change(from, (slot) => abandonMove(slot, { moveId }));
      world.asked.set(moveId, departed(world.slots[from], moveId).length > 0 ? 'left' : 'abandoned');
      return true;
    case 'act': {
      const said = world.asked.get(moveId);
      if (said === undefined) return false;
      return said === 'left' ? arrive() : change(to, (slot) => letPlacesGo(slot, { moveId, at }));
    }
    case 'cancel': {
      const where = names.find((name) => world.slots[name].bookings.some(({ id }) => id === bookingId));
      if (!where) return false;
      const gone = change(where, (slot) => cancelBooking(slot, { bookingId, by: guest, reason: null, at }));
      if (gone) world.cancelled.add(guest);
      return gone;
    }
  }
};

/** Where a guest has a place: a live booking, or a booking that left and has its place kept where it goes. */
const placesOf = ({ slots }: World, guest: string): string[] => [
  ...names.filter((name) => slots[name].bookings.some((booking) => booking.guest.organisationId === guest && isToCome(booking))),
  ...moves
    .filter((move) => move.guest === guest && departed(slots[move.from], move.moveId).length > 0)
    .filter(({ to, moveId }) => (slots[to].arrivals ?? []).some((arrival) => arrival.moveId === moveId))
    .map(({ moveId }) => moveId),
];

describe('moves between two slots, in whatever order their writes come', () => {
  it('never leave a guest with two places or with none, and never overfill a slot', () => {
    let moved = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }),
        (capacity, run) => {
          const world = sceneWith(capacity);
          for (const { what, move } of run) {
            if (doStep(world, what, move) && what === 'leave') moved += 1;
            for (const guest of guests) expect(placesOf(world, guest)).toHaveLength(world.cancelled.has(guest) ? 0 : 1);
            for (const name of names) expect(placesTaken(world.slots[name])).toBeLessThanOrEqual(capacity);
          }
          // Whatever died, whoever comes last finishes it: nothing stays on its way.
          for (const move of moves) if (doStep(world, 'ask', move)) doStep(world, 'act', move);
          for (const name of names) expect(world.slots[name].arrivals ?? []).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
    expect(moved).toBeGreaterThan(100);
  });
});
