/**
 * What is asked one by one, each remembered by itself, goes over the line in few questions: what is asked within one turn goes together, at
 * most so many at once. Null is what nobody knows.
 */
export const gathered = <Answer>(
  askMany: (names: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
  most: number,
): ((name: string) => Promise<Answer | null>) => {
  type Question = { readonly names: Set<string>; readonly answers: Promise<ReadonlyMap<string, Answer>> };
  let open: Question | undefined;
  const begin = (): Question => {
    const names = new Set<string>();
    const answers = Promise.resolve().then(() => {
      if (open?.names === names) open = undefined;
      return askMany([...names]);
    });
    return { names, answers };
  };
  return async (name) => {
    if (!open || (open.names.size >= most && !open.names.has(name))) open = begin();
    open.names.add(name);
    return (await open.answers).get(name) ?? null;
  };
};
