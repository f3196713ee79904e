import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { settleMove } from '../moves.ts';
import { reached } from '../slot/times.ts';
import type { SlotBook } from '../slotBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

/** Ends moves that their own request did not: its process died, or is slow enough to count as dead. */
export const settleMovesWhenDue = (deps: { readonly slots: SlotBook; readonly clock: Clock }) => async (): Promise<void> => {
  const at = deps.clock();
  const due = (await deps.slots.toSettle(at, batch)).flatMap(({ id: to, arrivals = [] }) =>
    arrivals.filter(({ settleAt }) => reached(at, settleAt)).map(({ moveId: id, from }) => ({ id, from, to })),
  );
  await eachInTurn(due, ({ id: moveId, from, to }) => settleMove(deps, { moveId, from, to }));
};
