import type { BookingView, SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoResourcesBook } from './mongoResourcesBook.ts';
import { openMongoSlotBook } from './mongoSlotBook.ts';
import { settleAt } from './moves.ts';
import { openReservedSlot } from './reservations.ts';
import { mostReservations } from './resources/fitIn.ts';
import { reserveTime } from './resources/reserveTime.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import { book, content, look, onBooking, problemOf, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';
import { followHours } from './slot/followHours.ts';
import { openSlot } from './slot/openSlot.ts';
import { abandonReservation } from './slot/reservation.ts';
import type { KnownSlot } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';
import { secureStanding } from './standingSlots.ts';

let sandbox: Sandbox;
let mongo: Mongo;
let slots: SlotBook;
let resources: ResourcesBook;
beforeAll(async () => {
  sandbox = await startSandbox();
  mongo = await connectMongo(sandbox.backends.mongoUrl, 'sandbox', sandbox.backends.databaseOf('sandbox'));
  slots = await openMongoSlotBook(mongo.connection);
  resources = await openMongoResourcesBook(mongo.connection);
});
afterAll(async () => {
  await mongo.stop();
  await sandbox.stop();
});

const room = { resourceId: 'room', name: 'Room 1', kind: 'room', quantity: 1 };
const phones = { resourceId: 'phones', name: 'Android phones', kind: 'device-pool', quantity: 8 };
const needs = (...pairs: [string, number][]) => ({ needs: pairs.map(([resourceId, quantity]) => ({ resourceId, quantity })) });
const describeAs = (host: Client, ...all: object[]) => host('PUT', '/api/sandbox/resources', { body: { resources: all } });
const open = (host: Client, environmentId: string, from: number, to: number) =>
  host('POST', `/api/sandbox/environments/${environmentId}/slots`, {
    body: { startsAt: sandbox.inHours(from), endsAt: sandbox.inHours(to), capacity: 2 },
  });
const reservedBy = async (host: string) => (await resources.find(host))?.reservations ?? [];
const onSlot = (host: Client, { slotId }: { slotId: string }, action: string, body: object) =>
  host('POST', `/api/sandbox/slots/${slotId}/${action}`, { body: { reason: 'No power that day', ...body } });

