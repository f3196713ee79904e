import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptOffer } from './acceptOffer.ts';
import { arriveFromSlot, keepPlaces, letPlacesGo } from './arriveFromSlot.ts';
import type { Booking } from './booking.ts';
import { bookSlot } from './bookSlot.ts';
import { cancelBooking } from './cancelBooking.ts';
import { changeCapacity } from './changeCapacity.ts';
import { changeSlotTime } from './changeSlotTime.ts';
import { closeSlot } from './closeSlot.ts';
import { completeBooking } from './completeBooking.ts';
import { confirmBooking } from './confirmBooking.ts';
import { declineBooking } from './declineBooking.ts';
import { declineOffer } from './declineOffer.ts';
import { firm, product, report, slotAfter, termsOf } from './exampleSlots.ts';
import { followHours } from './followHours.ts';
import { holdPlace, releaseHold } from './holdPlace.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { leaveForSlot } from './leaveForSlot.ts';
import { markNoShow } from './markNoShow.ts';
import { passTime } from './passTime.ts';
import { nextDue, placesTaken } from './places.ts';
import * as plain from './plainModel.ts';
import { isRefused, type Refused } from './refusals.ts';
import { evolve, type KnownSlot, type Slot, type SlotFact } from './slot.ts';
import { minutesAfter, reached } from './times.ts';

const openedAt = '2026-11-20T07:00:00.000Z';
const instantOf = (minute: number) => minutesAfter(openedAt, minute);
const startsAt = instantOf(plain.startsIn);

const slotOf = (capacity: number): KnownSlot =>
  slotAfter({
    type: 'SlotOpened',
    slotId: 'slot-1',
    terms: termsOf(),
    startsAt,
    endsAt: minutesAfter(startsAt, 180),
    capacity,
  }) as KnownSlot;

/** The newest of a firm's bookings or entries, as its pages would show it. */
const newest = <Of extends { readonly id: string; readonly guest: { readonly organisationId: string } }>(
  all: readonly Of[],
  name: string,
) => all.findLast(({ guest }) => guest.organisationId === name)?.id ?? 'none';

const arrivalOf = ({ arrivals = [] }: KnownSlot, name: string) =>
  arrivals.find(({ bookings }) => bookings.some(({ guest }) => guest === name));

