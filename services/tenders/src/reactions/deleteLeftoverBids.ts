import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { BidStore } from '../bidStore.ts';
import { deleteLeftovers } from '../tender/deleteLeftovers.ts';
import { openingOf } from '../tender/tender.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;

/** Deletes what cancelled, withdrawn and never confirmed bids said, also when a crash came in between. */
export const deleteLeftoverBids =
  ({ tenders, bids, clock }: { readonly tenders: TenderBook; readonly bids: BidStore; readonly clock: Clock }) =>
  async (): Promise<void> => {
    for (const id of await tenders.withLeftovers(batch)) {
      const tender = await tenders.find(id);
      const opened = (tender && openingOf(tender)?.bids) ?? [];
      await bids.keepOnly(
        id,
        opened.map(({ contentId }) => contentId),
      );
      await tenders.change(id, deleteLeftovers, timeCause('leftovers-deleted', clock()));
    }
  };
