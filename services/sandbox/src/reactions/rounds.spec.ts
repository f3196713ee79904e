import { describe, expect, it } from 'vitest';
import { kept, slotAfter, opened as slotOpened } from '../slot/exampleSlots.ts';
import { noSlot } from '../slot/slot.ts';
import { passTimeInSlotsWhenDue } from './passTimeInSlotsWhenDue.ts';
import { settleMovesWhenDue } from './settleMovesWhenDue.ts';
import { settleReservationsWhenDue } from './settleReservationsWhenDue.ts';

const at = '2026-11-21T09:00:00.000Z';
const clock = () => at;

/** Two slots are due, and the first one cannot be written. */
const scene = () => {
  const asked: string[] = [];
  const slots = {
    due: async () => ['broken', 'next'],
    toSettle: async () =>
      ['broken', 'next']
        .map((id) => ({ ...slotAfter(slotOpened(2), kept('guest')), id: `to-${id}` }))
        .map((slot, n) => ({
          ...slot,
          arrivals: [{ moveId: 'm', from: ['broken', 'next'][n], bookings: [], settleAt: at }],
        })),
    known: async () => [],
    change: async (id: string) => {
      asked.push(id);
      if (id === 'broken') throw new Error('unreadable');
      return { outcome: 'done', state: noSlot };
    },
  };
  const resources = {
    toSettle: async () => [
      { host: 'host', state: { reservations: ['broken', 'next'].map((id) => ({ id, slotId: id, settleAt: at })) } },
    ],
    change: async () => ({ outcome: 'done' }),
  };
  return { asked, deps: { slots, resources, clock } as never };
};

describe.each([
  ['passing time in slots', passTimeInSlotsWhenDue],
  ['settling moves', settleMovesWhenDue],
  ['settling reservations', settleReservationsWhenDue],
])('a round of %s in which one fails', (_, round) => {
  it('comes to those behind it, and tells of the failure', async () => {
    const { asked, deps } = scene();
    await expect(round(deps)()).rejects.toThrow('unreadable');
    expect(asked.filter((id) => !id.startsWith('to-'))).toEqual(['broken', 'next']);
  });
});
