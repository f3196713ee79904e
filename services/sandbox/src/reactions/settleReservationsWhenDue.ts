import type { Clock } from '@umuhuza/service/clock';
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
    for (const { host, state } of await deps.resources.toSettle(at, batch))
      for (const reservation of state.reservations)
        if (reservation.settleAt !== null && reached(at, reservation.settleAt)) await settle(deps, host, reservation);
  };
