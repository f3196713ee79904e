import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { evolve, noTender } from './tender/evolve.ts';
import type { TenderRefusal } from './tender/refusals.ts';
import {
  audienceOf,
  isShown,
  type KnownTender,
  type ShownTender,
  type Tender,
  type TenderFact,
  unanswered,
} from './tender/tender.ts';
import type { TenderBook, TenderFilter } from './tenderBook.ts';
import { toPublicEvents } from './toPublicEvents.ts';
import { toSummary } from './views.ts';

/** Nothing here may depend on a sealed bid. */
const lookup = (tender: Tender): Record<string, unknown> => {
  if (tender.status === 'absent') return {};
  const { terms, buyer, createdAt } = tender;
  return {
    status: tender.status === 'dropped' ? 'cancelled' : tender.status,
    buyer: buyer.organisationId,
    createdAt,
    cpv: terms.cpv,
    ...(terms.deadline === undefined ? {} : { deadline: terms.deadline }),
    ...(isShown(tender) ? { publishedAt: tender.publishedAt, ...restriction(tender) } : {}),
    ...(tender.status === 'closed' ? { openQuestions: unanswered(tender).length } : {}),
    ...('leftovers' in tender && tender.leftovers ? { leftovers: true } : {}),
  };
};

/** A tender that everybody may see has no list of those who may: nor has one written before there were such lists. */
const restriction = (tender: ShownTender): { readonly admits?: readonly string[] } => {
  const audience = audienceOf(tender);
  return audience ? { admits: [...new Set([...audience, tender.buyer.organisationId])] } : {};
};

const position = z.tuple([z.string(), z.string()]);

/** Bids are not read for a list: they are not shown there, and there may be many. */
const withoutBids: Record<string, 0> = {
  'state.bids': 0,
  'state.unopened': 0,
  'state.outcomes': 0,
  'state.opening': 0,
  commands: 0,
  outbox: 0,
  applied: 0,
};

export const openMongoTenderBook = async (connection: Connection): Promise<TenderBook> => {
  const book = await openBook<Tender, TenderFact, TenderRefusal, typeof tendersEvents>(connection, {
    service: 'tenders',
    name: 'tenders',
    initial: noTender,
    evolve,
    events: tendersEvents,
    publicEvents: toPublicEvents,
    lookup,
    indexes: [
      [{ 'lookup.status': 1, 'lookup.publishedAt': -1, _id: -1 }],
      [{ 'lookup.publishedAt': -1, _id: -1 }],
      [{ 'lookup.buyer': 1, 'lookup.createdAt': -1, _id: -1 }],
      [{ 'lookup.status': 1, 'lookup.deadline': 1 }],
      [{ 'lookup.leftovers': 1 }],
    ],
  });

  const idsOf = async (filter: QueryFilter<BookDocument<Tender>>, limit: number): Promise<string[]> =>
    (await book.documents.find(filter, { _id: 1 }).limit(limit).lean()).map(({ _id }) => _id);

  return {
    find: book.find,
    change: book.change,
    create: book.create,
    outbox: book.outbox,
    look: async (id) => {
      const found = await book.documents.findOne({ _id: id }, withoutBids).lean();
      const tender = found?.state as Tender | undefined;
      if (!tender) return undefined;
      return tender.status === 'published' || tender.status === 'closed' ? { ...tender, bids: [] } : await book.find(id);
    },
    list: async (filter, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor') return after;
      const sortedBy = filter.mine ? 'lookup.createdAt' : 'lookup.publishedAt';
      const found = await book.documents
        .find({ $and: [matching(filter), ...(after ? [older(sortedBy, after)] : [])] }, withoutBids)
        .sort({ [sortedBy]: -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(({ state }) => toSummary(state as KnownTender, filter.reader)),
        next:
          found.length > limit && last ? writeCursor([last.lookup[filter.mine ? 'createdAt' : 'publishedAt'], last._id]) : null,
      };
    },
    dueToClose: (at, limit) => idsOf({ 'lookup.status': 'published', 'lookup.deadline': { $lt: at } }, limit),
    dueToOpen: (limit) => idsOf({ 'lookup.status': 'closed', 'lookup.openQuestions': 0 }, limit),
    withLeftovers: (limit) => idsOf({ 'lookup.leftovers': true }, limit),
  };
};

const matching = ({ reader, mine, status, cpvBranch, at }: TenderFilter): QueryFilter<BookDocument<Tender>> => ({
  ...(mine ? { 'lookup.buyer': reader } : { 'lookup.publishedAt': { $exists: true }, 'lookup.admits': { $in: [null, reader] } }),
  ...(status === 'all' ? {} : { 'lookup.status': status === 'open' ? 'published' : status }),
  ...(status === 'open' ? { 'lookup.deadline': { $gte: at } } : {}),
  ...(cpvBranch === undefined ? {} : { 'lookup.cpv': { $regex: `^${cpvBranch}` } }),
});

const older = (field: string, [at, id]: readonly [string, string]): QueryFilter<BookDocument<Tender>> =>
  ({ $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] }) as QueryFilter<BookDocument<Tender>>;
