import type { BookingView, EnvironmentView, SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, content, form, look, onBooking, product, report, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';

let backends: Sandbox['backends'];
let as: Sandbox['as'];
let eventsAbout: Sandbox['eventsAbout'];
let openEnvironment: Sandbox['openEnvironment'];
let openSlot: Sandbox['openSlot'];
let passHours: Sandbox['passHours'];
let inHours: Sandbox['inHours'];
let stop: Sandbox['stop'];

beforeAll(async () => {
  ({ backends, as, eventsAbout, openEnvironment, openSlot, passHours, inHours, stop } = await startSandbox());
});
afterAll(() => stop());

describe('a sandbox test', () => {
  it('goes from an opened environment to a report, seen by both firms on both clocks, and the others are told', async () => {
    for (const [organisationId, name, country] of [
      ['org-host', 'Demonstration Host Ltd', 'RW'],
      ['org-guest', 'Demonstration Guest GmbH', 'DE'],
    ] as const)
      await backends.say('identity.OrganisationRegistered', organisationId, {
        organisationId,
        name,
        slug: organisationId,
        country,
      });
    const [host, guest, stranger] = await Promise.all([as('org-host', 'RW'), as('org-guest'), as('org-stranger')]);

    const environment = await eventually(async () => {
      const opened = await openEnvironment(host);
      expect(opened.host).toEqual({ organisationId: 'org-host', name: 'Demonstration Host Ltd' });
      return opened;
    });
    const { environmentId } = environment;
    expect(environment).toMatchObject({ confirmation: 'by-hand', timeZone: 'Africa/Kigali', cancellationNoticeHours: 24 });
    expect(await guest('GET', `/api/sandbox/environments/${environmentId}`)).toMatchObject({ status: 200, body: environment });

    const opened = await host('POST', `/api/sandbox/environments/${environmentId}/slots`, {
      body: { date: '2199-07-01', from: '09:00', to: '12:00', capacity: 2 },
    });
    expect(opened).toMatchObject({
      status: 201,
      body: {
        status: 'open',
        capacity: 2,
        free: 2,
        startsAt: '2199-07-01T07:00:00.000Z',
        clocks: {
          kigali: { timeZone: 'Africa/Kigali', startsAt: '2199-07-01T09:00:00+02:00', endsAt: '2199-07-01T12:00:00+02:00' },
          berlin: { timeZone: 'Europe/Berlin', startsAt: '2199-07-01T09:00:00+02:00' },
        },
      },
    });

    // In winter the two clocks differ, so that neither can be shown in place of the other.
    const inWinter = await host('POST', `/api/sandbox/environments/${environmentId}/slots`, {
      body: { date: '2199-01-15', from: '09:00', to: '12:00', timeZone: 'Europe/Berlin', capacity: 1 },
    });
    expect((await book(guest, (inWinter.body as SlotView).slotId)).clocks).toEqual({
      berlin: { timeZone: 'Europe/Berlin', startsAt: '2199-01-15T09:00:00+01:00', endsAt: '2199-01-15T12:00:00+01:00' },
      kigali: { timeZone: 'Africa/Kigali', startsAt: '2199-01-15T10:00:00+02:00', endsAt: '2199-01-15T13:00:00+02:00' },
      host: { timeZone: 'Africa/Kigali', startsAt: '2199-01-15T10:00:00+02:00', endsAt: '2199-01-15T13:00:00+02:00' },
    });

    const { slotId } = await openSlot(host, environmentId, 2);
    const booking = await book(guest, slotId);
    expect(booking).toMatchObject({
      status: 'requested',
      guest: { name: 'Demonstration Guest GmbH' },
      sequence: 0,
      report: null,
    });
    const { bookingId, uid } = booking;
    for (const party of [host, guest])
      expect(await party('GET', `/api/sandbox/bookings/${bookingId}`)).toMatchObject({ status: 200, body: booking });
    expect(await look(guest, slotId)).toMatchObject({ free: 1, mine: { bookingId, waitlist: null } });
    expect(await look(stranger, slotId)).toMatchObject({ free: 1, mine: { bookingId: null, waitlist: null } });

    expect(await onBooking(host, booking, 'confirm')).toMatchObject({
      status: 200,
      body: { status: 'confirmed', uid, sequence: 1 },
    });
    expect(await onBooking(host, booking, 'complete', { report })).toMatchObject({
      status: 409,
      body: { type: '/problems/slot-not-begun' },
    });
    const file = await guest('GET', `/api/sandbox/bookings/${bookingId}/calendar.ics`);
    expect(file.headers.get('content-type')).toContain('text/calendar');
    expect(file.body).toContain(`UID:${uid}\r\nSEQUENCE:1`);

    passHours(73);
    expect(await onBooking(host, booking, 'complete', { report })).toMatchObject({
      status: 200,
      body: { status: 'completed', report, sequence: 2 },
    });
    expect(await guest('GET', `/api/sandbox/bookings/${bookingId}`)).toMatchObject({ body: { report } });

    await eventually(async () =>
      expect((await eventsAbout(slotId)).map(({ type }) => type)).toEqual([
        'SlotOpened',
        'BookingRequested',
        'BookingConfirmed',
        'BookingCompleted',
      ]),
    );
    const told = await eventsAbout(slotId);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(told[3]?.data).toMatchObject({
      bookingId,
      uid,
      host: 'org-host',
      guest: 'org-guest',
      guestName: 'Demonstration Guest GmbH',
      title: content.title,
      product: { name: product.name },
      report,
    });
    expect(JSON.stringify(told)).not.toContain(product.goals);
    expect((await eventsAbout(environmentId))[0]).toMatchObject({
      type: 'EnvironmentOpened',
      data: { environment: { environmentId, host: 'org-host', kinds: content.kinds } },
    });
  });

  it('is confirmed at once where the host says so, and a guest who does not come is marked', async () => {
    const [host, guest] = await Promise.all([as('org-automatic', 'RW'), as('org-absent')]);
    const { environmentId } = await openEnvironment(host, { confirmation: 'automatic', timeZone: 'Africa/Nairobi' });
    const { slotId, clocks } = await openSlot(host, environmentId, 1);
    expect(clocks.host.startsAt).toMatch(/\+03:00$/);
    const booking = await book(guest, slotId);
    expect(booking).toMatchObject({ status: 'confirmed', sequence: 1 });
    passHours(73);
    expect(await onBooking(host, booking, 'no-show')).toMatchObject({ status: 200, body: { status: 'no-show' } });
    expect(await onBooking(guest, booking, 'cancel')).toMatchObject({
      status: 409,
      body: { type: '/problems/guest-did-not-show' },
    });
    await eventually(async () => expect((await eventsAbout(slotId)).at(-1)?.type).toBe('GuestDidNotShow'));
  });

  it('that the host never answers is declined when the slot begins, and both are told', async () => {
    const [host, guest] = await Promise.all([as('org-silent', 'RW'), as('org-patient')]);
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 1);
    const booking = await book(guest, slotId);
    passHours(73);
    await eventually(async () =>
      expect((await guest('GET', `/api/sandbox/bookings/${booking.bookingId}`)).body).toMatchObject({
        status: 'declined',
        ended: { by: 'platform' },
      }),
    );
    await eventually(async () =>
      expect((await eventsAbout(slotId)).at(-1)).toMatchObject({ type: 'BookingDeclined', data: { by: 'platform' } }),
    );
    expect(await onBooking(host, booking, 'confirm')).toMatchObject({
      status: 409,
      body: { type: '/problems/booking-declined' },
    });
  });

  it('is declined or cancelled with a reason, and late cancellations are noted', async () => {
    const [host, one, two] = await Promise.all([as('org-says-no', 'RW'), as('org-declined'), as('org-late')]);
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 3);
    const declined = await book(one, slotId);
    expect(await onBooking(host, declined, 'decline')).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request' },
    });
    expect(await onBooking(host, declined, 'decline', { reason: 'The phones are broken' })).toMatchObject({
      status: 200,
      body: { status: 'declined', ended: { by: 'host', reason: 'The phones are broken' } },
    });
    const booking = await book(two, slotId);
    await onBooking(host, booking, 'confirm');
    expect(await onBooking(host, booking, 'cancel')).toMatchObject({ status: 422, body: { type: '/problems/reason-needed' } });
    passHours(60);
    expect(await onBooking(two, booking, 'cancel', { reason: 'Not ready' })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', ended: { by: 'guest', late: true } },
    });
    expect(await look(two, slotId)).toMatchObject({ free: 3, mine: { bookingId: null } });
  });
});

