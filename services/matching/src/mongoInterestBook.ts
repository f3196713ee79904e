import { matchingEvents } from '@umuhuza/contracts/matching/events';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, type Interest, type InterestFact, noInterest } from './interest/interest.ts';
import type { InterestRefusal } from './interest/refusals.ts';
import type { InterestBook, KnownInterest } from './interestBook.ts';
import { newestFirst } from './newestFirst.ts';
import { sayOfInterest } from './toPublicEvents.ts';

const lookup = (interest: Interest, id: string): Record<string, unknown> => {
  if (interest.status === 'none') return { pair: id };
  const { interestId, from, to, status, expressedAt, expiresAt } = interest;
  const parties = [from.organisationId, to.organisationId];
  return {
    parties,
    sent: from.organisationId,
    received: to.organisationId,
    status,
    at: expressedAt,
    // Unique: while an interest is open it stands for the two organisations, afterwards for itself.
    pair: status === 'expressed' ? parties.toSorted().join('/') : interestId,
    ...(status === 'expressed' ? { expiresAt } : {}),
  };
};

export const openMongoInterestBook = async (connection: Connection): Promise<InterestBook> => {
  const book = await openBook<Interest, InterestFact, InterestRefusal, typeof matchingEvents>(connection, {
    service: 'matching',
    name: 'interests',
    initial: noInterest,
    evolve,
    events: matchingEvents,
    publicEvents: sayOfInterest,
    lookup,
    indexes: [
      [{ 'lookup.parties': 1, 'lookup.at': -1, _id: -1 }],
      [{ 'lookup.pair': 1 }, { unique: true }],
      [{ 'lookup.expiresAt': 1 }],
    ],
  });
  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    list: async (organisationId, { direction, status }, limit, cursor) => {
      const found = await newestFirst(
        book.documents,
        { [`lookup.${direction ?? 'parties'}`]: organisationId, ...(status ? { 'lookup.status': status } : {}) },
        limit,
        cursor,
      );
      return found === 'unknown-cursor' ? found : { items: found.items as KnownInterest[], next: found.next };
    },
    dueToExpire: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.expiresAt': { $lte: at } }, { _id: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
    },
  };
};
