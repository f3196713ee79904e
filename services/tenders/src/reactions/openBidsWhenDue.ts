import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { type OpeningDeps, readForOpening } from '../opening.ts';
import { openBids } from '../tender/openBids.ts';

const batch = 100;

/** Bids open by themselves after the deadline, as soon as no question waits for an answer. */
export const openBidsWhenDue =
  ({ clock, ...deps }: OpeningDeps & { readonly clock: Clock }) =>
  async (): Promise<void> => {
    const { tenders } = deps;
    // What cannot be opened is told each round: somebody has to look into it.
    await eachInTurn(await tenders.dueToOpen(batch), async (id) => {
      const at = clock();
      const read = await readForOpening(deps, id, at);
      const change = await tenders.change(id, (tender) => openBids(tender, { ...read, at }), timeCause('bids-opened', at));
      if (change.outcome === 'refused' && change.refused === 'bids-not-readable')
        throw new Error('its bids should be open by now, and one of them cannot be read');
    });
  };
