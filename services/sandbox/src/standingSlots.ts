import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from './environmentBook.ts';
import { settleAt } from './moves.ts';
import { askedBy, needsTime, settle } from './reservations.ts';
import { conflictAt, reserveStanding } from './resources/conflicts.ts';
import { full, isFull, mostReservations } from './resources/fitIn.ts';
import type { Obstacle } from './resources/inTheWay.ts';
import { type HostResources, nothingReserved } from './resources/resources.ts';
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

/** False when a slot had given up this very reservation meanwhile, or has another time by now: it gets another one. */
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
  // As the calendar has them: under the same id it may have kept the time that a slot had before.
  const asked = new Set(times.map(({ id }) => id));
  const had = change.state.reservations.filter(({ id }) => asked.has(id));
  const { needs = [], bufferMinutes } = terms;
  let given = true;
  for (const { id: reservationId, slotId, startsAt, freeAt } of had) {
    const took = await deps.slots.change(
      slotId,
      (now) => takeTime(now, { reservationId, startsAt, freeAt, needs, bufferMinutes }),
      cause,
    );
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

/** Whether the slot's environment needs something by now, and a full calendar gave the slot nothing of it. */
export const lacksTime = async (
  { environments }: { readonly environments: EnvironmentBook },
  { reservationId, terms }: KnownSlot,
): Promise<boolean> => {
  if (reservationId !== undefined) return false;
  const environment = await environments.find(terms.environmentId);
  return environment !== undefined && environment.status !== 'none' && needsTime(termsOf(environment));
};

/**
 * What stands in the way of this slot, where it does not have what it needs by itself. One that has no time although its environment needs
 * some by now gets it first, where the calendar takes it.
 */
export const conflictNow = async (
  deps: Deps & { readonly environments: EnvironmentBook },
  slot: KnownSlot,
  givingWay?: string,
): Promise<Obstacle | undefined> => {
  if (slot.reservationId !== undefined) return conflictOf(deps, slot, slot.reservationId, givingWay);
  const environment = await deps.environments.find(slot.terms.environmentId);
  if (environment === undefined || environment.status === 'none') return undefined;
  const terms = termsOf(environment);
  if (!needsTime(terms)) return undefined;
  // A full calendar takes nothing, however often it is asked.
  if (isFull(await calendarOf(deps, slot), deps.clock())) return full;
  await secureStanding(deps, terms);
  const secured = await deps.slots.find(slot.id);
  if (secured === undefined || secured.status === 'none' || secured.reservationId === undefined) return full;
  return conflictOf(deps, secured, secured.reservationId, givingWay);
};

const calendarOf = async ({ resources }: Deps, { terms }: KnownSlot): Promise<HostResources> =>
  (await resources.find(terms.host.organisationId)) ?? nothingReserved;

const conflictOf = async (
  deps: Deps,
  slot: KnownSlot,
  reservationId: string,
  givingWay: string | undefined,
): Promise<Obstacle | undefined> => conflictAt(await calendarOf(deps, slot), reservationId, deps.clock(), givingWay);
