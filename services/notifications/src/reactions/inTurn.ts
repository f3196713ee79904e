import type { EventName } from '@umuhuza/contracts/catalogue';
import type { Heard, Reactions } from '@umuhuza/eventing/hear';

/** Both hear what both wait for, the first first. Each knows what it has done, so that a retry after the second failed repeats nothing. */
export const inTurn = (first: Reactions, second: Reactions): Reactions => {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])] as EventName[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (heard: Heard) => {
        for (const reaction of [first[name], second[name]])
          await (reaction as ((heard: Heard) => Promise<unknown>) | undefined)?.(heard);
      },
    ]),
  );
};
