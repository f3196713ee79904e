import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { type OpeningDeps, readForOpening } from '../opening.ts';
import { openBids } from '../tender/openBids.ts';

const batch = 100;

/** Bids open by themselves after the deadline, as soon as no question waits for an answer. */
export const openBidsWhenDue =
  ({ clock, ...deps }: OpeningDeps & { readonly clock: Clock }) =>
  async (): Promise<void> => {
    const { tenders } = deps;
    const stuck: string[] = [];
    for (const id of await tenders.dueToOpen(batch)) {
      const at = clock();
      const read = await readForOpening(deps, id, at);
      const change = await tenders.change(id, (tender) => openBids(tender, { ...read, at }), timeCause('bids-opened', at));
      if (change.outcome === 'refused' && change.refused === 'bids-not-readable') stuck.push(id);
    }
    // Said only after all others had their turn, and again each round: somebody has to look into it.
    if (stuck.length > 0) throw new Error(`tenders that should be open by now cannot be opened: ${stuck.join(', ')}`);
  };
