import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { cancelled, confirmed, fullSlot, opened, requested, slotAfter } from './slot/exampleSlots.ts';
import type { KnownSlot, Slot, SlotFact } from './slot/slot.ts';
import { toCalendar } from './toCalendar.ts';

/** Read by a parser that is not the writer's. */
const read = (slot: Slot) => {
  const [booking] = (slot as KnownSlot).bookings;
  if (!booking) throw new Error('the scene has no booking');
  const text = toCalendar(slot as KnownSlot, booking);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent');
  const [event] = events;
  if (!event) throw new Error('the calendar has no event');
  const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
  return { text, calendar, events, event: new ICAL.Event(event), value };
};

describe('a booking in a calendar', () => {
  it('is one event at one instant, with place, product and both firms', () => {
    const { calendar, events, event, value } = read(fullSlot());
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('method')).toBeNull();
    expect(events).toHaveLength(1);
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-23T07:00:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-11-23T10:00:00.000Z');
    expect(event.startDate.zone).toBe(ICAL.Timezone.utcTimezone);
    expect(event.summary).toBe('Mobile money room: Demonstration wallet');
    expect(event.location).toBe('Kigali');
    expect(event.description).toContain('Guest: Demonstration first');
    expect(value('dtstamp')).toBe('2026-11-20T09:00:00Z');
  });

  it('keeps its UID while its SEQUENCE rises from request to confirmation to cancellation', () => {
    const facts: SlotFact[] = [opened(), requested('first'), confirmed('first'), cancelled('first')];
    const seen = [2, 3, 4].map((n) => {
      const { value } = read(slotAfter(...facts.slice(0, n)));
      return [value('uid'), value('sequence'), value('status')];
    });
    expect(seen).toEqual([
      ['b-first@test', '0', 'TENTATIVE'],
      ['b-first@test', '1', 'CONFIRMED'],
      ['b-first@test', '2', 'CANCELLED'],
    ]);
  });

  it('survives commas, semicolons, line breaks and letters of many bytes, in lines of at most 75 octets', () => {
    const name = 'Zahlung; Überweisung, “Irembo”\\n – 支払い '.repeat(4).trim();
    const { text, event } = read(
      slotAfter(opened(), { ...requested('first'), product: { name, goals: 'One\nTwo' } } as SlotFact),
    );
    expect(event.summary).toBe(`Mobile money room: ${name}`);
    expect(event.description).toContain('One\nTwo');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