const decide = (
  slot: KnownSlot,
  { action, firm: name, capacity }: plain.Step,
  at: string,
  id: string,
): readonly SlotFact[] | Refused => {
  const booking = newest(slot.bookings, name);
  const entry = newest(slot.waitlist, name);
  const coming = { guest: firm(name), product, at };
  const host = { bookingId: booking, by: 'host', at };
  switch (action) {
    case 'book':
      return bookSlot(slot, { ...coming, bookingId: `b-${id}`, uid: `b-${id}@test` });
    case 'join':
      return joinWaitlist(slot, { ...coming, entryId: `e-${id}` });
    case 'confirm':
      return confirmBooking(slot, host);
    case 'decline':
      return declineBooking(slot, { ...host, reason: 'No' });
    case 'cancel':
      return cancelBooking(slot, { ...host, by: name, reason: null });
    case 'complete':
      return completeBooking(slot, { ...host, report });
    case 'no-show':
      return markNoShow(slot, host);
    case 'accept':
      return acceptOffer(slot, { entryId: entry, bookingId: `b-${id}`, uid: `b-${id}@test`, by: name, at });
    case 'let-pass':
      return declineOffer(slot, { entryId: entry, by: name, at });
    case 'hold':
      return holdPlace(slot, { holdId: `h-${id}`, guest: firm(name), at });
    case 'release':
      return releaseHold(slot, { by: name, at });
    case 'keep': {
      const bookings = [{ bookingId: `m-${id}`, guest: name }];
      return keepPlaces(slot, { moveId: `m-${id}`, from: 'slot-0', environmentId: 'env-1', bookings, settleAt: at, at });
    }
    case 'arrive': {
      const { moveId } = arrivalOf(slot, name) ?? { moveId: 'none' };
      const from = { slotId: 'slot-0', startsAt: openedAt, endsAt: openedAt };
      const came: Booking = {
        id: moveId,
        guest: firm(name),
        product,
        uid: `${moveId}@test`,
        sequence: 1,
        requestedAt: openedAt,
        changedAt: openedAt,
        status: 'confirmed',
      };
      return arriveFromSlot(slot, { moveId, arriving: [{ booking: came, by: 'guest', reason: null, late: false, from }], at });
    }
    case 'let-go':
      return letPlacesGo(slot, { moveId: arrivalOf(slot, name)?.moveId ?? 'none', at });
    case 'leave':
      return leaveForSlot(slot, { bookingId: booking, moveId: `l-${id}`, to: 'slot-2', reason: null, by: name, at });
    case 'capacity':
      return changeCapacity(slot, { capacity, by: 'host', at });
    case 'close':
      return closeSlot(slot, { reason: 'No power', bookings: { do: 'cancel' }, by: 'host', at });
    case 'close-keep':
      return closeSlot(slot, { reason: 'No power', bookings: { do: 'keep' }, by: 'host', at });
    case 'later': {
      const when = { startsAt: minutesAfter(slot.startsAt, 60), endsAt: minutesAfter(slot.endsAt, 60) };
      return changeSlotTime(slot, { when, reason: 'No power', bookings: { do: 'keep' }, by: 'host', at });
    }
    case 'out-of-hours':
      return followHours(slot, { wanted: false, inUse: 'keep', reason: 'No power', at });
    case 'in-hours':
      return followHours(slot, { wanted: { capacity }, inUse: 'keep', reason: 'No power', at });
    case 'wait':
      return passTime(slot, { at });
  }
};

const actions: readonly (readonly [plain.Action, number])[] = [
  ['book', 30],
  ['join', 30],
  ['confirm', 10],
  ['decline', 10],
  ['cancel', 20],
  ['accept', 20],
  ['let-pass', 10],
  ['hold', 15],
  ['release', 5],
  ['keep', 10],
  ['arrive', 10],
  ['let-go', 5],
  ['leave', 5],
  ['capacity', 10],
  ['wait', 10],
  ['complete', 5],
  ['no-show', 5],
  ['close', 1],
  ['close-keep', 1],
  ['later', 3],
  ['out-of-hours', 4],
  ['in-hours', 4],
];
const stepBy = (minutes: fc.Arbitrary<number>) =>
  fc.record({
    action: fc.oneof(...actions.map(([action, weight]) => ({ arbitrary: fc.constant(action), weight }))),
    firm: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    capacity: fc.integer({ min: 1, max: 4 }),
    minutes,
  });

/** Who holds which place and who waits behind whom, in the model's words. */
const shown = (slot: Slot) => {
  const { bookings, waitlist, holds = [], arrivals = [], capacity, status, outsideHours } = slot as KnownSlot;
  const held = { requested: 'requested', confirmed: 'confirmed', completed: 'done', 'no-show': 'absent' } as const;
  return {
    capacity,
    closed: status === 'closed',
    // A closed one remembers the places it had, for when it opens again.
    outside: status === 'open' && outsideHours !== undefined,
    places: [
      ...bookings.flatMap(({ guest, status: is }) =>
        is in held ? [`${guest.organisationId} ${held[is as keyof typeof held]}`] : [],
      ),
      ...holds.flatMap((hold) => (hold.status === 'held' ? [`${hold.guest.organisationId} form ${hold.until}`] : [])),
      ...arrivals.flatMap((arrival) => arrival.bookings.map(({ guest }) => `${guest} arriving`)),
      ...waitlist.flatMap((entry) => (entry.status === 'offered' ? [`${entry.guest.organisationId} offer ${entry.until}`] : [])),
    ].sort(),
    queue: waitlist.flatMap(({ guest, status: is }) => (is === 'waiting' ? [guest.organisationId] : [])),
  };
};
const shownByModel = ({ capacity, closed, outside, places, queue }: plain.Model) => ({
  capacity,
  closed,
  outside: outside && !closed,
  places: places
    .map(({ firm: name, held, until }) => `${name} ${held}${held === 'offer' || held === 'form' ? ` ${instantOf(until)}` : ''}`)
    .sort(),
  queue,
});

