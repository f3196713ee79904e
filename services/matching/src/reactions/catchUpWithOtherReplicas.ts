import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { Market } from '../market.ts';
import type { Telling } from '../telling.ts';

/**
 * Each event reaches one replica of this service only. What another one learned is read from the database, and compared with what only
 * this one knew when it came: a firm and a tender heard by two replicas at the same moment find each other here.
 */
export const catchUpWithOtherReplicas =
  ({ market, telling, clock }: { readonly market: Market; readonly telling: Telling; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const { tenders, firms } = await market.catchUp();
    for (const tenderId of tenders) await telling.draw(tenderId, timeCause('tender-from-replica', clock()));
    for (const organisationId of firms) await telling.consider(organisationId, timeCause('firm-from-replica', clock()));
  };
