import { type Refused, refuse } from './refusals.ts';
import { evolve, type HostResources, millisecondsOf, type Need, type Reservation, type ResourcesFact } from './resources.ts';
import { overlap, peak, spanOf, usesOf } from './use.ts';

/** A host's whole calendar is one document, so it has an end. */
const mostReservations = 5_000;

export type AskedTime = {
  readonly id: string;
  readonly slotId: string;
  readonly environmentId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Minutes to tidy up after; without a number the environment may have other slots at the same time. */
  readonly bufferMinutes: number | null;
  readonly needs: readonly Need[];
};
export type ReserveTime = { readonly times: readonly AskedTime[]; readonly settleAt: string; readonly at: string };

/** All of these times with all they need, or nothing of it. Told again it stays quiet. */
export const reserveTime = (state: HostResources, { times, settleAt, at }: ReserveTime): readonly ResourcesFact[] | Refused => {
  let now = state;
  const facts: ResourcesFact[] = [];
  for (const asked of times) {
    if (now.reservations.some(({ id }) => id === asked.id)) continue;
    const reservation = reservationOf(asked, settleAt);
    const no = inTheWay(now, reservation);
    if (no) return no;
    const fact: ResourcesFact = { type: 'TimeReserved', reservation, at };
    now = evolve(now, fact);
    facts.push(fact);
  }
  return now.reservations.length > mostReservations
    ? refuse('calendar-full', `A host can have ${mostReservations} slots with resources to come.`)
    : facts;
};

const reservationOf = (
  { id, slotId, environmentId, startsAt, endsAt, bufferMinutes, needs }: AskedTime,
  settleAt: string,
): Reservation => ({
  id,
  slotId,
  environmentId,
  startsAt,
  freeAt: Temporal.Instant.from(endsAt)
    .add({ minutes: bufferMinutes ?? 0 })
    .toString({ fractionalSecondDigits: 3 }),
  needs,
  alone: bufferMinutes !== null,
  settleAt,
});

/** What a slot has already is no obstacle to another time of the same slot. */
const inTheWay = ({ resources, reservations }: HostResources, asked: Reservation): Refused | undefined => {
  const others = reservations.filter(({ slotId }) => slotId !== asked.slotId);
  const span = spanOf(asked);
  const neighbour = others.find(
    (other) => other.environmentId === asked.environmentId && (asked.alone || other.alone) && overlap(spanOf(other), span),
  );
  if (neighbour)
    return refuse(
      'environment-busy',
      `The environment has a slot at ${neighbour.startsAt}, and is free again at ${neighbour.freeAt}.`,
    );
  for (const { resourceId, quantity } of asked.needs) {
    const resource = resources.find(({ id }) => id === resourceId);
    if (!resource) return refuse('no-such-resource', `Your resources do not include “${resourceId}”.`);
    if (quantity > resource.quantity)
      return refuse(
        'not-enough-of-resource',
        `A slot needs ${quantity} of “${resource.name}”, and there are ${resource.quantity}.`,
      );
    const used = peak(usesOf(others, resourceId), span);
    if (used + quantity > resource.quantity)
      return refuse(
        'resource-busy',
        `Of ${resource.quantity} of “${resource.name}” ${used} are taken in this time, until ${freeAgain(others, resourceId, span)}.`,
      );
  }
  return undefined;
};

const freeAgain = (others: readonly Reservation[], resourceId: string, span: ReturnType<typeof spanOf>): string => {
  const ends = others
    .filter((other) => other.needs.some((need) => need.resourceId === resourceId) && overlap(spanOf(other), span))
    .map(({ freeAt }) => millisecondsOf(freeAt));
  return Temporal.Instant.fromEpochMilliseconds(Math.min(...ends)).toString();
};
