import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import type { EnvironmentContent } from '@umuhuza/contracts/sandbox/schemas';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { type Environment, type EnvironmentFact, evolve, noEnvironment } from './environment/environment.ts';
import type { EnvironmentRefusal } from './environment/refusals.ts';
import type { EnvironmentBook } from './environmentBook.ts';
import { ofEnvironment } from './toPublicEvents.ts';
import { contentOf, type StoredEnvironment, toEnvironmentView } from './views.ts';

type Known = Environment<EnvironmentContent>;

const position = z.tuple([z.string(), z.string()]);

const lookup = (environment: Known): Record<string, unknown> => {
  if (environment.status === 'none') return {};
  const { areas, kinds, languages } = contentOf(environment);
  return {
    host: environment.host.organisationId,
    openedAt: environment.openedAt,
    ...(environment.status === 'closed' ? { closed: true } : {}),
    kinds: [...areas, ...kinds.map((kind) => kind.toLowerCase())],
    languages: languages.map(({ language }) => language),
  };
};

export const openMongoEnvironmentBook = async (connection: Connection): Promise<EnvironmentBook> => {
  const book = await openBook<Known, EnvironmentFact<EnvironmentContent>, EnvironmentRefusal | NotTaken, typeof sandboxEvents>(
    connection,
    {
      service: 'sandbox',
      name: 'environments',
      initial: noEnvironment,
      evolve,
      events: sandboxEvents,
      publicEvents: ofEnvironment,
      lookup,
      indexes: [
        [{ 'lookup.openedAt': -1, _id: -1 }],
        [{ 'lookup.host': 1, 'lookup.openedAt': -1, _id: -1 }],
        [{ 'lookup.kinds': 1, 'lookup.openedAt': -1, _id: -1 }],
      ],
    },
  );

  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    list: async ({ kind, language, host }, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor') return after;
      const filter: QueryFilter<BookDocument<Known>> = {
        ...(host ? { 'lookup.host': host } : { 'lookup.openedAt': { $exists: true }, 'lookup.closed': { $ne: true } }),
        ...(kind ? { 'lookup.kinds': kind.toLowerCase() } : {}),
        ...(language ? { 'lookup.languages': language } : {}),
        ...(after
          ? { $or: [{ 'lookup.openedAt': { $lt: after[0] } }, { 'lookup.openedAt': after[0], _id: { $lt: after[1] } }] }
          : {}),
      };
      const found = await book.documents
        .find(filter, { state: 1 })
        .sort({ 'lookup.openedAt': -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      const items = found.slice(0, limit).map(({ state }) => toEnvironmentView(state as StoredEnvironment));
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor([last.openedAt, last.environmentId]) : null };
    },
  };
};
