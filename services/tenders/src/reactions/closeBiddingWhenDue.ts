import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { closeBidding } from '../tender/closeBidding.ts';
import type { TenderBook } from '../tenderBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

/** Tells everybody that bidding is over. Late bids are late without it: the rule is in the write. */
export const closeBiddingWhenDue =
  ({ tenders, clock }: { readonly tenders: TenderBook; readonly clock: Clock }) =>
  async (): Promise<void> => {
    await eachInTurn(await tenders.dueToClose(clock(), batch), (id) =>
      tenders.change(id, (tender) => closeBidding(tender, { at: clock() }), timeCause('bidding-closed', clock())),
    );
  };
