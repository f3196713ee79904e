import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { branchOf } from './cpv/tree.ts';
import { pacing } from './pacing.ts';
import { packedBids } from './packedBids.ts';
import { isAskerMark } from './sealing/askers.ts';
import { searchWordsOf } from './searchWords.ts';
import { sharing } from './sharing.ts';
import { steadily } from './steadily.ts';
import { evolve, noTender } from './tender/evolve.ts';
import type { TenderRefusal } from './tender/refusals.ts';
import { nextReminderOf } from './tender/remindBuyer.ts';
import {
  audienceOf,
  isShown,
  type KnownTender,
  openingOf,
  type ShownTender,
  type Tender,
  type TenderFact,
  unanswered,
} from './tender/tender.ts';
import type { TenderBook, TenderFilter } from './tenderBook.ts';
import { type SealOwners, toPublicEvents } from './toPublicEvents.ts';
import { toSummary } from './views.ts';

/** Nothing here may depend on a sealed bid. */
const lookup = (tender: Tender): Record<string, unknown> => {
  if (tender.status === 'absent') return {};
  const { terms, buyer, createdAt } = tender;
  return {
    status: tender.status === 'dropped' ? 'cancelled' : tender.status,
    buyer: buyer.organisationId,
    createdAt,
    ...(terms.deadline === undefined ? {} : { deadline: terms.deadline }),
    ...(isShown(tender) ? { publishedAt: tender.publishedAt, ...restriction(tender) } : {}),
    ...(isShown(tender) ? concerned(tender) : {}),
    ...foundBy(tender),
    ...(tender.status === 'closed' ? { openQuestions: unanswered(tender).length } : {}),
    ...remindAt(tender),
    ...(isShown(tender) && tender.questions.some(({ askedBy }) => !isAskerMark(askedBy)) ? { namesAskers: true } : {}),
    ...('leftovers' in tender && tender.leftovers ? { leftovers: true } : {}),
  };
};

/** Who follows it, and once bids are open who gave them: before that a bidder is in no lookup. */
const concerned = (tender: ShownTender): { readonly concerns?: readonly string[] } => {
  const opening = openingOf(tender);
  const bidders = opening ? [...opening.bids, ...opening.unopened].map(({ bidder }) => bidder) : [];
  const concerns = [...new Set([...(tender.followers ?? []), ...bidders])];
  return concerns.length > 0 ? { concerns } : {};
};

const remindAt = (tender: KnownTender): { readonly remindAt?: string } => {
  const next = nextReminderOf(tender);
  return next === undefined ? {} : { remindAt: next };
};

/** By what others search: words, and the beginnings of its CPV codes, which are the codes above them. */
const foundBy = ({ terms }: KnownTender) => ({
  words: searchWordsOf(terms),
  branches: [...new Set(terms.cpv.map(branchOf).flatMap((branch) => Array.from(branch, (_, n) => branch.slice(0, n + 1))))],
  audience: terms.audience,
});

/** What is looked up since this version; documents of an earlier one get it when the service starts. */
const lookupVersion = 6;

/** A tender that everybody may see has no list of those who may: nor has one written before there were such lists. */
const restriction = (tender: ShownTender): { readonly admits?: readonly string[] } => {
  const audience = audienceOf(tender);
  return audience ? { admits: [...new Set([...audience, tender.buyer.organisationId])] } : {};
};

const position = z.tuple([z.enum(['newest', 'deadline']), z.string(), z.string()]);

/** Only what is published is searched; drafts cost these indexes nothing. */
const published = { partialFilterExpression: { 'lookup.publishedAt': { $exists: true } } };

/**
 * Milliseconds. A database skips what is left out, but in a larger document it skips longer: a view of a tender with five hundred bids took
 * about a millisecond more than one of a tender without.
 */
const steadyFor = 15;
/** Lists that begin within that time, so that those of them which nobody else reads at once are done within it, too. */
const listsAtOnce = 4;

