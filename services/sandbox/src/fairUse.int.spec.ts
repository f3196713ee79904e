import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { timeCause } from '@umuhuza/eventing/cause';
import type { Client } from '@umuhuza/testing/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleAt, settleMove } from './moves.ts';
import { book, fairUse, form, onBooking, problemOf, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';
import { keepPlaces } from './slot/arriveFromSlot.ts';
import { formOf } from './slot/booking.ts';
import { leaveForSlot } from './slot/leaveForSlot.ts';
import type { Refused } from './slot/refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot/slot.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const post = (guest: Client, { slotId }: SlotView, what: string) =>
  guest('POST', `/api/sandbox/slots/${slotId}/${what}`, { body: what === 'bookings' ? form : {} });

/** Slots of one environment, an hour apart. */
const slotsOf = async (host: Client, how: number, more: object = {}): Promise<SlotView[]> => {
  const { environmentId } = await sandbox.openEnvironment(host, more);
  const slots: SlotView[] = [];
  for (let n = 0; n < how; n++) slots.push(await sandbox.openSlot(host, environmentId, 1, 72 + n));
  return slots;
};

describe('fair use', () => {
  it('lets a company have so many bookings to come, over all slots; what is over or cancelled counts no longer', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-generous', 'RW'), sandbox.as('org-greedy')]);
    const slots = await slotsOf(host, fairUse.openBookings + 2);
    const bookings = [];
    for (const slot of slots.slice(0, fairUse.openBookings - 1)) bookings.push(await book(guest, slot.slotId));
    const request = { body: form, headers: { 'idempotency-key': 'the-last-one' } };
    const path = `/api/sandbox/slots/${slots[fairUse.openBookings - 1]?.slotId}/bookings`;
    const first = await guest('POST', path, request);
    expect(await guest('POST', path, request)).toMatchObject({ status: 201, body: first.body });
    const [next, last] = slots.slice(-2) as [SlotView, SlotView];
    expect(await post(guest, next, 'bookings')).toMatchObject({
      status: 409,
      body: { type: '/problems/too-many-bookings', detail: expect.stringContaining(String(fairUse.openBookings)) },
    });
    if (bookings[0]) await onBooking(guest, bookings[0], 'cancel');
    expect((await post(guest, next, 'bookings')).status).toBe(201);
    expect(problemOf(await post(guest, last, 'bookings'))).toBe('too-many-bookings');
    sandbox.passHours(74);
    expect((await post(guest, (await slotsOf(host, 1))[0] as SlotView, 'bookings')).status).toBe(201);
  });

  it('counts a booking on its way between two slots once: while it is in the one, when it has left it, and in the other', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-movers-host', 'RW'), sandbox.as('org-moves')]);
    const slots = await slotsOf(host, fairUse.openBookings + 2);
    const [from, ...others] = slots.slice(0, fairUse.openBookings - 1) as [SlotView, ...SlotView[]];
    const [last, next, to] = slots.slice(-3) as [SlotView, SlotView, SlotView];
    const { bookingId } = await book(guest, from.slotId);
    for (const { slotId } of others) await book(guest, slotId);
    const { bookings, terms } = (await sandbox.slots.find(from.slotId)) as KnownSlot;
    const at = sandbox.clock();
    const move = { moveId: 'between', from: from.slotId, to: to.slotId };
    const moving = bookings.map((booking) => ({ ...formOf(booking), bookingId, guest: 'org-moves' }));
    const write = async (slotId: string, decide: (slot: Slot) => readonly SlotFact[] | Refused) =>
      expect(await sandbox.slots.change(slotId, decide, timeCause('moving', at))).toMatchObject({ outcome: 'done' });
    await write(to.slotId, (slot) =>
      keepPlaces(slot, { ...move, environmentId: terms.environmentId, bookings: moving, settleAt: settleAt(at), at }),
    );
    expect((await post(guest, last, 'bookings')).status).toBe(201);
    await write(from.slotId, (slot) => leaveForSlot(slot, { ...move, bookingId, reason: null, by: 'org-moves', at }));
    expect(problemOf(await post(guest, next, 'bookings'))).toBe('too-many-bookings');
    await settleMove(sandbox, move);
    expect(problemOf(await post(guest, next, 'bookings'))).toBe('too-many-bookings');
  });

  it('is kept by a company that asks for everything at once', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-rushed', 'RW'), sandbox.as('org-rushes')]);
    const slots = await slotsOf(host, fairUse.openBookings * 2);
    const replies = await Promise.all(slots.map((slot) => post(guest, slot, 'bookings')));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(fairUse.openBookings);
    for (const reply of replies.filter(({ status }) => status !== 201)) expect(problemOf(reply)).toBe('too-many-bookings');
  });

  it('is kept over two replicas by a company that asks both for everything at once', async () => {
    const host = await sandbox.as('org-two-doors-host', 'RW');
    const guests = await Promise.all([0, 1].map((replica) => sandbox.as('org-two-doors', 'DE', replica)));
    for (const [what, most] of [
      ['hold', fairUse.openHolds],
      ['bookings', fairUse.openBookings],
    ] as const) {
      const slots = await slotsOf(host, most * 2);
      const replies = await Promise.all(slots.map((slot, n) => post(guests[n % 2] as Client, slot, what)));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(most);
    }
  });

  it('lets a company hold so many places while it fills in forms', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-patient-host', 'RW'), sandbox.as('org-holds')]);
    const slots = await slotsOf(host, fairUse.openHolds + 1);
    const replies = await Promise.all(slots.map((slot) => post(guest, slot, 'hold')));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(fairUse.openHolds);
    expect(problemOf(replies.find(({ status }) => status !== 201) ?? { status: 0, body: {} })).toBe('too-many-holds');
    const held = slots.filter((_, n) => replies[n]?.status === 201)[0] as SlotView;
    const refused = slots.find((_, n) => replies[n]?.status !== 201) as SlotView;
    await post(guest, held, 'hold/release');
    expect((await post(guest, refused, 'hold')).status).toBe(201);
  });

  it('lets a company wait for so many places; a place that is offered is one of them until it is answered', async () => {
    const [host, guest, other] = await Promise.all([
      sandbox.as('org-queue-host', 'RW'),
      sandbox.as('org-queues'),
      sandbox.as('org-queue-other'),
    ]);
    const slots = await slotsOf(host, fairUse.waiting + 1);
    const theirs = await Promise.all(slots.map(({ slotId }) => book(other, slotId)));
    const last = slots.at(-1) as SlotView;
    const entries = [];
    for (const { slotId } of slots.slice(0, -1)) entries.push(await wait(guest, slotId));
    expect(await guest('POST', `/api/sandbox/slots/${last.slotId}/waitlist`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/waits-too-often', detail: expect.stringContaining(String(fairUse.waiting)) },
    });
    if (theirs[0]) await onBooking(other, theirs[0], 'cancel');
    expect(problemOf(await guest('POST', `/api/sandbox/slots/${last.slotId}/waitlist`, { body: form }))).toBe('waits-too-often');
    await guest('POST', `/api/sandbox/waitlist/${entries[0]?.entryId}/decline`);
    await wait(guest, last.slotId);
  });

  it('bounds what is taken from a waitlist, too', async () => {
    const [host, guest, other] = await Promise.all([
      sandbox.as('org-wait-host', 'RW'),
      sandbox.as('org-wait-greedy'),
      sandbox.as('org-wait-other'),
    ]);
    const slots = await slotsOf(host, fairUse.openBookings + 1);
    const [full, ...rest] = slots as [SlotView, ...SlotView[]];
    const theirs = await book(other, full.slotId);
    const { entryId } = await wait(guest, full.slotId);
    for (const slot of rest) await book(guest, slot.slotId);
    await onBooking(other, theirs, 'cancel');
    expect(problemOf(await guest('POST', `/api/sandbox/waitlist/${entryId}/accept`))).toBe('too-many-bookings');
  });

  it('shows late cancellations, late moves and no-shows to hosts that had the guest, and to itself; to a stranger there is none', async () => {
    const [host, guest, stranger] = await Promise.all([
      sandbox.as('org-record-host', 'RW'),
      sandbox.as('org-record'),
      sandbox.as('org-record-stranger', 'RW'),
    ]);
    const [one, two, three, four] = (await slotsOf(host, 4, { confirmation: 'automatic', cancellationNoticeHours: 24 })) as [
      SlotView,
      SlotView,
      SlotView,
      SlotView,
    ];
    const [late, moved, absent] = [await book(guest, one.slotId), await book(guest, two.slotId), await book(guest, three.slotId)];
    sandbox.passHours(60);
    await onBooking(guest, late, 'cancel');
    expect((await onBooking(guest, moved, 'reschedule', { to: four.slotId })).status).toBe(200);
    sandbox.passHours(20);
    await onBooking(host, absent, 'no-show');
    await onBooking(host, moved, 'complete', { report: { summary: 'All was well.', findings: [] } });
    const record = { lateCancellations: 2, noShows: 1, completed: 1 };
    for (const reader of [host, guest])
      expect(await reader('GET', '/api/sandbox/guests/org-record/record')).toMatchObject({ status: 200, body: record });
    for (const id of ['org-record', 'unknown'])
      expect([await stranger('GET', `/api/sandbox/guests/${id}/record`)].map(problemOf)).toEqual(['no-such-guest']);
    sandbox.passHours(366 * 24);
    expect(await host('GET', '/api/sandbox/guests/org-record/record')).toMatchObject({
      body: { lateCancellations: 0, noShows: 0, completed: 0 },
    });
  });
});
