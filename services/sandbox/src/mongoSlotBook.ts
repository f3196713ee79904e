import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { together } from '@umuhuza/eventing/together';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { isToCome } from './slot/booking.ts';
import { type Conduct, comingTo, conductIn, holdingIn, type OnTheWay, onTheWayTo } from './slot/conduct.ts';
import { nextDue, nextSettling, placesOpen } from './slot/places.ts';
import type { SlotRefusal } from './slot/refusals.ts';
import { evolve, type KnownSlot, noSlot, type Slot, type SlotFact } from './slot/slot.ts';
import { hoursAfter, longestSlot, reached } from './slot/times.ts';
import { isLive } from './slot/waitlist.ts';
import type { SlotBook, SlotFilter } from './slotBook.ts';
import { ofSlot } from './toPublicEvents.ts';
import { toBookingView } from './views.ts';

type Filter = QueryFilter<BookDocument<Slot>>;

const lookup = (slot: Slot): Record<string, unknown> => {
  if (slot.status === 'none') return {};
  const { terms, startsAt, bookings, waitlist } = slot;
  const due = nextDue(slot);
  const settleAt = nextSettling(slot);
  return {
    ...(slot.status === 'open' ? { open: true, free: placesOpen(slot) } : {}),
    ...(due === undefined ? {} : { due }),
    ...(settleAt === undefined ? {} : { settleAt, arriving: movingHere(slot), onTheWay: onTheWayTo(slot) }),
    environmentId: terms.environmentId,
    kinds: [...(terms.areas ?? []), ...terms.kinds.map((kind) => kind.toLowerCase())],
    devices: [...new Set((terms.devices ?? []).flatMap((device) => [device.toLowerCase(), ...wordsOf(device)]))],
    city: terms.place.city.toLowerCase(),
    ...priceOf(terms.price ?? 'free'),
    languages: [...new Set([...terms.languages.map(({ language }) => language), ...(terms.testerLanguages ?? [])])],
    startsAt,
    ...(slot.hoursId === undefined ? {} : { hours: slot.hoursId }),
    host: terms.host.organisationId,
    /** Who has a booking here: the host and each guest, once there is one. */
    parties:
      bookings.length === 0
        ? []
        : [...new Set([terms.host.organisationId, ...bookings.map(({ guest }) => guest.organisationId)])],
    /** What became of whose booking, by the firm it is shown to. */
    statuses: [
      ...new Set(
        bookings.flatMap(({ status, guest }) => [`${status}:${guest.organisationId}`, `${status}:${terms.host.organisationId}`]),
      ),
    ],
    coming: comingTo(slot),
    holding: holdingIn(slot),
    conduct: conductIn(slot).map(({ guest, conduct }) => `${conduct}:${guest}`),
    bookings: bookings.map(({ id }) => id),
    entries: waitlist.map(({ id }) => id),
    waiting: waitlist.filter(isLive).map(({ guest }) => guest.organisationId),
  };
};

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Each word that was typed begins a word of what the host has; slots of before know their devices as a whole only. */
const hasDevice = (typed: string): Filter => ({
  $or: [
    { 'lookup.devices': typed.toLowerCase() },
    ...(wordsOf(typed).length === 0
      ? []
      : [{ $and: wordsOf(typed).map((word) => ({ 'lookup.devices': { $regex: `^${word}` } })) }]),
  ],
});

const movingHere = ({ arrivals = [] }: KnownSlot): string[] =>
  arrivals.flatMap(({ bookings }) => bookings.map(({ bookingId }) => bookingId));

const toCome = ['requested', 'confirmed'] as const;

const slotPosition = z.tuple([z.string(), z.string()]);
/** Start and id of the slot, and the booking's place in it. */
const bookingPosition = z.tuple([z.string(), z.string(), z.int()]);