/** Bids are not read for a list: they are not shown there, and there may be many. */
const withoutBids: Record<string, 0> = {
  'state.bids': 0,
  'state.unopened': 0,
  'state.outcomes': 0,
  'state.opening': 0,
  commands: 0,
  past: 0,
  outbox: 0,
  applied: 0,
};

/** Each list is read in the order of one of these. */
const lists = {
  ofStatus: { 'lookup.status': 1, 'lookup.publishedAt': -1, _id: -1 },
  all: { 'lookup.publishedAt': -1, _id: -1 },
  mine: { 'lookup.buyer': 1, 'lookup.createdAt': -1, _id: -1 },
  concerning: { 'lookup.concerns': 1, 'lookup.publishedAt': -1, _id: -1 },
  byDeadline: { 'lookup.status': 1, 'lookup.deadline': 1, _id: 1 },
  byBranch: { 'lookup.branches': 1, 'lookup.status': 1, 'lookup.publishedAt': -1, _id: -1 },
  byWord: { 'lookup.words': 1, 'lookup.status': 1, 'lookup.publishedAt': -1, _id: -1 },
} as const;

export const openMongoTenderBook = async (
  connection: Connection,
  { sealOwners }: { readonly sealOwners: SealOwners },
): Promise<TenderBook> => {
  const book = await openBook<Tender, TenderFact, TenderRefusal | NotTaken, typeof tendersEvents>(connection, {
    service: 'tenders',
    name: 'tenders',
    initial: noTender,
    evolve,
    events: tendersEvents,
    publicEvents: toPublicEvents(sealOwners),
    lookup,
    packing: packedBids,
    indexes: [
      [lists.ofStatus],
      [lists.all],
      [lists.mine],
      [lists.byDeadline],
      [lists.concerning, { partialFilterExpression: { 'lookup.concerns': { $exists: true } } }],
      [lists.byBranch, published],
      [lists.byWord, published],
      [{ 'lookup.leftovers': 1 }],
      [{ 'lookup.namesAskers': 1 }, { partialFilterExpression: { 'lookup.namesAskers': true } }],
      [{ 'lookup.remindAt': 1 }, { partialFilterExpression: { 'lookup.remindAt': { $exists: true } } }],
    ],
  });

  await renewLookups(connection, book.documents);

  const turnToList = pacing(listsAtOnce, steadyFor);
  const idsOf = async (filter: Query, limit: number): Promise<string[]> =>
    (await book.documents.find(filter, { _id: 1 }).limit(limit).lean()).map(({ _id }) => _id);

  return {
    find: book.find,
    change: book.change,
    create: book.create,
    outbox: book.outbox,
    look: sharing(async (id) => {
      const found = await steadily(steadyFor, book.documents.findOne({ _id: id }, withoutBids).lean().exec());
      const tender = found?.state as Tender | undefined;
      if (!tender) return undefined;
      return tender.status === 'published' || tender.status === 'closed' ? { ...tender, bids: [] } : await book.find(id);
    }),
    list: async (filter, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor' || (after && after[0] !== filter.order)) return 'unknown-cursor';
      const { query, sort, hint, field } = listQuery(filter, after);
      await turnToList();
      const reading = book.documents
        .find(query, withoutBids)
        .sort(sort)
        .hint(hint)
        .limit(limit + 1)
        .lean()
        .exec();
      // A page may hold one tender only: asked for by what only its title says, or as the buyer's own.
      const found = await steadily(steadyFor, reading);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(({ state }) => toSummary(state as KnownTender, filter.reader)),
        next: found.length > limit && last ? writeCursor([filter.order, last.lookup[field], last._id]) : null,
      };
    },
    dueToClose: (at, limit) => idsOf({ 'lookup.status': 'published', 'lookup.deadline': { $lt: at } }, limit),
    dueToOpen: (limit) => idsOf({ 'lookup.status': 'closed', 'lookup.openQuestions': 0 }, limit),
    dueToRemind: (at, limit) => idsOf({ 'lookup.remindAt': { $lte: at } }, limit),
    namingAskers: (limit) => idsOf({ 'lookup.namesAskers': true }, limit),
    withLeftovers: (limit) => idsOf({ 'lookup.leftovers': true }, limit),
  };
};

