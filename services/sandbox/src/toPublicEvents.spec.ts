import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import { describe, expect, it } from 'vitest';
import { cancelled, days, fullSlot, joined, offered } from './slot/exampleSlots.ts';
import { evolve, type SlotFact } from './slot/slot.ts';
import { ofSlot } from './toPublicEvents.ts';

describe('the new time of a slot', () => {
  const onOffer = fullSlot(joined('one'), joined('two'), cancelled('first'), offered('one'));
  const waitingAfter = (startsAt: string) => {
    const endsAt = '2026-11-25T10:00:00.000Z';
    const changed: SlotFact = { type: 'SlotTimeChanged', startsAt, endsAt, reason: 'No power', at: days.before };
    const [said] = ofSlot('slot-1', changed, evolve(onOffer, changed), onOffer);
    return sandboxEvents.SlotRescheduled.data.parse(said?.data).waiting?.map(({ guest, until }) => [guest, until]);
  };
  it('is told to who has a place on offer with the instant until which it is held, which is never after the start', () => {
    expect(waitingAfter('2026-11-25T07:00:00.000Z')).toEqual([
      ['one', '2026-11-21T09:00:00.000Z'],
      ['two', undefined],
    ]);
    expect(waitingAfter('2026-11-20T15:00:00.000Z')).toEqual([
      ['one', '2026-11-20T15:00:00.000Z'],
      ['two', undefined],
    ]);
  });
});
