import { openProjection, type Projected } from '@umuhuza/eventing/projection';
import type { Clock } from '@umuhuza/service/clock';
import type { Connection } from 'mongoose';
import type { Market } from './market.ts';
import { createMarketMemory } from './marketMemory.ts';
import type { FirmProfile } from './matching/firm.ts';
import type { Tender } from './terms.ts';

/** `at`: when this service learned it, so that replicas find what others have learned. */
type FirmShape = { profile: FirmProfile | null; at: string };
/** A tender may end before this service has heard that it was published. */
type TenderShape = { tender: Tender | null; over: boolean; at: string };

/** How far the clocks of two replicas may differ, and how long a write may take. */
const lateness = { seconds: 10 };
const byTime = [[{ at: 1 }]] as const;

/** Opens both projections and reads all of them into memory. */
export const openMongoMarket = async (connection: Connection, clock: Clock): Promise<Market> => {
  const [firmPages, tenderPages] = await Promise.all([
    openProjection<FirmShape>(connection, 'firms', byTime),
    openProjection<TenderShape>(connection, 'tenders', byTime),
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

  /** What is stored is the newest; when that is not what just came, it is what memory lacks. */
  const learnTender = async (tenderId: string, sequence: number, shape: TenderShape): Promise<void> => {
    const stored = await tenderPages.put(tenderId, sequence, shape);
    const newest = stored ? { _id: tenderId, sequence, ...shape } : await tenderPages.find(tenderId);
    if (newest) takeTender(newest);
  };

  for await (const page of firmPages.documents.find().lean().cursor()) takeFirm(page as Projected<FirmShape>);
  for await (const page of tenderPages.documents.find().lean().cursor()) takeTender(page as Projected<TenderShape>);

  return {
    firms: memory.firms,
    openTender: memory.openTender,
    openTenders: memory.openTenders,
    learnFirm: async (organisationId, sequence, profile) => {
      const shape = { profile, at: clock() };
      const stored = await firmPages.put(organisationId, sequence, shape);
      const newest = stored ? { _id: organisationId, sequence, ...shape } : await firmPages.find(organisationId);
      if (newest) takeFirm(newest);
    },
    learnTender: (tenderId, sequence, tender) => learnTender(tenderId, sequence, { tender, over: false, at: clock() }),
    endTender: async (tenderId, sequence) => {
      const before = await tenderPages.find(tenderId);
      await learnTender(tenderId, sequence, { tender: before?.tender ?? null, over: true, at: clock() });
    },
    tender: async (tenderId) => {
      const page = await tenderPages.find(tenderId);
      return page?.tender ? memory.measured(page.tender, page.sequence) : undefined;
    },
    catchUp: async () => {
      const since = Temporal.Instant.from(seenUntil).subtract(lateness).toString({ fractionalSecondDigits: 3 });
      const [firms, tenders] = await Promise.all([
        newer(firmPages.documents.find({ at: { $gte: since } }, { sequence: 1 }).lean(), memory.firmSequence),
        newer(tenderPages.documents.find({ at: { $gte: since } }, { sequence: 1 }).lean(), memory.tenderSequence),
      ]);
      const news = { firms: [] as string[], tenders: [] as string[] };
      for (const id of firms) {
        const page = await firmPages.find(id);
        if (page && takeFirm(page)) news.firms.push(id);
      }
      for (const id of tenders) {
        const page = await tenderPages.find(id);
        if (page && takeTender(page)) news.tenders.push(id);
      }
      return news;
    },
  };
};

const newer = async (
  pages: PromiseLike<readonly { _id: unknown; sequence: number }[]>,
  known: (id: string) => number,
): Promise<string[]> => (await pages).flatMap(({ _id, sequence }) => (known(String(_id)) < sequence ? [String(_id)] : []));
