import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import {
  cancelled,
  completed,
  confirmed,
  days,
  declined,
  didNotShow,
  opened,
  requested,
  slotAfter,
  startsAt,
} from './exampleSlots.ts';
import { evolve, type KnownSlot, noSlot, type SlotFact } from './slot.ts';
import { inviteTester, mostInvitations, removeTester } from './testers.ts';

const tester = (name: string) => ({ id: `t-${name}`, name, email: `${name}@demonstration.example` });
const of = { bookingId: 'b-guest', by: 'guest', at: days.before };
const invited = (name: string): SlotFact => ({
  type: 'TesterInvited',
  bookingId: 'b-guest',
  tester: tester(name),
  at: days.before,
});
const slot = slotAfter(opened(1, { seatsPerPlace: 2 }), requested('guest'), confirmed('guest'));

describe('inviting a tester', () => {
  it('gives a seat of the booking, before and after the host confirms; each change raises the calendar’s sequence', () => {
    given(slot)
      .when(inviteTester, { ...of, tester: tester('one') })
      .then(invited('one'));
    given(slotAfter(opened(), requested('guest')))
      .when(inviteTester, { ...of, tester: tester('one') })
      .then(invited('one'));
    expect((evolve(slot, invited('one')) as KnownSlot).bookings).toMatchObject([
      { sequence: 2, status: 'confirmed', testers: [tester('one')] },
    ]);
  });
  it('stays quiet for an address that is invited', () =>
    given(evolve(slot, invited('one')))
      .when(inviteTester, { ...of, tester: { id: 't-2', name: 'One', email: 'ONE@demonstration.example' } })
      .thenNothing());
  it('ends with the seats the host has for one place', () =>
    given([invited('one'), invited('two')].reduce(evolve, slot))
      .when(inviteTester, { ...of, tester: tester('three') })
      .thenRefused('seats-taken'));
  it('has an end for a guest that invites and takes off again and again', () => {
    const inAndOut = (n: number): SlotFact[] => [
      invited(`t${n}`),
      { type: 'TesterRemoved', bookingId: 'b-guest', tester: tester(`t${n}`), at: days.before },
    ];
    const facts = Array.from({ length: mostInvitations }, (_, n) => inAndOut(n)).flat();
    given(facts.slice(0, -2).reduce(evolve, slot))
      .when(inviteTester, { ...of, tester: tester('one') })
      .then(invited('one'));
    for (const often of [facts.reduce(evolve, slot), [...facts, confirmed('guest')].reduce(evolve, slot)])
      given(often)
        .when(inviteTester, { ...of, tester: tester('one') })
        .thenRefused('too-many-invitations');
  });
});

describe('taking a tester off', () => {
  it('leaves the booking as it is for everybody else', () => {
    const two = [invited('one'), invited('two')].reduce(evolve, slot);
    const removed: SlotFact = { type: 'TesterRemoved', bookingId: 'b-guest', tester: tester('one'), at: days.before };
    given(two)
      .when(removeTester, { ...of, testerId: 't-one' })
      .then(removed);
    expect((evolve(two, removed) as KnownSlot).bookings).toMatchObject([{ status: 'confirmed', testers: [tester('two')] }]);
  });
  it('is refused for somebody who is not on it', () =>
    given(slot)
      .when(removeTester, { ...of, testerId: 't-one' })
      .thenRefused('no-such-tester'));
});

describe('the testers of a booking', () => {
  const commands = {
    invite: (state: typeof slot, more: object = {}) => given(state).when(inviteTester, { ...of, tester: tester('one'), ...more }),
    remove: (state: typeof slot, more: object = {}) => given(state).when(removeTester, { ...of, testerId: 't-one', ...more }),
  };
  it.each(['invite', 'remove'] as const)('are the guest’s own word: %s', (command) => {
    commands[command](slot, { by: 'host' }).thenRefused('not-the-guest');
    commands[command](slot, { by: 'stranger' }).thenRefused('no-such-booking');
    commands[command](noSlot).thenRefused('no-such-booking');
  });
  it.each(['invite', 'remove'] as const)('do not change once the slot has begun or the booking is over: %s', (command) => {
    commands[command](slot, { at: startsAt }).thenRefused('slot-begun');
    const over = {
      'booking-declined': declined('guest'),
      'booking-cancelled': cancelled('guest'),
      'booking-completed': completed('guest'),
      'guest-did-not-show': didNotShow('guest'),
    };
    for (const [refusal, fact] of Object.entries(over)) commands[command](evolve(slot, fact)).thenRefused(refusal);
  });
});