describe('what a slot needs at once', () => {
  it('is all there or the slot is not opened, also across the environments of one host', async () => {
    const host = await sandbox.as('org-needs', 'RW');
    expect(await describeAs(host, room, phones)).toMatchObject({ status: 200, body: { resources: [room, phones] } });
    const a = await sandbox.openEnvironment(host, needs(['room', 1], ['phones', 5]));
    const b = await sandbox.openEnvironment(host, needs(['phones', 4]));
    const unknown = await sandbox.openEnvironment(host, needs(['phones', 1], ['helicopter', 1]));
    expect((await open(host, a.environmentId, 10, 12)).status).toBe(201);
    expect(await open(host, b.environmentId, 11, 13)).toMatchObject({
      status: 409,
      body: { type: '/problems/resource-busy', detail: expect.stringContaining('Android phones') },
    });
    expect(problemOf(await open(host, a.environmentId, 11.5, 13))).toBe('resource-busy');
    expect(problemOf(await open(host, unknown.environmentId, 40, 41))).toBe('no-such-resource');
    expect((await open(host, b.environmentId, 13, 14)).status).toBe(201);
    expect(problemOf(await describeAs(host, room, { ...phones, quantity: 4 }))).toBe('resource-in-use');
    expect((await reservedBy('org-needs')).map(({ needs: taken }) => taken)).toEqual([a.needs, b.needs]);
    const other = await sandbox.as('org-needs-nothing', 'RW');
    expect((await other('GET', '/api/sandbox/resources')).body).toEqual({ resources: [] });
  });

  it('is given to exactly as many as there is enough for, when many ask two replicas at once in opposite orders', async () => {
    const hosts = await Promise.all([0, 1].map((replica) => sandbox.as('org-crowd-host', 'RW', replica)));
    const [host] = hosts as [Client, Client];
    await describeAs(host, { ...room, quantity: 3 }, phones);
    const a = await sandbox.openEnvironment(host, needs(['room', 1], ['phones', 2]));
    const b = await sandbox.openEnvironment(host, needs(['phones', 2], ['room', 1]));
    const replies = await Promise.all(
      Array.from({ length: 24 }, (_, n) => open(hosts[n % 2] as Client, (n % 3 ? a : b).environmentId, 20, 22)),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const reply of replies.filter(({ status }) => status !== 201)) expect(problemOf(reply)).toBe('resource-busy');
    expect(await reservedBy('org-crowd-host')).toHaveLength(3);
  });

  it('is free again when the slot closes, but not while it keeps bookings', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-frees', 'RW'), sandbox.as('org-comes')]);
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, needs(['room', 1]));
    const one = (await open(host, environmentId, 10, 12)).body as SlotView;
    expect((await onSlot(host, one, 'close', {})).status).toBe(200);
    await eventually(async () => expect(await reservedBy('org-frees')).toEqual([]));
    const two = (await open(host, environmentId, 10, 12)).body as SlotView;
    await book(guest, two.slotId);
    expect(await onSlot(host, two, 'close', { bookings: { do: 'keep' } })).toMatchObject({
      status: 200,
      body: { status: 'closed' },
    });
    expect(problemOf(await open(host, environmentId, 11, 13))).toBe('resource-busy');
  });

  it('keeps the buffer between slots of one environment', async () => {
    const host = await sandbox.as('org-buffer', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 60 });
    expect((await open(host, environmentId, 10, 12)).status).toBe(201);
    expect(await open(host, environmentId, 12.5, 13)).toMatchObject({
      status: 409,
      body: { type: '/problems/environment-busy' },
    });
    expect((await open(host, environmentId, 13.1, 14)).status).toBe(201);
  });

  it('is asked for once, however often one request comes', async () => {
    const host = await sandbox.as('org-asks-twice', 'RW');
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, needs(['room', 1]));
    const path = `/api/sandbox/environments/${environmentId}/slots`;
    const request = {
      body: { startsAt: sandbox.inHours(10), endsAt: sandbox.inHours(12), capacity: 2 },
      headers: { 'idempotency-key': 'open-reserved' },
    };
    const replies = await Promise.all(Array.from({ length: 6 }, () => host('POST', path, request)));
    for (const reply of replies) expect(reply).toMatchObject({ status: 201, body: replies[0]?.body });
    expect(await reservedBy('org-asks-twice')).toHaveLength(1);
  });

  it('is given back when the request died before its slot was opened, and that slot can never be opened later', async () => {
    const host = await sandbox.as('org-dies', 'RW');
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, needs(['room', 1]));
    const first = (await open(host, environmentId, 30, 31)).body as SlotView;
    const terms = ((await slots.find(first.slotId)) as KnownSlot).terms;
    const times = { startsAt: sandbox.inHours(10), endsAt: sandbox.inHours(12) };
    const asked = { id: 'lost', slotId: 'lost', environmentId, ...times, bufferMinutes: null, ...needs(['room', 1]) };
    const at = sandbox.clock();
    const reserve = (state: Parameters<typeof reserveTime>[0]) =>
      reserveTime(state, { times: [asked], settleAt: settleAt(at), at });
    expect((await resources.change('org-dies', reserve, timeCause('reserve', at))).outcome).toBe('done');
    expect(problemOf(await open(host, environmentId, 10, 11))).toBe('resource-busy');
    sandbox.passHours(31 / 3_600);
    await eventually(async () => expect(await reservedBy('org-dies')).toHaveLength(1));
    const late = await slots.change(
      'lost',
      (slot) =>
        openSlot(slot, {
          slotId: 'lost',
          terms,
          when: times,
          capacity: 1,
          reservationId: 'lost',
          by: 'org-dies',
          at: sandbox.clock(),
        }),
      timeCause('open', at),
    );
    expect(late).toMatchObject({ outcome: 'refused', refused: 'reservation-abandoned' });
    expect(problemOf(await host('GET', '/api/sandbox/slots/lost'))).toBe('no-such-slot');
    expect((await open(host, environmentId, 10, 11)).status).toBe(201);
  });

  it('is given back when the request hung before a slot that its hours had closed opened again, and it never opens on that later', async () => {
    const host = await sandbox.as('org-hangs', 'RW');
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, needs(['room', 1]));
    const { slotId, startsAt, endsAt } = (await open(host, environmentId, 10, 12)).body as SlotView;
    const follow = (wanted: object | false, reserved?: { reservationId: string; startsAt: string; endsAt: string }) =>
      slots.change(
        slotId,
        (slot) =>
          followHours(slot, {
            ...{ wanted, inUse: 'keep', reason: 'The hours', at: sandbox.clock() },
            ...(reserved ? { reserved } : {}),
          }),
        timeCause('hours', sandbox.clock()),
      );
    expect(await follow(false)).toMatchObject({ outcome: 'done', state: { status: 'closed' } });
    await eventually(async () => expect(await reservedBy('org-hangs')).toEqual([]));
    const asked = { id: 'again', slotId, environmentId, startsAt, endsAt, bufferMinutes: null, ...needs(['room', 1]) };
    const at = sandbox.clock();
    const reserve = (state: Parameters<typeof reserveTime>[0]) =>
      reserveTime(state, { times: [asked], settleAt: settleAt(at), at });
    expect((await resources.change('org-hangs', reserve, timeCause('reserve', at))).outcome).toBe('done');
    sandbox.passHours(31 / 3_600);
    await eventually(async () => expect(await reservedBy('org-hangs')).toEqual([]));
    expect((await open(host, environmentId, 9.5, 12)).status).toBe(201);
    expect(await follow({}, { reservationId: 'again', startsAt, endsAt })).toMatchObject({ refused: 'reservation-abandoned' });
    expect((await look(host, slotId)).status).toBe('closed');
  });
});

