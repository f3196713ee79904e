import { matchingEvents } from '@umuhuza/contracts/matching/events';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { type Cooperation, type CooperationFact, evolve, noCooperation } from './cooperation/cooperation.ts';
import type { CooperationBook, KnownCooperation } from './cooperationBook.ts';
import { newestFirst } from './newestFirst.ts';
import { sayOfCooperation } from './toPublicEvents.ts';

export const openMongoCooperationBook = async (connection: Connection): Promise<CooperationBook> => {
  const book = await openBook<Cooperation, CooperationFact, never, typeof matchingEvents>(connection, {
    service: 'matching',
    name: 'cooperations',
    initial: noCooperation,
    evolve,
    events: matchingEvents,
    publicEvents: sayOfCooperation,
    lookup: (cooperation) =>
      cooperation.status === 'none'
        ? {}
        : { parties: cooperation.organisations.map(({ organisationId }) => organisationId), at: cooperation.startedAt },
    indexes: [[{ 'lookup.parties': 1, 'lookup.at': -1, _id: -1 }]],
  });
  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    list: async (organisationId, limit, cursor) => {
      const found = await newestFirst(book.documents, { 'lookup.parties': organisationId }, limit, cursor);
      return found === 'unknown-cursor' ? found : { items: found.items as KnownCooperation[], next: found.next };
    },
  };
};
