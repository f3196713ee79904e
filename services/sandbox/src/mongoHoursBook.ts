import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { evolve, type Hours, type HoursFact, type KnownHours, noHours } from './hours/hours.ts';
import type { HoursRefusal } from './hours/refusals.ts';
import type { HoursBook } from './hoursBook.ts';

type Document = BookDocument<Hours>;

const position = z.tuple([z.string(), z.string()]);

const lookup = (hours: Hours): Record<string, unknown> =>
  hours.status === 'none'
    ? {}
    : {
        environmentId: hours.environmentId,
        openedAt: hours.openedAt,
        ...(hours.lookAt === null ? {} : { due: hours.lookAt }),
      };

export const openMongoHoursBook = async (connection: Connection): Promise<HoursBook> => {
  const book = await openBook<Hours, HoursFact, HoursRefusal, Record<string, never>>(connection, {
    service: 'sandbox',
    name: 'hours',
    initial: noHours,
    evolve,
    events: {},
    // The slots that come of them are told; the hours themselves concern nobody else.
    publicEvents: () => [],
    lookup,
    indexes: [
      [{ 'lookup.environmentId': 1, 'lookup.openedAt': -1, _id: -1 }],
      [{ 'lookup.due': 1 }, { partialFilterExpression: { 'lookup.due': { $exists: true } } }],
    ],
  });
  return {
    find: book.find,
    change: book.change,
    list: async (environmentId, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor') return after;
      const filter: QueryFilter<Document> = {
        'lookup.environmentId': environmentId,
        ...(after
          ? { $or: [{ 'lookup.openedAt': { $lt: after[0] } }, { 'lookup.openedAt': after[0], _id: { $lt: after[1] } }] }
          : {}),
      };
      const found = await book.documents
        .find(filter, { state: 1 })
        .sort({ 'lookup.openedAt': -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      const items = found.slice(0, limit).map(({ state }) => state as KnownHours);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor([last.openedAt, last.id]) : null };
    },
    due: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.due': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.due': 1 })
        .limit(limit)
        .lean();
      return found.map(({ state }) => state as KnownHours);
    },
  };
};
