import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { passTime } from '../slot/passTime.ts';
import type { SlotBook } from '../slotBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

/** Says what time has brought: ended offers go to the next, and the start answers who still waits. */
export const passTimeInSlotsWhenDue =
  ({ slots, clock }: { readonly slots: SlotBook; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const at = clock();
    await eachInTurn(await slots.due(at, batch), (slotId) =>
      slots.change(slotId, (slot) => passTime(slot, { at }), timeCause('slot-due', at)),
    );
  };
