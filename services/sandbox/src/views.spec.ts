import { describe, expect, it } from 'vitest';
import { closed, opened, slotAfter, startsAt } from './slot/exampleSlots.ts';
import { hoursHaveChanged } from './slot/followHours.ts';
import type { KnownSlot, SlotFact } from './slot/slot.ts';
import { toSlotView } from './views.ts';

const shown = (...facts: SlotFact[]) => toSlotView(slotAfter(opened(), ...facts) as KnownSlot, 'guest', startsAt);

describe('a closed slot', () => {
  it('shows the host’s own words, and for hours that it only followed none: the page says that in the reader’s language', () => {
    expect(shown()).toMatchObject({ closedBecause: null, closedByHours: false });
    expect(shown(closed)).toMatchObject({ closedBecause: 'No power that day', closedByHours: false });
    const byHours = (reason: string) => shown({ type: 'SlotClosed', reason, byHours: true });
    expect(byHours('No staff at noon')).toMatchObject({ closedBecause: 'No staff at noon', closedByHours: true });
    expect(byHours(hoursHaveChanged)).toMatchObject({ closedBecause: null, closedByHours: true });
  });
});

describe('a slot that its hours no longer have', () => {
  const left: SlotFact = { type: 'LeftOutsideHours', places: 1 };
  it('says so for as long as it stands and its host does not offer it all the same', () => {
    const at = '2026-11-20T09:00:00.000Z';
    const seen = (...facts: SlotFact[]) => toSlotView(slotAfter(opened(), ...facts) as KnownSlot, 'guest', at);
    expect(seen()).toMatchObject({ status: 'open', outsideHours: false });
    expect(seen(left)).toMatchObject({ status: 'full', outsideHours: true });
    expect(seen(left, { type: 'BackInHours', byHost: true })).toMatchObject({ status: 'open', outsideHours: false });
    expect(seen(left, closed)).toMatchObject({ status: 'closed', outsideHours: false });
    // Once it has begun there is nothing left to offer.
    expect(shown(left)).toMatchObject({ status: 'past', outsideHours: false });
  });
});

describe('the clocks of a slot', () => {
  const clocksOn = (timeZone: string, more: object = {}) =>
    toSlotView(slotAfter({ ...opened(1, { timeZone }), ...more } as SlotFact) as KnownSlot, 'guest', startsAt).clocks;
  it('show its own time in its host’s zone and in both countries, also when it is shown again', () => {
    const moved = { startsAt: '2026-11-24T07:00:00.000Z', endsAt: '2026-11-24T10:00:00.000Z' };
    const longer = { endsAt: '2026-11-23T11:00:00.000Z' };
    for (const _ of [1, 2]) {
      expect(clocksOn('Asia/Tokyo')).toEqual({
        berlin: { timeZone: 'Europe/Berlin', startsAt: '2026-11-23T08:00:00+01:00', endsAt: '2026-11-23T11:00:00+01:00' },
        kigali: { timeZone: 'Africa/Kigali', startsAt: '2026-11-23T09:00:00+02:00', endsAt: '2026-11-23T12:00:00+02:00' },
        host: { timeZone: 'Asia/Tokyo', startsAt: '2026-11-23T16:00:00+09:00', endsAt: '2026-11-23T19:00:00+09:00' },
      });
      expect(clocksOn('Africa/Kigali').host).toMatchObject({ timeZone: 'Africa/Kigali', startsAt: '2026-11-23T09:00:00+02:00' });
      expect(clocksOn('Asia/Tokyo', moved).host.startsAt).toBe('2026-11-24T16:00:00+09:00');
      expect(clocksOn('Asia/Tokyo', longer).host.endsAt).toBe('2026-11-23T20:00:00+09:00');
    }
  });
});
