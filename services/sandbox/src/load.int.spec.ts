import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, form, look, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';

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
    { requests: 200, places: 12, taken: 7 },
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
});
