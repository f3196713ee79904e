import { type Refused, refuse } from './refusals.ts';
import { isGivenUp } from './reservation.ts';
import type { Slot, SlotFact, Terms } from './slot.ts';
import { instantsOf, mayNotLast, reached, type When } from './times.ts';

export type OpenSlot = {
  readonly slotId: string;
  readonly terms: Terms;
  readonly when: When;
  readonly capacity: number;
  readonly hoursId?: string;
  /** Of what the slot needs at once, where it needs anything. */
  readonly reservationId?: string;
  readonly by: string;
  readonly at: string;
};

export const openSlot = (
  slot: Slot,
  { slotId, terms, when, capacity, hoursId, reservationId, by, at }: OpenSlot,
): readonly SlotFact[] | Refused => {
  if (terms.host.organisationId !== by) return refuse('not-the-host');
  if (slot.status !== 'none') return [];
  if (reservationId !== undefined && isGivenUp(slot, reservationId)) return refuse('reservation-abandoned');
  const times = instantsOf(when);
  if ('refused' in times) return times;
  const { startsAt, endsAt } = times;
  const no = mayNotLast(times);
  if (no) return no;
  if (reached(at, startsAt)) return refuse('starts-in-the-past');
  const of = hoursId === undefined ? {} : { hoursId };
  const on = reservationId === undefined ? {} : { reservationId };
  return [{ type: 'SlotOpened', slotId, terms, startsAt, endsAt, capacity, ...of, ...on }];
};
