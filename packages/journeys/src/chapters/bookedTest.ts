import { eventually } from '@umuhuza/testing/eventually';
import { expect, it } from 'vitest';
import type { Company } from '../door.ts';
import { inboxOf } from './inboxOf.ts';

export const itBooksATest = (cast: () => Readonly<Record<'host' | 'guest' | 'stranger', Company>>): void =>
  it('a test host in Kigali opens a slot, a German firm books it, and both see one instant on two clocks', async () => {
    const { host, guest, stranger } = cast();
    const environment = await host.sandbox.openEnvironment({
      headers: {},
      body: {
        title: 'Mobile money test room (demonstration)',
        kinds: ['Mobile money'],
        place: { city: 'Kigali' },
        languages: [{ language: 'en', level: 'C1' }],
        dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda) and GDPR' },
      },
    });
    const environmentId = environment.status === 201 ? environment.body.environmentId : '';
    const date = Temporal.Now.zonedDateTimeISO('Africa/Kigali').toPlainDate().add({ days: 7 }).toString();
    const slot = await host.sandbox.openSlot({
      params: { id: environmentId },
      headers: {},
      body: { date, from: '09:00', to: '12:00', capacity: 1 },
    });
    expect(slot).toMatchObject({ status: 201, body: { startsAt: `${date}T07:00:00.000Z`, free: 1 } });
    const slotId = slot.status === 201 ? slot.body.slotId : '';
    const booking = await guest.sandbox.book({
      params: { id: slotId },
      headers: {},
      body: { product: { name: 'Carrier payments' }, dataClass: 'no-personal-data' },
    });
    expect(booking).toMatchObject({ status: 201, body: { status: 'requested' } });
    const bookingId = booking.status === 201 ? booking.body.bookingId : '';
    expect((await stranger.sandbox.booking({ params: { id: bookingId } })).status).toBe(404);
    expect(
      (
        await stranger.sandbox.book({
          params: { id: slotId },
          headers: {},
          body: { product: { name: 'Too late' }, dataClass: 'no-personal-data' },
        })
      ).status,
    ).toBe(409);
    await eventually(async () => expect((await inboxOf(host)).map(({ kind }) => kind)).toContain('booking-requested'));
    expect(await host.sandbox.confirm({ params: { id: bookingId }, body: {}, headers: {} })).toMatchObject({
      status: 200,
      body: { status: 'confirmed' },
    });
    await eventually(async () => expect((await inboxOf(guest)).map(({ kind }) => kind)).toContain('booking-confirmed'));
    expect(await guest.sandbox.booking({ params: { id: bookingId } })).toMatchObject({
      body: { clocks: { kigali: { startsAt: `${date}T09:00:00+02:00` } } },
    });
  });
