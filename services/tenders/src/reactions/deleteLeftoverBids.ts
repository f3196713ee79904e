import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { BidDocuments } from '../bidDocuments.ts';
import type { BidDrafts } from '../bidDrafts.ts';
import type { BidStore } from '../bidStore.ts';
import type { TenderKeys } from '../sealing/tenderKeys.ts';
import { deleteLeftovers } from '../tender/deleteLeftovers.ts';
import { isEndedUnopened, openingOf } from '../tender/tender.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;

type Deps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly keys: TenderKeys;
  readonly drafts: BidDrafts;
  readonly bidDocuments: BidDocuments;
  readonly clock: Clock;
};

/**
 * Deletes what cancelled, withdrawn and never confirmed bids said, also when a crash came in between. A tender cancelled before its
 * opening loses its key first: what was sealed with it is unreadable from then on, in whatever copy.
 */
export const deleteLeftoverBids =
  ({ tenders, bids, keys, drafts, bidDocuments, clock }: Deps) =>
  async (): Promise<void> => {
    await eachInTurn(await tenders.withLeftovers(batch), async (id) => {
      const tender = await tenders.find(id);
      const opened = (tender && openingOf(tender)?.bids) ?? [];
      if (tender && isEndedUnopened(tender)) {
        await keys.destroy(id);
        await keys.deleteHalves(id);
        await drafts.deleteAllOf(id);
        await bidDocuments.keepOnly(id, []);
      }
      await bids.keepOnly(
        id,
        opened.map(({ contentId }) => contentId),
      );
      await tenders.change(id, deleteLeftovers, timeCause('leftovers-deleted', clock()));
    });
  };