/** Documents of an earlier version lack what is searched by now. Done once, before anything is listed; a change that comes between wins. */
const renewLookups = async (connection: Connection, documents: TenderDocuments): Promise<void> => {
  const notes = connection.collection<{ _id: string; lookupVersion: number }>('notes');
  if ((await notes.findOne({ _id: 'tenders' }))?.lookupVersion === lookupVersion) return;
  for await (const { _id, version, state } of documents.find({}, { version: 1, state: 1 }).lean().cursor())
    await documents.collection.updateOne({ _id, version } as never, { $set: { lookup: lookup(state as Tender) } });
  await notes.updateOne({ _id: 'tenders' }, { $set: { lookupVersion } }, { upsert: true });
};

const orders = {
  newest: { field: 'publishedAt', way: -1 },
  mine: { field: 'createdAt', way: -1 },
  deadline: { field: 'deadline', way: 1 },
} as const;

type TenderDocuments = Model<BookDocument<Tender>>;
type Query = QueryFilter<BookDocument<Tender>>;

/**
 * How a page is read. The index is named: a planner that counts how much an index narrows takes the one of deadlines for open tenders, and
 * then has to gather and sort all of them.
 */
export const listQuery = (filter: TenderFilter, after?: z.output<typeof position>) => {
  const { mine, following, order, status, words = [], cpvBranch } = filter;
  const { field, way } = orders[order === 'newest' && mine ? 'mine' : order];
  const name = mine
    ? 'mine'
    : following
      ? 'concerning'
      : words.length > 0
        ? 'byWord'
        : cpvBranch !== undefined
          ? 'byBranch'
          : status === 'all'
            ? 'all'
            : order === 'deadline'
              ? 'byDeadline'
              : 'ofStatus';
  return {
    query: { $and: [matching(filter), ...(after ? [beyond(field, way, after)] : [])] },
    sort: { [`lookup.${field}`]: way, _id: way } as Record<string, 1 | -1>,
    hint: lists[name],
    field,
  };
};

const matching = ({
  reader,
  mine,
  following,
  status,
  cpvBranch,
  words = [],
  audience,
  closesBefore,
  order,
  at,
}: TenderFilter): Query => {
  const deadline = {
    ...(status === 'open' ? { $gte: at } : order === 'deadline' ? { $gte: '' } : {}),
    ...(closesBefore === undefined ? {} : { $lt: closesBefore }),
  };
  return {
    ...(mine
      ? { 'lookup.buyer': reader }
      : { 'lookup.publishedAt': { $exists: true }, 'lookup.admits': { $in: [null, reader] } }),
    ...(following ? { 'lookup.concerns': reader } : {}),
    ...(status === 'all' ? {} : { 'lookup.status': status === 'open' ? 'published' : status }),
    ...(Object.keys(deadline).length > 0 ? { 'lookup.deadline': deadline } : {}),
    ...(cpvBranch === undefined ? {} : { 'lookup.branches': cpvBranch }),
    ...(words.length > 0 ? { 'lookup.words': { $all: [...words] } } : {}),
    ...(audience === undefined ? {} : { 'lookup.audience': audience }),
  };
};

/** What comes after this place. The first condition follows from the second; it is where an index begins to be read. */
const beyond = (field: string, way: 1 | -1, [, at, id]: z.output<typeof position>): Query => {
  const name = `lookup.${field}`;
  const further = way === 1 ? '$gt' : '$lt';
  return {
    [name]: { [way === 1 ? '$gte' : '$lte']: at },
    $or: [{ [name]: { [further]: at } }, { [name]: at, _id: { [further]: id } }],
  } as Query;
};
