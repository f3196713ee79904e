import { matchingEvents } from '@umuhuza/contracts/matching/events';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, notDrawn, type TenderMatch, type TenderMatchFact } from './tenderMatch/tenderMatch.ts';
import type { TenderMatchBook } from './tenderMatchBook.ts';
import { sayFirmsMatched } from './toPublicEvents.ts';

export const openMongoTenderMatchBook = async (connection: Connection): Promise<TenderMatchBook> => {
  const book = await openBook<TenderMatch, TenderMatchFact, never, typeof matchingEvents>(connection, {
    service: 'matching',
    name: 'tenderMatches',
    initial: notDrawn,
    evolve,
    events: matchingEvents,
    publicEvents: sayFirmsMatched,
    lookup: (match) => ({ told: match.status === 'none' ? [] : match.told.map(({ organisationId }) => organisationId) }),
    indexes: [[{ 'lookup.told': 1 }]],
  });
  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    toldOf: async (organisationId, tenderIds) => {
      if (tenderIds.length === 0) return new Set();
      const found = await book.documents.find({ _id: { $in: [...tenderIds] }, 'lookup.told': organisationId }, { _id: 1 }).lean();
      return new Set(found.map(({ _id }) => _id));
    },
  };
};
