import { brokenRules, readCalendar } from '@umuhuza/calendar/rules.fixture';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, onBooking, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';

let sandbox: Sandbox;
/** Calendar programs know an address and nothing else. */
let program: Client;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = clientOf(sandbox.address);
});
afterAll(() => sandbox?.stop());

const renew = async (client: Client, body: object = {}): Promise<string> => {
  const reply = await client('POST', '/api/sandbox/calendar-feed/renew', { body });
  expect(reply).toMatchObject({ status: 201, body: { status: 'on' } });
  const { pathname, search } = new URL((reply.body as { url: string }).url);
  return `${pathname}${search}`;
};
const read = async (path: string) => {
  const reply = await program('GET', path);
  expect(reply.status).toBe(200);
  const text: string = reply.body;
  return { ...readCalendar(text), text, headers: reply.headers };
};

/** Calendars know no fractions of a second. */
const toTheSecond = (instant: string) => instant.replace(/\.\d{3}Z$/, '.000Z');

describe('a private calendar address', () => {
  it('shows the company’s bookings as guest and as host, each once, with what became of them', async () => {
    const host = await sandbox.as('feed-host', 'RW');
    const guest = await sandbox.as('feed-guest');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const [first, second] = [await sandbox.openSlot(host, environmentId, 2), await sandbox.openSlot(host, environmentId, 2, 96)];
    const [kept, off] = [await book(guest, first.slotId), await book(guest, second.slotId)];
    await onBooking(guest, off, 'cancel');
    await book(await sandbox.as('feed-other'), first.slotId);

    const ofGuest = await read(await renew(guest));
    expect(brokenRules(ofGuest.text)).toEqual([]);
    expect(ofGuest.method).toBe('PUBLISH');
    expect(ofGuest.events.map(({ uid, status, startsAt }) => [uid, status, startsAt])).toEqual([
      [kept.uid, 'CONFIRMED', toTheSecond(kept.startsAt)],
      [off.uid, 'CANCELLED', toTheSecond(off.startsAt)],
    ]);
    expect((await read(await renew(host))).events).toHaveLength(3);
    const [english, german] = [ofGuest, await read(await renew(guest, { language: 'de' }))];
    expect(english.events[0]?.description).toMatch(/^Host: .*\nGuest: /);
    expect(german.events[0]?.description).toMatch(/^Gastgeber: .*\nGast: /);
    expect((await guest('GET', `/api/sandbox/bookings/${kept.bookingId}/calendar.ics?language=de`)).body).toContain(
      'Gastgeber: ',
    );
    expect(ofGuest.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('keeps one event through a booking that is moved twice and cancelled: one UID, a higher SEQUENCE each time', async () => {
    const host = await sandbox.as('life-host', 'RW');
    const guest = await sandbox.as('life-guest');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const slots = [72, 96, 120].map((hours) => sandbox.openSlot(host, environmentId, 2, hours));
    const [first, second, third] = (await Promise.all(slots)).map(({ slotId }) => slotId) as [string, string, string];
    const feed = await renew(guest);
    const { bookingId } = await book(guest, first);
    const look = async () => {
      const file = await guest('GET', `/api/sandbox/bookings/${bookingId}/calendar.ics`);
      const ofFeed = await read(feed);
      for (const text of [file.body as string, ofFeed.text]) expect(brokenRules(text)).toEqual([]);
      const [inFile] = readCalendar(file.body as string).events;
      expect(ofFeed.events.map(({ uid, sequence, status, startsAt }) => [uid, sequence, status, startsAt])).toEqual([
        [inFile?.uid, inFile?.sequence, inFile?.status, inFile?.startsAt],
      ]);
      return inFile;
    };
    const seen = [await look()];
    for (const to of [second, third]) {
      expect((await onBooking(guest, { bookingId }, 'reschedule', { to })).status).toBe(200);
      seen.push(await look());
    }
    expect((await onBooking(guest, { bookingId }, 'cancel')).status).toBe(200);
    seen.push(await look());

    expect(new Set(seen.map((event) => event?.uid)).size).toBe(1);
    expect(new Set(seen.slice(0, 3).map((event) => event?.startsAt)).size).toBe(3);
    expect(seen.map((event) => event?.status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    const sequences = seen.map((event) => event?.sequence ?? -1);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  });

  it('answers a program that has it already without sending it again', async () => {
    const guest = await sandbox.as('feed-again');
    const path = await renew(guest);
    const { headers } = await read(path);
    expect(
      (await program('GET', path, { headers: { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' } }))
        .status,
    ).toBe(304);
  });

  it('stops working at once when it is renewed or switched off, on every replica', async () => {
    const guest = await sandbox.as('feed-renewed');
    const first = await renew(guest);
    const second = await renew(guest);
    expect(problemOf(await program('GET', first))).toBe('no-such-feed');
    await read(second);
    expect(await guest('POST', '/api/sandbox/calendar-feed/switch-off', { body: {} })).toMatchObject({ body: { status: 'off' } });
    for (const path of [first, second]) expect(problemOf(await program('GET', path))).toBe('no-such-feed');
    expect(await guest('GET', '/api/sandbox/calendar-feed')).toMatchObject({ body: { status: 'off', renewedAt: null } });
  });

  it('is told once, and neither its secret nor anything of it lies in the database', async () => {
    const guest = await sandbox.as('feed-secret');
    const headers = { 'idempotency-key': 'once' };
    const reply = await guest('POST', '/api/sandbox/calendar-feed/renew', { body: {}, headers });
    const token = /([\w-]{43})\.ics$/.exec((reply.body as { url: string }).url)?.[1] ?? '';
    expect(token).toHaveLength(43);
    expect(JSON.stringify((await guest('GET', '/api/sandbox/calendar-feed')).body)).not.toContain(token);
    const stored = JSON.stringify(await sandbox.documentsOf('calendarFeeds'));
    expect(stored).toContain('feed-secret');
    expect(stored).not.toContain(token);
  });

  it('stops working when its person leaves the company', async () => {
    const guest = await sandbox.as('feed-left');
    const path = await renew(guest);
    await read(path);
    const members = { organisationId: 'feed-left', name: 'Demonstration GmbH', country: 'DE' as const, members: [] };
    await sandbox.backends.say('identity.MembersChanged', 'feed-left', members);
    await eventually(async () => expect(problemOf(await program('GET', path))).toBe('no-such-feed'));
  });

  it('is nothing that could be guessed: whatever is not one is 404, and says no more', async () => {
    const path = await renew(await sandbox.as('feed-guess'));
    const other = path.replace(/.\.ics$/, (end) => (end.startsWith('A') ? 'B.ics' : 'A.ics'));
    const wrong = [
      other,
      path.replace('.ics', ''),
      `${path}x`,
      path.toUpperCase(),
      '/api/sandbox/calendar-feeds/none.ics',
      '/api/sandbox/calendar-feeds/%7B%22$ne%22:1%7D.ics',
    ];
    for (const address of wrong) expect([404, address]).toEqual([(await program('GET', address)).status, address]);
    for (const method of ['POST', 'PUT', 'DELETE'] as const) expect((await program(method, path)).status).toBe(404);
  });
});
