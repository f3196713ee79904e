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
