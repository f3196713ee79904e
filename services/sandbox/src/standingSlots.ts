import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from './environmentBook.ts';
import { settleAt } from './moves.ts';
import { askedBy, needsTime, settle } from './reservations.ts';
import { conflictsIn, reserveStanding } from './resources/conflicts.ts';
import type { Obstacle } from './resources/inTheWay.ts';
import { nothingReserved } from './resources/resources.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import { isToCome } from './slot/booking.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';
import { takeTime } from './slot/takeTime.ts';
import type { SlotBook } from './slotBook.ts';
import { termsOf } from './terms.ts';

type Deps = { readonly slots: SlotBook; readonly resources: ResourcesBook; readonly clock: Clock };

/**
 * Gives slots that were opened before their environment needed anything the time they stand on, those with bookings first. It is done before
 * anything else is reserved there, so nothing is ever put where they are. Quiet when there are none.
 */
export const secureStanding = async (deps: Deps, terms: Terms): Promise<void> => {
  if (!needsTime(terms)) return;
  const { slots, resources, clock } = deps;
  const at = clock();
  const without = await slots.withoutTime(terms.environmentId, at);
  if (without.length === 0) return;
  const host = terms.host.organisationId;
  const taking = without
    .toSorted((one, other) => comingTo(other) - comingTo(one))
    .map((slot) => ({ slot, id: reservationIdOf(slot) }));
  const times = taking.map(({ slot: { id: slotId, startsAt, endsAt }, id }) => askedBy(terms, { id, slotId, startsAt, endsAt }));
  const cause = timeCause('standing-slots', at);
  await resources.change(host, (state) => reserveStanding(state, { times, settleAt: settleAt(at), at }), cause);
  const { needs = [], bufferMinutes } = terms;
  for (const { slot, id } of taking)
    await slots.change(slot.id, (now) => takeTime(now, { reservationId: id, needs, bufferMinutes }), cause);
  await settle(deps, host, ...times);
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

const comingTo = ({ bookings }: KnownSlot): number => (bookings.some(isToCome) ? 1 : 0);

const reservationIdOf = ({ id, abandonedReservations = [] }: KnownSlot): string =>
  idFrom({ id }, `standing/${abandonedReservations.length}`);

/** The same of a slot that may have been opened before its environment needed anything: it gets its time first. */
export const conflictNow = async (
  deps: Deps & { readonly environments: EnvironmentBook },
  slot: KnownSlot,
): Promise<Obstacle | undefined> => conflictOf(deps, slot.reservationId === undefined ? await securedSlot(deps, slot) : slot);

/** What stands in the way of this slot, where it does not have what it needs by itself. */
export const conflictOf = async (
  { resources, clock }: Deps,
  { reservationId, terms }: KnownSlot,
): Promise<Obstacle | undefined> => {
  if (reservationId === undefined) return undefined;
  const calendar = (await resources.find(terms.host.organisationId)) ?? nothingReserved;
  return conflictsIn(calendar, clock()).find(({ reservation }) => reservation.id === reservationId)?.obstacle;
};
