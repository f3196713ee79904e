import { failpoint } from '@umuhuza/eventing/failpoints';
import { openProjection, type Projected, type Projection } from '@umuhuza/eventing/projection';
import type { Clock } from '@umuhuza/service/clock';
import mongoose, { type Connection } from 'mongoose';
import type { Market, News } from './market.ts';
import { createMarketMemory } from './marketMemory.ts';
import type { FirmProfile } from './matching/firm.ts';
import { afterWord, type TenderWord, type ToldTender } from './toldTender.ts';

/** `at`: when this service learned it, so that replicas find what others have learned. */
type FirmShape = { profile: FirmProfile | null; at: string };
type TenderShape = Omit<ToldTender, 'sequence'> & { at: string };

/** How far the clocks of two replicas may differ, and how long a write, and what follows from it, may take. */
const lateness = { seconds: 10 };
const byTime = [[{ at: 1 }]] as const;

/** Opens the projections and reads all of them into memory. */
export const openMongoMarket = async (connection: Connection, clock: Clock): Promise<Market> => {
  const [firmPages, tenderPages, actedOn] = await Promise.all([
    openProjection<FirmShape>(connection, 'firms', byTime),
    openProjection<TenderShape>(connection, 'tenders', byTime),
    openProjection<object>(connection, 'firmsActedOn'),
  ]);
  const memory = createMarketMemory();
  let seenUntil = '1970-01-01T00:00:00.000Z';
  const see = (at: string) => {
    if (at > seenUntil) seenUntil = at;
  };

  const takeFirm = ({ _id, sequence, profile, at }: Projected<FirmShape>): boolean => {
    see(at);
    return memory.takeFirm({ id: _id, sequence, profile });
  };
  const takeTender = ({ _id, sequence, tender, over, at }: Projected<TenderShape>): boolean => {
    see(at);
    return memory.takeTender({ id: _id, sequence, tender, over });
  };

  /** What this process is just learning: its own reaction tells of it, so that it is no news from another replica. */
  const underWay = new Map<string, number>();
  const learning = async <Result>(id: string, learn: () => Promise<Result>): Promise<Result> => {
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    try {
      return await learn();
    } finally {
      const left = (underWay.get(id) ?? 1) - 1;
      if (left > 0) underWay.set(id, left);
      else underWay.delete(id);
    }
  };
  const fromOthers = (ids: readonly string[]) => ids.filter((id) => !underWay.has(id));

  const hearOfTender = (tenderId: string, word: TenderWord): Promise<void> =>
    learning(tenderId, async () => {
      const newest = await keepWord(tenderPages, tenderId, word, clock());
      await failpoint('afterPut');
      takeTender(newest);
    });

  for await (const { _id, sequence } of actedOn.documents.find().lean().cursor()) memory.actOn(String(_id), sequence);
  for await (const page of firmPages.documents.find().lean().cursor()) takeFirm(page as Projected<FirmShape>);
  for await (const page of tenderPages.documents.find().lean().cursor()) takeTender(page as Projected<TenderShape>);

  const lately = () => ({
    at: { $gte: Temporal.Instant.from(seenUntil).subtract(lateness).toString({ fractionalSecondDigits: 3 }) },
  });
  const learnedLately = async (pages: PromiseLike<readonly { _id: unknown }[]>) => (await pages).map(({ _id }) => String(_id));
  const [lastFirms, lastTenders] = await Promise.all([
    learnedLately(firmPages.documents.find(lately(), { _id: 1 }).lean()),
    learnedLately(tenderPages.documents.find(lately(), { _id: 1 }).lean()),
  ]);
  /** What lay there at the start and may not have been told; none once it is in somebody's news. */
  const addLast = ({ firms, tenders }: News) => {
    for (const id of lastFirms.splice(0)) firms.add(id);
    for (const id of lastTenders.splice(0)) tenders.add(id);
  };

  return {
    firms: memory.firms,
    isNewest: memory.isNewest,
    openTender: memory.openTender,
    openTenders: memory.openTenders,
    learnFirm: (organisationId, sequence, profile) =>
      learning(organisationId, async () => {
        // Before the firm itself: what of it is acted on from here on is remembered also when all that is kept of firms is lost.
        await actedOn.put(organisationId, sequence, {});
        const isNewest = memory.actOn(organisationId, sequence);
        const shape = { profile, at: clock() };
        const stored = await firmPages.put(organisationId, sequence, shape);
        const newest = stored ? { _id: organisationId, sequence, ...shape } : await firmPages.find(organisationId);
        if (newest) takeFirm(newest);
        return isNewest;
      }),
    learnTender: (tenderId, sequence, terms) => hearOfTender(tenderId, { sequence, over: false, terms }),
    endTender: (tenderId, sequence) => hearOfTender(tenderId, { sequence, over: true }),
    tender: async (tenderId) => {
      const page = await tenderPages.find(tenderId);
      return page?.tender ? memory.measured(page.tender, page.sequence) : undefined;
    },
    catchUp: async (news) => {
      addLast(news);
      const since = lately();
      const [firms, tenders] = await Promise.all([
        newer(firmPages.documents.find(since, { sequence: 1 }).lean(), memory.firmSequence),
        newer(tenderPages.documents.find(since, { sequence: 1 }).lean(), memory.tenderSequence),
      ]);
      for (const id of fromOthers(firms)) {
        const page = await firmPages.find(id);
        if (page && takeFirm(page)) news.firms.add(id);
      }
      for (const id of fromOthers(tenders)) {
        const page = await tenderPages.find(id);
        if (page && takeTender(page)) news.tenders.add(id);
      }
    },
  };
};

/** Adds a word to what is stored and answers what that is now; a write that another replica's came before is made again. */
const keepWord = async (
  { documents, find }: Projection<TenderShape>,
  tenderId: string,
  word: TenderWord,
  at: string,
): Promise<Projected<TenderShape>> => {
  for (;;) {
    const known = await find(tenderId);
    const told = afterWord(known, word);
    if (!told) return known as Projected<TenderShape>;
    const next = { _id: tenderId, ...told, at };
    await failpoint('beforePut');
    if (known) {
      const asRead = { _id: tenderId, sequence: known.sequence, termsSequence: known.termsSequence ?? null };
      const { matchedCount } = await documents.collection.replaceOne(asRead as never, next as never);
      if (matchedCount === 1) return next;
    } else if (await isInserted(documents.collection.insertOne(next as never))) return next;
  }
};

const isInserted = async (insertion: Promise<unknown>): Promise<boolean> => {
  try {
    await insertion;
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
};

const newer = async (
  pages: PromiseLike<readonly { _id: unknown; sequence: number }[]>,
  known: (id: string) => number,
): Promise<string[]> => (await pages).flatMap(({ _id, sequence }) => (known(String(_id)) < sequence ? [String(_id)] : []));
