import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptOffer } from './acceptOffer.ts';
import { arriveFromSlot, keepPlaces, letPlacesGo } from './arriveFromSlot.ts';
import { bookSlot } from './bookSlot.ts';
import { cancelBooking } from './cancelBooking.ts';
import { changeCapacity } from './changeCapacity.ts';
import { changeSlotTime } from './changeSlotTime.ts';
import { closeSlot } from './closeSlot.ts';
import { completeBooking } from './completeBooking.ts';
import { confirmBooking } from './confirmBooking.ts';
import { declineBooking } from './declineBooking.ts';
import { declineOffer } from './declineOffer.ts';
import {
  accepted,
  cancelled,
  closed,
  completed,
  confirmed,
  days,
  declined,
  didNotShow,
  during,
  endsAt,
  firm,
  fullSlot,
  joined,
  offerDeclined,
  offerExpired,
  offered,
  opened,
  product,
  report,
  requested,
  slotAfter,
  startsAt,
  termsOf,
} from './exampleSlots.ts';
import { followHours } from './followHours.ts';
import { holdPlace, releaseHold } from './holdPlace.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { abandonMove, leaveForSlot } from './leaveForSlot.ts';
import { markNoShow } from './markNoShow.ts';
import { openSlot } from './openSlot.ts';
import { passTime } from './passTime.ts';
import { isRefused, type Refused, type SlotRefusal } from './refusals.ts';
import { abandonReservation } from './reservation.ts';
import type { Slot, SlotFact } from './slot.ts';
import { takeTime } from './takeTime.ts';
import { inviteTester, removeTester } from './testers.ts';

type Answer = 'facts' | 'nothing' | SlotRefusal;
type Decision = readonly SlotFact[] | Refused;
type At = { readonly slot: Slot; readonly at: string };

const answerOf = (decision: Decision): Answer =>
  isRefused(decision) ? decision.refused : decision.length > 0 ? 'facts' : 'nothing';

const at = days.before;
const uid = 'uid@test';
const tester = { id: 't1', name: 'Demonstration Tester', email: 'tester@example.org' };
const reason = 'The room has no power that day.';

/** A slot in each state in which somebody may find it; `first` is booked wherever there is a slot. */
const states = {
  'not there': { slot: slotAfter(), at },
  'with a free place': { slot: slotAfter(opened(2), requested('first'), confirmed('first')), at },
  full: { slot: fullSlot(), at },
  closed: { slot: fullSlot(cancelled('first'), closed), at },
  begun: { slot: slotAfter(opened(2), requested('first'), confirmed('first')), at: during },
} satisfies Record<string, At>;

