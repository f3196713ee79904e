import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import type { ResourcesRefusal } from './resources/refusals.ts';
import { evolve, type HostResources, nothingReserved, type ResourcesFact } from './resources/resources.ts';
import { nextSettling } from './resources/settleReservation.ts';
import type { ResourcesBook } from './resourcesBook.ts';

export const openMongoResourcesBook = async (connection: Connection): Promise<ResourcesBook> => {
  const book = await openBook<HostResources, ResourcesFact, ResourcesRefusal, typeof sandboxEvents>(connection, {
    service: 'sandbox',
    name: 'resources',
    initial: nothingReserved,
    evolve,
    events: sandboxEvents,
    // What a host has is its own business; that a slot is open says all that others need.
    publicEvents: () => [],
    lookup: (state) => {
      const settleAt = nextSettling(state);
      return settleAt === undefined ? {} : { settleAt };
    },
    indexes: [[{ 'lookup.settleAt': 1 }]],
  });
  return {
    find: book.find,
    change: book.change,
    toSettle: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.settleAt': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.settleAt': 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, state }) => ({ host: _id, state: state as HostResources }));
    },
  };
};
