/** Does the work for one after the other. One that fails holds up no other: it is told, by its id, when all have had their turn. */
export const eachInTurn = async (ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> => {
  const failed: { readonly id: string; readonly error: unknown }[] = [];
  for (const id of ids) {
    try {
      await work(id);
    } catch (error) {
      failed.push({ id, error });
    }
  }
  if (failed.length === 0) return;
  const errors = failed.map(({ error }) => error);
  throw new AggregateError(errors, `${failed.map(({ id }) => id).join(', ')}: ${String(errors[0])}`);
};
