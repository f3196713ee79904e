import { slugOf } from '../forms/slug.ts';

/** An id made of a name that none of those taken is: `room`, then `room-2`. */
export const freeIdOf = (name: string, taken: readonly string[]): string => {
  const base = slugOf(name).slice(0, 56) || 'resource';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id)) return id;
  }
};
