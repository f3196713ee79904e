/** Who can be an evaluator: the members, and whoever is one though they have left since, so that they can be taken off. */
export const peopleToAppoint = (
  members: readonly { readonly userId: string }[],
  appointed: readonly string[],
): readonly string[] => [...new Set([...members.map(({ userId }) => userId), ...appointed])];
