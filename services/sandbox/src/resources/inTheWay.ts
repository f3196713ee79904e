import { type Refused, refuse } from './refusals.ts';
import { type HostResources, millisecondsOf, type Reservation } from './resources.ts';
import { overlap, peak, spanOf, usesOf } from './use.ts';

/** Why a time cannot be had: what of the host's is missing, and when what is in the way is free again, as far as one can say. */
export type Obstacle = Refused & {
  readonly refused: Exclude<Refused['refused'], 'resource-in-use'>;
  readonly resource?: string;
  readonly freeAt?: string;
  /** The slot that has it. */
  readonly by?: { readonly slotId: string; readonly startsAt: string };
};

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
    return { ...refuse('environment-busy', detail), freeAt, by: slotOf(neighbour) };
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
      const [first, ...more] = having(others, resourceId, span);
      if (first === undefined) throw new Error(`nobody has what is taken of “${name}”`);
      const freeAt = Temporal.Instant.fromEpochMilliseconds(
        Math.min(...[first, ...more].map((one) => millisecondsOf(one.freeAt))),
      ).toString({ fractionalSecondDigits: 3 });
      const detail = `Of ${resource.quantity} of “${name}” ${used} are taken in this time, until ${freeAt}.`;
      return { ...refuse('resource-busy', detail), resource: name, freeAt, by: slotOf(first) };
    }
  }
  return undefined;
};

const slotOf = ({ slotId, startsAt }: Reservation) => ({ slotId, startsAt });

const having = (others: readonly Reservation[], resourceId: string, span: ReturnType<typeof spanOf>): readonly Reservation[] =>
  others.filter((other) => other.needs.some((need) => need.resourceId === resourceId) && overlap(spanOf(other), span));
