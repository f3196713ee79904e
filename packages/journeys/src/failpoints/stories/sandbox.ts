import { catalogue } from '@umuhuza/contracts/catalogue';
import type { Stage } from '../stage.ts';
import { asks, german, made, members, pointsOfTime, registered, rwandan, type Story, untilSeen } from '../story.ts';

const environmentContent = {
  title: 'Test room (demonstration)',
  kinds: ['Mobile money'],
  place: { city: 'Kigali' },
  languages: [{ language: 'en', level: 'C1' }],
  dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda)' },
  confirmation: 'by-hand',
};
const times = { startsAt: '2030-01-01T08:00:00.000Z', endsAt: '2030-01-01T10:00:00.000Z' };

/** With time to tidy up between two slots, each slot's time is reserved. */
const tidiedUp = { bufferMinutes: 15 };

/** What a case needs: a host with an environment, a slot in it, a booking in that, as far as it is asked for. */
const environmentOf = async (stage: Stage, name: string, more: object = {}) => {
  const host = rwandan(`host-${name}`);
  const { environmentId } = await made(stage, `environment ${name}`, {
    by: host,
    method: 'POST',
    path: '/api/sandbox/environments',
    body: { ...environmentContent, ...more },
  });
  return { host, environmentId };
};
const slotOf = async (stage: Stage, name: string, more: object = {}) => {
  const { host, environmentId } = await environmentOf(stage, name, more);
  const { slotId } = await made(stage, `slot ${name}`, {
    by: host,
    method: 'POST',
    path: `/api/sandbox/environments/${environmentId}/slots`,
    body: { ...times, capacity: 1 },
  });
  return { host, slotId };
};
const bookingOf = async (stage: Stage, name: string, more: object = {}) => {
  const { host, slotId } = await slotOf(stage, name, more);
  const guest = german(`guest-${name}`);
  const { bookingId } = await made(stage, `booking ${name}`, {
    by: guest,
    method: 'POST',
    path: `/api/sandbox/slots/${slotId}/bookings`,
    body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
  });
  return { host, guest, slotId, bookingId };
};

const nextWeek = Temporal.Now.plainDateISO('Africa/Kigali').add({ days: 7 });

