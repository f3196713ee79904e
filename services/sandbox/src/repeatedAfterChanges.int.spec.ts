import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { Client } from '@umuhuza/testing/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const room = { resourceId: 'room', name: 'Room 1', kind: 'room', quantity: 1 };
const both = async (organisation: string) =>
  [await sandbox.as(organisation, 'RW', 0), await sandbox.as(organisation, 'RW', 1)] as const;
const closeSlot = async (host: Client, { slotId }: { slotId: string }) =>
  expect((await host('POST', `/api/sandbox/slots/${slotId}/close`, { body: { reason: 'No power' } })).status).toBe(200);
const hours = {
  windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=DAILY' }],
  slotMinutes: 60,
  capacity: 2,
};

describe('what is opened in an environment', () => {
  it.each(['slots', 'hours'] as const)('(%s) is told again under its key when the environment has closed', async (what) => {
    const [one, two] = await both(`org-closes-${what}`);
    const { environmentId } = await sandbox.openEnvironment(one);
    const path = `/api/sandbox/environments/${environmentId}`;
    const slot = { startsAt: sandbox.inHours(10), endsAt: sandbox.inHours(12), capacity: 2 };
    const send = (host: Client, key: string) =>
      host('POST', `${path}/${what}`, { body: what === 'slots' ? slot : hours, headers: { 'idempotency-key': key } });
    const first = await send(one, 'open');
    expect(first.status).toBe(201);
    expect((await one('POST', `${path}/close`, { body: { reason: 'Renovation' } })).status).toBe(200);
    for (const host of [one, two]) expect(await send(host, 'open')).toMatchObject({ status: 201, body: first.body });

    expect(problemOf(await send(one, 'late'))).toBe('environment-closed');
    expect((await one('POST', `${path}/reopen`)).status).toBe(200);
    for (const host of [one, two]) expect(problemOf(await send(host, 'late'))).toBe('environment-closed');
    expect((await send(two, 'anew')).status).toBe(201);
  });

  it('stays refused under its key when what stood in the way has gone', async () => {
    const [one, two] = await both('org-room-frees');
    await one('PUT', '/api/sandbox/resources', { body: { resources: [room] } });
    const { environmentId } = await sandbox.openEnvironment(one, { needs: [{ resourceId: 'room', quantity: 1 }] });
    const body = { startsAt: sandbox.inHours(10), endsAt: sandbox.inHours(12), capacity: 2 };
    const send = (host: Client, key: string) =>
      host('POST', `/api/sandbox/environments/${environmentId}/slots`, { body, headers: { 'idempotency-key': key } });
    const taken = (await send(one, 'first')).body as SlotView;
    expect(problemOf(await send(one, 'second'))).toBe('resource-busy');
    await closeSlot(one, taken);
    for (const host of [one, two]) expect(problemOf(await send(host, 'second'))).toBe('resource-busy');
    expect((await send(two, 'third')).status).toBe(201);
  });
});

describe('another time of a slot', () => {
  const scene = async (name: string) => {
    const hosts = await both(`org-${name}`);
    const [host] = hosts;
    await host('PUT', '/api/sandbox/resources', { body: { resources: [room] } });
    const { environmentId } = await sandbox.openEnvironment(host, { needs: [{ resourceId: 'room', quantity: 1 }] });
    const slot = await sandbox.openSlot(host, environmentId, 1, 10);
    const body = { startsAt: sandbox.inHours(30), endsAt: sandbox.inHours(32), reason: 'No power that day' };
    const send = (at: Client) =>
      at('POST', `/api/sandbox/slots/${slot.slotId}/change-time`, { body, headers: { 'idempotency-key': `time-${name}` } });
    return { hosts, host, environmentId, slot, send };
  };

  it('is told again under its key when the slot has closed', async () => {
    const { hosts, host, slot, send } = await scene('time-closes');
    const first = await send(host);
    expect(first.status).toBe(200);
    await closeSlot(host, slot);
    for (const at of hosts) expect(await send(at)).toMatchObject({ status: 200, body: first.body });
    expect(await look(host, slot.slotId)).toMatchObject({ status: 'closed' });
  });

  it('that was refused for what was busy stays refused under its key when it is free', async () => {
    const { hosts, host, environmentId, slot, send } = await scene('time-frees');
    const inTheWay = await sandbox.openSlot(host, environmentId, 1, 30);
    expect(problemOf(await send(host))).toBe('resource-busy');
    await closeSlot(host, inTheWay);
    for (const at of hosts) expect(problemOf(await send(at))).toBe('resource-busy');
    expect(await look(host, slot.slotId)).toMatchObject({ startsAt: slot.startsAt });
  });
});
