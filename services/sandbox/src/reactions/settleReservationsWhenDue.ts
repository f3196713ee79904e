import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { settle } from '../reservations.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import { reached } from '../slot/times.ts';
import type { SlotBook } from '../slotBook.ts';

/** How many hosts are looked at in one round; the next round takes the rest. */
const batch = 100;

/** Ends reservations that their own request did not: its process died, or is slow enough to count as dead. */
export const settleReservationsWhenDue =
  (deps: { readonly slots: SlotBook; readonly resources: ResourcesBook; readonly clock: Clock }) => async (): Promise<void> => {
    const at = deps.clock();
    const due = (await deps.resources.toSettle(at, batch)).flatMap(({ host, state }) =>
      state.reservations.filter(({ settleAt }) => settleAt !== null && reached(at, settleAt)).map((one) => ({ ...one, host })),
    );
    await eachInTurn(due, ({ host, ...reservation }) => settle(deps, host, reservation));
  };