export const sandbox: Story = {
  service: 'sandbox',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
    'sandbox.BookingCompleted': async (stage, mark) => {
      const { host, slotId, bookingId } = await bookingOf(stage, `completed-${mark}`);
      await made(stage, `confirms to complete ${mark}`, {
        by: host,
        method: 'POST',
        path: `/api/sandbox/bookings/${bookingId}/confirm`,
        body: {},
      });
      // The hour comes to the slot, since nobody waits until 2030.
      const past = { startsAt: '2026-01-01T08:00:00.000Z', endsAt: '2026-01-01T10:00:00.000Z' };
      await stage.database
        .collection<{ _id: string }>('slots')
        .updateOne(
          { _id: String(slotId) },
          { $set: { 'state.startsAt': past.startsAt, 'state.endsAt': past.endsAt, 'lookup.startsAt': past.startsAt } },
        );
      const { data, example } = catalogue.sandbox.BookingCompleted;
      await made(stage, `completes ${mark}`, {
        by: host,
        method: 'POST',
        path: `/api/sandbox/bookings/${bookingId}/complete`,
        body: { report: example.report },
      });
      return { subject: String(slotId), data: data.parse({ ...example, slotId, bookingId }) };
    },
    'sandbox.SlotClosed': async (stage, mark) => {
      const { slotId } = await slotOf(stage, `closed-${mark}`, tidiedUp);
      const { data, example } = catalogue.sandbox.SlotClosed;
      return { subject: String(slotId), data: data.parse({ ...example, slotId }) };
    },
    'sandbox.SlotRescheduled': async (stage, mark) => {
      const { slotId } = await slotOf(stage, `moved-${mark}`, tidiedUp);
      const { data, example } = catalogue.sandbox.SlotRescheduled;
      return { subject: String(slotId), data: data.parse({ ...example, slotId }) };
    },
  },
  // Both go over what the request that changed the slot has done itself unless it died: there is nothing left to do.
  repeating: ['sandbox.SlotClosed', 'sandbox.SlotRescheduled'],
  commands: {
    'opens an environment': asks('opens an environment', (_stage, mark) => ({
      by: rwandan(`opener-${mark}`),
      method: 'POST',
      path: '/api/sandbox/environments',
      body: environmentContent,
    })),
    'opens a slot': asks('opens a slot', async (stage, mark) => {
      const { host, environmentId } = await environmentOf(stage, `slot-${mark}`);
      return {
        by: host,
        method: 'POST',
        path: `/api/sandbox/environments/${environmentId}/slots`,
        body: { ...times, capacity: 2 },
      };
    }),
    'books the last place': asks('books the last place', async (stage, mark) => {
      const { slotId } = await slotOf(stage, `book-${mark}`);
      return {
        by: german(`booker-${mark}`),
        method: 'POST',
        path: `/api/sandbox/slots/${slotId}/bookings`,
        body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
      };
    }),
    'confirms a booking': asks('confirms a booking', async (stage, mark) => {
      const { host, bookingId } = await bookingOf(stage, `confirm-${mark}`);
      return { by: host, method: 'POST', path: `/api/sandbox/bookings/${bookingId}/confirm`, body: {} };
    }),
    'frees a place that another waits for': asks('frees a place that another waits for', async (stage, mark) => {
      const { guest, slotId, bookingId } = await bookingOf(stage, `cancel-${mark}`);
      await made(stage, `waits ${mark}`, {
        by: german(`waiting-${mark}`),
        method: 'POST',
        path: `/api/sandbox/slots/${slotId}/waitlist`,
        body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
      });
      return { by: guest, method: 'POST', path: `/api/sandbox/bookings/${bookingId}/cancel`, body: {} };
    }),
    'passes a place that nobody took to the next': async (stage, mark) => {
      const { guest, slotId, bookingId } = await bookingOf(stage, `passed-${mark}`);
      for (const name of ['first', 'second'])
        await made(stage, `waits ${name} ${mark}`, {
          by: german(`${name}-${mark}`),
          method: 'POST',
          path: `/api/sandbox/slots/${slotId}/waitlist`,
          body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
        });
      await made(stage, `cancels ${mark}`, {
        by: guest,
        method: 'POST',
        path: `/api/sandbox/bookings/${bookingId}/cancel`,
        body: {},
      });
      const slots = stage.database.collection<{ _id: string; state: { waitlist: { status: string }[] } }>('slots');
      return async () => {
        const past = '2026-01-01T00:00:00.000Z';
        await slots.updateOne({ _id: String(slotId) }, { $set: { 'state.waitlist.0.until': past, 'lookup.due': past } });
        await untilSeen(
          'the second has the offer',
          async () => (await slots.findOne({ _id: String(slotId) }))?.state.waitlist[1]?.status === 'offered',
        );
        return undefined;
      };
    },
    'opens the slots of its hours': async (stage, mark) => {
      const { host, environmentId } = await environmentOf(stage, `hours-${mark}`);
      const order = {
        by: host,
        method: 'POST',
        path: `/api/sandbox/environments/${environmentId}/hours`,
        body: {
          windows: [{ startsOn: `${nextWeek}`, from: '08:00', to: '10:00', rrule: 'FREQ=DAILY;COUNT=2' }],
          slotMinutes: 60,
          capacity: 2,
        },
      } as const;
      return async () => {
        const answer = await stage.ask(`opens hours ${mark}`, order);
        await untilSeen('their slots are open', async () => {
          const filter = { 'lookup.host': host.organisation, 'lookup.open': true };
          return (await stage.database.collection('slots').countDocuments(filter)) === 4;
        });
        return answer;
      };
    },
    'gives a slot another time': asks('gives a slot another time', async (stage, mark) => {
      const { host, slotId } = await bookingOf(stage, `move-${mark}`, tidiedUp);
      return {
        by: host,
        method: 'POST',
        path: `/api/sandbox/slots/${slotId}/change-time`,
        body: {
          startsAt: '2030-01-02T08:00:00.000Z',
          endsAt: '2030-01-02T10:00:00.000Z',
          reason: 'The room has no power that day.',
          bookings: { do: 'keep' },
        },
      };
    }),
    'closes a slot': asks('closes a slot', async (stage, mark) => {
      const { host, slotId } = await bookingOf(stage, `close-${mark}`, tidiedUp);
      return {
        by: host,
        method: 'POST',
        path: `/api/sandbox/slots/${slotId}/close`,
        body: { reason: 'The room has no power that day.', bookings: { do: 'cancel' } },
      };
    }),
  },
  slow: { 'passes a place that nobody took to the next': pointsOfTime, 'opens the slots of its hours': pointsOfTime },
  /** The key that signs reports is another one at every place. */
  lasting: (collection, document) => (collection === 'reportKeys' ? undefined : document),
};