describe('the time of a slot that moved on', () => {
  /** The calendar, in whose write after the first somebody else comes first: what the slot said before it is old by then. */
  const overtaken = (overtake: () => Promise<unknown>, afterwards = async () => {}): ResourcesBook => {
    let writes = 0;
    return {
      ...resources,
      change: async (...asked: Parameters<ResourcesBook['change']>) => {
        writes += 1;
        const isOvertaken = writes === 2;
        if (isOvertaken) await overtake();
        const change = await resources.change(...asked);
        if (isOvertaken) await afterwards();
        return change;
      },
    } as ResourcesBook;
  };
  const scene = async (name: string) => {
    const host = await sandbox.as(name, 'RW');
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, needs(['room', 1]));
    const { terms } = (await slots.find(((await open(host, environmentId, 30, 31)).body as SlotView).slotId)) as KnownSlot;
    const when = { startsAt: sandbox.inHours(10), endsAt: sandbox.inHours(12) };
    const asked = { slotId: `slot-of-${name}`, terms, when, capacity: 1, by: name };
    return { host, environmentId, asked, cause: timeCause('open', sandbox.clock()) };
  };

  it('is free at once, also where its opening ends only after its host has moved it', async () => {
    const { host, environmentId, asked, cause } = await scene('org-overtaken');
    const later = { startsAt: sandbox.inHours(14), endsAt: sandbox.inHours(16) };
    const calendar = overtaken(async () => expect((await onSlot(host, asked, 'change-time', later)).status).toBe(200));
    await openReservedSlot({ slots, resources: calendar, clock: sandbox.clock }, asked, cause);
    expect(await reservedBy('org-overtaken')).toMatchObject([{}, { slotId: asked.slotId, settleAt: null }]);
    expect((await open(host, environmentId, 10, 12)).status).toBe(201);
    expect(problemOf(await open(host, environmentId, 15, 16))).toBe('resource-busy');
  });

  it('is free also where the process that opens it keeps the old time after that, and dies before it looks again', async () => {
    const { host, environmentId, asked, cause } = await scene('org-overtaken-dies');
    const later = { startsAt: sandbox.inHours(14), endsAt: sandbox.inHours(16) };
    const hasTheNewTimeOnly = async () =>
      expect(await reservedBy('org-overtaken-dies')).toMatchObject([{}, { slotId: asked.slotId, settleAt: null }]);
    const calendar = overtaken(
      async () => {
        expect((await onSlot(host, asked, 'change-time', later)).status).toBe(200);
        await hasTheNewTimeOnly();
      },
      () => Promise.reject(new Error('the process died')),
    );
    const opening = openReservedSlot({ slots, resources: calendar, clock: sandbox.clock }, asked, cause);
    await expect(opening).rejects.toThrow('the process died');
    await hasTheNewTimeOnly();
    expect((await open(host, environmentId, 10, 12)).status).toBe(201);
  });

  it('is settled by the request that comes again after its process had died', async () => {
    const { asked, cause } = await scene('org-died-opening');
    const dying = overtaken(() => Promise.reject(new Error('the process died')));
    const deps = { slots, clock: sandbox.clock };
    await expect(openReservedSlot({ ...deps, resources: dying }, asked, cause)).rejects.toThrow('died');
    const waiting = async () => (await reservedBy('org-died-opening')).filter((one) => one.settleAt !== null);
    expect(await waiting()).toMatchObject([{ slotId: asked.slotId }]);
    await openReservedSlot({ ...deps, resources }, asked, cause);
    expect(await waiting()).toEqual([]);
  });
});

