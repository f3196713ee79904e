import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from './environmentBook.ts';
import { settleAt } from './moves.ts';
import { askedBy, needsTime, settle } from './reservations.ts';
import { conflictAt, reserveStanding } from './resources/conflicts.ts';
import { full, mostReservations } from './resources/fitIn.ts';
import type { Obstacle } from './resources/inTheWay.ts';
import { nothingReserved } from './resources/resources.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';
import { takeTime } from './slot/takeTime.ts';
import type { SlotBook, WithoutTime } from './slotBook.ts';
import { termsOf } from './terms.ts';

type Deps = { readonly slots: SlotBook; readonly resources: ResourcesBook; readonly clock: Clock };

/** For how many slots time is reserved in one write: few enough to have taken it long before anybody asks what became of it. */
const securedAtOnce = 40;
const mostPasses = 3;

/**
 * Gives slots that were opened before their environment needed anything the time they stand on, those with bookings first. It is done before
 * anything else is reserved there, so nothing is ever put where they are. Quiet when there are none. What a full calendar does not take
 * stays without time.
 */
export const secureStanding = async (deps: Deps, terms: Terms): Promise<void> => {
  if (!needsTime(terms)) return;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const without = await deps.slots.withoutTime(terms.environmentId, deps.clock(), mostReservations);
    const row = without.toSorted((one, other) => Number(other.isBooked) - Number(one.isBooked));
    let given = true;
    for (let from = 0; from < row.length; from += securedAtOnce)
      given = (await secure(deps, terms, row.slice(from, from + securedAtOnce))) && given;
    if (given) return;
  }
  throw new Error(`slots of the environment ${terms.environmentId} did not take the time reserved for them`);
};

/** False when a slot had given up this very reservation meanwhile: it gets another one. */
const secure = async (deps: Deps, terms: Terms, slots: readonly WithoutTime[]): Promise<boolean> => {
  const at = deps.clock();
  const cause = timeCause('standing-slots', at);
  const host = terms.host.organisationId;
  const times = slots.map(({ id: slotId, startsAt, endsAt, abandoned }) =>
    askedBy(terms, { id: idFrom({ id: slotId }, `standing/${abandoned}`), slotId, startsAt, endsAt }),
  );
  const change = await deps.resources.change(
    host,
    (state) => reserveStanding(state, { times, settleAt: settleAt(at), at }),
    cause,
  );
  if (change.outcome !== 'done') throw new Error(`the calendar of ${host} did not say what it has reserved`);
  const reserved = new Set(change.state.reservations.map(({ id }) => id));
  const had = times.filter(({ id }) => reserved.has(id));
  const { needs = [], bufferMinutes } = terms;
  let given = true;
  for (const { id: reservationId, slotId } of had) {
    const took = await deps.slots.change(slotId, (now) => takeTime(now, { reservationId, needs, bufferMinutes }), cause);
    if (took.outcome !== 'done') given = false;
  }
  await settle(deps, host, ...had);
  return given;
};

/** The slot after all that stands in its environment got its time: what the environment is described by may be newer than the slot. */
export const securedSlot = async (
  deps: Deps & { readonly environments: EnvironmentBook },
  slot: KnownSlot,
): Promise<KnownSlot> => {
  const environment = await deps.environments.find(slot.terms.environmentId);
  if (environment === undefined || environment.status === 'none') return slot;
  await secureStanding(deps, termsOf(environment));
  const now = await deps.slots.find(slot.id);
  return now === undefined || now.status === 'none' ? slot : now;
};

/** The same of a slot that may have been opened before its environment needed anything: it gets its time first. */
export const conflictNow = async (
  deps: Deps & { readonly environments: EnvironmentBook },
  slot: KnownSlot,
  givingWay?: string,
): Promise<Obstacle | undefined> => {
  if (slot.reservationId !== undefined) return conflictOf(deps, slot, givingWay);
  const environment = await deps.environments.find(slot.terms.environmentId);
  if (environment === undefined || environment.status === 'none' || !needsTime(termsOf(environment))) return undefined;
  const secured = await securedSlot(deps, slot);
  return secured.status === 'open' && secured.reservationId === undefined ? full : conflictOf(deps, secured, givingWay);
};

/** What stands in the way of this slot, where it does not have what it needs by itself. */
export const conflictOf = async (
  { resources, clock }: Deps,
  { reservationId, terms }: KnownSlot,
  givingWay?: string,
): Promise<Obstacle | undefined> => {
  if (reservationId === undefined) return undefined;
  const calendar = (await resources.find(terms.host.organisationId)) ?? nothingReserved;
  return conflictAt(calendar, reservationId, clock(), givingWay);
};