describe('the waitlist', () => {
  it('offers a freed place to its head, moves on when the offer ends, and never offers after the start', async () => {
    const [host, first, one, two, three] = await Promise.all([
      as('org-full', 'RW'),
      as('org-w-first'),
      as('org-w-one'),
      as('org-w-two'),
      as('org-w-three'),
    ]);
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 1, 60);
    expect(await one('POST', `/api/sandbox/slots/${slotId}/waitlist`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/places-free' },
    });
    const booking = await book(first, slotId);
    const entries = [await wait(one, slotId), await wait(two, slotId), await wait(three, slotId)] as const;
    expect(entries.map(({ position }) => position)).toEqual([1, 2, 3]);
    const early = await one('POST', `/api/sandbox/waitlist/${entries[0].entryId}/accept`);
    expect(early).toMatchObject({ status: 409, body: { type: '/problems/not-offered-yet' } });

    await onBooking(first, booking, 'cancel');
    expect((await look(one, slotId)).mine.waitlist).toMatchObject({ status: 'offered', position: null });
    expect(await look(two, slotId)).toMatchObject({ free: 0, waiting: 2, mine: { waitlist: { position: 1 } } });
    expect(await first('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/slot-full' },
    });

    passHours(25);
    await eventually(async () => expect((await look(two, slotId)).mine.waitlist?.status).toBe('offered'));
    expect((await look(one, slotId)).mine.waitlist?.status).toBe('expired');
    expect(await one('POST', `/api/sandbox/waitlist/${entries[0].entryId}/accept`)).toMatchObject({
      status: 409,
      body: { type: '/problems/offer-expired' },
    });
    expect(await two('POST', `/api/sandbox/waitlist/${entries[1].entryId}/decline`)).toMatchObject({
      status: 200,
      body: { status: 'declined' },
    });
    const last = (await look(three, slotId)).mine.waitlist;
    expect(last?.status).toBe('offered');

    passHours(36);
    await eventually(async () => expect((await look(three, slotId)).mine.waitlist?.status).toBe('expired'));
    const told = await eventually(async () => {
      const events = await eventsAbout(slotId);
      expect(events.filter(({ type }) => type === 'OfferExpired')).toHaveLength(2);
      return events;
    });
    expect(told.filter(({ type }) => type === 'PlaceOffered').map(({ data }) => data.guest)).toEqual([
      'org-w-one',
      'org-w-two',
      'org-w-three',
    ]);
  });

  it('turns an accepted offer into a booking, once however often it is told, and gives added places to the queue', async () => {
    const [host, first, one, two] = await Promise.all([
      as('org-adds', 'RW'),
      as('org-a-first'),
      as('org-a-one'),
      as('org-a-two'),
    ]);
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 1);
    await book(first, slotId);
    const entry = await wait(one, slotId);
    const second = await wait(two, slotId);
    expect(await two('PATCH', `/api/sandbox/slots/${slotId}`, { body: { capacity: 9 } })).toMatchObject({
      status: 403,
      body: { type: '/problems/not-the-host' },
    });
    const read = await host('GET', `/api/sandbox/slots/${slotId}`);
    const ifMatch = { 'if-match': read.headers.get('etag') ?? '' };
    expect(await host('PATCH', `/api/sandbox/slots/${slotId}`, { body: { capacity: 2 }, headers: ifMatch })).toMatchObject({
      status: 200,
      body: { capacity: 2, free: 0, waiting: 1 },
    });
    expect(await host('PATCH', `/api/sandbox/slots/${slotId}`, { body: { capacity: 3 }, headers: ifMatch })).toMatchObject({
      status: 412,
      body: { type: '/problems/stale-version' },
    });
    expect(await host('PATCH', `/api/sandbox/slots/${slotId}`, { body: { capacity: 1 } })).toMatchObject({
      status: 409,
      body: { type: '/problems/capacity-below-places-taken' },
    });

    const accept = () => one('POST', `/api/sandbox/waitlist/${entry.entryId}/accept`);
    const accepted = await accept();
    expect(accepted).toMatchObject({ status: 200, body: { status: 'requested', guest: { organisationId: 'org-a-one' } } });
    expect(await accept()).toMatchObject({ status: 200, body: accepted.body });
    for (const stranger of [two, host])
      expect(await stranger('POST', `/api/sandbox/waitlist/${entry.entryId}/accept`)).toMatchObject({
        status: 404,
        body: { type: '/problems/no-such-entry' },
      });

    const close = { reason: 'No power that day', bookings: { do: 'cancel' } };
    expect(await host('POST', `/api/sandbox/slots/${slotId}/close`, { body: close })).toMatchObject({
      status: 200,
      body: { status: 'closed', closedBecause: 'No power that day', free: 0 },
    });
    expect((await look(two, slotId)).mine.waitlist).toMatchObject({ entryId: second.entryId, status: 'expired' });
    await eventually(async () => {
      const events = await eventsAbout(slotId);
      expect(events.filter(({ type }) => type === 'BookingCancelled')).toHaveLength(2);
      expect(events.at(-1)).toMatchObject({ type: 'WaitlistEnded', data: { guest: 'org-a-two', because: 'closed' } });
    });
  });
});

