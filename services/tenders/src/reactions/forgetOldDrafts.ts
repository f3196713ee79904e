import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { BidDocuments } from '../bidDocuments.ts';
import type { BidDrafts } from '../bidDrafts.ts';
import type { BidStore } from '../bidStore.ts';
import type { TenderKeys } from '../sealing/tenderKeys.ts';
import { openingOf } from '../tender/tender.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;
/** From the deadline on. */
const keptFor = { hours: 24 * 30 };

type Deps = {
  readonly tenders: TenderBook;
  readonly keys: TenderKeys;
  readonly bids: BidStore;
  readonly drafts: BidDrafts;
  readonly bidDocuments: BidDocuments;
  readonly clock: Clock;
};

/**
 * Thirty days after the deadline what was prepared and never submitted is deleted, documents that no opened bid names included, and with
 * it the tender's key: after that there is nothing left that only it could read. While bids are still sealed, all but the drafts stays.
 */
export const forgetOldDrafts =
  ({ tenders, keys, bids, drafts, bidDocuments, clock }: Deps) =>
  async (): Promise<void> => {
    const forget = async (id: string): Promise<void> => {
      const tender = await tenders.look(id);
      const deadline = tender && 'terms' in tender ? tender.terms.deadline : undefined;
      if (!tender || deadline === undefined || tender.status === 'draft') return;
      if (Temporal.Instant.compare(Temporal.Instant.from(deadline).add(keptFor), clock()) > 0) return;
      await drafts.deleteAllOf(id);
      if (tender.status === 'published' || tender.status === 'closed') return;
      const contents = await bids.read(id, openingOf(tender)?.bids ?? []);
      const named = [...contents.values()].flatMap(({ documents = [] }) => documents.map((document) => document.id));
      await bidDocuments.keepOnly(id, named);
      // The key last: by it the tender is found again after a crash.
      await keys.deleteHalves(id);
      await keys.destroy(id);
    };

    const failed: unknown[] = [];
    let last = '';
    for (;;) {
      const ids = await keys.tendersAfter(last, batch);
      await eachInTurn(ids, forget).catch((error: unknown) => failed.push(error));
      if (ids.length < batch) break;
      last = ids.at(-1) ?? last;
    }
    if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('; '));
  };