/** Every command on a slot as the one would give it who may. A new one has to say here what it answers in every state. */
const commands = {
  'the host opens it': ({ slot, at }) =>
    openSlot(slot, { slotId: 'slot-1', terms: termsOf(), when: { startsAt, endsAt }, capacity: 1, by: 'host', at }),
  'a firm books': ({ slot, at }) => bookSlot(slot, { bookingId: 'b2', uid, guest: firm('second'), product, at }),
  'a firm holds a place': ({ slot, at }) => holdPlace(slot, { holdId: 'h2', guest: firm('second'), at }),
  'a firm gives up a hold it has not': ({ slot, at }) => releaseHold(slot, { by: 'second', at }),
  'a firm waits': ({ slot, at }) => joinWaitlist(slot, { entryId: 'e2', guest: firm('second'), product, at }),
  'a firm takes an offer it has not': ({ slot, at }) =>
    acceptOffer(slot, { entryId: 'e2', bookingId: 'b2', uid, by: 'second', at }),
  'a firm declines an offer it has not': ({ slot, at }) => declineOffer(slot, { entryId: 'e2', by: 'second', at }),
  'the guest cancels': ({ slot, at }) => cancelBooking(slot, { bookingId: 'b-first', by: 'first', reason: null, at }),
  'the host changes the places': ({ slot, at }) => changeCapacity(slot, { capacity: 3, by: 'host', at }),
  'the host changes the time': ({ slot, at }) =>
    changeSlotTime(slot, {
      when: { startsAt: '2026-11-24T07:00:00.000Z', endsAt: '2026-11-24T10:00:00.000Z' },
      reason,
      bookings: { do: 'keep' },
      by: 'host',
      at,
    }),
  'the host closes it': ({ slot, at }) => closeSlot(slot, { reason, bookings: { do: 'cancel' }, by: 'host', at }),
  'its hours have it no longer': ({ slot, at }) => followHours(slot, { wanted: false, inUse: 'cancel', reason, at }),
  'time passes': ({ slot, at }) => passTime(slot, { at }),
  'places are kept for a booking on its way': ({ slot, at }) =>
    keepPlaces(slot, {
      moveId: 'm1',
      from: 'slot-0',
      environmentId: 'env-1',
      bookings: [{ bookingId: 'b2', guest: 'second' }],
      settleAt: '2026-11-20T09:01:00.000Z',
      at,
    }),
  'a booking arrives that nothing was kept for': ({ slot, at }) => arriveFromSlot(slot, { moveId: 'm1', arriving: [], at }),
  'places are let go that were not kept': ({ slot, at }) => letPlacesGo(slot, { moveId: 'm1', at }),
  'a move is given up': ({ slot }) => abandonMove(slot, { moveId: 'm1' }),
  'it gets the time it stands on': ({ slot }) =>
    takeTime(slot, { reservationId: 'r1', startsAt, freeAt: endsAt, needs: [], bufferMinutes: 0 }),
  'a reservation is given up': ({ slot }) => abandonReservation(slot, { reservationId: 'r1' }),
} satisfies Record<string, (on: At) => Decision>;

const bookingStates = {
  'no booking': slotAfter(opened(2)),
  requested: slotAfter(opened(2), requested('first')),
  confirmed: slotAfter(opened(2), requested('first'), confirmed('first')),
  declined: slotAfter(opened(2), requested('first'), declined('first')),
  cancelled: slotAfter(opened(2), requested('first'), confirmed('first'), cancelled('first')),
  completed: slotAfter(opened(2), requested('first'), confirmed('first'), completed('first')),
  'no show': slotAfter(opened(2), requested('first'), confirmed('first'), didNotShow('first')),
} satisfies Record<string, Slot>;
const ofFirst = { bookingId: 'b-first', at };
const afterwards = { bookingId: 'b-first', at: during };
const onBookings = {
  'the host confirms': (slot) => confirmBooking(slot, { ...ofFirst, by: 'host' }),
  'the host confirms in a slot that lacks what it needs': (slot) =>
    confirmBooking(slot, { ...ofFirst, by: 'host', conflict: 'Room 1 is taken.' }),
  'the host declines': (slot) => declineBooking(slot, { ...ofFirst, by: 'host', reason }),
  'the guest cancels': (slot) => cancelBooking(slot, { ...ofFirst, by: 'first', reason: null }),
  'the host cancels': (slot) => cancelBooking(slot, { ...ofFirst, by: 'host', reason }),
  'the guest moves it': (slot) => leaveForSlot(slot, { ...ofFirst, by: 'first', moveId: 'm1', to: 'slot-2', reason: null }),
  'the guest invites a tester': (slot) => inviteTester(slot, { ...ofFirst, by: 'first', tester }),
  'the guest removes a tester it has not': (slot) => removeTester(slot, { ...ofFirst, by: 'first', testerId: 't9' }),
  'the host writes the report': (slot) => completeBooking(slot, { ...afterwards, by: 'host', report }),
  'the host saw nobody': (slot) => markNoShow(slot, { ...afterwards, by: 'host' }),
  'the guest confirms for the host': (slot) => confirmBooking(slot, { ...ofFirst, by: 'first' }),
  'a stranger cancels': (slot) => cancelBooking(slot, { ...ofFirst, by: 'stranger', reason: null }),
} satisfies Record<string, (slot: Slot) => Decision>;