describe('slots that were open before their environment was described so', () => {
  it('get the time they stand on; of two in each other’s way the later is named and cannot be confirmed', async () => {
    const [host, stranger] = await Promise.all([sandbox.as('org-standing', 'RW'), sandbox.as('org-standing-stranger', 'RW')]);
    const [first, second, third] = await Promise.all(['a', 'b', 'c'].map((name) => sandbox.as(`org-standing-${name}`)));
    if (!first || !second || !third) throw new Error('three guests are needed');
    const { environmentId } = await sandbox.openEnvironment(host);
    const early = (await open(host, environmentId, 10, 12)).body as SlotView;
    const booked = (await open(host, environmentId, 11, 13)).body as SlotView;
    const later = (await open(host, environmentId, 12.5, 14)).body as SlotView;
    const apart = (await open(host, environmentId, 20, 21)).body as SlotView;
    const [one, two, three] = [
      await book(first, booked.slotId),
      await book(second, later.slotId),
      await book(third, apart.slotId),
    ];
    const path = `/api/sandbox/environments/${environmentId}`;
    const conflicts = async () => (await host('GET', `${path}/conflicts`)).body as { items: { slotId: string }[] };
    expect(await conflicts()).toEqual({ items: [] });
    expect((await host('PUT', path, { body: { ...content, bufferMinutes: 15 } })).status).toBe(200);
    expect(await reservedBy('org-standing')).toHaveLength(4);
    expect((await reservedBy('org-standing')).every((reservation) => reservation.settleAt === null)).toBe(true);
    // Those with bookings come first: the one nobody booked is in their way, not they in its.
    expect((await conflicts()).items).toMatchObject([
      { slotId: later.slotId, because: 'environment-busy' },
      { slotId: early.slotId, because: 'environment-busy' },
    ]);
    expect(problemOf(await stranger('GET', `${path}/conflicts`))).toBe('not-the-host');
    expect(problemOf(await open(host, environmentId, 13.5, 15))).toBe('environment-busy');
    expect(problemOf(await open(host, environmentId, 21.1, 22))).toBe('environment-busy');

    expect((await onBooking(host, one, 'confirm')).status).toBe(200);
    expect((await onBooking(host, three, 'confirm')).status).toBe(200);
    expect(await onBooking(host, two, 'confirm')).toMatchObject({
      status: 409,
      body: { type: '/problems/slot-in-conflict', detail: expect.stringContaining(booked.startsAt) },
    });
    expect((await onSlot(host, booked, 'close', { bookings: { do: 'cancel' } })).status).toBe(200);
    await eventually(async () => expect((await conflicts()).items).toEqual([]));
    expect((await onBooking(host, two, 'confirm')).status).toBe(200);
  });

  it('are given it however many there are, and settled', async () => {
    const host = await sandbox.as('org-standing-many', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const many = await Promise.all(Array.from({ length: 45 }, (_, n) => open(host, environmentId, 10 + 2 * n, 11 + 2 * n)));
    expect(many.every(({ status }) => status === 201)).toBe(true);
    const path = `/api/sandbox/environments/${environmentId}`;
    expect((await host('PUT', path, { body: { ...content, bufferMinutes: 15 } })).status).toBe(200);
    const reserved = await reservedBy('org-standing-many');
    expect(reserved).toHaveLength(45);
    expect(reserved.every((reservation) => reservation.settleAt === null)).toBe(true);
  });

  it('are given another time where one was given up before they took it', async () => {
    const host = await sandbox.as('org-standing-again', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const { slotId } = (await open(host, environmentId, 10, 12)).body as SlotView;
    // Whoever settled it first found the slot without: between the look for such slots and the reservation.
    const givenUp = idFrom({ id: slotId }, 'standing/0');
    const { slots: others } = sandbox;
    const look = others.withoutTime.bind(others);
    let looks = 0;
    const deps = {
      slots: {
        ...slots,
        withoutTime: async (...asked: Parameters<SlotBook['withoutTime']>) => {
          const found = await look(...asked);
          looks += 1;
          if (looks === 1)
            await slots.change(
              slotId,
              (slot) => abandonReservation(slot, { reservationId: givenUp }),
              timeCause('given-up', sandbox.clock()),
            );
          return found;
        },
      },
      resources,
      clock: sandbox.clock,
    };
    const { terms } = (await slots.find(slotId)) as KnownSlot;
    await secureStanding(deps, { ...terms, bufferMinutes: 15 });
    expect(looks).toBe(2);
    expect(await reservedBy('org-standing-again')).toMatchObject([{ slotId, id: idFrom({ id: slotId }, 'standing/1') }]);
    expect(await slots.find(slotId)).toMatchObject({ reservationId: idFrom({ id: slotId }, 'standing/1') });
  });

  it('that slipped in while it was described get it before anything else is put there, and before a booking is confirmed', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-slipped', 'RW'), sandbox.as('org-slipped-guest')]);
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 0 });
    const first = (await open(host, environmentId, 10, 12)).body as SlotView;
    const { reservationId: _, terms, ...state } = (await slots.find(first.slotId)) as KnownSlot;
    const { bufferMinutes: __, ...before } = terms;
    const slip = (slotId: string, from: number, to: number) =>
      slots.change(
        slotId,
        (slot) =>
          openSlot(slot, {
            slotId,
            terms: before,
            when: { startsAt: sandbox.inHours(from), endsAt: sandbox.inHours(to) },
            capacity: state.capacity,
            by: 'org-slipped',
            at: sandbox.clock(),
          }),
        timeCause('slipped', sandbox.clock()),
      );
    await slip('slipped-1', 20, 22);
    expect(problemOf(await open(host, environmentId, 21, 23))).toBe('environment-busy');
    expect(
      problemOf(await onSlot(host, first, 'change-time', { startsAt: sandbox.inHours(21), endsAt: sandbox.inHours(23) })),
    ).toBe('environment-busy');
    await slip('slipped-3', 30, 32);
    expect(
      problemOf(await onSlot(host, first, 'change-time', { startsAt: sandbox.inHours(31), endsAt: sandbox.inHours(33) })),
    ).toBe('environment-busy');
    await slip('slipped-2', 11, 13);
    const booking = await book(guest, 'slipped-2');
    expect(problemOf(await onBooking(guest, booking, 'confirm'))).toBe('not-the-host');
    expect(problemOf(await onBooking(host, booking, 'confirm'))).toBe('slot-in-conflict');
  });
});

