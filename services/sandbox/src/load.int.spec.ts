import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { book, form, look, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';
import { placesTaken } from './slot/places.ts';
import type { KnownSlot } from './slot/slot.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const crowd = async (name: string, how: number) =>
  Promise.all(Array.from({ length: how }, (_, n) => sandbox.as(`org-${name}-${n}`, 'DE', n % 2)));

describe('parallel requests to two replicas', () => {
  it.each([
    { requests: 1_000, places: 5, taken: 4 },
    { requests: 1_000, places: 12, taken: 7 },
  ])(
    '$requests of them for places of which $taken of $places are taken book exactly the rest; everybody else gets a clear no with the waitlist offered',
    async ({ requests, places, taken }) => {
      const name = `${requests}-of-${places}`;
      const free = places - taken;
      const host = await sandbox.as(`org-${name}`, 'RW');
      const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
      const { slotId } = await sandbox.openSlot(host, environmentId, places);
      for (let n = 0; n < taken; n++) await book(await sandbox.as(`org-early-${n}`), slotId);
      const guests = await crowd(name, requests);
      const replies = await Promise.all(
        guests.map((guest) => guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })),
      );

      expect(replies.filter(({ status }) => status === 201)).toHaveLength(free);
      const refused = replies.filter(({ status }) => status !== 201);
      expect(refused).toHaveLength(requests - free);
      for (const { status, body } of refused) {
        expect(status).toBe(409);
        expect(body).toMatchObject({ type: '/problems/slot-full', detail: expect.stringContaining('waitlist') });
      }
      expect(await look(host, slotId)).toMatchObject({ status: 'full', free: 0 });
      const loser = guests.find((_, n) => replies[n]?.status === 409);
      expect((await loser?.('POST', `/api/sandbox/slots/${slotId}/waitlist`, { body: form }))?.status).toBe(201);
      await eventually(async () =>
        expect((await sandbox.eventsAbout(slotId)).filter(({ type }) => type === 'BookingConfirmed')).toHaveLength(places),
      );
    },
  );

  it('that hold, book, move, cancel and change the capacity never take a place twice, and lose no booking', async () => {
    const host = await sandbox.as('org-mixed', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const slots = [
      await sandbox.openSlot(host, environmentId, 5, 72),
      await sandbox.openSlot(host, environmentId, 5, 80),
    ] as const;
    const guests = await crowd('mixed', 250);
    const replies = await Promise.all(
      guests.flatMap((guest, n) => {
        const [here, there] = n % 2 ? [slots[0].slotId, slots[1].slotId] : [slots[1].slotId, slots[0].slotId];
        const come = async () => {
          const held = await guest('POST', `/api/sandbox/slots/${here}/hold`);
          const booked = await guest('POST', `/api/sandbox/slots/${here}/bookings`, { body: form });
          const answers = [held, booked];
          if (booked.status !== 201)
            return [...answers, await guest('POST', `/api/sandbox/slots/${here}/waitlist`, { body: form })];
          const { bookingId } = booked.body as BookingView;
          const path = `/api/sandbox/bookings/${bookingId}`;
          if (n % 3 === 0) return [...answers, await guest('POST', `${path}/cancel`)];
          return [...answers, await guest('POST', `${path}/reschedule`, { body: { to: there } })];
        };
        return n % 50 === 0
          ? [
              come(),
              host('PATCH', `/api/sandbox/slots/${here}`, { body: { capacity: 5 + ((n / 50) % 3) } }).then((reply) => [reply]),
            ]
          : [come()];
      }),
    );
    const answers = replies.flat();
    expect(answers.length).toBeGreaterThan(600);
    for (const reply of answers) expect([200, 201, 409]).toContain(reply.status);
    sandbox.passHours(31 / 3_600);

    const bookings = async () => {
      const page = await host('GET', '/api/sandbox/bookings?as=host&status=confirmed&limit=100');
      return (page.body as { items: BookingView[] }).items;
    };
    await eventually(async () => {
      for (const { slotId } of slots) {
        const { capacity, free, waiting } = await look(host, slotId);
        const there = (await bookings()).filter((booking) => booking.slotId === slotId);
        expect(there.length).toBeLessThanOrEqual(capacity);
        expect(new Set(there.map(({ guest }) => guest.organisationId)).size).toBe(there.length);
        if (waiting > 0) expect(free).toBe(0);
      }
    });
    const booked = answers.filter(
      ({ status, body }) => status === 201 && 'bookingId' in (body as object) && 'uid' in (body as object),
    );
    const cancelled = answers.filter(
      ({ status, body }) => status === 200 && (body as { status?: string }).status === 'cancelled',
    );
    const standing = await bookings();
    expect(standing).toHaveLength(booked.length - cancelled.length);
    expect(new Set(standing.map(({ bookingId }) => bookingId)).size).toBe(standing.length);

    // Told over from the events alone: a booking is in one slot at a time, and in none it was not told to be in.
    await eventually(async () => {
      const told = (await Promise.all(slots.map(({ slotId }) => sandbox.eventsAbout(slotId)))).flat();
      const where = new Map<unknown, number>();
      for (const { type, data } of told) {
        if (type === 'BookingRequested') where.set(data.bookingId, 1);
        if (type === 'BookingCancelled') where.set(data.bookingId, 0);
      }
      expect([...where.values()].reduce((sum, one) => sum + one, 0)).toBe(standing.length);
    });
    expect(answers.filter((reply) => problemOf(reply) === 'slot-full').length).toBeGreaterThan(100);
  });

  it('each sent twice, confirmed by hand side by side, beside holds that end, never take a place twice at any look', async () => {
    const host = await sandbox.as('org-by-hand', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const slots = [
      await sandbox.openSlot(host, environmentId, 6, 72),
      await sandbox.openSlot(host, environmentId, 6, 80),
      await sandbox.openSlot(host, environmentId, 6, 88),
    ] as const;
    let looks = 0;
    let over = false;
    const wrong: string[] = [];
    const sampling = (async () => {
      while (!over) {
        for (const { slotId } of slots) {
          const slot = (await sandbox.slots.find(slotId)) as KnownSlot;
          const taken = placesTaken(slot);
          if (taken > slot.capacity) wrong.push(`${taken} of ${slot.capacity} places taken`);
          if (taken < slot.capacity && slot.waitlist.some(({ status }) => status === 'waiting'))
            wrong.push('a place not offered');
          looks += 1;
        }
        await new Promise((next) => setTimeout(next, 5));
      }
    })();
    onTestFinished(() => {
      over = true;
      return sampling;
    });
    /** The same request twice at once, as from a line that broke: one answer, and one effect. */
    const twice = async (caller: Client, path: string, key: string, body?: object) => {
      const options = { ...(body ? { body } : {}), headers: { 'idempotency-key': key } };
      const [one, other] = await Promise.all([caller('POST', path, options), caller('POST', path, options)]);
      expect(other.status).toBe(one.status);
      if (one.status < 300) expect(other.body).toEqual(one.body);
      return one;
    };
    const [holders, guests] = [await crowd('holders', 10), await crowd('by-hand', 60)];
    // Ten hold and never book: their places come back when the ten minutes are over.
    const held = await Promise.all(
      holders.map((holder, n) => twice(holder, `/api/sandbox/slots/${slots[n % 2 ? 0 : 1].slotId}/hold`, `hold-${n}`)),
    );
    expect(held.every(({ status }) => status === 201)).toBe(true);
    const come = async (guest: Client, n: number): Promise<string | undefined> => {
      const [here, there] = n % 2 ? [slots[0].slotId, slots[1].slotId] : [slots[1].slotId, slots[0].slotId];
      if (n % 10 === 0) await host('PATCH', `/api/sandbox/slots/${here}`, { body: { capacity: 6 + ((n / 10) % 3) } });
      const booked = await twice(guest, `/api/sandbox/slots/${here}/bookings`, `book-${n}`, form);
      expect([201, 409]).toContain(booked.status);
      if (booked.status !== 201) {
        await twice(guest, `/api/sandbox/slots/${here}/waitlist`, `wait-${n}`, form);
        return undefined;
      }
      const { bookingId } = booked.body as BookingView;
      const path = `/api/sandbox/bookings/${bookingId}`;
      const [confirmed, other] = await Promise.all([
        twice(host, `${path}/confirm`, `confirm-${n}`),
        n % 3 === 0
          ? twice(guest, `${path}/cancel`, `cancel-${n}`)
          : twice(guest, `${path}/reschedule`, `move-${n}`, { to: n % 3 === 1 ? slots[2].slotId : there }),
      ]);
      for (const { status } of [confirmed, other]) expect([200, 409]).toContain(status);
      return n % 3 === 0 ? undefined : bookingId;
    };
    const first = await Promise.all(guests.slice(0, 30).map(come));
    sandbox.passHours(11 / 60);
    const second = await Promise.all(guests.slice(30).map((guest, n) => come(guest, n + 30)));
    sandbox.passHours(31 / 3_600);
    await eventually(async () => {
      for (const { slotId } of slots) {
        const slot = (await sandbox.slots.find(slotId)) as KnownSlot;
        expect((slot.holds ?? []).filter(({ status }) => status === 'held')).toEqual([]);
        expect(slot.arrivals ?? []).toEqual([]);
      }
    });
    over = true;
    await sampling;
    expect(wrong).toEqual([]);
    expect(looks).toBeGreaterThan(20);
    // Whoever got a booking and gave none back has it still, once, and confirmed.
    const standing = (
      await Promise.all(slots.map(async ({ slotId }) => (await sandbox.slots.find(slotId)) as KnownSlot))
    ).flatMap(({ bookings }) => bookings.filter(({ status }) => status === 'requested' || status === 'confirmed'));
    const booked = [...first, ...second].filter((id) => id !== undefined);
    expect(booked.length).toBeGreaterThan(0);
    expect(standing.map(({ id }) => id).toSorted()).toEqual(booked.toSorted());
    for (const { status } of standing) expect(status).toBe('confirmed');
    expect(standing.some(({ movedFrom }) => movedFrom !== undefined)).toBe(true);
  });
});