const entryStates = {
  'no entry': fullSlot(),
  waiting: fullSlot(joined('second')),
  offered: fullSlot(cancelled('first'), joined('second'), offered('second')),
  accepted: fullSlot(cancelled('first'), joined('second'), offered('second'), requested('second'), accepted('second')),
  declined: fullSlot(joined('second'), offered('second'), offerDeclined('second')),
  expired: fullSlot(joined('second'), offered('second'), offerExpired('second')),
} satisfies Record<string, Slot>;
const onEntries = {
  'it takes the offer': (slot) => acceptOffer(slot, { entryId: 'e-second', bookingId: 'b-second', uid, by: 'second', at }),
  'it lets the offer pass': (slot) => declineOffer(slot, { entryId: 'e-second', by: 'second', at }),
  'it books': (slot) => bookSlot(slot, { bookingId: 'b9', uid, guest: firm('second'), product, at }),
  'it waits': (slot) => joinWaitlist(slot, { entryId: 'e9', guest: firm('second'), product, at }),
  'another takes its offer': (slot) => acceptOffer(slot, { entryId: 'e-second', bookingId: 'b9', uid, by: 'third', at }),
} satisfies Record<string, (slot: Slot) => Decision>;

/** In the order of `states`. */
const answers: Record<keyof typeof commands, readonly Answer[]> = {
  'the host opens it': ['facts', 'nothing', 'nothing', 'nothing', 'nothing'],
  'a firm books': ['no-such-slot', 'facts', 'slot-full', 'slot-closed', 'slot-begun'],
  'a firm holds a place': ['no-such-slot', 'facts', 'slot-full', 'slot-closed', 'slot-begun'],
  'a firm gives up a hold it has not': ['no-such-slot', 'no-hold', 'no-hold', 'no-hold', 'no-hold'],
  'a firm waits': ['no-such-slot', 'places-free', 'facts', 'slot-closed', 'slot-begun'],
  'a firm takes an offer it has not': ['no-such-entry', 'no-such-entry', 'no-such-entry', 'no-such-entry', 'no-such-entry'],
  'a firm declines an offer it has not': ['no-such-entry', 'no-such-entry', 'no-such-entry', 'no-such-entry', 'no-such-entry'],
  'the guest cancels': ['no-such-booking', 'facts', 'facts', 'nothing', 'slot-begun'],
  'the host changes the places': ['no-such-slot', 'facts', 'facts', 'slot-closed', 'slot-begun'],
  'the host changes the time': ['no-such-slot', 'facts', 'facts', 'slot-closed', 'slot-begun'],
  'the host closes it': ['no-such-slot', 'facts', 'facts', 'nothing', 'slot-begun'],
  'its hours have it no longer': ['nothing', 'facts', 'facts', 'nothing', 'nothing'],
  'time passes': ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  'places are kept for a booking on its way': ['no-such-slot', 'facts', 'slot-full', 'slot-closed', 'slot-begun'],
  'a booking arrives that nothing was kept for': ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  'places are let go that were not kept': ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  'a move is given up': ['nothing', 'facts', 'facts', 'facts', 'facts'],
  'it gets the time it stands on': ['no-such-slot', 'facts', 'facts', 'nothing', 'facts'],
  'a reservation is given up': ['facts', 'facts', 'facts', 'facts', 'facts'],
};

