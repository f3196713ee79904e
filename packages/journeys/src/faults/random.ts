import { createHash } from 'node:crypto';

/** Choices that a seed repeats. Each part of a run takes a fork of its own, so that one part's choices do not depend on another's pace. */
export type Random = {
  /** At least 0, below 1. */
  readonly next: () => number;
  /** A whole number, at least 0, below `n`. */
  readonly below: (n: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly shuffled: <Item>(items: readonly Item[]) => Item[];
  readonly fork: (name: string) => Random;
};

const seedOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32LE();

/** Mulberry32 over a seed of any text. */
export const randomFrom = (seed: string): Random => {
  let state = seedOf(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[below(items.length)] as (typeof items)[number];
    },
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
    fork: (name) => randomFrom(`${seed}/${name}`),
  };
};
