import { type Refused, refuse } from './refusals.ts';
import type { Slot, SlotFact, Terms } from './slot.ts';
import { instantsOf, reached, type When } from './times.ts';

export type OpenSlot = {
  readonly slotId: string;
  readonly terms: Terms;
  readonly when: When;
  readonly capacity: number;
  readonly hoursId?: string;
  readonly by: string;
  readonly at: string;
};

export const openSlot = (
  slot: Slot,
  { slotId, terms, when, capacity, hoursId, by, at }: OpenSlot,
): readonly SlotFact[] | Refused => {
  if (terms.host.organisationId !== by) return refuse('not-the-host');
  if (slot.status !== 'none') return [];
  const times = instantsOf(when);
  if ('refused' in times) return times;
  const { startsAt, endsAt } = times;
  if (reached(startsAt, endsAt)) return refuse('ends-before-it-starts');
  if (reached(at, startsAt)) return refuse('starts-in-the-past');
  const of = hoursId === undefined ? {} : { hoursId };
  return [{ type: 'SlotOpened', slotId, terms, startsAt, endsAt, capacity, ...of }];
};
