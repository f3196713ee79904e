import { isOutage } from '@umuhuza/eventing/outage';

/** What is worked on, known by its id. */
type Item = string | { readonly id: string };

/**
 * Does the work for one after the other. One that fails holds up no other: it is told, by its id, when all have had their turn. Where the database
 * is away it is away for all of them, and the rest is left to the next round.
 */
export const eachInTurn = async <One extends Item>(
  items: readonly One[],
  work: (item: One) => Promise<unknown>,
): Promise<void> => {
  const failed: { readonly id: string; readonly error: unknown }[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failed.push({ id: typeof item === 'string' ? item : item.id, error });
      if (isOutage(error)) break;
    }
  }
  if (failed.length === 0) return;
  const errors = failed.map(({ error }) => error);
  throw new AggregateError(errors, `${failed.map(({ id }) => id).join(', ')}: ${String(errors[0])}`);
};