describe('a place is never given twice', () => {
  it('when 200 firms ask two replicas at once for the last five of twelve places', async () => {
    const host = await as('org-crowded', 'RW');
    const { slotId } = await openSlot(host, (await openEnvironment(host, { confirmation: 'automatic' })).environmentId, 12);
    for (let n = 0; n < 7; n++) await book(await as(`org-early-${n}`), slotId);
    const crowd = await Promise.all(Array.from({ length: 200 }, (_, n) => as(`org-crowd-${n}`, 'DE', n % 2)));
    const replies = await Promise.all(
      crowd.map((guest) => guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })),
    );

    const booked = replies.filter(({ status }) => status === 201);
    expect(booked).toHaveLength(5);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(195);
    for (const { status, body } of refused) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ type: '/problems/slot-full', detail: expect.stringContaining('waitlist') });
    }
    expect(await look(host, slotId)).toMatchObject({ status: 'full', free: 0 });
    await eventually(async () =>
      expect((await eventsAbout(slotId)).filter(({ type }) => type === 'BookingConfirmed')).toHaveLength(12),
    );
  });

  it('when bookings, cancellations, accepted offers, waits and capacity changes race on two replicas', async () => {
    const host = await as('org-storm', 'RW');
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 3);
    const firms = await Promise.all(Array.from({ length: 24 }, (_, n) => as(`org-storm-${n}`, 'DE', n % 2)));
    const one = async (guest: Client, n: number) => {
      const booked = await guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form });
      if (booked.status === 201) {
        if (n % 3 === 0) await onBooking(guest, booked.body, 'cancel');
        return;
      }
      await guest('POST', `/api/sandbox/slots/${slotId}/waitlist`, { body: form });
      const { mine } = await look(guest, slotId);
      if (mine.waitlist) await guest('POST', `/api/sandbox/waitlist/${mine.waitlist.entryId}/${n % 2 ? 'accept' : 'decline'}`);
    };
    const replies = await Promise.all([
      ...firms.map(one),
      ...[5, 2, 4].map((capacity) => host('PATCH', `/api/sandbox/slots/${slotId}`, { body: { capacity } }).then(() => undefined)),
    ]);
    expect(replies).toHaveLength(27);

    const { capacity } = await look(host, slotId);
    const bookings = (await host('GET', `/api/sandbox/bookings?slotId=${slotId}&limit=100`)).body as { items: BookingView[] };
    const holding = bookings.items.filter(({ status }) => status === 'requested' || status === 'confirmed');
    const slots = await Promise.all(firms.map((guest) => look(guest, slotId)));
    const offers = slots.filter(({ mine }) => mine.waitlist?.status === 'offered');
    const waiting = slots.filter(({ mine }) => mine.waitlist?.status === 'waiting');
    expect(holding.length + offers.length).toBeLessThanOrEqual(capacity);
    if (waiting.length > 0) expect(holding.length + offers.length).toBe(capacity);
    expect(new Set(holding.map(({ guest }) => guest.organisationId)).size).toBe(holding.length);

    // Told over from the events alone, in the order of the stream, no instant has more places taken than there were.
    const told = await eventually(async () => {
      const events = await eventsAbout(slotId);
      expect(events.filter(({ type }) => type === 'BookingRequested')).toHaveLength(bookings.items.length);
      return events;
    });
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, n) => n + 1));
    const taken = new Set<unknown>();
    let places = 0;
    for (const { type, data } of told) {
      if (type === 'SlotOpened' || type === 'SlotCapacityChanged') places = data.capacity as number;
      if (type === 'BookingRequested') taken.add(data.bookingId);
      if (type === 'BookingCancelled') taken.delete(data.bookingId);
      expect(taken.size).toBeLessThanOrEqual(places);
    }
  });

  it('when the same request comes many times with one key', async () => {
    const [host, guest] = await Promise.all([as('org-repeats', 'RW'), as('org-impatient')]);
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 3);
    const headers = { 'idempotency-key': 'book-1' };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form, headers })),
    );
    for (const reply of replies) expect(reply).toMatchObject({ status: 201, body: replies[0]?.body });
    expect(await look(guest, slotId)).toMatchObject({ free: 2 });
    expect(
      await guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: { ...form, product: { name: 'Another' } }, headers }),
    ).toMatchObject({ status: 422, body: { type: '/problems/key-used-for-another-request' } });
    expect(await guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/already-booked' },
    });
  });
});