describe('whatever is asked of a slot, in whatever order', () => {
  it('places, offers and the order of the queue are those of the plain rules, after each step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(stepBy(fc.constantFrom(0, 0, 0, 5, 10, 60, 180, 1_440)), { maxLength: 60, size: 'max' }),
        (capacity, steps) => {
          let slot = slotOf(capacity);
          let model = plain.empty(capacity);
          let minute = 0;
          steps.forEach((step, n) => {
            minute += step.minutes;
            const at = instantOf(minute);
            const decision = decide(slot, step, at, String(n));
            if (!isRefused(decision)) slot = decision.reduce(evolve, slot as Slot) as KnownSlot;
            model = plain.step(model, step, minute) ?? (isRefused(decision) ? model : plain.at(model, minute));
            expect(shown(passTime(slot, { at }).reduce(evolve, slot as Slot))).toEqual(shownByModel(plain.at(model, minute)));
          });
        },
      ),
      { numRuns: 600 },
    );
  });

  it('confirmed and held never exceed the capacity, not even between two facts, nor when servers’ clocks differ', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(stepBy(fc.constantFrom(-120, -10, -1, 0, 0, 1, 10, 60, 720)), { maxLength: 60, size: 'max' }),
        (capacity, steps) => {
          let slot: Slot = slotOf(capacity);
          let minute = 0;
          steps.forEach((step, n) => {
            minute = Math.max(0, minute + step.minutes);
            const at = instantOf(minute);
            const decision = decide(slot as KnownSlot, step, at, String(n));
            for (const fact of isRefused(decision) ? [] : decision) {
              slot = evolve(slot, fact);
              expect(placesTaken(slot as KnownSlot)).toBeLessThanOrEqual((slot as KnownSlot).capacity);
              if (fact.type === 'PlaceOffered') {
                const { startsAt: begins } = slot as KnownSlot;
                expect(reached(at, begins)).toBe(false);
                expect(reached(begins, fact.until)).toBe(true);
              }
            }
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('one company never holds two places, nor waits twice', () => {
    fc.assert(
      fc.property(fc.array(stepBy(fc.constantFrom(0, 10, 60, 360)), { maxLength: 60, size: 'max' }), (steps) => {
        let slot: Slot = slotOf(3);
        let minute = 0;
        steps.forEach((step, n) => {
          minute += step.minutes;
          const decision = decide(slot as KnownSlot, step, instantOf(minute), String(n));
          if (!isRefused(decision)) slot = decision.reduce(evolve, slot);
          const { places, queue } = shown(slot);
          const names = [...places.map((place) => place.split(' ')[0]), ...queue];
          expect(new Set(names).size).toBe(names.length);
        });
      }),
    );
  });

  it('knows when time will change it next: then it has something to say, before it has not', () => {
    fc.assert(
      fc.property(fc.array(stepBy(fc.constantFrom(0, 10, 60, 360)), { maxLength: 60, size: 'max' }), (steps) => {
        let slot: Slot = slotOf(2);
        let minute = 0;
        steps.forEach((step, n) => {
          minute += step.minutes;
          const decision = decide(slot as KnownSlot, step, instantOf(minute), String(n));
          if (!isRefused(decision)) slot = decision.reduce(evolve, slot);
          const due = nextDue(slot);
          for (const later of [0, 10, 60, 1_440, 6_000]) {
            const at = instantOf(minute + later);
            expect(passTime(slot, { at }).length > 0).toBe(due !== undefined && reached(at, due));
          }
        });
      }),
    );
  });
});
