import { type Refused, refuse } from './refusals.ts';
import { type HostResources, millisecondsOf, type Reservation } from './resources.ts';
import { overlap, peak, spanOf, usesOf } from './use.ts';

/** Why a time cannot be had: what of the host's is missing, and when what is in the way is free again, as far as one can say. */
export type Obstacle = Refused & { readonly resource?: string; readonly freeAt?: string };

/** What a slot has already is no obstacle to another time of the same slot. */
export const inTheWay = ({ resources, reservations }: HostResources, asked: Reservation): Obstacle | undefined => {
  const others = reservations.filter(({ slotId }) => slotId !== asked.slotId);
  const span = spanOf(asked);
  const neighbour = others.find(
    (other) => other.environmentId === asked.environmentId && (asked.alone || other.alone) && overlap(spanOf(other), span),
  );
  if (neighbour) {
    const { startsAt, freeAt } = neighbour;
    const detail = `The environment has a slot at ${startsAt}, and is free again at ${freeAt}.`;
    return { ...refuse('environment-busy', detail), freeAt };
  }
  for (const { resourceId, quantity } of asked.needs) {
    const resource = resources.find(({ id }) => id === resourceId);
    if (!resource)
      return { ...refuse('no-such-resource', `Your resources do not include “${resourceId}”.`), resource: resourceId };
    const { name } = resource;
    if (quantity > resource.quantity) {
      const detail = `A slot needs ${quantity} of “${name}”, and there are ${resource.quantity}.`;
      return { ...refuse('not-enough-of-resource', detail), resource: name };
    }
    const used = peak(usesOf(others, resourceId), span);
    if (used + quantity > resource.quantity) {
      const freeAt = freeAgain(others, resourceId, span);
      const detail = `Of ${resource.quantity} of “${name}” ${used} are taken in this time, until ${freeAt}.`;
      return { ...refuse('resource-busy', detail), resource: name, freeAt };
    }
  }
  return undefined;
};

const freeAgain = (others: readonly Reservation[], resourceId: string, span: ReturnType<typeof spanOf>): string => {
  const ends = others
    .filter((other) => other.needs.some((need) => need.resourceId === resourceId) && overlap(spanOf(other), span))
    .map(({ freeAt }) => millisecondsOf(freeAt));
  return Temporal.Instant.fromEpochMilliseconds(Math.min(...ends)).toString({ fractionalSecondDigits: 3 });
};
