import { timeCause } from '@umuhuza/eventing/cause';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { leaseBackends } from '@umuhuza/testing/backends';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openMongoSlotBook } from './mongoSlotBook.ts';
import { cancelled, confirmed, kept, opened, requested } from './slot/exampleSlots.ts';
import type { KnownSlot, SlotFact } from './slot/slot.ts';
import type { Page, SlotBook } from './slotBook.ts';

let backends: Awaited<ReturnType<typeof leaseBackends>>;
let mongo: Mongo;
let slots: SlotBook;
beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await connectMongo(backends.mongoUrl, 'sandbox', backends.databaseOf('sandbox'));
  slots = await openMongoSlotBook(mongo.connection);
});
afterAll(async () => {
  await mongo?.stop();
  await backends?.end();
});

const now = '2026-11-20T09:00:00.000Z';
const dayAt = (day: number) => ({
  startsAt: Temporal.Instant.from('2026-11-20T08:00:00Z')
    .add({ hours: 24 * day })
    .toString({ fractionalSecondDigits: 3 }),
  endsAt: Temporal.Instant.from('2026-11-20T10:00:00Z')
    .add({ hours: 24 * day })
    .toString({ fractionalSecondDigits: 3 }),
});
/** A slot so many days from now, before or after, and what happened in it; its bookings are named after it. */
const slotOn = async (day: number, ...facts: SlotFact[]): Promise<void> => {
  const slotId = `day-${day}`;
  const told = facts.map((fact) => ('bookingId' in fact ? { ...fact, bookingId: `${slotId}_${fact.bookingId}` } : fact));
  const all = [{ ...opened(3), slotId, ...dayAt(day) }, ...told] as SlotFact[];
  expect((await slots.change(slotId, () => all, timeCause('scene', now))).outcome).toBe('done');
};
const itemsOf = <Item>(page: Page<Item> | 'unknown-cursor'): Page<Item> => {
  if (page === 'unknown-cursor') throw new Error(page);
  return page;
};

describe('a firm’s bookings over many slots', () => {
  beforeAll(async () => {
    for (const day of [-3, -2, -1]) await slotOn(day, requested('guest'), confirmed('guest'));
    await slotOn(1, requested('guest'), requested('other'));
    await slotOn(2, requested('guest'), confirmed('guest'));
    await slotOn(3, requested('guest'), cancelled('guest'));
    await slotOn(4, requested('guest'), confirmed('guest'));
  });

  it('are in a calendar: those to come before those that were, and of both the nearest', async () => {
    const since = { from: dayAt(-90).startsAt, now };
    const days = async (limit: number) => (await slots.withBookingsOf('guest', since, limit)).map(({ id }) => id);
    expect(await days(2)).toEqual(['day-1', 'day-2']);
    expect(await days(6)).toEqual(['day--2', 'day--1', 'day-1', 'day-2', 'day-3', 'day-4']);
    expect(await days(100)).toHaveLength(7);
  });

  const read = async (filter: Parameters<SlotBook['bookingsOf']>[1], firm = 'guest'): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { items, next } = itemsOf(await slots.bookingsOf(firm, filter, 1, cursor));
      ids.push(...items.map(({ bookingId }) => bookingId));
      if (next === null) return ids;
      cursor = next;
    }
  };

  it('that are to come are listed with the next first, without those that are off', async () => {
    expect(await read({ toComeAt: now })).toEqual(['day-1_b-guest', 'day-2_b-guest', 'day-4_b-guest']);
    expect(await read({ toComeAt: now }, 'host')).toEqual(['day-1_b-guest', 'day-1_b-other', 'day-2_b-guest', 'day-4_b-guest']);
    expect(await read({ toComeAt: now, as: 'host' })).toEqual([]);
  });

  it('are found by what became of them, also in slots that an earlier version wrote', async () => {
    const wanted = ['day-4_b-guest', 'day-2_b-guest', 'day--1_b-guest', 'day--2_b-guest', 'day--3_b-guest'];
    expect(await read({ status: 'confirmed' })).toEqual(wanted);
    expect(await read({ status: 'cancelled' })).toEqual(['day-3_b-guest']);
    expect(await read({ status: 'requested' }, 'other')).toEqual(['day-1_b-other']);
    await mongo.connection.collection<{ _id: string }>('slots').updateMany({}, { $unset: { 'lookup.statuses': 1 } });
    expect(await read({ status: 'confirmed' })).toEqual(wanted);
  });
});

describe('a booking that leaves its slot while it is counted', () => {
  it('is counted once: where it was', async () => {
    await slotOn(11, requested('moves'));
    const [booking] = ((await slots.find('day-11')) as KnownSlot).bookings;
    if (booking === undefined) throw new Error('it is booked');
    const guest = booking.guest.organisationId;
    const arrival = { ...kept('moves'), from: 'day-11', bookings: [{ bookingId: booking.id, guest }] };
    await slotOn(12, arrival as SlotFact);
    const left = { type: 'BookingLeft', moveId: 'move-1', to: 'day-12', booking, by: guest, reason: null, late: false, at: now };
    const { collection } = mongo.connection.model('slots');
    const find = collection.find.bind(collection);
    const isFound = vi.spyOn(collection, 'find').mockImplementationOnce(((...asked: Parameters<typeof find>) => {
      const cursor = find(...asked);
      const toArray = cursor.toArray.bind(cursor);
      cursor.toArray = async () => {
        const found = await toArray();
        await slots.change('day-11', () => [left as SlotFact], timeCause('left', now));
        return found;
      };
      return cursor;
    }) as typeof find);
    const counted = () => slots.openOf('openBookings', 'moves', now);
    expect(await counted()).toBe(1);
    expect(isFound).toHaveBeenCalled();
    expect(((await slots.find('day-11')) as KnownSlot).bookings).toEqual([]);
    expect(await counted()).toBe(1);
  });
});
