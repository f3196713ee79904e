import type { Reaction } from '@umuhuza/eventing/hear';
import type { Clock } from '@umuhuza/service/clock';
import { settleThoseOf } from '../reservations.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import type { SlotBook } from '../slotBook.ts';

/** A slot that closed or has another time gives back what it stood on, also when the process that changed it died at once. */
export const settleReservationsWhenSlotChanges =
  (deps: {
    readonly slots: SlotBook;
    readonly resources: ResourcesBook;
    readonly clock: Clock;
  }): Reaction<'sandbox.SlotClosed' | 'sandbox.SlotRescheduled'> =>
  async ({ data: { slotId } }) => {
    const slot = await deps.slots.find(slotId);
    if (slot && slot.status !== 'none') await settleThoseOf(deps, slot.terms.host.organisationId, [slot]);
  };
