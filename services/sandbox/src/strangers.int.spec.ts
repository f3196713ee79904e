import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  book,
  content,
  fairUse,
  form,
  onBooking,
  problemOf,
  report,
  type Sandbox,
  startSandbox,
  wait,
} from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Route = { readonly method: Method; readonly path: string };
const routes = Object.entries(sandboxApi) as [string, Route][];

const plan = {
  windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=DAILY' }],
  slotMinutes: 60,
  capacity: 2,
};

/** What a stranger would send: bodies that are accepted where the caller is the right one, and one that is none. */
const bodies: readonly object[] = [
  {},
  { reason: 'Because' },
  form,
  { ...form, acceptedTerms: 'a'.repeat(64) },
  { report },
  { act: 'approve' },
  { tester: 'Me', rating: 5 },
  { name: 'Me', email: 'me@demonstration.example' },
  { to: 'made-up', reason: 'Because' },
  { reason: 'Because', bookings: { do: 'cancel' } },
  { capacity: 3 },
  { startsAt: '2030-01-01T08:00:00.000Z', endsAt: '2030-01-01T09:00:00.000Z', capacity: 1 },
  plan,
  content,
];

describe('a stranger', () => {
  it('can neither see, move nor cancel another’s booking by any route and any id', async () => {
    const host = await sandbox.as('walk-host', 'RW');
    const guest = await sandbox.as('walk-guest');
    const { environmentId } = await sandbox.openEnvironment(host);
    const { slotId } = await sandbox.openSlot(host, environmentId, 1);
    const secret = 'planted-goal-of-the-guest';
    const booking = await book(guest, slotId, { product: { name: 'planted-product', goals: secret } });
    const { entryId } = await wait(await sandbox.as('walk-waiting'), slotId);
    const hours = await host('POST', `/api/sandbox/environments/${environmentId}/hours`, { body: plan });
    expect(hours.status).toBe(201);
    const { hoursId } = hours.body as { hoursId: string };
    const { url } = (await guest('POST', '/api/sandbox/calendar-feed/renew', { body: {} })).body as { url: string };
    const feed = new URL(url).pathname.split('/').at(-1) ?? '';
    const ids = {
      booking: booking.bookingId,
      slot: slotId,
      entry: entryId,
      environment: environmentId,
      hours: hoursId,
      uid: booking.uid,
    };

    const seen = async () => ({
      guest: (await guest('GET', `/api/sandbox/bookings/${booking.bookingId}`)).body,
      host: (await host('GET', `/api/sandbox/bookings/${booking.bookingId}`)).body,
      calendar: (await guest('GET', `/api/sandbox/bookings/${booking.bookingId}/calendar.ics`)).body,
      feed: (await guest('GET', `/api/sandbox/calendar-feeds/${feed}`)).body,
      waiting: (await (await sandbox.as('walk-waiting'))('GET', `/api/sandbox/slots/${slotId}`)).body,
      hours: (await host('GET', `/api/sandbox/hours/${hoursId}`)).body,
    });
    for (const id of Object.values(ids)) expect(id).toEqual(expect.stringMatching(/./));
    await eventually(async () => expect((await seen()).hours).toMatchObject({ openedUntil: expect.any(String) }));
    const before = await seen();
    expect(JSON.stringify(before)).toContain(secret);

    const strangers: [string, Client][] = [
      ['a German firm', await sandbox.as('walk-stranger')],
      ['a Rwandan firm', await sandbox.as('walk-rival', 'RW')],
      ['nobody', clientOf(sandbox.address)],
    ];
    const planted = [secret, 'planted-product', booking.uid, 'walk-guest'];
    let asked = 0;
    for (const [who, stranger] of strangers)
      for (const [name, { method, path }] of routes)
        for (const [what, id] of Object.entries(ids)) {
          const filled = `/api/sandbox${path.replace('/api/sandbox', '')}`.replace(/:\w+/g, encodeURIComponent(id));
          for (const body of method === 'GET' ? [undefined] : bodies) {
            // Its own doings in an open slot are not the stranger's to answer for: it may book and wait like anybody.
            if (!path.includes(':') && method !== 'GET') continue;
            const reply = await stranger(method, filled, body ? { body } : {});
            asked += 1;
            const told = `${JSON.stringify(reply.body)}${[...reply.headers.values()].join()}`;
            for (const word of planted) expect([who, name, what, told.includes(word)]).toEqual([who, name, what, false]);
            expect([who, name, what, reply.status < 500]).toEqual([who, name, what, true]);
          }
        }
    expect(asked).toBeGreaterThan(routes.length * 3);
    const after = await seen();
    expect({ ...after, waiting: null }).toEqual({ ...before, waiting: null });
    expect(after.waiting).toMatchObject({ mine: { waitlist: { entryId, status: 'waiting', position: 1 } } });
  });

  it('of one booking is not told by another’s way to say no whether the booking exists', async () => {
    const host = await sandbox.as('exists-host', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const booking = await book(await sandbox.as('exists-guest'), (await sandbox.openSlot(host, environmentId, 1)).slotId);
    const stranger = await sandbox.as('exists-stranger');
    for (const [action, body] of [
      ['cancel', {}],
      ['confirm', {}],
      ['decline', { reason: 'no' }],
      ['complete', { report }],
      ['no-show', {}],
      ['reschedule', { to: 'made-up', reason: 'no' }],
      ['testers', { name: 'Me', email: 'me@demonstration.example' }],
      ['report/findings/f1', { act: 'approve' }],
      ['report/feedback', { tester: 'Me', rating: 5 }],
      ['report/finish', {}],
    ] as const) {
      const [real, made] = [
        await onBooking(stranger, booking, action, body),
        await onBooking(stranger, { bookingId: 'made-up' }, action, body),
      ];
      expect([action, problemOf(real), real.status]).toEqual([action, problemOf(made), made.status]);
    }
    // Nor by its own limit, of a place in a waitlist.
    const { environmentId: many } = await sandbox.openEnvironment(host);
    for (let n = 0; n < fairUse.openBookings; n++) await book(stranger, (await sandbox.openSlot(host, many, 1)).slotId);
    const { entryId } = await wait(await sandbox.as('exists-waiting'), booking.slotId);
    for (const action of ['accept', 'decline'])
      for (const id of [entryId, 'made-up'])
        expect([action, problemOf(await stranger('POST', `/api/sandbox/waitlist/${id}/${action}`))]).toEqual([
          action,
          'no-such-entry',
        ]);
    for (const path of ['', '/calendar.ics', '/report']) {
      const [real, made] = [
        await stranger('GET', `/api/sandbox/bookings/${booking.bookingId}${path}`),
        await stranger('GET', `/api/sandbox/bookings/made-up${path}`),
      ];
      expect([problemOf(real), real.status]).toEqual([problemOf(made), 404]);
    }
  });
});
