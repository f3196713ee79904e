import type { Stage } from '../stage.ts';
import { asks, type Commands, german, made, rwandan, untilSeen } from '../story.ts';
import { bookingOf, environmentOf, nextWeek, slotOf } from './sandboxMakings.ts';

const reason = 'The room has no power that day.';
const hours = (to: string) => ({
  windows: [{ startsOn: `${nextWeek}`, from: '08:00', to, rrule: 'FREQ=DAILY;COUNT=2' }],
  slotMinutes: 60,
  bufferMinutes: 0,
  capacity: 2,
});
const openHours = async (stage: Stage, name: string) => {
  const { host, environmentId } = await environmentOf(stage, name);
  const path = `/api/sandbox/environments/${environmentId}/hours`;
  return { host, order: { by: host, method: 'POST', path, body: hours('10:00') } as const };
};
const untilOpen = (stage: Stage, { organisation }: { organisation: string }, open: number) =>
  untilSeen(`${open} slots of its hours are open`, async () => {
    const filter = { 'lookup.host': organisation, 'lookup.open': true };
    return (await stage.database.collection('slots').countDocuments(filter)) === open;
  });
/** What changes hours, and how many of their four slots are open afterwards; they follow when time comes round. */
const followed =
  (what: string, open: number, order: (hoursId: unknown) => { method: 'PUT' | 'POST'; path: string; body: object }): Commands =>
  async (stage, mark) => {
    const name = `${what.replaceAll(' ', '-')}-${mark}`;
    const { host, order: opening } = await openHours(stage, name);
    const { hoursId } = await made(stage, `hours ${name}`, opening);
    await untilOpen(stage, host, 4);
    return async () => {
      const answer = await stage.ask(`${what} ${mark}`, { by: host, ...order(hoursId) });
      await untilOpen(stage, host, open);
      return answer;
    };
  };

/** What a host does about its environments, slots and hours, and people about their calendars. */
export const sandboxHosts: Readonly<Record<string, Commands>> = {
  'opens the slots of its hours': async (stage, mark) => {
    const { host, order } = await openHours(stage, `hours-${mark}`);
    return async () => {
      const answer = await stage.ask(`opens hours ${mark}`, order);
      await untilOpen(stage, host, 4);
      return answer;
    };
  },
  'changes its hours': followed('changes its hours', 2, (hoursId) => ({
    method: 'PUT',
    path: `/api/sandbox/hours/${hoursId}`,
    body: hours('09:00'),
  })),
  'ends its hours': followed('ends its hours', 0, (hoursId) => ({
    method: 'POST',
    path: `/api/sandbox/hours/${hoursId}/end`,
    body: { reason },
  })),
  'closes an environment': asks('closes an environment', async (stage, mark) => {
    const { host, environmentId } = await environmentOf(stage, `shut-${mark}`);
    return { by: host, method: 'POST', path: `/api/sandbox/environments/${environmentId}/close`, body: { reason } };
  }),
  'opens an environment again': asks('opens an environment again', async (stage, mark) => {
    const { host, environmentId } = await environmentOf(stage, `reopen-${mark}`);
    const path = `/api/sandbox/environments/${environmentId}`;
    await made(stage, `shut to reopen ${mark}`, { by: host, method: 'POST', path: `${path}/close`, body: { reason } });
    return { by: host, method: 'POST', path: `${path}/reopen`, body: {} };
  }),
  'adds places': asks('adds places', async (stage, mark) => {
    const { host, slotId } = await slotOf(stage, `grow-${mark}`);
    return { by: host, method: 'PATCH', path: `/api/sandbox/slots/${slotId}`, body: { capacity: 3 } };
  }),
  'waits for a place': asks('waits for a place', async (stage, mark) => {
    const { slotId } = await bookingOf(stage, `queue-${mark}`);
    return {
      by: german(`queueing-${mark}`),
      method: 'POST',
      path: `/api/sandbox/slots/${slotId}/waitlist`,
      body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
    };
  }),
  'leaves the waitlist': asks('leaves the waitlist', async (stage, mark) => {
    const { slotId } = await bookingOf(stage, `leave-${mark}`);
    const by = german(`leaving-${mark}`);
    const { entryId } = await made(stage, `waits to leave ${mark}`, {
      by,
      method: 'POST',
      path: `/api/sandbox/slots/${slotId}/waitlist`,
      body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
    });
    return { by, method: 'POST', path: `/api/sandbox/waitlist/${entryId}/decline`, body: {} };
  }),
  'makes the address of its calendar': asks('makes the address of its calendar', (_stage, mark) => ({
    by: rwandan(`subscribes-${mark}`),
    method: 'POST',
    path: '/api/sandbox/calendar-feed/renew',
    body: {},
  })),
  'gives up the address of its calendar': asks('gives up the address of its calendar', async (stage, mark) => {
    const by = rwandan(`unsubscribes-${mark}`);
    const path = '/api/sandbox/calendar-feed';
    await made(stage, `address to give up ${mark}`, { by, method: 'POST', path: `${path}/renew`, body: {} });
    return { by, method: 'POST', path: `${path}/switch-off`, body: {} };
  }),
};