describe('a booking that the platform would confirm by itself', () => {
  it('waits for the host where its slot is in the way of another, also one from the waitlist, and the host is told so', async () => {
    const host = await sandbox.as('org-unseen', 'RW');
    const [first, second, third] = await Promise.all(['a', 'b', 'c'].map((name) => sandbox.as(`org-unseen-${name}`)));
    if (!first || !second || !third) throw new Error('three guests are needed');
    const automatic = { confirmation: 'automatic' };
    const { environmentId } = await sandbox.openEnvironment(host, automatic);
    const one = (await open(host, environmentId, 10, 12)).body as SlotView;
    const two = (await open(host, environmentId, 11, 13)).body as SlotView;
    expect(await book(first, one.slotId)).toMatchObject({ status: 'confirmed' });
    const path = `/api/sandbox/environments/${environmentId}`;
    expect((await host('PUT', path, { body: { ...content, ...automatic, bufferMinutes: 15 } })).status).toBe(200);

    expect(await book(second, one.slotId)).toMatchObject({ status: 'confirmed' });
    const asked = await book(third, two.slotId);
    expect(asked).toMatchObject({ status: 'requested' });
    await eventually(async () => {
      const told = (await sandbox.eventsAbout(two.slotId)).filter(({ type }) => type.startsWith('Booking'));
      expect(told).toMatchObject([
        { type: 'BookingRequested', data: { bookingId: asked.bookingId, confirmation: 'by-hand', inConflict: true } },
      ]);
    });
    const given = await book(second, two.slotId);
    const { entryId } = await wait(first, two.slotId);
    expect((await onBooking(second, given, 'cancel')).status).toBe(200);
    expect(await first('POST', `/api/sandbox/waitlist/${entryId}/accept`)).toMatchObject({
      status: 200,
      body: { status: 'requested' },
    });
    expect(problemOf(await onBooking(host, asked, 'confirm'))).toBe('slot-in-conflict');
    expect((await onSlot(host, one, 'close', { bookings: { do: 'cancel' } })).status).toBe(200);
    await eventually(async () => expect((await onBooking(host, asked, 'confirm')).status).toBe(200));
    await eventually(async () =>
      expect((await sandbox.eventsAbout(two.slotId)).at(-1)).toMatchObject({
        type: 'BookingConfirmed',
        data: { bookingId: asked.bookingId, confirmation: 'by-hand' },
      }),
    );
  });

  it('waits for the host as soon as the environment needs something, also before any event of that was heard', async () => {
    const [host, guest, second] = await Promise.all([
      sandbox.as('org-unheard', 'RW'),
      sandbox.as('org-unheard-guest'),
      sandbox.as('org-unheard-second'),
    ]);
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const one = (await open(host, environmentId, 10, 12)).body as SlotView;
    const two = (await open(host, environmentId, 11, 13)).body as SlotView;
    // Described, and the process that described it died before it did or said anything else.
    const environments = mongo.connection.collection<{ _id: string }>('environments');
    await environments.updateOne({ _id: environmentId }, { $set: { 'state.content.bufferMinutes': 15 } });
    expect(await book(guest, one.slotId)).toMatchObject({ status: 'confirmed' });
    const asked = await book(second, two.slotId);
    expect(asked).toMatchObject({ status: 'requested', inConflict: null });
    const inConflict = { because: 'environment-busy', with: { slotId: one.slotId, startsAt: one.startsAt } };
    const path = `/api/sandbox/bookings/${asked.bookingId}`;
    expect((await host('GET', path)).body).toMatchObject({ inConflict });
    expect((await host('GET', `/api/sandbox/bookings?slotId=${two.slotId}`)).body).toMatchObject({ items: [{ inConflict }] });
    expect((await second('GET', path)).body).toMatchObject({ inConflict: null });
    expect(problemOf(await onBooking(host, asked, 'confirm'))).toBe('slot-in-conflict');
    expect((await onSlot(host, one, 'close', { bookings: { do: 'cancel' } })).status).toBe(200);
    await eventually(async () => expect((await host('GET', path)).body).toMatchObject({ inConflict: null }));
    expect((await onBooking(host, asked, 'confirm')).status).toBe(200);
  });

  it('waits for the host where the calendar is full, until there is a place in it', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-full-calendar', 'RW'), sandbox.as('org-full-calendar-guest')]);
    await describeAs(host, room);
    const automatic = { confirmation: 'automatic' };
    const { environmentId } = await sandbox.openEnvironment(host, automatic);
    const slot = (await open(host, environmentId, 10, 12)).body as SlotView;
    const calendars = mongo.connection.collection<{ _id: string }>('resources');
    const reservations = Array.from({ length: mostReservations }, (_, n) => ({
      ...{ id: `r${n}`, slotId: `s${n}`, environmentId: 'elsewhere', needs: [], alone: false, settleAt: null },
      ...{ startsAt: sandbox.inHours(40 + n), freeAt: sandbox.inHours(41 + n) },
    }));
    await calendars.updateOne({ _id: 'org-full-calendar' }, { $set: { 'state.reservations': reservations } });
    const path = `/api/sandbox/environments/${environmentId}`;
    expect((await host('PUT', path, { body: { ...content, ...automatic, ...needs(['room', 1]) } })).status).toBe(200);

    const asked = await book(guest, slot.slotId);
    expect(asked).toMatchObject({ status: 'requested' });
    expect((await host('GET', `/api/sandbox/bookings/${asked.bookingId}`)).body).toMatchObject({
      inConflict: { because: 'calendar-full' },
    });
    expect((await host('GET', `${path}/conflicts`)).body).toEqual({
      items: [{ slotId: slot.slotId, startsAt: slot.startsAt, because: 'calendar-full' }],
    });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(slot.slotId)).at(-1)).toMatchObject({
        type: 'BookingRequested',
        data: { confirmation: 'by-hand', inConflict: true, because: 'calendar-full' },
      }),
    );
    expect(problemOf(await onBooking(host, asked, 'confirm'))).toBe('slot-in-conflict');
    const later = { startsAt: sandbox.inHours(14), endsAt: sandbox.inHours(16), bookings: { do: 'keep' } };
    expect(problemOf(await onSlot(host, slot, 'change-time', later))).toBe('calendar-full');
    await calendars.updateOne({ _id: 'org-full-calendar' }, { $set: { 'state.reservations': reservations.slice(1) } });
    expect((await onBooking(host, asked, 'confirm')).status).toBe(200);
    expect(await reservedBy('org-full-calendar')).toContainEqual(expect.objectContaining({ slotId: slot.slotId }));
  });

  it('does not move, once confirmed, into a slot that is in the way of another; a request may, and the host may clear the way', async () => {
    const host = await sandbox.as('org-moved-into', 'RW');
    const [first, second, third] = await Promise.all(['a', 'b', 'c'].map((name) => sandbox.as(`org-moved-into-${name}`)));
    if (!first || !second || !third) throw new Error('three guests are needed');
    const automatic = { confirmation: 'automatic' };
    const { environmentId } = await sandbox.openEnvironment(host, automatic);
    const [one, two, far, later] = (await Promise.all(
      [
        [10, 12],
        [11, 13],
        [20, 21],
        [24, 25],
      ].map(([from = 0, to = 0]) => open(host, environmentId, from, to)),
    ).then((replies) => replies.map(({ body }) => body))) as [SlotView, SlotView, SlotView, SlotView];
    expect(await book(first, one.slotId)).toMatchObject({ status: 'confirmed' });
    const moving = await book(second, far.slotId);
    expect(moving).toMatchObject({ status: 'confirmed' });
    const path = `/api/sandbox/environments/${environmentId}`;
    expect((await host('PUT', path, { body: { ...content, ...automatic, bufferMinutes: 15 } })).status).toBe(200);
    const asked = await book(third, two.slotId);
    expect(asked).toMatchObject({ status: 'requested' });

    const move = (by: Client, { bookingId }: BookingView, { slotId: to }: SlotView) =>
      by('POST', `/api/sandbox/bookings/${bookingId}/reschedule`, { body: { to, reason: 'Another day' } });
    const refused = await move(second, moving, two);
    expect(problemOf(refused)).toBe('slot-in-conflict');
    expect((refused.body as { detail: string }).detail).not.toContain(one.startsAt);
    expect(await move(host, moving, two)).toMatchObject({ status: 409, body: { detail: expect.stringContaining(one.startsAt) } });
    expect(problemOf(await onSlot(host, far, 'close', { bookings: { do: 'move', to: two.slotId } }))).toBe('slot-in-conflict');
    const times = { startsAt: sandbox.inHours(30), endsAt: sandbox.inHours(31), bookings: { do: 'move', to: two.slotId } };
    expect(problemOf(await onSlot(host, far, 'change-time', times))).toBe('slot-in-conflict');
    expect(await look(second, far.slotId)).toMatchObject({ status: 'open', mine: { bookingId: moving.bookingId } });
    expect(await look(host, two.slotId)).toMatchObject({ free: 1 });

    // Nobody answered the request yet: it is looked at when it is confirmed, wherever it is.
    expect((await move(third, asked, later)).status).toBe(200);
    expect(await move(third, asked, two)).toMatchObject({ status: 200, body: { status: 'requested' } });
    expect(problemOf(await onBooking(host, asked, 'confirm'))).toBe('slot-in-conflict');
    // The slot in the way gives way itself.
    expect((await onSlot(host, one, 'close', { bookings: { do: 'move', to: two.slotId } })).status).toBe(200);
    expect(await look(first, two.slotId)).toMatchObject({ mine: { bookingId: expect.any(String) }, free: 0 });
  });

  it('is looked at in a slot that was opened while its environment was described anew, too', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-unseen-slip', 'RW'), sandbox.as('org-unseen-slip-guest')]);
    const automatic = { confirmation: 'automatic' };
    const { environmentId } = await sandbox.openEnvironment(host, { ...automatic, bufferMinutes: 0 });
    const { slotId } = (await open(host, environmentId, 10, 12)).body as SlotView;
    const { terms } = (await slots.find(slotId)) as KnownSlot;
    const { bufferMinutes: _, ...before } = terms;
    await slots.change(
      'unseen-slip',
      (slot) =>
        openSlot(slot, {
          ...{ slotId: 'unseen-slip', terms: before, capacity: 2, by: 'org-unseen-slip', at: sandbox.clock() },
          when: { startsAt: sandbox.inHours(11), endsAt: sandbox.inHours(13) },
        }),
      timeCause('slipped', sandbox.clock()),
    );
    await eventually(async () => expect(await reservedBy('org-unseen-slip')).toHaveLength(2));
    expect(await book(guest, 'unseen-slip')).toMatchObject({ status: 'requested' });
  });
});