describe('what there is can be found', () => {
  it('environments, by kind, language or one’s own, page by page and the newest first', async () => {
    const host = await as('org-many', 'RW');
    for (const n of [1, 2, 3]) await openEnvironment(host, { title: `Demonstration room ${n}`, kinds: ['Beekeeping'] });
    const guest = await as('org-searches');
    type Page = { items: EnvironmentView[]; next: string | null };
    const first = (await guest('GET', '/api/sandbox/environments?kind=beekeeping&language=rw&limit=2')).body as Page;
    expect(first.items.map(({ title }) => title)).toEqual(['Demonstration room 3', 'Demonstration room 2']);
    const rest = (await guest('GET', `/api/sandbox/environments?kind=beekeeping&limit=2&cursor=${first.next}`)).body as Page;
    expect(rest.items.map(({ title }) => title)).toEqual(['Demonstration room 1']);
    expect(rest.next).toBeNull();
    expect((await guest('GET', '/api/sandbox/environments?mine=true')).body).toMatchObject({ items: [] });
    expect((await host('GET', '/api/sandbox/environments?mine=true')).body).toMatchObject({ items: [{}, {}, {}] });
    expect((await guest('GET', '/api/sandbox/environments?kind=beekeeping&language=fr')).body).toMatchObject({ items: [] });
  });

  it('slots, by environment, kind, time and free places, in the order of their start; closed ones are not listed', async () => {
    const [host, guest] = await Promise.all([as('org-week', 'RW'), as('org-plans')]);
    const { environmentId } = await openEnvironment(host, { kinds: ['Pottery'] });
    const slots = [];
    for (const day of [3, 1, 2, 4]) slots.push(await openSlot(host, environmentId, 1, day * 24));
    const [third, one, two, fourth] = slots.map(({ slotId }) => slotId) as [string, string, string, string];
    await book(guest, two);
    await host('POST', `/api/sandbox/slots/${fourth}/close`, { body: { reason: 'Holiday' } });
    const listed = async (query: string) => {
      const { items, next } = (await guest('GET', `/api/sandbox/slots?${query}`)).body as {
        items: SlotView[];
        next: string | null;
      };
      return { ids: items.map(({ slotId }) => slotId), next };
    };
    const page = await listed(`environmentId=${environmentId}&limit=2`);
    expect(page.ids).toEqual([one, two]);
    expect(await listed(`environmentId=${environmentId}&limit=2&cursor=${page.next}`)).toEqual({ ids: [third], next: null });
    expect((await listed(`environmentId=${environmentId}&free=true`)).ids).toEqual([one, third]);
    expect((await listed('kind=POTTERY')).ids).toEqual([one, two, third]);
    expect((await listed(`kind=pottery&from=${inHours(30)}&to=${inHours(60)}`)).ids).toEqual([two]);
    expect((await listed(`environmentId=${environmentId}&language=sw`)).ids).toEqual([]);
  });

  it('one’s own bookings as guest and as host, each once over pages, and nobody else’s', async () => {
    const [host, guest, other] = await Promise.all([as('org-pages', 'RW'), as('org-books-much'), as('org-books-too')]);
    const { environmentId } = await openEnvironment(host);
    const mine: string[] = [];
    const all: string[] = [];
    for (const day of [1, 2, 3]) {
      const { slotId } = await openSlot(host, environmentId, 5, day * 24);
      const theirs = await book(other, slotId);
      const own = await book(guest, slotId);
      mine.unshift(own.bookingId);
      all.push(theirs.bookingId, own.bookingId);
    }
    const pages = async (reader: Client, query: string) => {
      const seen: string[] = [];
      for (let cursor = ''; ; ) {
        const reply = await reader('GET', `/api/sandbox/bookings?limit=2&${query}${cursor}`);
        const { items, next } = reply.body as { items: BookingView[]; next: string | null };
        seen.push(...items.map(({ bookingId }) => bookingId));
        if (next === null) return seen;
        cursor = `&cursor=${next}`;
      }
    };
    expect(await pages(guest, '')).toEqual(mine);
    expect(await pages(guest, 'as=host')).toEqual([]);
    const hosted = await pages(host, 'as=host');
    expect(hosted).toHaveLength(6);
    expect([...hosted].sort()).toEqual([...all].sort());
    expect(await pages(host, 'as=guest')).toEqual([]);
    await onBooking(guest, { bookingId: mine[0] ?? '' }, 'cancel');
    expect(await pages(guest, 'status=cancelled')).toEqual([mine[0]]);
    expect(await pages(guest, 'status=requested')).toEqual(mine.slice(1));
  });
});

