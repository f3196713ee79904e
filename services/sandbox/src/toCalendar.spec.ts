import { brokenRules, readCalendar } from '@umuhuza/calendar/rules.fixture';
import { describe, expect, it } from 'vitest';
import { cancelled, confirmed, fullSlot, opened, requested, slotAfter } from './slot/exampleSlots.ts';
import type { KnownSlot, Slot, SlotFact } from './slot/slot.ts';
import { toCalendar } from './toCalendar.ts';

/** Read by a parser that is not the writer's, and held against the rules. */
const read = (slot: Slot) => {
  const [booking] = (slot as KnownSlot).bookings;
  if (!booking) throw new Error('the scene has no booking');
  const text = toCalendar(slot as KnownSlot, booking, 'en');
  expect(brokenRules(text)).toEqual([]);
  const { events, ...calendar } = readCalendar(text);
  const [event] = events;
  if (!event || events.length !== 1) throw new Error('one event was expected');
  return { calendar, event };
};

describe('a booking in a calendar', () => {
  it('is one event on the host’s clock, with place, product and both firms', () => {
    const { calendar, event } = read(fullSlot());
    expect(calendar.method).toBeUndefined();
    expect(event).toMatchObject({
      tzid: 'Africa/Kigali',
      startsAt: '2026-11-23T07:00:00.000Z',
      endsAt: '2026-11-23T10:00:00.000Z',
      summary: 'Mobile money room: Demonstration wallet',
      location: 'Kigali',
      stamp: '2026-11-20T09:00:00Z',
    });
    expect(event.description).toContain('Guest: Demonstration first');
  });

  it('shows both clocks to whoever keeps it', () => {
    const { description } = read(fullSlot()).event;
    expect(description).toContain('Europe/Berlin: 2026-11-23 08:00 – 2026-11-23 11:00');
    expect(description).toContain('Africa/Kigali: 2026-11-23 09:00 – 2026-11-23 12:00');
  });

  it('keeps its UID while its SEQUENCE rises from request to confirmation to cancellation', () => {
    const facts: SlotFact[] = [opened(), requested('first'), confirmed('first'), cancelled('first')];
    const seen = [2, 3, 4].map((n) => {
      const { uid, sequence, status } = read(slotAfter(...facts.slice(0, n))).event;
      return [uid, sequence, status];
    });
    expect(seen).toEqual([
      ['b-first@test', 0, 'TENTATIVE'],
      ['b-first@test', 1, 'CONFIRMED'],
      ['b-first@test', 2, 'CANCELLED'],
    ]);
  });

  it('survives commas, semicolons, line breaks and letters of many bytes', () => {
    const name = 'Zahlung; Überweisung, “Irembo”\\n – 支払い '.repeat(4).trim();
    const { event } = read(slotAfter(opened(), { ...requested('first'), product: { name, goals: 'One\nTwo' } } as SlotFact));
    expect(event.summary).toBe(`Mobile money room: ${name}`);
    expect(event.description).toContain('One\nTwo');
  });
});