describe('a slot with bookings', () => {
  const scene = async (name: string, more: object = {}) => {
    const [host, guest, second] = await Promise.all([
      sandbox.as(`org-${name}-host`, 'RW'),
      sandbox.as(`org-${name}-guest`),
      sandbox.as(`org-${name}-second`),
    ]);
    await describeAs(host, room);
    const { environmentId } = await sandbox.openEnvironment(host, more);
    const slot = await sandbox.openSlot(host, environmentId, 2, 72);
    const bookings = [await book(guest, slot.slotId), await book(second, slot.slotId)] as const;
    await onBooking(host, bookings[0], 'confirm');
    return { host, guest, second, environmentId, slot, bookings };
  };
  const see = async (reader: Client, { bookingId }: BookingView): Promise<BookingView> =>
    (await reader('GET', `/api/sandbox/bookings/${bookingId}`)).body;

  it('changes its time only by telling what happens to them; who stays is told, with a newer calendar event', async () => {
    const { host, guest, second, environmentId, slot, bookings } = await scene('later', needs(['room', 1]));
    const [waiting, left] = [await sandbox.as('org-later-waits'), await sandbox.as('org-later-left')];
    const entry = await wait(waiting, slot.slotId);
    const gone = await wait(left, slot.slotId);
    expect((await left('POST', `/api/sandbox/waitlist/${gone.entryId}/decline`)).status).toBe(200);
    const times = { startsAt: sandbox.inHours(73), endsAt: sandbox.inHours(76) };
    expect(problemOf(await onSlot(host, slot, 'change-time', times))).toBe('bookings-undecided');
    expect(problemOf(await onSlot(guest, slot, 'change-time', { ...times, bookings: { do: 'cancel' } }))).toBe('not-the-host');
    expect((await onSlot(host, slot, 'change-time', { ...times, bookings: { do: 'forget' } })).status).toBe(400);
    const changed = await onSlot(host, slot, 'change-time', { ...times, bookings: { do: 'keep' } });
    expect(changed).toMatchObject({ status: 200, body: { free: 0 } });
    const { startsAt } = changed.body as SlotView;
    expect((await look(waiting, slot.slotId)).mine.waitlist).toMatchObject({ status: 'waiting', position: 1 });
    // A form that was opened before books no time that its guest never saw.
    const late = await sandbox.as('org-later-late');
    const form = (read: string) => ({ body: { product: { name: 'Wallet' }, dataClass: 'no-personal-data', startsAt: read } });
    for (const path of ['bookings', 'waitlist'])
      expect(problemOf(await late('POST', `/api/sandbox/slots/${slot.slotId}/${path}`, form(slot.startsAt)))).toBe('slot-moved');
    expect(problemOf(await late('POST', `/api/sandbox/slots/${slot.slotId}/bookings`, form(startsAt)))).toBe('slot-full');
    expect(await see(guest, bookings[0])).toMatchObject({ status: 'confirmed', startsAt, sequence: 2, uid: bookings[0].uid });
    expect((await reservedBy('org-later-host')).map((one) => one.startsAt)).toEqual([startsAt]);
    await eventually(async () =>
      expect((await sandbox.eventsAbout(slot.slotId)).slice(-3)).toMatchObject([
        {
          type: 'SlotRescheduled',
          data: {
            startsAt,
            previous: { startsAt: slot.startsAt },
            waiting: [{ entryId: entry.entryId, guest: 'org-later-waits', product: { name: entry.product.name } }],
          },
        },
        { type: 'BookingRescheduled', data: { status: 'confirmed', sequence: 2, by: 'host', previous: { slotId: slot.slotId } } },
        { type: 'BookingRescheduled', data: { status: 'requested', sequence: 1 } },
      ]),
    );
    // Nor does a move, or an offer that was read before.
    const coming = await book(late, (await sandbox.openSlot(host, environmentId, 1, 90)).slotId);
    const move = (read: string) => onBooking(late, coming, 'reschedule', { to: slot.slotId, startsAt: read });
    expect(problemOf(await move(slot.startsAt))).toBe('slot-moved');
    expect(problemOf(await move(startsAt))).toBe('slot-full');
    expect((await onBooking(second, bookings[1], 'cancel')).status).toBe(200);
    const accept = (read: string) =>
      waiting('POST', `/api/sandbox/waitlist/${entry.entryId}/accept`, { body: { startsAt: read } });
    expect(problemOf(await accept(slot.startsAt))).toBe('slot-moved');
    expect(await accept(startsAt)).toMatchObject({ status: 200, body: { startsAt } });
  });

  it('takes no time that its resources do not have, and keeps the old one', async () => {
    const { host, environmentId, slot } = await scene('no-time', needs(['room', 1]));
    expect((await open(host, environmentId, 80, 82)).status).toBe(201);
    const times = { startsAt: sandbox.inHours(81), endsAt: sandbox.inHours(83), bookings: { do: 'keep' } };
    expect(problemOf(await onSlot(host, slot, 'change-time', times))).toBe('resource-busy');
    expect(await look(host, slot.slotId)).toMatchObject({ startsAt: slot.startsAt });
    expect(await reservedBy('org-no-time-host')).toHaveLength(2);
  });

  it('closes and moves all of them to another slot, or none and stays open', async () => {
    const { host, guest, second, environmentId, slot, bookings } = await scene('moves-all');
    const small = (
      await host('POST', `/api/sandbox/environments/${environmentId}/slots`, {
        body: { startsAt: sandbox.inHours(90), endsAt: sandbox.inHours(91), capacity: 1 },
      })
    ).body as SlotView;
    expect(problemOf(await onSlot(host, slot, 'close', { bookings: { do: 'move', to: small.slotId } }))).toBe('slot-full');
    expect(await look(host, small.slotId)).toMatchObject({ free: 1 });
    expect(await look(host, slot.slotId)).toMatchObject({ status: 'full' });
    const waiting = await sandbox.as('org-moves-all-waits');
    await wait(waiting, slot.slotId);
    const large = await sandbox.openSlot(host, environmentId, 3, 96);
    // The time was read before the other slot was moved.
    const elsewhere = { do: 'move', to: large.slotId, startsAt: slot.startsAt };
    expect(problemOf(await onSlot(host, slot, 'close', { bookings: elsewhere }))).toBe('slot-moved');
    expect(await look(host, large.slotId)).toMatchObject({ free: 3 });
    const request = {
      body: { reason: 'No power', bookings: { ...elsewhere, startsAt: large.startsAt } },
      headers: { 'idempotency-key': 'move-all' },
    };
    const path = `/api/sandbox/slots/${slot.slotId}/close`;
    const closing = await host('POST', path, request);
    expect(closing).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(await host('POST', path, request)).toMatchObject({ status: 200, body: closing.body });
    for (const [reader, booking] of [
      [guest, bookings[0]],
      [second, bookings[1]],
    ] as const)
      expect(await see(reader, booking)).toMatchObject({ slotId: large.slotId, status: (await see(host, booking)).status });
    expect((await see(guest, bookings[0])).status).toBe('confirmed');
    expect(await look(host, large.slotId)).toMatchObject({ free: 1 });
    expect((await look(waiting, slot.slotId)).mine.waitlist?.status).toBe('expired');
  });

  it('closes and keeps them, and takes nobody else', async () => {
    const { host, guest, slot, bookings } = await scene('keeps');
    await onSlot(host, slot, 'close', { bookings: { do: 'keep' } });
    expect(await see(guest, bookings[0])).toMatchObject({ status: 'confirmed' });
    expect(await onBooking(host, bookings[1], 'confirm')).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    const other = await sandbox.as('org-keeps-other');
    expect(problemOf(await other('POST', `/api/sandbox/slots/${slot.slotId}/hold`))).toBe('slot-closed');
  });
});
