/**
 * A set of sequence numbers as sorted, disjoint, non-adjacent inclusive ranges, flat: [from, to, from, to, …].
 * Applied sequences are kept for ever, so a run of a thousand costs two numbers.
 */
export type SequenceSet = readonly number[];

export const includes = (set: SequenceSet, n: number): boolean => {
  for (let i = 0; i < set.length; i += 2) {
    if (n < (set[i] as number)) return false;
    if (n <= (set[i + 1] as number)) return true;
  }
  return false;
};

export const add = (set: SequenceSet, n: number): SequenceSet => {
  if (includes(set, n)) return set;
  const next: number[] = [];
  let from = n;
  let to = n;
  let placed = false;
  for (let i = 0; i < set.length; i += 2) {
    const a = set[i] as number;
    const b = set[i + 1] as number;
    if (b + 1 === from) from = a;
    else if (to + 1 === a) to = b;
    else {
      if (!placed && a > to) {
        next.push(from, to);
        placed = true;
      }
      next.push(a, b);
    }
  }
  if (!placed) next.push(from, to);
  return next;
};