describe('a refused request names what is wrong', () => {
  it('when the body is no JSON, has unknown fields or wrong types', async () => {
    const host = await as('org-bad', 'RW');
    const post = (options: Parameters<Client>[2]) => host('POST', '/api/sandbox/environments', options);
    expect(await post({ raw: '{"title":' })).toMatchObject({ status: 400, body: { type: '/problems/broken-json' } });
    expect(await post({ body: { ...content, colour: 1 } })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', issues: [{ path: 'body' }] },
    });
    expect(await post({ body: { ...content, timeZone: '+02:00', cancellationNoticeHours: -1 } })).toMatchObject({
      status: 400,
      body: {
        issues: expect.arrayContaining([
          expect.objectContaining({ path: 'body.timeZone' }),
          expect.objectContaining({ path: 'body.cancellationNoticeHours' }),
        ]),
      },
    });
    expect(await host('GET', '/api/sandbox/slots?limit=1000')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'query.limit' }] },
    });
    expect(await host('GET', '/api/sandbox/slots?colour=red')).toMatchObject({ status: 400 });
    for (const list of ['environments', 'slots', 'bookings'])
      for (const cursor of [
        'made-up',
        Buffer.from('["a"]').toString('base64url'),
        Buffer.from('[{"$gt":""},"x",1]').toString('base64url'),
      ])
        expect(await host('GET', `/api/sandbox/${list}?cursor=${cursor}`)).toMatchObject({
          status: 400,
          body: { type: '/problems/unknown-cursor' },
        });
  });

  it('when a slot’s time does not exist, exists twice, lies behind or ends before it starts', async () => {
    const host = await as('org-clock', 'RW');
    const { environmentId } = await openEnvironment(host);
    const open = (body: object) =>
      host('POST', `/api/sandbox/environments/${environmentId}/slots`, { body: { capacity: 1, ...body } });
    const berlin = { timeZone: 'Europe/Berlin' };
    expect(await open({ date: '2027-03-28', from: '02:30', to: '05:00', ...berlin })).toMatchObject({
      status: 422,
      body: { type: '/problems/hour-does-not-exist', detail: expect.stringContaining('Europe/Berlin') },
    });
    expect(await open({ date: '2027-10-31', from: '02:30', to: '05:00', ...berlin })).toMatchObject({
      status: 422,
      body: { type: '/problems/hour-exists-twice', detail: expect.stringContaining('+02:00') },
    });
    expect(await open({ startsAt: '2026-01-01T09:00:00Z', endsAt: '2026-01-01T10:00:00Z' })).toMatchObject({
      status: 422,
      body: { type: '/problems/starts-in-the-past' },
    });
    expect(await open({ startsAt: inHours(5), endsAt: inHours(4) })).toMatchObject({
      status: 422,
      body: { type: '/problems/ends-before-it-starts' },
    });
    for (const body of [
      {},
      { date: '2027-02-30', from: '09:00', to: '10:00' },
      { startsAt: inHours(1), endsAt: inHours(2), date: '2027-01-01' },
      { startsAt: inHours(1), endsAt: inHours(2), capacity: 0 },
      { startsAt: 'tomorrow', endsAt: inHours(2) },
    ])
      expect(await open(body)).toMatchObject({ status: 400, body: { type: '/problems/invalid-request' } });
  });

  it('when something is not there, or is another’s: both look the same', async () => {
    const [host, guest, stranger, rival] = await Promise.all([
      as('org-private', 'RW'),
      as('org-discreet'),
      as('org-curious'),
      as('org-rival', 'RW'),
    ]);
    const { environmentId } = await openEnvironment(host);
    const { slotId } = await openSlot(host, environmentId, 1);
    const booking = await book(guest, slotId);
    for (const caller of [stranger, rival])
      for (const bookingId of [booking.bookingId, 'unknown']) {
        const answers = [
          await caller('GET', `/api/sandbox/bookings/${bookingId}`),
          await caller('GET', `/api/sandbox/bookings/${bookingId}/calendar.ics`),
          await onBooking(caller, { bookingId }, 'confirm'),
          await onBooking(caller, { bookingId }, 'decline', { reason: 'No' }),
          await onBooking(caller, { bookingId }, 'cancel'),
          await onBooking(caller, { bookingId }, 'complete', { report }),
          await onBooking(caller, { bookingId }, 'no-show'),
        ];
        for (const reply of answers) {
          expect(reply).toMatchObject({ status: 404, body: { type: '/problems/no-such-booking' } });
          expect(reply.headers.get('content-type')).toContain('application/problem+json');
        }
      }
    expect(await stranger('GET', `/api/sandbox/bookings?slotId=${slotId}`)).toMatchObject({ status: 200, body: { items: [] } });
    expect(await onBooking(guest, booking, 'confirm')).toMatchObject({ status: 403, body: { type: '/problems/not-the-host' } });

    expect(await guest('GET', '/api/sandbox/environments/unknown')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-environment' },
    });
    expect(await guest('GET', '/api/sandbox/slots/unknown')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-slot' },
    });
    expect(await guest('POST', '/api/sandbox/slots/unknown/bookings', { body: form })).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-slot' },
    });
    expect(await guest('POST', '/api/sandbox/waitlist/unknown/accept')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-entry' },
    });
    const times = { startsAt: inHours(5), endsAt: inHours(6), capacity: 1 };
    expect(await host('POST', '/api/sandbox/environments/unknown/slots', { body: times })).toMatchObject({ status: 404 });
    expect(await rival('POST', `/api/sandbox/environments/${environmentId}/slots`, { body: times })).toMatchObject({
      status: 403,
      body: { type: '/problems/not-the-host' },
    });
  });

  it('when a German firm would host, or a host would book with itself', async () => {
    const german = await as('org-german');
    expect(await german('POST', '/api/sandbox/environments', { body: content })).toMatchObject({
      status: 403,
      body: { type: '/problems/hosts-are-rwandan' },
    });
    const host = await as('org-alone', 'RW');
    const { slotId } = await openSlot(host, (await openEnvironment(host)).environmentId, 1);
    expect(await host('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: form })).toMatchObject({
      status: 409,
      body: { type: '/problems/own-slot' },
    });
  });

  it('when a key that opened one thing is used to open another', async () => {
    const host = await as('org-keys', 'RW');
    const headers = { 'idempotency-key': 'open-1' };
    const first = await host('POST', '/api/sandbox/environments', { body: content, headers });
    expect(first.status).toBe(201);
    expect(await host('POST', '/api/sandbox/environments', { body: content, headers })).toMatchObject({
      status: 201,
      body: first.body,
    });
    expect(await host('POST', '/api/sandbox/environments', { body: { ...content, title: 'Another' }, headers })).toMatchObject({
      status: 422,
      body: { type: '/problems/key-used-for-another-request' },
    });
  });
});
