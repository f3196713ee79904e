import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { days, opened, requested, slotAfter } from '../slot/exampleSlots.ts';
import { leaveForSlot } from '../slot/leaveForSlot.ts';
import type { Refused } from '../slot/refusals.ts';
import type { Slot, SlotFact } from '../slot/slot.ts';
import { leavingOnlySeen } from './whyNotThere.ts';

describe('a booking that leaves for a slot that keeps a place for it', () => {
  const at = days.before;
  const invited = (name: string): SlotFact => ({
    type: 'TesterInvited',
    bookingId: 'b-guest',
    tester: { id: name, name, email: `${name}@demonstration.example` },
    at,
  });
  const to = slotAfter(opened(1, { seatsPerPlace: 1 }));
  const leaving = (from: Slot, { by }: { readonly by: string }): readonly SlotFact[] | Refused => {
    const command = { bookingId: 'b-guest', moveId: 'move-1', to: 'slot-2', reason: 'Larger room', by, at };
    return leavingOnlySeen(() => undefined, { from, to, by }, leaveForSlot(from, command));
  };
  it('stays where its guest has invited more testers meanwhile than there are seats there; its host may move it all the same', () => {
    const one = slotAfter(opened(), requested('guest'), invited('one'));
    const two = slotAfter(opened(), requested('guest'), invited('one'), invited('two'));
    given(two).when(leaving, { by: 'guest' }).thenRefused('seats-taken');
    for (const [from, by] of [
      [one, 'guest'],
      [two, 'host'],
    ] as const)
      expect(leaving(from, { by })).toMatchObject([{ type: 'BookingLeft', by, to: 'slot-2' }]);
  });
});
