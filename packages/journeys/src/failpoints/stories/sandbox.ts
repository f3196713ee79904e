import { catalogue } from '@umuhuza/contracts/catalogue';
import { asks, german, made, members, pointsOfTime, registered, rwandan, type Story, untilSeen } from '../story.ts';
import { sandboxHosts } from './sandboxHosts.ts';
import {
  anotherSlotOf,
  bookingOf,
  documentOf,
  environmentContent,
  environmentOf,
  reportedOf,
  settledLater,
  slotOf,
  tidiedUp,
  times,
  withoutAddress,
  withoutPaths,
  withoutTime,
} from './sandboxMakings.ts';
import { sandboxTests } from './sandboxTests.ts';

export const sandbox: Story = {
  service: 'sandbox',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
    'sandbox.BookingCompleted': async (stage, mark) => {
      const { slotId, bookingId } = await reportedOf(stage, `completed-${mark}`);
      const { data, example } = catalogue.sandbox.BookingCompleted;
      return { subject: String(slotId), data: data.parse({ ...example, slotId, bookingId }) };
    },
    'sandbox.EnvironmentChanged': async (stage, mark) => {
      const { environmentId } = await withoutTime(stage, `described-${mark}`);
      const { data, example } = catalogue.sandbox.EnvironmentChanged;
      const environment = { ...example.environment, environmentId };
      return { subject: environmentId, data: data.parse({ ...example, environment }) };
    },
    'sandbox.SlotOpened': async (stage, mark) => {
      const { environmentId, slotId } = await withoutTime(stage, `slipped-${mark}`);
      const { data, example } = catalogue.sandbox.SlotOpened;
      return { subject: slotId, data: data.parse({ ...example, slotId, environmentId }) };
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
      body: { ...environmentContent, termsOfUse: 'What is seen here stays here (demonstration).' },
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
    'describes an environment in which a slot is open': asks('describes anew', async (stage, mark) => {
      const { host, environmentId } = await environmentOf(stage, `describe-${mark}`);
      await made(stage, `slot to be secured ${mark}`, {
        by: host,
        method: 'POST',
        path: `/api/sandbox/environments/${environmentId}/slots`,
        body: { ...times, capacity: 1 },
      });
      const body = { ...environmentContent, ...tidiedUp };
      return { by: host, method: 'PUT', path: `/api/sandbox/environments/${environmentId}`, body };
    }),
    'says what there is': asks('says what there is', (_stage, mark) => ({
      by: rwandan(`owner-${mark}`),
      method: 'PUT',
      path: '/api/sandbox/resources',
      body: { resources: [{ resourceId: 'phones', name: 'Phones', kind: 'device-pool', quantity: 8 }] },
    })),
    'adds a document': asks('adds a document', async (stage, mark) => {
      const { host, environmentId } = await environmentOf(stage, `document-${mark}`);
      return documentOf(environmentId, host);
    }),
    'takes a document away': asks('takes a document away', async (stage, mark) => {
      const { host, environmentId } = await environmentOf(stage, `undocument-${mark}`);
      const { id } = await made(stage, `document to take away ${mark}`, documentOf(environmentId, host));
      return { by: host, method: 'DELETE', path: `/api/sandbox/environments/${environmentId}/documents/${id}` };
    }),
    'holds a place': asks('holds a place', async (stage, mark) => {
      const { slotId } = await slotOf(stage, `hold-${mark}`);
      return { by: german(`holder-${mark}`), method: 'POST', path: `/api/sandbox/slots/${slotId}/hold`, body: {} };
    }),
    'lets a held place go': asks('lets a held place go', async (stage, mark) => {
      const { slotId } = await slotOf(stage, `release-${mark}`);
      const by = german(`releaser-${mark}`);
      await made(stage, `hold to release ${mark}`, { by, method: 'POST', path: `/api/sandbox/slots/${slotId}/hold`, body: {} });
      return { by, method: 'POST', path: `/api/sandbox/slots/${slotId}/hold/release`, body: {} };
    }),
    'moves a booking to another slot': asks('moves a booking', async (stage, mark) => {
      const { host, guest, bookingId } = await bookingOf(stage, `reschedule-${mark}`);
      const to = await anotherSlotOf(stage, `reschedule-${mark}`, host);
      return { by: guest, method: 'POST', path: `/api/sandbox/bookings/${bookingId}/reschedule`, body: { to } };
    }),
    'takes an offered place': asks('takes an offered place', async (stage, mark) => {
      const { guest, slotId, bookingId } = await bookingOf(stage, `offer-${mark}`);
      const by = german(`taker-${mark}`);
      const { entryId } = await made(stage, `waits to take ${mark}`, {
        by,
        method: 'POST',
        path: `/api/sandbox/slots/${slotId}/waitlist`,
        body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
      });
      const path = `/api/sandbox/bookings/${bookingId}/cancel`;
      await made(stage, `cancels to offer ${mark}`, { by: guest, method: 'POST', path, body: {} });
      return { by, method: 'POST', path: `/api/sandbox/waitlist/${entryId}/accept`, body: {} };
    }),
    ...sandboxHosts,
    ...sandboxTests,
  },
  slow: {
    'passes a place that nobody took to the next': pointsOfTime,
    'opens the slots of its hours': pointsOfTime,
    'changes its hours': pointsOfTime,
    'ends its hours': pointsOfTime,
  },
  /** Whose turn it was when the process died would be over five seconds later. */
  afterDeath: async ({ database }) => {
    await database.collection('turns').updateMany({}, { $set: { until: '2026-01-01T00:00:00.000Z' } });
  },
  /**
   * The key that signs reports is another one at every place. What an upload that broke off left behind is noted, and swept by that
   * note a day later.
   */
  lasting: (collection, document, { unsettledFiles = [], environments = [], reports = [] }) => {
    if (['reportKeys', 'unsettledFiles', 'files.chunks', 'turns'].includes(collection)) return undefined;
    const isNamed = () => JSON.stringify([...environments, ...reports].map(({ state }) => state)).includes(String(document._id));
    const isSwept = () => unsettledFiles.some(({ _id }) => _id === document._id) && !isNamed();
    if (collection === 'files.files') return isSwept() ? undefined : document;
    if (collection === 'resources') return settledLater(document);
    if (collection === 'calendarFeeds') return withoutAddress(document);
    return collection === 'environments' ? withoutPaths(document) : document;
  },
  /** Whoever asks for a booking on its way, or the timer, may have finished what the request that moved it began. */
  eitherCause: ['umuhuza.sandbox.BookingRescheduled.v1'],
  /** Each attempt at an upload has a file of its own; addresses of calendars are secrets; what is signed names instants. */
  opaque: /^([\w-]{22}-[\w-]{12}|.*calendar-feeds.*|eyJ[\w.-]+|[0-9a-f]{64})$/,
};
