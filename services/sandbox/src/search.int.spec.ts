import type { AvailabilityView } from '@umuhuza/contracts/sandbox/availabilityApi';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { book, problemOf, type Sandbox, startSandbox, wait } from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const found = async (reader: Client, query: string): Promise<SlotView[]> => {
  const items: SlotView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply = await reader('GET', `/api/sandbox/slots?${query}&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    expect(reply).toMatchObject({ status: 200 });
    const body: { items: SlotView[]; next: string | null } = reply.body;
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
};

describe('a search for slots', () => {
  it('finds by kind, device, city, language, price and time, page by page, by their start', async () => {
    const host = await sandbox.as('search-host', 'RW');
    const guest = await sandbox.as('search-guest');
    const open = async (title: string, more: object, hours: number) => {
      const { environmentId } = await sandbox.openEnvironment(host, { title, kinds: ['Search test'], ...more });
      return sandbox.openSlot(host, environmentId, 1, hours);
    };
    const huye = { city: 'Huye' };
    await open('free', { place: huye, testerPanel: { size: 8, languages: [{ language: 'sw', level: 'native' }] } }, 96);
    await open('cheap', { price: { amount: 10_000, currency: 'EUR' }, devices: ['Feature phone'], place: huye }, 72);
    await open('dear', { price: { amount: 90_000, currency: 'EUR' }, languages: [{ language: 'fr', level: 'B2' }] }, 120);
    const francs = await open('francs', { price: { amount: 5_000, currency: 'RWF' } }, 144);

    const titles = async (query: string) => (await found(guest, `kind=search%20test&${query}`)).map(({ title }) => title);
    expect(await titles('')).toEqual(['cheap', 'free', 'dear', 'francs']);
    expect(await titles('price=free')).toEqual(['free']);
    expect(await titles('atMost=10000&currency=EUR')).toEqual(['cheap', 'free']);
    expect(await titles('atMost=9999&currency=EUR')).toEqual(['free']);
    expect(await titles('atMost=5000&currency=RWF')).toEqual(['free', 'francs']);
    expect(await titles('device=FEATURE%20PHONE')).toEqual(['cheap']);
    for (const typed of ['feature', 'PHONE feature', 'featur'])
      expect(await titles(`device=${encodeURIComponent(typed)}`)).toEqual(['cheap']);
    expect(await titles('device=phone')).toEqual(['cheap', 'free', 'dear', 'francs']);
    expect(await titles('device=android')).toEqual(['free', 'dear', 'francs']);
    expect(await titles('device=feature%20android')).toEqual([]);
    expect(await titles('device=...')).toEqual([]);
    expect(await titles('language=sw')).toEqual(['free']);
    expect(await titles('city=huye')).toEqual(['cheap', 'free']);
    expect(await titles('language=fr')).toEqual(['dear']);
    expect(await titles(`from=${sandbox.inHours(90)}&to=${sandbox.inHours(130)}`)).toEqual(['free', 'dear']);
    await book(guest, francs.slotId);
    expect(await titles('free=true')).toEqual(['cheap', 'free', 'dear']);
    const [first] = await found(guest, 'kind=search%20test');
    expect(Temporal.Instant.from(first?.clocks.berlin.startsAt ?? '').toString()).toBe(
      Temporal.Instant.from(first?.clocks.kigali.startsAt ?? '').toString(),
    );
    expect(problemOf(await guest('GET', '/api/sandbox/slots?atMost=5'))).toBe('invalid-request');
  });
});

describe('where a company waits', () => {
  it('it finds the slots, until it has left or got a place; nobody else does', async () => {
    const host = await sandbox.as('waits-host', 'RW');
    const [booked, waiting, next, stranger] = await Promise.all(
      ['booked', 'waiting', 'next', 'stranger'].map((name) => sandbox.as(`waits-${name}`)),
    );
    if (!booked || !waiting || !next || !stranger) throw new Error('somebody is missing');
    const { environmentId } = await sandbox.openEnvironment(host);
    const [one, two] = [await sandbox.openSlot(host, environmentId, 1, 50), await sandbox.openSlot(host, environmentId, 1, 60)];
    const ids = async (reader: Client) => (await found(reader, 'waiting=true')).map(({ slotId }) => slotId);
    const bookings = [await book(booked, one.slotId), await book(booked, two.slotId)];
    await wait(waiting, two.slotId);
    await wait(waiting, one.slotId);
    const { entryId } = await wait(next, one.slotId);
    expect(await ids(waiting)).toEqual([one.slotId, two.slotId]);
    expect(await ids(next)).toEqual([one.slotId]);
    for (const reader of [booked, host, stranger]) expect(await ids(reader)).toEqual([]);

    await booked('POST', `/api/sandbox/bookings/${bookings[0]?.bookingId}/cancel`);
    const [offered] = await found(waiting, 'waiting=true');
    expect(offered?.mine.waitlist?.status).toBe('offered');
    await waiting('POST', `/api/sandbox/waitlist/${offered?.mine.waitlist?.entryId}/accept`);
    expect(await ids(waiting)).toEqual([two.slotId]);
    await next('POST', `/api/sandbox/waitlist/${entryId}/decline`);
    expect(await ids(next)).toEqual([]);
  });
});

describe('a month of a host', () => {
  const monthOf = async (reader: Client, query: string): Promise<AvailabilityView> => {
    const reply = await reader('GET', `/api/sandbox/availability?${query}`);
    expect(reply).toMatchObject({ status: 200 });
    return reply.body;
  };

  it('shows each day with the free places of each slot, of one environment or of all', async () => {
    const host = await sandbox.as('month-host', 'RW');
    const guest = await sandbox.as('month-guest');
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const other = await sandbox.openEnvironment(host);
    const next = Temporal.Instant.from(sandbox.clock())
      .toZonedDateTimeISO('Africa/Kigali')
      .toPlainDate()
      .toPlainYearMonth()
      .add({ months: 1 });
    const [fifth, sixth] = [next.toPlainDate({ day: 5 }).toString(), next.toPlainDate({ day: 6 }).toString()];
    const plan = {
      windows: [
        {
          startsOn: fifth,
          from: '09:00',
          to: '11:00',
          rrule: 'FREQ=DAILY;COUNT=3',
          exdates: [next.toPlainDate({ day: 7 }).toString()],
        },
      ],
      slotMinutes: 60,
      capacity: 2,
    };
    expect((await host('POST', `/api/sandbox/environments/${environmentId}/hours`, { body: plan })).status).toBe(201);
    const late = { date: fifth, from: '23:00', to: '23:30', capacity: 1 };
    expect((await host('POST', `/api/sandbox/environments/${other.environmentId}/slots`, { body: late })).status).toBe(201);
    const query = `month=${next}`;
    const month = await eventually(async () => {
      const seen = await monthOf(guest, `environmentId=${environmentId}&${query}`);
      expect(seen.days.flatMap(({ slots }) => slots)).toHaveLength(4);
      return seen;
    });
    expect(month).toMatchObject({ month: next.toString(), timeZone: 'Africa/Kigali', complete: true });
    expect(month.days.map(({ date, free }) => [date, free])).toEqual([
      [fifth, 4],
      [sixth, 4],
    ]);

    await book(guest, month.days[0]?.slots[0]?.slotId ?? '');
    const booked = await monthOf(guest, `environmentId=${environmentId}&${query}`);
    expect(booked.days.map(({ free, slots }) => [free, slots.map((slot) => slot.free)])).toEqual([
      [3, [1, 2]],
      [4, [2, 2]],
    ]);

    const all = await monthOf(guest, `host=month-host&${query}`);
    expect(all.days.map(({ date, free }) => [date, free])).toEqual([
      [fifth, 4],
      [sixth, 4],
    ]);
    // Half past eleven at night in Kigali is the next day in Kolkata.
    const elsewhere = await monthOf(guest, `host=month-host&${query}&timeZone=Asia/Kolkata`);
    expect(elsewhere.days.map(({ date, free }) => [date, free])).toEqual([
      [fifth, 3],
      [sixth, 5],
    ]);
  });

  it('asks for one environment or one host, and a month', async () => {
    const guest = await sandbox.as('month-wrong');
    for (const query of ['month=2027-01', 'host=a&environmentId=b&month=2027-01', 'host=a&month=2027-13', 'host=a'])
      expect(problemOf(await guest('GET', `/api/sandbox/availability?${query}`))).toBe('invalid-request');
    expect(await monthOf(guest, 'host=nobody&month=2027-01')).toMatchObject({ days: [], complete: true });
  });
});
