import type { HoursPreview, OpeningHoursView } from '@umuhuza/contracts/sandbox/hoursSchemas';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { timeCause } from '@umuhuza/eventing/cause';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, content, look, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';
import { abandonReservation } from './slot/reservation.ts';
import { isMissing, slotIdOf, wantedSlots } from './slotsOfHours.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const dayOf = (instant: string, zone = 'Africa/Kigali') => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
const daily = (more: object = {}) => ({
  windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=DAILY' }],
  slotMinutes: 60,
  capacity: 2,
  ...more,
});
const openHours = async (host: Client, environmentId: string, body: object): Promise<OpeningHoursView> => {
  const reply = await host('POST', `/api/sandbox/environments/${environmentId}/hours`, { body });
  expect(reply).toMatchObject({ status: 201 });
  return reply.body;
};
const slotsOf = async (reader: Client, environmentId: string): Promise<SlotView[]> => {
  const items: SlotView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/api/sandbox/slots?environmentId=${environmentId}&limit=100${cursor ? `&cursor=${cursor}` : ''}`;
    const body: { items: SlotView[]; next: string | null } = (await reader('GET', path)).body;
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
};
const opened = (reader: Client, { hoursId }: OpeningHoursView) =>
  eventually(async () => {
    const body: OpeningHoursView = (await reader('GET', `/api/sandbox/hours/${hoursId}`)).body;
    expect(body.openedUntil).not.toBeNull();
    return body;
  });
/** The service has looked at the hours after this change of them. */
const settled = async (host: Client, environmentId: string, expected: (slots: SlotView[]) => void) =>
  eventually(async () => {
    const slots = await slotsOf(host, environmentId);
    expected(slots);
    return slots;
  });

describe('weekly opening hours', () => {
  it('open their slots eight weeks ahead, once, whichever replica looks, and told to all', async () => {
    const host = await sandbox.as('host-ahead', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const today = dayOf(sandbox.clock());
    const [without, besides] = [today.add({ days: 3 }).toString(), today.add({ days: 4 })];
    const hours = await openHours(host, environmentId, {
      windows: [
        { startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=DAILY', exdates: [without] },
        { startsOn: '2026-01-01', from: '15:00', to: '16:00', rrule: 'FREQ=YEARLY;UNTIL=20260101', rdates: [besides.toString()] },
      ],
      blackouts: [{ from: today.add({ days: 10 }).toString(), to: today.add({ days: 11 }).toString(), reason: 'Holiday' }],
      slotMinutes: 60,
      capacity: 2,
    });
    await opened(host, hours);
    const slots = await slotsOf(host, environmentId);
    const days = new Map<string, number>();
    for (const { startsAt } of slots) days.set(dayOf(startsAt).toString(), (days.get(dayOf(startsAt).toString()) ?? 0) + 1);
    const expected = Array.from({ length: 55 }, (_, n) => today.add({ days: n + 1 }).toString())
      .filter((day) => day !== without && ![10, 11].some((n) => today.add({ days: n }).toString() === day))
      .map((day) => [day, day === besides.toString() ? 4 : 3]);
    expect([...days].filter(([day]) => day !== today.toString() && day !== today.add({ days: 56 }).toString())).toEqual(expected);
    expect(new Set(slots.map(({ startsAt }) => startsAt)).size).toBe(slots.length);
    const [first] = slots;
    expect(first).toMatchObject({ capacity: 2, free: 2, status: 'open' });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(first?.slotId ?? '')).map(({ type }) => type)).toEqual(['SlotOpened']),
    );
  });

  it('can be looked at before they are opened, by their host', async () => {
    const host = await sandbox.as('host-preview', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const path = `/api/sandbox/environments/${environmentId}/hours/preview`;
    const { body }: { body: HoursPreview } = await host('POST', path, { body: daily() });
    expect(await slotsOf(host, environmentId)).toEqual([]);
    await opened(host, await openHours(host, environmentId, daily()));
    const slots = await slotsOf(host, environmentId);
    expect(slots.length).toBeGreaterThan(150);
    expect(body.slots).toEqual(slots.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })));
    expect(problemOf(await host('POST', path, { body: daily({ slotMinutes: 600 }) }))).toBe('no-slot-fits');
    const never = [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=WEEKLY;BYMONTHDAY=1' }];
    expect(problemOf(await host('POST', path, { body: daily({ windows: never }) }))).toBe('no-such-recurrence');
    const stranger = await sandbox.as('host-preview-stranger', 'RW');
    expect(problemOf(await stranger('POST', path, { body: daily() }))).toBe('not-the-host');
  });

  it('keep the time between slots of their environment, and say before and after which of them another buffer keeps from opening', async () => {
    const host = await sandbox.as('host-buffer', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 30 });
    const path = `/api/sandbox/environments/${environmentId}/hours/preview`;
    const look = async (body: object, query = ''): Promise<HoursPreview> =>
      (await host('POST', `${path}${query}`, { body })).body;
    const usual = await look(daily());
    expect(usual.skipped).toEqual([]);
    expect([...new Set(usual.slots.map(({ startsAt }) => startsAt.slice(11, 16)))].toSorted()).toEqual(['07:00', '08:30']);
    // Without the time to tidy up each second slot falls into that of the one before.
    const tight = await look(daily({ bufferMinutes: 0 }));
    expect(tight.skipped.length).toBeGreaterThan(50);
    // On the day itself the first of them may be over already, and another one is each second.
    const today = dayOf(sandbox.clock()).toString();
    for (const { date, ...one } of tight.skipped)
      expect(one).toMatchObject({ because: 'environment-busy', ...(date !== today && { from: '10:00', to: '11:00' }) });
    const hours = await openHours(host, environmentId, daily({ bufferMinutes: 0 }));
    await opened(host, hours);
    const slots = await slotsOf(host, environmentId);
    expect(slots.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(tight.slots);
    const outlook = await host('GET', `/api/sandbox/hours/${hours.hoursId}/outlook`);
    expect(outlook).toMatchObject({ status: 200, body: { slots: tight.slots, skipped: tight.skipped } });
    // What its own slots have is not in the way of a change of these hours; to other hours it is.
    expect(await look(daily(), `?hoursId=${hours.hoursId}`)).toMatchObject({ slots: usual.slots, skipped: [] });
    // On the last day a slot may have room before one that is opened only as that day goes on.
    const lastDay = dayOf(sandbox.clock()).add({ days: 56 }).toString();
    expect((await look(daily())).slots.filter(({ startsAt }) => dayOf(startsAt).toString() !== lastDay)).toEqual([]);
    expect((await host('PUT', `/api/sandbox/hours/${hours.hoursId}`, { body: daily({ bufferMinutes: 30 }) })).status).toBe(200);
    await settled(host, environmentId, (now) =>
      expect(now.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(usual.slots),
    );
    const stranger = await sandbox.as('host-buffer-stranger', 'RW');
    expect(problemOf(await stranger('GET', `/api/sandbox/hours/${hours.hoursId}/outlook`))).toBe('not-the-host');
    expect(problemOf(await host('POST', `${path}?hoursId=unknown`, { body: daily() }))).toBe('no-such-hours');
  });

  it('open nothing where another environment has the room, say so, and take at the daily look what has become free', async () => {
    const host = await sandbox.as('host-shared', 'RW');
    await host('PUT', '/api/sandbox/resources', {
      body: { resources: [{ resourceId: 'room', name: 'Room 1', kind: 'room', quantity: 1 }] },
    });
    const needs = [{ resourceId: 'room', quantity: 1 }];
    const twice = daily({ windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=WEEKLY;BYDAY=TU,FR' }] });
    const [one, other] = [await sandbox.openEnvironment(host, { needs }), await sandbox.openEnvironment(host, { needs })];
    const first = await openHours(host, one.environmentId, twice);
    await opened(host, first);
    const there = await slotsOf(host, one.environmentId);
    expect(there.length).toBeGreaterThan(40);
    const preview = await host('POST', `/api/sandbox/environments/${other.environmentId}/hours/preview`, { body: twice });
    const foreseen: HoursPreview = preview.body;
    expect(foreseen.slots).toEqual([]);
    expect(foreseen.skipped[0]).toMatchObject({ because: 'resource-busy', resource: 'Room 1' });
    const second = await openHours(host, other.environmentId, twice);
    await opened(host, second);
    expect(await slotsOf(host, other.environmentId)).toEqual([]);
    const outlook: HoursPreview = (await host('GET', `/api/sandbox/hours/${second.hoursId}/outlook`)).body;
    expect(outlook.slots).toEqual([]);
    expect(outlook.skipped.length).toBe(there.length);

    const freed = there.slice(20, 23);
    for (const { slotId } of freed)
      expect((await host('POST', `/api/sandbox/slots/${slotId}/close`, { body: { reason: 'Repairs' } })).status).toBe(200);
    sandbox.passHours(24);
    await settled(host, other.environmentId, (now) =>
      expect(freed.map(({ startsAt }) => startsAt)).toEqual(
        now.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt <= (freed.at(-1)?.startsAt ?? '')),
      ),
    );
    expect((await host('POST', `/api/sandbox/hours/${first.hoursId}/end`, { body: { reason: 'We move' } })).status).toBe(200);
    await settled(host, one.environmentId, (now) => expect(now).toEqual([]));
    sandbox.passHours(24);
    await settled(host, other.environmentId, (now) => expect(now.length).toBeGreaterThan(40));
  });

  it('are tried again where the process died between reserving and opening', async () => {
    const host = await sandbox.as('host-died', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 0 });
    const hours = await openHours(host, environmentId, daily());
    await opened(host, hours);
    const last = (await slotsOf(host, environmentId)).at(-1) as SlotView;
    const next = Temporal.Instant.from(last.startsAt).add({ hours: 24 });
    const written = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 });
    const slotId = slotIdOf(hours.hoursId, { startsAt: written(next), endsAt: written(next.add({ hours: 1 })) });
    await sandbox.slots.change(
      slotId,
      (slot) => abandonReservation(slot, { reservationId: slotId }),
      timeCause('died', last.startsAt),
    );
    sandbox.passHours(48);
    await settled(host, environmentId, (now) => expect(now.map((slot) => slot.slotId)).toContain(slotId));
  });

  it('show what a change of the clocks leaves out, before they are opened', async () => {
    const host = await sandbox.as('host-preview-clocks', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const now = Temporal.Instant.from(sandbox.clock()).toZonedDateTimeISO('Europe/Berlin');
    const change = now.getTimeZoneTransition('next');
    sandbox.passHours(Math.max(0, Math.floor(now.until(change ?? now).total('hours')) - 72));
    const windows = [{ startsOn: '2026-01-01', from: '01:30', to: '03:30', rrule: 'FREQ=DAILY' }];
    const preview = await host('POST', `/api/sandbox/environments/${environmentId}/hours/preview`, {
      body: daily({ windows, timeZone: 'Europe/Berlin' }),
    });
    expect(preview).toMatchObject({ status: 200, body: { skipped: [{ date: change?.toPlainDate().toString() }, {}] } });
  });

  it('open what comes into sight as days pass, and not a slot twice', async () => {
    const host = await sandbox.as('host-passing', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    await opened(host, await openHours(host, environmentId, daily({ slotMinutes: 180 })));
    const before = await slotsOf(host, environmentId);
    sandbox.passHours(72);
    await settled(host, environmentId, (slots) => {
      expect(slots).toHaveLength(before.length);
      expect(slots.at(-1)?.slotId).not.toBe(before.at(-1)?.slotId);
    });
    const after = await slotsOf(host, environmentId);
    expect(new Set(after.map(({ startsAt }) => startsAt)).size).toBe(after.length);
    expect(after.slice(0, 5).map(({ slotId }) => slotId)).toEqual(before.slice(3, 8).map(({ slotId }) => slotId));
  });

  it('say what they leave out when Berlin changes its clocks', async () => {
    const host = await sandbox.as('host-berlin', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const change = Temporal.Instant.from(sandbox.clock()).toZonedDateTimeISO('Europe/Berlin').getTimeZoneTransition('next');
    const night = change?.toPlainDate().toString() ?? '';
    const plan = daily({
      timeZone: 'Europe/Berlin',
      windows: [{ startsOn: night, from: '02:00', to: '03:00', rrule: 'FREQ=DAILY;COUNT=1' }],
    });
    const early =
      Temporal.Instant.from(sandbox.clock())
        .until(change?.toInstant() ?? '')
        .total('hours') -
      24 * 10;
    if (early > 0) sandbox.passHours(early);
    const hours = await openHours(host, environmentId, plan);
    expect(hours.skipped).toMatchObject([{ date: night, from: '02:00', to: '03:00' }]);
    expect(['hour-does-not-exist', 'hour-exists-twice']).toContain(hours.skipped[0]?.because);
  });

  it('when changed leave slots with bookings alone until the host says what becomes of them', async () => {
    const host = await sandbox.as('host-change', 'RW');
    const guest = await sandbox.as('guest-change');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const hours = await openHours(host, environmentId, daily());
    await opened(host, hours);
    const slots = await slotsOf(host, environmentId);
    const startingAt = (hour: string) => slots.findLast(({ startsAt }) => startsAt.includes(`T${hour}:`)) as SlotView;
    const [kept, dropped, first] = [startingAt('08'), startingAt('09'), startingAt('07')];
    await book(guest, kept.slotId);
    // From now on only the first hour of each day.
    const shorter = daily({ windows: [{ startsOn: '2026-01-01', from: '09:00', to: '10:00', rrule: 'FREQ=DAILY' }] });
    const path = `/api/sandbox/hours/${hours.hoursId}`;

    expect(problemOf(await host('PUT', path, { body: shorter }))).toBe('slots-in-use');
    expect((await slotsOf(host, environmentId)).length).toBe(slots.length);

    const inUse = { what: 'keep', reason: 'We open in the morning only' };
    expect((await host('PUT', path, { body: { ...shorter, inUse } })).status).toBe(200);
    await settled(host, environmentId, (now) => expect(now.length).toBeLessThan(slots.length / 2));
    await eventually(async () =>
      expect(await look(guest, kept.slotId)).toMatchObject({
        status: 'full',
        capacity: 1,
        mine: { bookingId: expect.any(String) },
      }),
    );

    // A place that becomes free there is nobody's, whoever asks.
    const other = await sandbox.as('guest-change-2');
    const { bookingId } = (await look(guest, kept.slotId)).mine;
    expect((await guest('POST', `/api/sandbox/bookings/${bookingId}/cancel`, { body: {} })).status).toBe(200);
    expect(await look(guest, kept.slotId)).toMatchObject({ status: 'full', free: 0, outsideHours: true });
    expect(problemOf(await other('POST', `/api/sandbox/slots/${kept.slotId}/hold`))).toBe('outside-hours');
    const free = await other('GET', `/api/sandbox/slots?environmentId=${environmentId}&free=true&limit=100`);
    expect((free.body as { items: SlotView[] }).items.map(({ slotId }) => slotId)).not.toContain(kept.slotId);

    // The old hours again: what they had closed opens again, under the same id, and what stood has its places again.
    expect((await host('PUT', path, { body: daily() })).status).toBe(200);
    await settled(host, environmentId, (now) =>
      expect(now.map(({ slotId }) => slotId)).toEqual(slots.map(({ slotId }) => slotId)),
    );

    await eventually(async () => expect(await look(guest, kept.slotId)).toMatchObject({ status: 'open', capacity: 2, free: 2 }));
    await book(guest, kept.slotId);

    expect(
      (await host('PUT', path, { body: { ...shorter, inUse: { what: 'cancel', reason: 'No staff at noon' } } })).status,
    ).toBe(200);
    await eventually(async () =>
      expect(await look(guest, kept.slotId)).toMatchObject({ status: 'closed', closedBecause: 'No staff at noon' }),
    );
    await eventually(async () =>
      expect((await sandbox.eventsAbout(kept.slotId)).map(({ type }) => type)).toContain('BookingCancelled'),
    );
    await eventually(async () => expect((await look(guest, dropped.slotId)).status).toBe('closed'));
    expect((await look(guest, first.slotId)).status).toBe('open');
  });

  it('mark what they left before a slot could say so, at the daily look or once they have ended, and close it when it is empty', async () => {
    const host = await sandbox.as('host-left', 'RW');
    const guests = await Promise.all(['a', 'b'].map((name) => sandbox.as(`guest-left-${name}`)));
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const hours = await openHours(host, environmentId, daily());
    await opened(host, hours);
    const used = (await slotsOf(host, environmentId)).filter(({ startsAt }) => startsAt.includes('T09:')).slice(-2);
    const [one, two] = used as [SlotView, SlotView];
    const [first, second] = guests as [Client, Client];
    const bookings = [await book(first, one.slotId), await book(second, two.slotId)];
    const shorter = daily({ windows: [{ startsOn: '2026-01-01', from: '09:00', to: '10:00', rrule: 'FREQ=DAILY' }] });
    const path = `/api/sandbox/hours/${hours.hoursId}`;
    const inUse = { what: 'keep', reason: 'We open in the morning only' };
    expect((await host('PUT', path, { body: { ...shorter, inUse } })).status).toBe(200);
    const isFull = ({ slotId }: SlotView) =>
      eventually(async () => expect(await look(host, slotId)).toMatchObject({ status: 'full', capacity: 1 }));
    await Promise.all(used.map(isFull));
    const asBefore = ({ slotId }: SlotView) =>
      sandbox.setIn('slots', slotId, { $unset: { 'state.outsideHours': '' }, $set: { 'state.capacity': 2 } });

    // A replica that had read it before may mark it once more.
    await eventually(async () => {
      await asBefore(one);
      expect(await look(host, one.slotId)).toMatchObject({ status: 'open', free: 1 });
    });
    // What the host offers after all is not taken back.
    const { headers } = await host('GET', `/api/sandbox/slots/${two.slotId}`);
    const raised = await host('PATCH', `/api/sandbox/slots/${two.slotId}`, {
      body: { capacity: 2 },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(raised.status).toBe(200);
    const isOffered = async () => expect(await look(host, two.slotId)).toMatchObject({ status: 'open', free: 1 });
    sandbox.passHours(25);
    await isFull(one);
    await isOffered();
    expect((await first('POST', `/api/sandbox/bookings/${bookings[0]?.bookingId}/cancel`, { body: {} })).status).toBe(200);
    sandbox.passHours(25);
    await eventually(async () => expect((await look(host, one.slotId)).status).toBe('closed'));
    await isOffered();

    expect((await host('POST', `${path}/end`, { body: { reason: 'We move', inUse } })).status).toBe(200);
    await settled(host, environmentId, (slots) => expect(slots.map(({ slotId }) => slotId)).toEqual([two.slotId]));
    await asBefore(two);
    await isFull(two);
    expect((await second('POST', `/api/sandbox/bookings/${bookings[1]?.bookingId}/cancel`, { body: {} })).status).toBe(200);
    await eventually(async () => expect((await look(host, two.slotId)).status).toBe('closed'));
  });

  it('when ended close what nobody uses', async () => {
    const host = await sandbox.as('host-end', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const hours = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    await opened(host, hours);
    expect((await host('POST', `/api/sandbox/hours/${hours.hoursId}/end`, { body: { reason: 'We move' } })).status).toBe(200);
    await settled(host, environmentId, (slots) => expect(slots).toEqual([]));
    expect(problemOf(await host('PUT', `/api/sandbox/hours/${hours.hoursId}`, { body: daily({ capacity: 3 }) }))).toBe(
      'hours-ended',
    );
  });

  it('open nothing while the environment is closed, and what is missing once it is open again', async () => {
    const host = await sandbox.as('host-closed', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const hours = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    await opened(host, hours);
    const before = await slotsOf(host, environmentId);
    await host('POST', `/api/sandbox/environments/${environmentId}/close`, { body: { reason: 'Repairs' } });
    expect(problemOf(await host('GET', `/api/sandbox/hours/${hours.hoursId}/outlook`))).toBe('environment-closed');
    sandbox.passHours(48);
    await settled(host, environmentId, (slots) => expect(slots.length).toBeLessThan(before.length));
    await host('POST', `/api/sandbox/environments/${environmentId}/reopen`, { body: {} });
    sandbox.passHours(2);
    await settled(host, environmentId, (slots) => expect(slots.length).toBeGreaterThanOrEqual(before.length - 1));
  });

  it('do not miss a slot that the host gave an earlier time, also when that has begun', async () => {
    const host = await sandbox.as('host-earlier', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 0 });
    const hours = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    await opened(host, hours);
    const slot = (await slotsOf(host, environmentId)).at(20);
    if (!slot) throw new Error('three weeks have slots');
    const times = { startsAt: sandbox.inHours(0.1), endsAt: sandbox.inHours(0.2), reason: 'Earlier' };
    expect((await host('POST', `/api/sandbox/slots/${slot.slotId}/change-time`, { body: times })).status).toBe(200);
    sandbox.passHours(0.15);
    const outlook: HoursPreview = (await host('GET', `/api/sandbox/hours/${hours.hoursId}/outlook`)).body;
    expect(outlook.slots.map(({ startsAt }) => startsAt)).not.toContain(slot.startsAt);
    expect(outlook.slots.every(({ startsAt }) => startsAt > sandbox.clock())).toBe(true);
    const [wanted] = await wantedSlots(sandbox.slots, hours.hoursId, [{ startsAt: slot.startsAt, endsAt: slot.endsAt }], []);
    expect(wanted?.there?.id).toBe(slot.slotId);
    if (!wanted?.there) throw new Error('it is there');
    const at = sandbox.clock();
    expect(isMissing(wanted, at)).toBe(false);
    const closed = { ...wanted.there, status: 'closed', reason: 'The hours', byHours: true } as const;
    expect(isMissing({ ...wanted, there: closed }, at)).toBe(false);
    expect(isMissing({ ...wanted, there: { ...closed, startsAt: sandbox.inHours(1) } }, at)).toBe(true);
    expect(isMissing({ ...wanted, there: undefined }, at)).toBe(true);
  });

  it('when changed leave a slot alone that the host gave a later time, also when the time it came of is past', async () => {
    const host = await sandbox.as('host-later', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host, { bufferMinutes: 0 });
    const hours = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    await opened(host, hours);
    const [soon, other] = await slotsOf(host, environmentId);
    if (!soon || !other) throw new Error('eight weeks have slots');
    const at = (instant: string, more: number) => Temporal.Instant.from(instant).add({ hours: more }).toString();
    const times = { startsAt: at(soon.startsAt, 60), endsAt: at(soon.startsAt, 61), reason: 'Later' };
    expect((await host('POST', `/api/sandbox/slots/${soon.slotId}/change-time`, { body: times })).status).toBe(200);
    const until = Temporal.Instant.from(sandbox.clock()).until(at(soon.startsAt, 1)).total('hours');
    if (until > 0) sandbox.passHours(until);
    const path = `/api/sandbox/hours/${hours.hoursId}`;
    const put = async (body: object) => expect((await host('PUT', path, { body })).status).toBe(200);
    await put(daily({ slotMinutes: 180, capacity: 5 }));
    await settled(host, environmentId, (now) => expect(now.filter(({ capacity }) => capacity === 5).length).toBeGreaterThan(40));
    expect((await look(host, soon.slotId)).status).toBe('open');
    await put(daily({ slotMinutes: 120, capacity: 5 }));
    await eventually(async () => expect((await look(host, other.slotId)).status).toBe('closed'));
    expect((await look(host, soon.slotId)).status).toBe('open');
    // Ended hours have no slots at all.
    expect((await host('POST', `${path}/end`, { body: { reason: 'We move' } })).status).toBe(200);
    await settled(host, environmentId, (now) => expect(now).toEqual([]));
  });

  it('that were changed while they could not open come back with the places they have by now', async () => {
    const host = await sandbox.as('host-back', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const all = daily({ slotMinutes: 180 });
    const hours = await openHours(host, environmentId, all);
    await opened(host, hours);
    const before = await slotsOf(host, environmentId);
    const put = async (body: object) =>
      expect((await host('PUT', `/api/sandbox/hours/${hours.hoursId}`, { body })).status).toBe(200);
    await put({ ...all, windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=WEEKLY;BYDAY=MO' }] });
    await settled(host, environmentId, (now) => expect(now.length).toBeLessThan(before.length / 2));
    await host('POST', `/api/sandbox/environments/${environmentId}/close`, { body: { reason: 'Repairs' } });
    await put({ ...all, capacity: 5 });
    await settled(host, environmentId, (now) => expect(now.every(({ capacity }) => capacity === 5)).toBe(true));
    await host('POST', `/api/sandbox/environments/${environmentId}/reopen`, { body: {} });
    sandbox.passHours(24);
    await settled(host, environmentId, (now) => {
      expect(now.length).toBeGreaterThanOrEqual(before.length - 1);
      expect(now.filter(({ capacity }) => capacity !== 5)).toEqual([]);
    });
  });

  it('open again with what their environment needs by now, and not on top of what was opened there meanwhile', async () => {
    const host = await sandbox.as('host-again', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const path = `/api/sandbox/environments/${environmentId}`;
    const on = (days: string) => [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: `FREQ=WEEKLY;BYDAY=${days}` }];
    const all = daily({ slotMinutes: 180, windows: on('MO,WE,FR') });
    const hours = await openHours(host, environmentId, all);
    await opened(host, hours);
    const before = await slotsOf(host, environmentId);
    const put = async (body: object) =>
      expect((await host('PUT', `/api/sandbox/hours/${hours.hoursId}`, { body })).status).toBe(200);
    await put({ ...all, windows: on('MO') });
    const mondays = await settled(host, environmentId, (now) => expect(now.length).toBeLessThan(before.length / 2));
    const closed = before.filter(({ slotId }) => !mondays.some((slot) => slot.slotId === slotId));
    const [taken, free] = closed.slice(-2) as [SlotView, SlotView];
    expect((await host('PUT', path, { body: { ...content, bufferMinutes: 0 } })).status).toBe(200);
    const { startsAt, endsAt } = taken;
    const openAt = (times: object) => host('POST', `${path}/slots`, { body: { ...times, capacity: 1 } });
    const reply = await openAt({ startsAt, endsAt });
    expect(reply.status).toBe(201);
    const byHand: SlotView = reply.body;

    const preview: HoursPreview = (await host('POST', `${path}/hours/preview?hoursId=${hours.hoursId}`, { body: all })).body;
    expect(preview.skipped).toMatchObject([{ date: dayOf(startsAt).toString(), because: 'environment-busy' }]);
    expect(preview.slots).toContainEqual({ startsAt: free.startsAt, endsAt: free.endsAt });
    expect(preview.slots).not.toContainEqual({ startsAt, endsAt });
    await put(all);
    const now = await settled(host, environmentId, (slots) => expect(slots.map(({ slotId }) => slotId)).toContain(free.slotId));
    expect(now.filter((slot) => slot.startsAt === startsAt)).toMatchObject([{ slotId: byHand.slotId }]);
    expect(await sandbox.slots.find(free.slotId)).toMatchObject({
      reservationId: expect.any(String),
      terms: { bufferMinutes: 0 },
    });
    expect(problemOf(await openAt({ startsAt: free.startsAt, endsAt: free.endsAt }))).toBe('environment-busy');
    expect((await host('POST', `/api/sandbox/slots/${byHand.slotId}/close`, { body: { reason: 'Repairs' } })).status).toBe(200);
    await eventually(async () => {
      const calendar = await sandbox.resources.find('host-again');
      expect(calendar?.reservations.map(({ slotId }) => slotId)).not.toContain(byHand.slotId);
    });
    sandbox.passHours(24);
    await settled(host, environmentId, (slots) => expect(slots.map(({ slotId }) => slotId)).toContain(taken.slotId));
  });

  it('are the host’s: a stranger can read them, and neither open, change nor end them', async () => {
    const host = await sandbox.as('host-own', 'RW');
    const stranger = await sandbox.as('stranger', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    expect(problemOf(await stranger('POST', `/api/sandbox/environments/${environmentId}/hours`, { body: daily() }))).toBe(
      'not-the-host',
    );
    const { hoursId } = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    expect(problemOf(await stranger('PUT', `/api/sandbox/hours/${hoursId}`, { body: daily({ capacity: 9 }) }))).toBe(
      'not-the-host',
    );
    expect(problemOf(await stranger('POST', `/api/sandbox/hours/${hoursId}/end`, { body: { reason: 'Mine' } }))).toBe(
      'not-the-host',
    );
    expect(problemOf(await stranger('GET', '/api/sandbox/hours/none'))).toBe('no-such-hours');
    expect(await stranger('GET', `/api/sandbox/environments/${environmentId}/hours`)).toMatchObject({
      body: { items: [{ hoursId }], next: null },
    });
  });

  it('refuse a rule that is none, hours in which no slot fits, and a stale edit', async () => {
    const host = await sandbox.as('host-refuse', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const path = `/api/sandbox/environments/${environmentId}/hours`;
    const with_ = (window: object) =>
      daily({ windows: [{ startsOn: '2026-01-01', from: '09:00', to: '12:00', rrule: 'FREQ=DAILY', ...window }] });
    for (const rrule of ['FREQ=HOURLY', 'BYDAY=MO', 'FREQ=DAILY;BYHOUR=3', 'FREQ=DAILY;FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=XX'])
      expect(problemOf(await host('POST', path, { body: with_({ rrule }) }))).toBe('invalid-request');
    expect(problemOf(await host('POST', path, { body: with_({ rrule: 'FREQ=DAILY;BYSETPOS=9' }) }))).toBe('no-such-recurrence');
    expect(problemOf(await host('POST', path, { body: with_({ to: '09:30' }) }))).toBe('no-slot-fits');
    expect(problemOf(await host('POST', path, { body: with_({ to: '08:30' }) }))).toBe('ends-before-it-starts');
    const { hoursId } = await openHours(host, environmentId, daily({ slotMinutes: 180 }));
    const stale = await host('PUT', `/api/sandbox/hours/${hoursId}`, {
      body: daily({ capacity: 3 }),
      headers: { 'if-match': '"old"' },
    });
    expect(problemOf(stale)).toBe('stale-version');
  });
});