/** In the order of `bookingStates`. */
const answersOnBookings: Record<keyof typeof onBookings, readonly Answer[]> = {
  'the host confirms': [
    'no-such-booking',
    'facts',
    'nothing',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the host confirms in a slot that lacks what it needs': [
    'no-such-booking',
    'slot-in-conflict',
    'nothing',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the host declines': [
    'no-such-booking',
    'facts',
    'booking-confirmed',
    'nothing',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the guest cancels': [
    'no-such-booking',
    'facts',
    'facts',
    'booking-declined',
    'nothing',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the host cancels': [
    'no-such-booking',
    'facts',
    'facts',
    'booking-declined',
    'nothing',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the guest moves it': [
    'no-such-booking',
    'facts',
    'facts',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the guest invites a tester': [
    'no-such-booking',
    'facts',
    'facts',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the guest removes a tester it has not': [
    'no-such-booking',
    'no-such-tester',
    'no-such-tester',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'guest-did-not-show',
  ],
  'the host writes the report': [
    'no-such-booking',
    'booking-declined',
    'facts',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'facts',
  ],
  'the host saw nobody': [
    'no-such-booking',
    'booking-declined',
    'facts',
    'booking-declined',
    'booking-cancelled',
    'booking-completed',
    'nothing',
  ],
  'the guest confirms for the host': [
    'no-such-booking',
    'not-the-host',
    'not-the-host',
    'not-the-host',
    'not-the-host',
    'not-the-host',
    'not-the-host',
  ],
  'a stranger cancels': [
    'no-such-booking',
    'no-such-booking',
    'no-such-booking',
    'no-such-booking',
    'no-such-booking',
    'no-such-booking',
    'no-such-booking',
  ],
};

/** In the order of `entryStates`. */
const answersOnEntries: Record<keyof typeof onEntries, readonly Answer[]> = {
  'it takes the offer': ['no-such-entry', 'not-offered-yet', 'facts', 'nothing', 'offer-declined', 'offer-expired'],
  'it lets the offer pass': ['no-such-entry', 'facts', 'facts', 'offer-accepted', 'nothing', 'offer-expired'],
  'it books': ['slot-full', 'already-waiting', 'place-held-for-you', 'already-booked', 'slot-full', 'slot-full'],
  'it waits': ['facts', 'already-waiting', 'place-held-for-you', 'already-booked', 'facts', 'facts'],
  'another takes its offer': [
    'no-such-entry',
    'no-such-entry',
    'no-such-entry',
    'no-such-entry',
    'no-such-entry',
    'no-such-entry',
  ],
};

const casesOf = <On>(
  rows: Readonly<Record<string, readonly Answer[]>>,
  deeds: Readonly<Record<string, (on: On) => Decision>>,
  scenes: Readonly<Record<string, On>>,
) =>
  Object.entries(rows).flatMap(([what, row]) =>
    Object.entries(scenes).map(([state, scene], n) => ({
      what,
      state,
      says: row[n],
      answer: () => answerOf((deeds[what] as (on: On) => Decision)(scene)),
    })),
  );

describe('every command has an answer in every state', () => {
  it.each(casesOf(answers, commands, states))('of a slot: $what, $state: $says', ({ answer, says }) =>
    expect(answer()).toBe(says),
  );
  it.each(casesOf(answersOnBookings, onBookings, bookingStates))('of a booking: $what, $state: $says', ({ answer, says }) =>
    expect(answer()).toBe(says),
  );
  it.each(casesOf(answersOnEntries, onEntries, entryStates))(
    'of a place in the queue: $what, $state: $says',
    ({ answer, says }) => expect(answer()).toBe(says),
  );
  it('and every rule file of a slot gives one of them', () => {
    const decisions = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name.endsWith('.ts') && !name.includes('.spec.'))
      .filter((name) => /Refused =>|readonly SlotFact\[\] =>/.test(readFileSync(new URL(name, import.meta.url), 'utf8')))
      .map((name) => name.replace('.ts', ''));
    const helpers = ['fate', 'ofBooking', 'times', 'bookSlot'];
    const imported = readFileSync(new URL(import.meta.url), 'utf8');
    expect(decisions.filter((name) => !helpers.includes(name) && !imported.includes(`from './${name}.ts'`))).toEqual([]);
  });
});
