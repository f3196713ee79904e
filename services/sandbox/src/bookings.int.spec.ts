import { createHash } from 'node:crypto';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { timeCause } from '@umuhuza/eventing/cause';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoSlotBook } from './mongoSlotBook.ts';
import { settleAt } from './moves.ts';
import { book, content, form, look, onBooking, problemOf, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';
import { keepPlaces } from './slot/arriveFromSlot.ts';
import { leaveForSlot } from './slot/leaveForSlot.ts';
import type { SlotBook } from './slotBook.ts';

let sandbox: Sandbox;
let mongo: Mongo;
/** The book by itself, to leave a move where a process that died would have left it. */
let slots: SlotBook;
beforeAll(async () => {
  sandbox = await startSandbox();
  mongo = await connectMongo(sandbox.backends.mongoUrl, 'sandbox', sandbox.backends.databaseOf('sandbox'));
  slots = await openMongoSlotBook(mongo.connection);
});
afterAll(async () => {
  await mongo.stop();
  await sandbox.stop();
});

const termsOfUse = 'Devices stay in the room.';
const acceptedTerms = createHash('sha256').update(termsOfUse).digest('hex');
const hold = (guest: Client, slotId: string) => guest('POST', `/api/sandbox/slots/${slotId}/hold`);
const reschedule = (caller: Client, booking: { bookingId: string }, to: string, more: object = {}) =>
  onBooking(caller, booking, 'reschedule', { to, ...more });
const see = async (reader: Client, { bookingId }: { bookingId: string }): Promise<BookingView> =>
  (await reader('GET', `/api/sandbox/bookings/${bookingId}`)).body;

describe('a booking', () => {
  it('is made in one form, with the terms that were accepted, the class of data and no more of it than is allowed', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-terms', 'RW'), sandbox.as('org-accepts')]);
    const { environmentId } = await sandbox.openEnvironment(host, { termsOfUse });
    const { slotId } = await sandbox.openSlot(host, environmentId, 2);
    const post = (body: object) => guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: { ...form, ...body } });
    expect(await post({})).toMatchObject({ status: 422, body: { detail: expect.stringContaining(acceptedTerms) } });
    expect(problemOf(await post({ acceptedTerms: '0'.repeat(64) }))).toBe('terms-not-accepted');
    expect(problemOf(await post({ acceptedTerms, dataClass: 'consented-users' }))).toBe('data-not-allowed');
    const booking = (await post({ acceptedTerms, dataClass: 'test-data', mayBeNamed: true })).body as BookingView;
    expect(booking).toMatchObject({
      status: 'requested',
      dataClass: 'test-data',
      mayBeNamed: true,
      termsAccepted: { version: 1, hash: acceptedTerms },
    });
    expect(await see(host, booking)).toEqual(booking);
  });

  it('can be prepared on a place that is held for ten minutes, by one request or the next', async () => {
    const [host, guest, other] = await Promise.all([
      sandbox.as('org-held', 'RW'),
      sandbox.as('org-fills'),
      sandbox.as('org-next'),
    ]);
    const { slotId } = await sandbox.openSlot(host, (await sandbox.openEnvironment(host)).environmentId, 1);
    expect(await hold(guest, slotId)).toMatchObject({
      status: 201,
      body: { free: 0, mine: { hold: { until: expect.any(String) } } },
    });
    expect(problemOf(await hold(guest, slotId))).toBe('already-holding');
    expect(await look(other, slotId)).toMatchObject({ free: 0, mine: { hold: null } });
    expect(await other('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/slot-full', detail: expect.stringContaining('waitlist') },
    });
    expect(await guest('POST', `/api/sandbox/slots/${slotId}/hold/release`)).toMatchObject({ status: 200, body: { free: 1 } });
    expect((await hold(guest, slotId)).status).toBe(201);
    await book(guest, slotId);
    expect(await look(guest, slotId)).toMatchObject({ free: 0, mine: { hold: null, bookingId: expect.any(String) } });
  });

  it('is lost to the queue when the hold ends first, whatever timer did or did not run', async () => {
    const [host, guest, other] = await Promise.all([
      sandbox.as('org-slow', 'RW'),
      sandbox.as('org-dreams'),
      sandbox.as('org-quick'),
    ]);
    const { slotId } = await sandbox.openSlot(host, (await sandbox.openEnvironment(host)).environmentId, 1);
    await hold(guest, slotId);
    await wait(other, slotId);
    sandbox.passHours(10 / 60);
    expect(problemOf(await guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form }))).toBe('slot-full');
    await eventually(async () => expect((await look(other, slotId)).mine.waitlist?.status).toBe('offered'));
  });

  it('has seats for the guest’s own testers, whose addresses the host does not see', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-seats', 'RW'), sandbox.as('org-brings')]);
    const { environmentId } = await sandbox.openEnvironment(host, { seatsPerPlace: 1 });
    const { slotId } = await sandbox.openSlot(host, environmentId, 1);
    const booking = await book(guest, slotId);
    const tester = { name: 'Demonstration Tester', email: 'tester@demonstration.example' };
    const invited = (await onBooking(guest, booking, 'testers', tester)).body as BookingView;
    expect(invited).toMatchObject({ sequence: 1, seats: 1, testers: [tester] });
    expect(await see(host, booking)).toMatchObject({ testers: [{ name: tester.name, email: null }] });
    expect(problemOf(await onBooking(guest, booking, 'testers', { ...tester, email: 'two@demonstration.example' }))).toBe(
      'seats-taken',
    );
    expect(problemOf(await onBooking(host, booking, 'testers', tester))).toBe('not-the-guest');
    expect(await onBooking(guest, booking, `testers/${invited.testers[0]?.testerId}/remove`)).toMatchObject({
      status: 200,
      body: { status: 'requested', sequence: 2, testers: [] },
    });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(slotId)).slice(-2)).toMatchObject([
        { type: 'TesterInvited', data: { tester, seats: 1 } },
        { type: 'TesterRemoved', data: { tester, seats: 0 } },
      ]),
    );
  });
});

