import { sharing } from './sharing.ts';
import { steadily } from './steadily.ts';
import { isSealed } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

/**
 * Milliseconds that a change of a tender with sealed bids takes at least. It reads and writes all of them: with 200 an amendment took three
 * milliseconds longer than with none.
 */
const changedFor = 40;
/** And a look at the whole tender, as before an opening. */
const foundFor = 20;

/**
 * The tenders for those who ask from outside: while bids are sealed no change is done sooner than after a while that is long enough for
 * hundreds of bids, so that its time does not tell how many there are. Drafts and opened tenders are not kept waiting.
 */
export const steadyTenders = (tenders: TenderBook): TenderBook => ({
  ...tenders,
  find: sharing((id) => steadily(foundFor, tenders.find(id))),
  change: async (id, decide, cause, answer) => {
    const passed = Promise.withResolvers<void>();
    const timer = setTimeout(passed.resolve, changedFor);
    // What a repetition is told was decided before: it waits in any case.
    let waits = true;
    const change = await tenders
      .change(
        id,
        (tender, tenderId) => {
          waits = isSealed(tender);
          return decide(tender, tenderId);
        },
        cause,
        answer,
      )
      .finally(() => {
        if (waits) return;
        clearTimeout(timer);
        passed.resolve();
      });
    await passed.promise;
    return change;
  },
});
