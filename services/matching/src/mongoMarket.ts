import { openProjection, type Projected } from '@umuhuza/eventing/projection';
import type { Clock } from '@umuhuza/service/clock';
import type { Connection } from 'mongoose';
import type { KnownTender, Market } from './market.ts';
import { demandOfTender } from './matching/demand.ts';
import type { FirmProfile } from './matching/firm.ts';
import { createFirmIndex } from './matching/firmIndex.ts';
import { measureBy } from './matching/scoreFirm.ts';
import type { Tender } from './terms.ts';

/** `at`: when this service learned it, so that replicas find what others have learned. */
type FirmShape = { profile: FirmProfile | null; at: string };
/** A tender may end before this service has heard that it was published. */
type TenderShape = { tender: Tender | null; over: boolean; at: string };

/** How far the clocks of two replicas may differ. */
const clocksDiffer = { seconds: 30 };
const byTime = [[{ at: 1 }]] as const;

/** Opens both projections and reads all of them into memory. */
export const openMongoMarket = async (connection: Connection, clock: Clock): Promise<Market> => {
  const [firmPages, tenderPages] = await Promise.all([
    openProjection<FirmShape>(connection, 'firms', byTime),
    openProjection<TenderShape>(connection, 'tenders', byTime),
  ]);
  const firms = createFirmIndex();
  const firmSequences = new Map<string, number>();
  const tenders = new Map<string, { readonly sequence: number; readonly tender: Tender | null; readonly over: boolean }>();
  const measured = new Map<string, KnownTender>();
  let seenUntil = '1970-01-01T00:00:00.000Z';

  const takeFirm = ({ _id, sequence, profile, at }: Projected<FirmShape>): boolean => {
    if (at > seenUntil) seenUntil = at;
    if ((firmSequences.get(_id) ?? 0) >= sequence) return false;
    firmSequences.set(_id, sequence);
    if (profile) firms.put(profile);
    else firms.remove(_id);
    return true;
  };

  const takeTender = ({ _id, sequence, tender, over, at }: Projected<TenderShape>): boolean => {
    if (at > seenUntil) seenUntil = at;
    if ((tenders.get(_id)?.sequence ?? 0) >= sequence) return false;
    tenders.set(_id, { sequence, tender: over ? null : tender, over });
    if (over) measured.delete(_id);
    return true;
  };

  /** The measure is made anew when the tender or its buyer's profile has said something new. */
  const known = (tender: Tender, sequence: number): KnownTender => {
    const buyer = tender.buyer.organisationId;
    const basis = { tender: sequence, buyer: firmSequences.get(buyer) ?? 0 };
    const before = measured.get(tender.tenderId);
    if (before && before.basis.tender === basis.tender && before.basis.buyer === basis.buyer) return before;
    return { tender, basis, measure: measureBy(demandOfTender(tender, firms.get(buyer)?.profile)) };
  };

  const openTender = (tenderId: string, at: string): KnownTender | undefined => {
    const page = tenders.get(tenderId);
    if (!page?.tender || Temporal.Instant.compare(at, page.tender.deadline) >= 0) return undefined;
    const open = known(page.tender, page.sequence);
    measured.set(tenderId, open);
    return open;
  };

  /** What is stored is the newest; when that is not what just came, it is what memory lacks. */
  const learnTenderPage = async (tenderId: string, sequence: number, shape: TenderShape): Promise<void> => {
    const stored = await tenderPages.put(tenderId, sequence, shape);
    const newest = stored ? { _id: tenderId, sequence, ...shape } : await tenderPages.find(tenderId);
    if (newest) takeTender(newest);
  };

  for await (const page of firmPages.documents.find().lean().cursor()) takeFirm(page as Projected<FirmShape>);
  for await (const page of tenderPages.documents.find().lean().cursor()) takeTender(page as Projected<TenderShape>);

  return {
    firms,
    learnFirm: async (organisationId, sequence, profile) => {
      const shape = { profile, at: clock() };
      const stored = await firmPages.put(organisationId, sequence, shape);
      const newest = stored ? { _id: organisationId, sequence, ...shape } : await firmPages.find(organisationId);
      if (newest) takeFirm(newest);
    },
    learnTender: (tenderId, sequence, tender) => learnTenderPage(tenderId, sequence, { tender, over: false, at: clock() }),
    endTender: async (tenderId, sequence) => {
      const before = await tenderPages.find(tenderId);
      await learnTenderPage(tenderId, sequence, { tender: before?.tender ?? null, over: true, at: clock() });
    },
    openTender,
    openTenders: (at) => [...tenders.keys()].flatMap((tenderId) => openTender(tenderId, at) ?? []),
    tender: async (tenderId) => {
      const page = await tenderPages.find(tenderId);
      return page?.tender ? known(page.tender, page.sequence) : undefined;
    },
    catchUp: async () => {
      const since = Temporal.Instant.from(seenUntil).subtract(clocksDiffer).toString({ fractionalSecondDigits: 3 });
      const [firmNews, tenderNews] = await Promise.all([
        newer(firmPages.documents.find({ at: { $gte: since } }, { sequence: 1 }).lean(), (id) => firmSequences.get(id)),
        newer(tenderPages.documents.find({ at: { $gte: since } }, { sequence: 1 }).lean(), (id) => tenders.get(id)?.sequence),
      ]);
      const news = { firms: [] as string[], tenders: [] as string[] };
      for (const id of firmNews) {
        const page = await firmPages.find(id);
        if (page && takeFirm(page)) news.firms.push(id);
      }
      for (const id of tenderNews) {
        const page = await tenderPages.find(id);
        if (page && takeTender(page)) news.tenders.push(id);
      }
      return news;
    },
  };
};

const newer = async (
  pages: PromiseLike<readonly { _id: unknown; sequence: number }[]>,
  known: (id: string) => number | undefined,
): Promise<string[]> => (await pages).flatMap(({ _id, sequence }) => ((known(String(_id)) ?? 0) < sequence ? [String(_id)] : []));
