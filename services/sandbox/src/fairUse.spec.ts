import { setImmediate as later } from 'node:timers/promises';
import { keyedQueue } from '@umuhuza/eventing/keyedQueue';
import { describe, expect, it } from 'vitest';
import { fairUseOf } from './fairUse.ts';

/** Replicas that share what is stored, and nothing else. */
const replicas = (how: number, begunWith: number) => {
  let open = begunWith;
  let turnsTaken = 0;
  const queue = keyedQueue();
  const turns = {
    take: <Result>(name: string, act: () => Promise<Result>) => {
      turnsTaken += 1;
      return queue(name, act);
    },
  };
  const slots = { openOf: async () => open };
  const books = Array.from({ length: how }, () => fairUseOf(slots, turns, { openBookings: 20, openHolds: 20, waiting: 20 })).map(
    (fairUse) => () =>
      fairUse.within('openBookings', 'org', '2026-11-26T12:00:00.000Z', async (no) => {
        await later();
        if (!no) open += 1;
        return no?.refused ?? 'booked';
      }),
  );
  return { books, open: () => open, turnsTaken: () => turnsTaken };
};

describe('fair use over replicas', () => {
  it.each([2, 3, 4])(
    'lets a company through for the last place once, when %i of them are asked at the same instant',
    async (how) => {
      const { books, open } = replicas(how, 19);
      const answers = await Promise.all(books.map((book) => book()));
      expect(answers.toSorted()).toEqual(['booked', ...Array(how - 1).fill('too-many-bookings')]);
      expect(open()).toBe(20);
    },
  );
  it('comes to the limit and not over it, however many are asked', async () => {
    const { books, open } = replicas(4, 0);
    await Promise.all(Array.from({ length: 10 }, () => books.map((book) => book())).flat());
    expect(open()).toBe(20);
  });
  it('takes no turn far from the limit, nor at it', async () => {
    const far = replicas(2, 3);
    await Promise.all(far.books.map((book) => book()));
    const full = replicas(2, 20);
    await Promise.all(full.books.map((book) => book()));
    expect([far.turnsTaken(), far.open(), full.turnsTaken(), full.open()]).toEqual([0, 5, 0, 20]);
  });
});
