import type { Answer } from '@umuhuza/eventing/bookDocument';
import { type Cause, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { settleAt, stepOf } from './moves.ts';
import type { Refused as ResourcesRefused } from './resources/refusals.ts';
import { type AskedTime, reserveTime } from './resources/reserveTime.ts';
import type { Reservation } from './resources/resources.ts';
import { settleReservation } from './resources/settleReservation.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import { openSlot } from './slot/openSlot.ts';
import type { Refused } from './slot/refusals.ts';
import { abandonReservation, standsOn } from './slot/reservation.ts';
import { type KnownSlot, noSlot, type Slot, type Terms } from './slot/slot.ts';
import { instantsOf, type When } from './slot/times.ts';
import type { SlotBook } from './slotBook.ts';

type Deps = { readonly slots: SlotBook; readonly resources: ResourcesBook; readonly clock: Clock };

/** Whether a slot on these terms has to ask for its time before it can have it. */
const needsTime = ({ needs = [], bufferMinutes }: Terms): boolean => needs.length > 0 || bufferMinutes !== undefined;

/**
 * Reserves all that a slot on these terms needs in this time, or nothing. Without needs there is nothing to reserve: undefined. The time is
 * one that the rules of slots have accepted.
 */
export const reserveFor = async (
  { resources, clock }: Deps,
  { id, slotId, terms, when }: { readonly id: string; readonly slotId: string; readonly terms: Terms; readonly when: When },
  cause: Cause,
): Promise<string | undefined | Refused | ResourcesRefused> => {
  if (!needsTime(terms)) return undefined;
  const times = instantsOf(when);
  if ('refused' in times) return times;
  const { environmentId, needs = [], bufferMinutes = null } = terms;
  const asked: AskedTime = { id, slotId, environmentId, ...times, bufferMinutes, needs };
  const reserved = await resources.change(
    terms.host.organisationId,
    (state) => {
      const at = clock();
      return reserveTime(state, { times: [asked], settleAt: settleAt(at), at });
    },
    stepOf(cause, `reserve/${id}`),
  );
  return reserved.outcome === 'refused' ? ({ refused: reserved.refused, detail: reserved.detail ?? '' } as ResourcesRefused) : id;
};

/**
 * Ends a reservation's waiting, whoever made it. Its slot decides: if it stands on it the time is kept, otherwise the slot first makes sure
 * that it never will, and then the time is free again.
 */
export const settle = async (
  { slots, resources, clock }: Deps,
  host: string,
  { id: reservationId, slotId }: Pick<Reservation, 'id' | 'slotId'>,
): Promise<void> => {
  const cause = timeCause('reservation-settled', clock());
  const decided = await slots.change(slotId, (slot) => abandonReservation(slot, { reservationId }), cause);
  if (decided.outcome !== 'done')
    throw new Error(`the slot ${slotId} did not say whether it stands on the reservation ${reservationId}`);
  const stands = standsOn(decided.state, reservationId);
  await resources.change(host, (state) => settleReservation(state, { reservationId, stands, at: clock() }), cause);
};

export type NewSlot = {
  readonly slotId: string;
  readonly terms: Terms;
  readonly when: When;
  readonly capacity: number;
  readonly hoursId?: string;
  readonly by: string;
};

/** Opens a slot together with all it needs. Two documents, and the slot's own decides: see `settle`. */
export const openReservedSlot = async <A extends Answer>(
  deps: Deps,
  { slotId, ...asked }: NewSlot,
  cause: Cause,
  answer?: (slot: Slot) => A,
) => {
  const { slots, clock } = deps;
  const open = (reserved: { readonly reservationId?: string }) =>
    slots.change(slotId, (slot) => openSlot(slot, { slotId, ...asked, ...reserved, at: clock() }), cause, answer);
  if (!needsTime(asked.terms)) return open({});
  // A repeated request finds its slot; what the rules refuse anyway takes nobody's time meanwhile.
  const known = await slots.find(slotId);
  const foreseen = openSlot(noSlot, { slotId, ...asked, at: clock() });
  if ((known && known.status !== 'none') || 'refused' in foreseen) return open({});
  const reservationId = await reserveFor(deps, { id: slotId, slotId, ...asked }, cause);
  if (typeof reservationId === 'object') return { outcome: 'refused' as const, ...reservationId };
  const change = await open(reservationId === undefined ? {} : { reservationId });
  await settle(deps, asked.terms.host.organisationId, { id: slotId, slotId });
  return change;
};

/** What of a slot's reservations its own word is enough for: the one it stands on, and those it had. New ones are settled by who made them. */
export const settleThoseOf = async (deps: Deps, slot: KnownSlot): Promise<void> => {
  const host = slot.terms.host.organisationId;
  const state = await deps.resources.find(host);
  const known = (state?.reservations ?? []).filter(
    ({ id, slotId, settleAt: waits }) =>
      slotId === slot.id && (id === slot.reservationId ? waits !== null || slot.status === 'closed' : waits === null),
  );
  for (const reservation of known) await settle(deps, host, reservation);
};
