import { expect, it } from 'vitest';
import { opened, slotAfter } from '../slot/exampleSlots.ts';
import { slotIdOf } from '../slotsOfHours.ts';
import { openSlotsAheadOfHours } from './openSlotsAheadOfHours.ts';

const at = '2026-11-21T09:00:00.000Z';
const time = { startsAt: '2026-11-25T14:00:00.000Z', endsAt: '2026-11-25T16:00:00.000Z' };
const id = slotIdOf('hours-1', time);
const slot = { ...slotAfter(opened(2)), ...time, id, hoursId: 'hours-1' };
const hours = {
  ...{ status: 'open', id: 'hours-1', environmentId: 'env-1', host: { organisationId: 'host', name: null } },
  plan: {
    ...{ timeZone: 'Africa/Kigali', blackouts: [], slotMinutes: 120, bufferMinutes: 0, capacity: 3 },
    windows: [{ startsOn: '2026-11-25', from: '16:00', to: '18:00', rrule: 'FREQ=DAILY;COUNT=1', exdates: [], rdates: [] }],
  },
  ...{ revision: 2, applied: 1, placesChanged: true, inUse: null, openedUntil: null, lookAt: at },
};

/** What the slot decides that was open when it was looked for, and is `now` when it is told. */
const toldTo = async (now: unknown): Promise<unknown[]> => {
  const said: unknown[] = [];
  const change = async (_: string, decide: (slot: unknown) => readonly unknown[]) => {
    said.push(...decide(now));
    return { outcome: 'done', state: now };
  };
  const deps = {
    hours: { due: async () => [{ id: 'hours-1' }], find: async () => hours, change: async () => ({ outcome: 'done' }) },
    environments: { find: async () => undefined },
    slots: { ofHours: async () => [slot], change },
    resources: { find: async () => undefined },
    clock: () => at,
  };
  await openSlotsAheadOfHours(deps as never)();
  return said;
};

it('hours tell a slot how many places it has by now', async () => {
  expect(await toldTo(slot)).toEqual([{ type: 'CapacityChanged', capacity: 3 }]);
});

it('hours open no slot again that was closed while they came to it: it would stand on no time', async () => {
  expect(await toldTo({ ...slot, status: 'closed', byHours: true })).toEqual([]);
});
