import type { Answer } from '@umuhuza/eventing/bookDocument';
import { type Cause, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { settleAt, stepOf } from './moves.ts';
import type { AskedTime } from './resources/fitIn.ts';
import type { Refused as ResourcesRefused } from './resources/refusals.ts';
import { reserveTime, reserveWhatFits } from './resources/reserveTime.ts';
import type { Reservation } from './resources/resources.ts';
import { settleReservation } from './resources/settleReservation.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import { openSlot } from './slot/openSlot.ts';
import type { Refused } from './slot/refusals.ts';
import { abandonReservation, isGivenUp, standsOn } from './slot/reservation.ts';
import { type KnownSlot, noSlot, type Slot, type Terms } from './slot/slot.ts';
import { instantsOf, type When } from './slot/times.ts';
import type { SlotBook } from './slotBook.ts';

type Deps = { readonly slots: SlotBook; readonly resources: ResourcesBook; readonly clock: Clock };

/** Whether a slot on these terms has to ask for its time before it can have it. */
export const needsTime = ({ needs = [], bufferMinutes }: Pick<Terms, 'needs' | 'bufferMinutes'>): boolean =>
  needs.length > 0 || bufferMinutes !== undefined;

/** What a slot on these terms asks for, by its instants. */
export const askedBy = (
  { environmentId, needs = [], bufferMinutes }: Pick<Terms, 'environmentId' | 'needs' | 'bufferMinutes'>,
  { id, slotId, startsAt, endsAt }: Pick<AskedTime, 'id' | 'slotId' | 'startsAt' | 'endsAt'>,
): AskedTime => ({ id, slotId, environmentId, startsAt, endsAt, bufferMinutes: bufferMinutes ?? null, needs });

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
  const asked = askedBy(terms, { id, slotId, ...times });
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

/** Reserves those of these times that can be had, in their order and in one write. Gives back which. */
export const reserveThoseThatFit = async (
  { resources, clock }: Deps,
  host: string,
  times: readonly AskedTime[],
  cause: Cause,
): Promise<ReadonlySet<string>> => {
  if (times.length === 0) return new Set();
  const reserved = await resources.change(
    host,
    (state) => {
      const at = clock();
      return reserveWhatFits(state, { times, settleAt: settleAt(at), at });
    },
    cause,
  );
  if (reserved.outcome !== 'done') throw new Error(`the calendar of ${host} did not say what it has reserved`);
  const asked = new Set(times.map(({ id }) => id));
  return new Set(reserved.state.reservations.flatMap(({ id }) => (asked.has(id) ? [id] : [])));
};

/**
 * Ends the waiting of reservations, whoever made them. Each slot decides: if it stands on it the time is kept, otherwise the slot first makes
 * sure that it never will, and then the time is free again. Who moves a slot leaves to others what still waits for its answer; so once it is
 * kept the slot is asked again.
 */
export const settle = async (
  deps: Deps,
  host: string,
  ...reservations: readonly Pick<Reservation, 'id' | 'slotId'>[]
): Promise<void> => {
  if (reservations.length === 0) return;
  const { slots, resources, clock } = deps;
  const cause = timeCause('reservation-settled', clock());
  const said = await Promise.all(
    reservations.map(async ({ id: reservationId, slotId }) => {
      const decided = await slots.change(slotId, (slot) => abandonReservation(slot, { reservationId }), cause);
      if (decided.outcome !== 'done')
        throw new Error(`the slot ${slotId} did not say whether it stands on the reservation ${reservationId}`);
      return { reservationId, slotId, stands: standsOn(decided.state, reservationId) };
    }),
  );
  // Each is about another reservation, so they may be decided side by side.
  await resources.change(host, (state) => said.flatMap((one) => settleReservation(state, { ...one, at: clock() })), cause);
  const kept = said.filter(({ stands }) => stands);
  if (kept.length === 0) return;
  const now = new Map((await slots.known(kept.map(({ slotId }) => slotId))).map((slot) => [slot.id, slot]));
  const movedOn = kept.filter(({ reservationId, slotId }) => !standsOn(now.get(slotId) ?? noSlot, reservationId));
  await settle(deps, host, ...movedOn.map(({ reservationId: id, slotId }) => ({ id, slotId })));
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
  if (known && known.status !== 'none') {
    const told = await open({});
    // Where the process died that opened it, its time still waits.
    await settleThoseOf(deps, asked.terms.host.organisationId, [known]);
    return told;
  }
  if ('refused' in foreseen) return open({});
  const reservationId = await reserveFor(deps, { id: slotId, slotId, ...asked }, cause);
  if (typeof reservationId === 'object') return slots.change(slotId, () => reservationId, cause, answer);
  const change = await open(reservationId === undefined ? {} : { reservationId });
  await settle(deps, asked.terms.host.organisationId, { id: slotId, slotId });
  return change;
};

/**
 * What of slots' reservations their own word is enough for: those they stand on, and those they had, kept or not: who made them may still be
 * about to keep them. New ones are settled by who made them.
 */
export const settleThoseOf = async (deps: Deps, host: string, slots: readonly KnownSlot[]): Promise<void> => {
  if (slots.length === 0) return;
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  const known = ((await deps.resources.find(host))?.reservations ?? []).filter(({ id, slotId, settleAt: waits }) => {
    const slot = byId.get(slotId);
    if (slot === undefined) return false;
    return id === slot.reservationId ? waits !== null || slot.status === 'closed' : waits === null || isGivenUp(slot, id);
  });
  // Not all at once: hours that end may have hundreds.
  for (let from = 0; from < known.length; from += 40) await settle(deps, host, ...known.slice(from, from + 40));
};
