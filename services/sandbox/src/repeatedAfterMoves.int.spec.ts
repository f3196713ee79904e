import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { Client } from '@umuhuza/testing/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, form, look, onBooking, problemOf, report, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const tester = { name: 'Demonstration Tester', email: 'tester@demonstration.example' };
const see = async (reader: Client, { bookingId }: { bookingId: string }): Promise<BookingView> =>
  (await reader('GET', `/api/sandbox/bookings/${bookingId}`)).body;

/** Three slots of one environment and a booking in the first; host and guest at both replicas. */
const scene = async (name: string) => {
  const at = async (organisation: string, country: 'DE' | 'RW') =>
    [await sandbox.as(organisation, country, 0), await sandbox.as(organisation, country, 1)] as const;
  const [host, guest] = [await at(`org-host-${name}`, 'RW'), await at(`org-guest-${name}`, 'DE')];
  const { environmentId } = await sandbox.openEnvironment(host[0]);
  const [one, two, three] = [
    await sandbox.openSlot(host[0], environmentId, 1, 72),
    await sandbox.openSlot(host[0], environmentId, 1, 96),
    await sandbox.openSlot(host[0], environmentId, 1, 120),
  ];
  const booking = await book(guest[0], one.slotId);
  const move = async (to: { readonly slotId: string }) =>
    expect(await onBooking(guest[0], booking, 'reschedule', { to: to.slotId })).toMatchObject({
      status: 200,
      body: { slotId: to.slotId },
    });
  return { host, guest, one, two, three, booking, move };
};
type Scene = Awaited<ReturnType<typeof scene>>;

type Repeated = {
  readonly by: 'host' | 'guest';
  readonly action: string;
  readonly body?: object;
  /** What was there first. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  /** What would make the command end otherwise, if it were decided anew once the booking has moved twice. */
  readonly after?: (scene: Scene) => Promise<unknown>;
  readonly first: string | number;
};

const confirm = ({ host, booking }: Scene) => onBooking(host[0], booking, 'confirm');
const begin = async () => sandbox.passHours(121);

const commands: Record<string, Repeated> = {
  confirmed: { by: 'host', action: 'confirm', first: 200 },
  'not to be declined': { by: 'host', action: 'decline', body: { reason: 'Full' }, before: confirm, first: 'booking-confirmed' },
  'not to be cancelled without a reason': { by: 'host', action: 'cancel', body: {}, first: 'reason-needed' },
  'not over': { by: 'host', action: 'complete', body: { report }, before: confirm, after: begin, first: 'slot-not-begun' },
  'not missed': { by: 'host', action: 'no-show', before: confirm, after: begin, first: 'slot-not-begun' },
  'joined by a tester': {
    by: 'guest',
    action: 'testers',
    body: tester,
    after: async ({ guest, booking }) => {
      const [{ testerId } = { testerId: '' }] = (await see(guest[0], booking)).testers;
      expect((await onBooking(guest[0], booking, `testers/${testerId}/remove`)).status).toBe(200);
    },
    first: 200,
  },
};