describe('rescheduling', () => {
  const twoSlots = async (name: string, more: object = {}) => {
    const host = await sandbox.as(`org-host-${name}`, 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, more);
    const [one, two] = [await sandbox.openSlot(host, environmentId, 1, 72), await sandbox.openSlot(host, environmentId, 1, 96)];
    return { host, environmentId, one, two };
  };

  it('takes no more testers along than there are seats; whom the host moves keeps its price and its seats', async () => {
    const host = await sandbox.as('org-crowd-host', 'RW');
    const guest = await sandbox.as('org-crowd');
    const { environmentId } = await sandbox.openEnvironment(host, { seatsPerPlace: 2 });
    const booking = await book(guest, (await sandbox.openSlot(host, environmentId, 1, 72)).slotId);
    for (const name of ['One', 'Two'])
      expect((await onBooking(guest, booking, 'testers', { name, email: `${name}@demonstration.example` })).status).toBe(200);
    const dearer = { ...content, seatsPerPlace: 1, price: { amount: 50_000, currency: 'EUR' } };
    expect((await host('PUT', `/api/sandbox/environments/${environmentId}`, { body: dearer })).status).toBe(200);
    const { slotId: to } = await sandbox.openSlot(host, environmentId, 1, 96);
    expect(problemOf(await reschedule(guest, booking, to))).toBe('seats-taken');
    expect(await look(host, to)).toMatchObject({ free: 1, seatsPerPlace: 1 });
    expect(await reschedule(host, booking, to, { reason: 'Larger room' })).toMatchObject({ status: 200 });
    expect(await see(guest, booking)).toMatchObject({ slotId: to, price: 'free', seats: 2, testers: [{}, {}] });
  });

  it('takes the new place before the old one is given up; the queue of the old one moves on, and both firms are told', async () => {
    const { host, one, two } = await twoSlots('moves');
    const [guest, waiting] = await Promise.all([sandbox.as('org-moves'), sandbox.as('org-waits')]);
    const booking = await book(guest, one.slotId);
    await onBooking(host, booking, 'confirm');
    await wait(waiting, one.slotId);
    const moved = await reschedule(guest, booking, two.slotId, { reason: 'Not ready' });
    expect(moved).toMatchObject({
      status: 200,
      body: {
        bookingId: booking.bookingId,
        uid: booking.uid,
        sequence: 2,
        status: 'confirmed',
        slotId: two.slotId,
        startsAt: two.startsAt,
        movedFrom: { slotId: one.slotId, startsAt: one.startsAt },
      },
    });
    for (const reader of [host, guest]) expect(await see(reader, booking)).toMatchObject({ slotId: two.slotId });
    expect(await look(guest, one.slotId)).toMatchObject({ free: 0, mine: { bookingId: null } });
    expect((await look(waiting, one.slotId)).mine.waitlist?.status).toBe('offered');
    expect(await look(guest, two.slotId)).toMatchObject({ free: 0, mine: { bookingId: booking.bookingId } });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(two.slotId)).at(-1)).toMatchObject({
        type: 'BookingRescheduled',
        data: {
          bookingId: booking.bookingId,
          uid: booking.uid,
          sequence: 2,
          status: 'confirmed',
          by: 'guest',
          reason: 'Not ready',
          previous: { slotId: one.slotId, startsAt: one.startsAt, endsAt: one.endsAt },
          startsAt: two.startsAt,
        },
      }),
    );
  });

  it('changes nothing where there is no place, no such slot, another environment, or nothing of the caller’s', async () => {
    const { host, one, two } = await twoSlots('stays');
    const elsewhere = await sandbox.openSlot(host, (await sandbox.openEnvironment(host)).environmentId, 1);
    const [guest, other] = await Promise.all([sandbox.as('org-stays'), sandbox.as('org-sits')]);
    const booking = await book(guest, one.slotId);
    await book(other, two.slotId);
    expect(problemOf(await reschedule(guest, booking, two.slotId))).toBe('slot-full');
    expect(problemOf(await reschedule(guest, booking, one.slotId))).toBe('same-slot');
    expect(problemOf(await reschedule(guest, booking, 'unknown'))).toBe('no-such-slot');
    expect(problemOf(await reschedule(guest, booking, elsewhere.slotId))).toBe('other-environment');
    expect(problemOf(await reschedule(other, booking, elsewhere.slotId))).toBe('no-such-booking');
    expect(problemOf(await reschedule(host, booking, elsewhere.slotId, { reason: 'Larger room' }))).toBe('other-environment');
    expect(await see(guest, booking)).toEqual(booking);
    expect(await look(guest, elsewhere.slotId)).toMatchObject({ free: 1 });
  });

  it('that its rule refuses after the place was kept gives that place back', async () => {
    const { host, one, two } = await twoSlots('gives-back');
    const guest = await sandbox.as('org-gives-back');
    const booking = await book(guest, one.slotId);
    expect(problemOf(await reschedule(host, booking, two.slotId))).toBe('reason-needed');
    expect(await look(guest, two.slotId)).toMatchObject({ free: 1 });
    expect(await reschedule(host, booking, two.slotId, { reason: 'The power is off that day' })).toMatchObject({
      status: 200,
      body: { slotId: two.slotId },
    });
  });

  it('needs the new slot’s terms accepted where they have changed; only the guest can', async () => {
    const { host, environmentId, one } = await twoSlots('terms', { termsOfUse });
    const guest = await sandbox.as('org-new-terms');
    const booking = await book(guest, one.slotId, { acceptedTerms });
    const body = { ...((await host('GET', `/api/sandbox/environments/${environmentId}`)).body as object) } as Record<
      string,
      unknown
    >;
    for (const told of ['environmentId', 'host', 'uploads', 'status', 'closedBecause', 'openedAt', 'changedAt'])
      delete body[told];
    const changed = 'Devices stay in the room, and so do pictures.';
    expect(
      (await host('PUT', `/api/sandbox/environments/${environmentId}`, { body: { ...body, termsOfUse: changed } })).status,
    ).toBe(200);
    const newer = await sandbox.openSlot(host, environmentId, 1, 120);
    expect(problemOf(await reschedule(guest, booking, newer.slotId))).toBe('terms-not-accepted');
    expect(problemOf(await reschedule(host, booking, newer.slotId, { reason: 'Larger room' }))).toBe('terms-not-accepted');
    const hash = createHash('sha256').update(changed).digest('hex');
    expect(await reschedule(guest, booking, newer.slotId, { acceptedTerms: hash })).toMatchObject({
      status: 200,
      body: { termsAccepted: { version: 2, hash } },
    });
  });

  it('asked for often with one key, by two replicas at once, happens once', async () => {
    const { one, two } = await twoSlots('repeats');
    const callers = await Promise.all([0, 1].map((replica) => sandbox.as('org-repeats-move', 'DE', replica)));
    const [guest] = callers as [Client, Client];
    const booking = await book(guest, one.slotId);
    const path = `/api/sandbox/bookings/${booking.bookingId}/reschedule`;
    const request = { body: { to: two.slotId }, headers: { 'idempotency-key': 'move-1' } };
    const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => (callers[n % 2] as Client)('POST', path, request)));
    for (const reply of replies) expect(reply).toMatchObject({ status: 200, body: { slotId: two.slotId, sequence: 1 } });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(two.slotId)).filter(({ type }) => type === 'BookingRescheduled')).toHaveLength(1),
    );
    expect(await look(guest, one.slotId)).toMatchObject({ free: 1 });
    expect(await look(guest, two.slotId)).toMatchObject({ free: 0 });
  });

  it('asked for once more when the booking has moved on gets its first answer, and moves nothing', async () => {
    const { host, environmentId, one, two } = await twoSlots('moves-on');
    const three = await sandbox.openSlot(host, environmentId, 1, 120);
    const guest = await sandbox.as('org-moves-on');
    const booking = await book(guest, one.slotId);
    const path = `/api/sandbox/bookings/${booking.bookingId}/reschedule`;
    const request = { body: { to: two.slotId }, headers: { 'idempotency-key': 'move-on-1' } };
    const first = await guest('POST', path, request);
    expect(first).toMatchObject({ status: 200, body: { slotId: two.slotId } });
    for (const next of [three, one]) {
      expect((await reschedule(guest, booking, next.slotId)).status).toBe(200);
      expect(await guest('POST', path, request)).toMatchObject({ status: 200, body: first.body });
      expect(await see(guest, booking)).toMatchObject({ slotId: next.slotId });
      expect(await look(guest, two.slotId)).toMatchObject({ free: 1 });
    }
  });

  describe('that dies half-way', () => {
    const step = (what: string) => timeCause(what, sandbox.clock());
    const keep = (one: string, two: string, environmentId: string, booking: BookingView) =>
      slots.change(
        two,
        (slot) =>
          keepPlaces(slot, {
            moveId: `move-${booking.bookingId}`,
            from: one,
            environmentId,
            bookings: [{ bookingId: booking.bookingId, guest: booking.guest.organisationId }],
            settleAt: settleAt(sandbox.clock()),
            at: sandbox.clock(),
          }),
        step('keep'),
      );
    const leave = (one: string, two: string, booking: BookingView) =>
      slots.change(
        one,
        (slot) =>
          leaveForSlot(slot, {
            bookingId: booking.bookingId,
            moveId: `move-${booking.bookingId}`,
            to: two,
            reason: null,
            by: booking.guest.organisationId,
            at: sandbox.clock(),
          }),
        step('leave'),
      );

    it('after keeping a place is given up, and can never happen later', async () => {
      const { environmentId, one, two } = await twoSlots('dies-early');
      const guest = await sandbox.as('org-dies-early');
      const booking = await book(guest, one.slotId);
      expect((await keep(one.slotId, two.slotId, environmentId, booking)).outcome).toBe('done');
      expect(await look(guest, two.slotId)).toMatchObject({ free: 0 });
      expect(await see(guest, booking)).toEqual(booking);
      sandbox.passHours(31 / 3_600);
      await eventually(async () => expect(await look(guest, two.slotId)).toMatchObject({ free: 1 }));
      expect(await leave(one.slotId, two.slotId, booking)).toMatchObject({ outcome: 'refused', refused: 'move-abandoned' });
      expect(await see(guest, booking)).toEqual(booking);
    });

    it('after leaving is finished: by the timer, or at once by whoever asks for the booking', async () => {
      for (const asks of [true, false]) {
        const { host, environmentId, one, two } = await twoSlots(`dies-late-${asks}`);
        const guest = await sandbox.as(`org-dies-late-${asks}`);
        const booking = await book(guest, one.slotId);
        await keep(one.slotId, two.slotId, environmentId, booking);
        await leave(one.slotId, two.slotId, booking);
        expect(await look(guest, two.slotId)).toMatchObject({ free: 0 });
        if (!asks) {
          sandbox.passHours(31 / 3_600);
          await eventually(async () => expect((await look(guest, two.slotId)).mine.bookingId).toBe(booking.bookingId));
        }
        expect(await see(guest, booking)).toMatchObject({ slotId: two.slotId, status: 'requested', sequence: 1 });
        expect(await onBooking(host, booking, 'confirm')).toMatchObject({ status: 200, body: { status: 'confirmed' } });
        expect(await look(guest, one.slotId)).toMatchObject({ free: 1 });
      }
    });
  });

  it('back and forth by many at once never takes a place twice and loses no booking', async () => {
    const host = await sandbox.as('org-dance', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const places = 4;
    const floors = [
      await sandbox.openSlot(host, environmentId, places, 72),
      await sandbox.openSlot(host, environmentId, places, 80),
    ] as const;
    const guests = await Promise.all(Array.from({ length: 6 }, (_, n) => sandbox.as(`org-dance-${n}`, 'DE', n % 2)));
    const bookings = await Promise.all(guests.map((guest, n) => book(guest, floors[n % 2]?.slotId ?? '')));
    const replies = await Promise.all(
      guests.flatMap((guest, n) =>
        [0, 1, 0].map((floor) => reschedule(guest, bookings[n] as BookingView, floors[floor as 0 | 1].slotId)),
      ),
    );
    for (const reply of replies)
      expect([200, 'slot-full', 'same-slot', 'already-booked', 'move-abandoned', 'too-many-attempts']).toContain(
        problemOf(reply),
      );
    sandbox.passHours(31 / 3_600);
    await eventually(async () => {
      const stands = await Promise.all(floors.map(({ slotId }) => look(host, slotId)));
      expect(stands.reduce((sum, { free }) => sum + free, 0)).toBe(2 * places - guests.length);
    });
    for (const [n, guest] of guests.entries()) {
      const booking = await see(guest, bookings[n] as BookingView);
      expect(booking.status).toBe('confirmed');
      const stands = await Promise.all(floors.map(({ slotId }) => look(guest, slotId)));
      expect(stands.filter(({ mine }) => mine.bookingId === booking.bookingId).map(({ slotId }) => slotId)).toEqual([
        booking.slotId,
      ]);
    }
  });
});

describe('a stranger', () => {
  it('can neither move a booking nor bring testers to it, whatever id it tries', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-keeps', 'RW'), sandbox.as('org-kept')]);
    const { environmentId } = await sandbox.openEnvironment(host);
    const [one, two] = [await sandbox.openSlot(host, environmentId, 2, 72), await sandbox.openSlot(host, environmentId, 2, 96)];
    const booking = await book(guest, one.slotId);
    const tester = { name: 'Demonstration Tester', email: 'tester@demonstration.example' };
    for (const stranger of [await sandbox.as('org-nosy'), await sandbox.as('org-nosy-host', 'RW')])
      for (const bookingId of [booking.bookingId, one.slotId, 'unknown']) {
        expect(problemOf(await reschedule(stranger, { bookingId }, two.slotId, { reason: 'Mine' }))).toBe('no-such-booking');
        expect(problemOf(await onBooking(stranger, { bookingId }, 'testers', tester))).toBe('no-such-booking');
        expect(problemOf(await onBooking(stranger, { bookingId }, 'testers/unknown/remove'))).toBe('no-such-booking');
      }
    expect(await see(guest, booking)).toEqual(booking);
    expect(await look(guest, two.slotId)).toMatchObject({ free: 2 });
  });
});
