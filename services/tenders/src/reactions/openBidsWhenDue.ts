import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { BidStore } from '../bidStore.ts';
import { readForOpening } from '../opening.ts';
import type { Organisations } from '../organisations.ts';
import { openBids } from '../tender/openBids.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;

type Deps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly organisations: Organisations;
  readonly clock: Clock;
};

/** Bids open by themselves after the deadline, as soon as no question waits for an answer. */
export const openBidsWhenDue =
  ({ tenders, bids, organisations, clock }: Deps) =>
  async (): Promise<void> => {
    const stuck: string[] = [];
    for (const id of await tenders.dueToOpen(batch)) {
      const at = clock();
      const contents = await readForOpening({ tenders, bids, organisations }, id, at);
      const change = await tenders.change(id, (tender) => openBids(tender, { contents, at }), timeCause('bids-opened', at));
      if (change.outcome === 'refused' && change.refused === 'bids-not-readable') stuck.push(id);
    }
    // Said only after all others had their turn, and again each round: somebody has to look into it.
    if (stuck.length > 0) throw new Error(`tenders that should be open by now cannot be opened: ${stuck.join(', ')}`);
  };