describe('a command on a booking that has moved since', () => {
  it.each(Object.entries(commands))('is told that the booking is %s, as the first time, and does nothing', async (name, said) => {
    const here = await scene(name.replaceAll(' ', '-'));
    const { booking, two, three, move } = here;
    await said.before?.(here);
    const send = (replica: 0 | 1) =>
      here[said.by][replica]('POST', `/api/sandbox/bookings/${booking.bookingId}/${said.action}`, {
        ...(said.body ? { body: said.body } : {}),
        headers: { 'idempotency-key': `once-${name}` },
      });
    const first = await send(0);
    expect(problemOf(first)).toBe(said.first);
    const again = async () => {
      const there = await see(here.guest[0], booking);
      for (const replica of [0, 1] as const) {
        const reply = await send(replica);
        expect(problemOf(reply)).toBe(said.first);
        if (said.first === 200) expect(reply.body).toEqual(first.body);
      }
      expect(await see(here.guest[0], booking)).toEqual(there);
    };
    await move(two);
    await again();
    await move(three);
    await said.after?.(here);
    await again();
  });

  it('takes out no tester that came back', async () => {
    const { guest, booking, two, one, three, move } = await scene('came-back');
    const invite = async () => (await onBooking(guest[0], booking, 'testers', tester)).body as BookingView;
    const [{ testerId } = { testerId: '' }] = (await invite()).testers;
    const remove = (replica: 0 | 1) =>
      guest[replica]('POST', `/api/sandbox/bookings/${booking.bookingId}/testers/${testerId}/remove`, {
        headers: { 'idempotency-key': 'takes-out' },
      });
    const first = await remove(0);
    expect(first).toMatchObject({ status: 200, body: { testers: [] } });
    await move(two);
    const { testers } = await invite();
    for (const next of [three, two, one]) {
      expect(await remove(1)).toMatchObject({ status: 200, body: first.body });
      expect((await see(guest[0], booking)).testers).toEqual(testers);
      await move(next);
    }
  });

  it('with the key of another command on it is refused', async () => {
    const { host, booking, two, move } = await scene('another');
    const send = (action: string, body?: object) =>
      host[0]('POST', `/api/sandbox/bookings/${booking.bookingId}/${action}`, {
        ...(body ? { body } : {}),
        headers: { 'idempotency-key': 'one-key' },
      });
    expect((await send('confirm')).status).toBe(200);
    await move(two);
    expect(problemOf(await send('cancel', { reason: 'No power' }))).toBe('key-used-for-another-request');
    expect((await see(host[0], booking)).status).toBe('confirmed');
  });

  it('is decided where the booking is when it is a new one', async () => {
    const { host, guest, booking, two, three, move } = await scene('new');
    await move(two);
    await move(three);
    const headers = { 'idempotency-key': 'new-one' };
    const send = (replica: 0 | 1) =>
      host[replica]('POST', `/api/sandbox/bookings/${booking.bookingId}/cancel`, { body: { reason: 'No power' }, headers });
    const first = await send(1);
    expect(first).toMatchObject({ status: 200, body: { status: 'cancelled', slotId: three.slotId } });
    expect(await send(0)).toMatchObject({ status: 200, body: first.body });
    expect(await look(guest[0], three.slotId)).toMatchObject({ free: 1 });
  });
});

describe('a move', () => {
  const moving = ({ guest, booking }: Scene, to: { readonly slotId: string }) => {
    const path = `/api/sandbox/bookings/${booking.bookingId}/reschedule`;
    const request = { body: { to: to.slotId }, headers: { 'idempotency-key': `to-${to.slotId}` } };
    return (replica: 0 | 1) => guest[replica]('POST', path, request);
  };

  it('repeated when the booking has moved on and was cancelled gets its first answer', async () => {
    const here = await scene('cancelled');
    const send = moving(here, here.two);
    const first = await send(0);
    await here.move(here.three);
    expect((await onBooking(here.guest[0], here.booking, 'cancel')).status).toBe(200);
    for (const replica of [0, 1] as const) expect(await send(replica)).toMatchObject({ status: 200, body: first.body });
    expect((await see(here.guest[0], here.booking)).status).toBe('cancelled');
  });

  it('that was refused stays refused under its key, wherever the booking is and whatever has become free', async () => {
    const here = await scene('refused');
    const { guest, booking, one, two, three, move } = here;
    const other = await sandbox.as('org-in-the-way');
    const taken = await book(other, two.slotId);
    const send = moving(here, two);
    expect(problemOf(await send(0))).toBe('slot-full');
    expect((await onBooking(other, taken, 'cancel')).status).toBe(200);
    for (const next of [undefined, three, one]) {
      if (next) await move(next);
      for (const replica of [0, 1] as const) expect(problemOf(await send(replica))).toBe('slot-full');
      expect((await see(guest[0], booking)).slotId).toBe((next ?? one).slotId);
      expect(await look(guest[0], two.slotId)).toMatchObject({ free: 1 });
    }
  });

  it('under a key that the other slot knows from another request is refused before anything moves', async () => {
    const here = await scene('other-key');
    const { guest, booking, one, two } = here;
    const headers = { 'idempotency-key': `to-${two.slotId}` };
    const path = `/api/sandbox/slots/${two.slotId}`;
    expect((await guest[0]('POST', `${path}/bookings`, { body: form, headers })).status).toBe(201);
    expect(problemOf(await moving(here, two)(1))).toBe('key-used-for-another-request');
    expect((await see(guest[0], booking)).slotId).toBe(one.slotId);
  });
});

it('an offer that is accepted once more, when its booking has moved, shows that booking where it is', async () => {
  const { guest, booking, one, two, three, move } = await scene('offer');
  const waits = await sandbox.as('org-accepts-twice');
  const { entryId } = await wait(waits, one.slotId);
  await move(three);
  const accept = () => waits('POST', `/api/sandbox/waitlist/${entryId}/accept`);
  const { bookingId } = (await accept()).body as BookingView;
  expect((await onBooking(waits, { bookingId }, 'reschedule', { to: two.slotId })).status).toBe(200);
  expect(await accept()).toMatchObject({ status: 200, body: { bookingId, slotId: two.slotId } });
  expect((await see(guest[0], booking)).slotId).toBe(three.slotId);
});