export const openMongoSlotBook = async (connection: Connection): Promise<SlotBook> => {
  const book = await openBook<Slot, SlotFact, SlotRefusal, typeof sandboxEvents>(connection, {
    service: 'sandbox',
    name: 'slots',
    initial: noSlot,
    evolve,
    events: sandboxEvents,
    publicEvents: ofSlot,
    lookup,
    indexes: [
      [{ 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.environmentId': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.kinds': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.devices': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.city': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.host': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.parties': 1, 'lookup.startsAt': -1, _id: -1 }],
      [{ 'lookup.statuses': 1, 'lookup.startsAt': -1, _id: -1 }],
      [{ 'lookup.bookings': 1 }],
      [{ 'lookup.entries': 1 }],
      [{ 'lookup.waiting': 1, 'lookup.startsAt': 1, _id: 1 }],
      [{ 'lookup.coming': 1, 'lookup.startsAt': 1 }],
      [{ 'lookup.holding': 1, 'lookup.startsAt': 1 }],
      [{ 'lookup.conduct': 1, 'lookup.startsAt': 1 }],
      [{ 'lookup.due': 1 }],
      [{ 'lookup.hours': 1, 'lookup.startsAt': 1 }, { partialFilterExpression: { 'lookup.hours': { $exists: true } } }],
      [{ 'lookup.settleAt': 1 }],
      [{ 'lookup.arriving': 1 }],
    ],
  });

  const one = async (filter: Filter): Promise<KnownSlot | undefined> =>
    (await book.documents.findOne(filter, { state: 1 }).lean())?.state as KnownSlot | undefined;

  /** Which of these have not left the slot that they leave: they are to come there. */
  const notLeft = async (onTheWay: readonly OnTheWay[]): Promise<ReadonlySet<string>> => {
    if (onTheWay.length === 0) return new Set();
    const left = await book.documents
      .find({ _id: { $in: onTheWay.map(({ from }) => from) } }, { 'state.bookings.id': 1 })
      .lean<BookDocument<KnownSlot>[]>();
    return new Set(left.flatMap(({ state }) => state.bookings.map(({ id }) => id)));
  };

  /** One read for all who book at once: each is counted for itself among what was found. */
  const countTogether = (field: 'coming' | 'holding' | 'waiting') =>
    together(async (asked: readonly { readonly organisation: string; readonly at: string }[]) => {
      const organisations = [...new Set(asked.map(({ organisation }) => organisation))];
      const [earliest] = asked.map(({ at }) => at).toSorted();
      const path = `lookup.${field}` as const;
      const found = (await book.documents.collection
        .find(
          { [path]: { $in: organisations }, 'lookup.startsAt': { $gt: earliest } },
          {
            projection: {
              ...{ _id: 0, [path]: 1, 'lookup.startsAt': 1 },
              ...(field === 'coming' ? { 'lookup.onTheWay': 1, 'lookup.bookings': 1 } : {}),
            },
          },
        )
        .toArray()) as unknown as {
        lookup: { startsAt: string; onTheWay?: readonly OnTheWay[]; bookings?: readonly string[] } & Record<
          typeof field,
          readonly string[]
        >;
      }[];
      // One that has left since was found, and is counted, where it was.
      const there = new Set([
        ...(await notLeft(found.flatMap(({ lookup: { onTheWay = [] } }) => onTheWay))),
        ...found.flatMap(({ lookup: { bookings = [] } }) => bookings),
      ]);
      return asked.map(({ organisation, at }) => ({
        value: found.filter(
          ({ lookup: { startsAt, onTheWay = [], [field]: whose } }) =>
            startsAt > at &&
            whose.includes(organisation) &&
            !onTheWay.some(({ guest, bookingId }) => guest === organisation && there.has(bookingId)),
        ).length,
      }));
    });
  const openOf = {
    openBookings: countTogether('coming'),
    openHolds: countTogether('holding'),
    waiting: countTogether('waiting'),
  };

  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    ofBooking: (bookingId) => one({ 'lookup.bookings': bookingId }),
    openOf: (what, organisation, at) => openOf[what]({ organisation, at }),
    conductOf: async (organisation, since) => {
      const count = (conduct: Conduct) =>
        book.documents.countDocuments({ 'lookup.conduct': `${conduct}:${organisation}`, 'lookup.startsAt': { $gte: since } });
      const [late, noShow, completed] = await Promise.all([count('late'), count('no-show'), count('completed')]);
      return { late, 'no-show': noShow, completed };
    },
    wasGuestOf: async (organisation, host) =>
      (await book.documents.exists({ 'lookup.parties': organisation, 'lookup.host': host })) !== null,
    expecting: (bookingId) => one({ 'lookup.arriving': bookingId }),
    ofEntry: (entryId) => one({ 'lookup.entries': entryId }),
    list: async ({ environmentId, kind, language, device, city, price, from, to, onlyFree, waiting }, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(slotPosition, cursor);
      if (after === 'unknown-cursor') return after;
      const filter: Filter = {
        'lookup.open': true,
        'lookup.startsAt': { $gte: from, ...(to ? { $lt: to } : {}) },
        ...(environmentId ? { 'lookup.environmentId': environmentId } : {}),
        ...(kind ? { 'lookup.kinds': kind.toLowerCase() } : {}),
        ...(language ? { 'lookup.languages': language } : {}),
        ...(onlyFree ? { 'lookup.free': { $gt: 0 } } : {}),
        ...(waiting ? { 'lookup.waiting': waiting } : {}),
        ...(city ? { 'lookup.city': city.toLowerCase() } : {}),
        ...(price || device ? { $and: [...(price ? [atMost(price)] : []), ...(device ? [hasDevice(device)] : [])] } : {}),
        ...(after
          ? { $or: [{ 'lookup.startsAt': { $gt: after[0] } }, { 'lookup.startsAt': after[0], _id: { $gt: after[1] } }] }
          : {}),
      };
      const found = await book.documents
        .find(filter, { state: 1 })
        .sort({ 'lookup.startsAt': 1, _id: 1 })
        .limit(limit + 1)
        .lean();
      const items = found.slice(0, limit).map(({ state }) => state as KnownSlot);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor([last.startsAt, last.id]) : null };
    },
    bookingsOf: async (organisation, { as, status, slotId, toComeAt }, limit, cursor) => {
      const wanted = status === undefined && toComeAt !== undefined ? toCome : status && [status];
      const way = toComeAt === undefined ? -1 : 1;
      let after = cursor === undefined ? undefined : readCursor(bookingPosition, cursor);
      if (after === 'unknown-cursor') return after;
      const filter: Filter = {
        'lookup.parties': organisation,
        ...(as === 'host' ? { 'lookup.host': organisation } : {}),
        ...(as === 'guest' ? { 'lookup.host': { $ne: organisation } } : {}),
        ...(slotId ? { _id: slotId } : {}),
        ...(toComeAt === undefined ? {} : { 'lookup.startsAt': { $gte: toComeAt } }),
        // Slots of before do not know their statuses: they are looked through.
        ...(wanted ? { 'lookup.statuses': { $in: [...wanted.map((one) => `${one}:${organisation}`), null] } } : {}),
      };
      const items: BookingView[] = [];
      let last: z.infer<typeof bookingPosition> | undefined;
      for (;;) {
        const found = await book.documents
          .find(after ? { $and: [filter, fromSlot(after, way)] } : filter, { state: 1 })
          .sort({ 'lookup.startsAt': way, _id: way })
          .limit(limit + 1)
          .lean();
        for (const { state } of found) {
          const slot = state as KnownSlot;
          for (const [n, booking] of slot.bookings.entries()) {
            if (after?.[1] === slot.id && n <= after[2]) continue;
            if (wanted && !wanted.some((one) => one === booking.status)) continue;
            if (slot.terms.host.organisationId !== organisation && booking.guest.organisationId !== organisation) continue;
            if (items.length === limit && last) return { items, next: writeCursor(last) };
            items.push(toBookingView(slot, booking, organisation));
            last = [slot.startsAt, slot.id, n];
          }
        }
        const end = found.at(-1)?.state as KnownSlot | undefined;
        if (!end || found.length <= limit) return { items, next: null };
        after = [end.startsAt, end.id, end.bookings.length];
      }
    },
    inMonth: async ({ environmentId, host }, from, to, limit) => {
      const filter: Filter = {
        ...(environmentId === undefined ? { 'lookup.host': host } : { 'lookup.environmentId': environmentId }),
        'lookup.startsAt': { $gte: from, $lt: to },
        'lookup.open': true,
      };
      const shown = {
        'lookup.free': 1,
        'state.startsAt': 1,
        'state.endsAt': 1,
        'state.capacity': 1,
        'state.terms.environmentId': 1,
        'state.terms.title': 1,
      };
      const found = await book.documents
        .find(filter, shown)
        .sort({ 'lookup.startsAt': 1, _id: 1 })
        .limit(limit)
        .lean<BookDocument<Slot>[]>();
      return found.map(({ _id, lookup: { free }, state }) => {
        const { startsAt, endsAt, capacity, terms } = state as KnownSlot;
        return {
          slotId: _id,
          environmentId: terms.environmentId,
          title: terms.title,
          startsAt,
          endsAt,
          capacity,
          free: Number(free),
        };
      });
    },
    withBookingsOf: async (organisation, { from, now }, limit) => {
      const read = async (startsAt: object, way: 1 | -1, most: number): Promise<KnownSlot[]> => {
        if (most === 0) return [];
        const found = await book.documents
          .find({ 'lookup.parties': organisation, 'lookup.startsAt': startsAt }, { state: 1 })
          .sort({ 'lookup.startsAt': way, _id: way })
          .limit(most)
          .lean();
        return found.map(({ state }) => state as KnownSlot);
      };
      const toCome = await read({ $gte: now }, 1, limit);
      const before = await read({ $gte: from, $lt: now }, -1, limit - toCome.length);
      return [...before.reverse(), ...toCome];
    },
    withoutTime: async (environmentId, at, limit) => {
      const found = await book.documents
        .find(
          {
            'lookup.environmentId': environmentId,
            'lookup.startsAt': { $gt: hoursAfter(at, -longestSlot) },
            'state.reservationId': { $exists: false },
          },
          {
            'state.status': 1,
            'state.startsAt': 1,
            'state.endsAt': 1,
            'state.abandonedReservations': 1,
            'state.bookings.status': 1,
          },
        )
        .sort({ 'lookup.startsAt': 1 })
        .limit(limit)
        .lean<BookDocument<KnownSlot>[]>();
      return found
        .map(({ _id: id, state: { status, startsAt, endsAt, abandonedReservations = [], bookings } }) => ({
          ...{ id, startsAt, endsAt, isOpen: status === 'open', isBooked: bookings.some(isToCome) },
          abandoned: abandonedReservations.length,
        }))
        .filter(({ endsAt, isOpen, isBooked }) => !reached(at, endsAt) && (isOpen || isBooked));
    },
    known: async (ids) => {
      const found = await book.documents.find({ _id: { $in: [...ids] }, 'state.status': { $ne: 'none' } }, { state: 1 }).lean();
      return found.map(({ state }) => state as KnownSlot);
    },
    ofHours: async (hoursId, from) => {
      const found = await book.documents
        .find({ 'lookup.hours': hoursId, 'lookup.startsAt': { $gt: from } }, { state: 1 })
        .sort({ 'lookup.startsAt': 1 })
        .lean();
      return found.map(({ state }) => state as KnownSlot);
    },
    hoursWithSlots: async (at) => {
      const filter = { 'lookup.hours': { $exists: true }, 'lookup.startsAt': { $gt: at }, 'lookup.open': true };
      return (await book.documents.distinct('lookup.hours', filter as Filter)) as string[];
    },
    due: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.due': { $lte: at } }, { _id: 1 })
        .sort({ 'lookup.due': 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
    },
    toSettle: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.settleAt': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.settleAt': 1 })
        .limit(limit)
        .lean();
      return found.map(({ state }) => state as KnownSlot);
    },
  };
};

/** Slots of before have no price, for all were free then. */
const priceOf = (price: 'free' | { readonly amount: number; readonly currency: string }): Record<string, unknown> =>
  price === 'free' ? {} : { price: price.amount, currency: price.currency };

/** What costs nothing is cheap enough for every budget, whatever its currency. */
const atMost = (price: NonNullable<SlotFilter['price']>): Filter => {
  const free: Filter = { 'lookup.price': { $exists: false } };
  return price === 'free' ? free : { $or: [free, { 'lookup.price': { $lte: price.atMost }, 'lookup.currency': price.currency }] };
};

/** From this slot on, itself for its later bookings, the way it is read in. */
const fromSlot = ([startsAt, slotId]: z.infer<typeof bookingPosition>, way: 1 | -1): Filter => {
  const [beyond, fromIt] = way === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  return { $or: [{ 'lookup.startsAt': { [beyond]: startsAt } }, { 'lookup.startsAt': startsAt, _id: { [fromIt]: slotId } }] };
};
