import type { Clock } from '@umuhuza/service/clock';
import type { BidDrafts } from '../bidDrafts.ts';
import type { TenderKeys } from '../sealing/tenderKeys.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;
/** From the deadline on. */
const keptFor = { hours: 24 * 30 };

type Deps = { readonly tenders: TenderBook; readonly keys: TenderKeys; readonly drafts: BidDrafts; readonly clock: Clock };

/**
 * Thirty days after the deadline what was prepared and never submitted is deleted, and with it the tender's key, unless its bids are
 * still sealed: after that there is nothing left that only it could read.
 */
export const forgetOldDrafts =
  ({ tenders, keys, drafts, clock }: Deps) =>
  async (): Promise<void> => {
    let last = '';
    for (;;) {
      const ids = await keys.tendersAfter(last, batch);
      for (const id of ids) {
        const tender = await tenders.look(id);
        const deadline = tender && 'terms' in tender ? tender.terms.deadline : undefined;
        if (!tender || deadline === undefined || tender.status === 'draft') continue;
        if (Temporal.Instant.compare(Temporal.Instant.from(deadline).add(keptFor), clock()) > 0) continue;
        await drafts.deleteAllOf(id);
        if (tender.status !== 'published' && tender.status !== 'closed') await keys.destroy(id);
      }
      if (ids.length < batch) return;
      last = ids.at(-1) ?? last;
    }
  };
