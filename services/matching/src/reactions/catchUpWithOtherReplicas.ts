import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { Market, News } from '../market.ts';
import type { Telling } from '../telling.ts';

type CatchUpOptions = {
  readonly market: Pick<Market, 'catchUp'>;
  readonly telling: Telling;
  readonly clock: Clock;
};

/**
 * Each event reaches one replica of this service only. What another one learned is read from the database, and compared with what only
 * this one knew when it came: a firm and a tender heard by two replicas at the same moment find each other here. What could not be told
 * is told in a later round.
 */
export const catchUpWithOtherReplicas = ({ market, telling, clock }: CatchUpOptions): (() => Promise<void>) => {
  const untold: News = { tenders: new Set(), firms: new Set() };
  return async () => {
    await market.catchUp(untold);
    const drawn = () => tellEach(untold.tenders, (id) => telling.draw(id, timeCause('tender-from-replica', clock())));
    const considered = () => tellEach(untold.firms, (id) => telling.consider(id, timeCause('firm-from-replica', clock())));
    await eachInTurn(
      [
        { id: 'tenders', tell: drawn },
        { id: 'firms', tell: considered },
      ],
      ({ tell }) => tell(),
    );
  };
};

/** What fails goes behind the others: what looks like an outage ends a round, and must not end each next one at the same place. */
const tellEach = (untold: Set<string>, tell: (id: string) => Promise<void>): Promise<void> =>
  eachInTurn([...untold], async (id) => {
    untold.delete(id);
    try {
      await tell(id);
    } catch (error) {
      untold.add(id);
      throw error;
    }
  });
