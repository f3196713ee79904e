import type { Clock } from '@umuhuza/service/clock';
import { settleMove } from '../moves.ts';
import { reached } from '../slot/times.ts';
import type { SlotBook } from '../slotBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

/** Ends moves that their own request did not: its process died, or is slow enough to count as dead. */
export const settleMovesWhenDue = (deps: { readonly slots: SlotBook; readonly clock: Clock }) => async (): Promise<void> => {
  const at = deps.clock();
  for (const { id: to, arrivals = [] } of await deps.slots.toSettle(at, batch))
    for (const { moveId, from, settleAt } of arrivals) if (reached(at, settleAt)) await settleMove(deps, { moveId, from, to });
};
