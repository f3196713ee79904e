import { describe, expect, it } from 'vitest';
import { type Ended, together } from './together.ts';

/** Long enough for a round that ended to be answered and the next one to begin. */
const turn = async () => {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve));
};

/** Work that is let go by hand, and keeps what it was asked. */
const byHand = () => {
  const rounds: { readonly items: readonly number[]; readonly end: (ended?: readonly Ended<number>[]) => void }[] = [];
  const work = (items: readonly number[]) =>
    new Promise<readonly Ended<number>[]>((resolve) =>
      rounds.push({ items, end: (ended = items.map((item) => ({ value: item * 10 }))) => resolve(ended) }),
    );
  return { rounds, work };
};

describe('asking together', () => {
  it('takes one round for all who ask within a turn, and answers each for itself', async () => {
    const { rounds, work } = byHand();
    const ask = together(work);
    const answers = Promise.all([1, 2, 3].map(ask));
    await turn();
    expect(rounds.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    rounds[0]?.end();
    expect(await answers).toEqual([10, 20, 30]);
  });

  it('gathers who asks while the rounds before are under way, no more than so many at a time', async () => {
    const { rounds, work } = byHand();
    const ask = together(work, { most: 2, atOnce: 1 });
    const first = ask(1);
    await turn();
    const others = [2, 3, 4].map(ask);
    await turn();
    expect(rounds.map(({ items }) => items)).toEqual([[1]]);
    rounds[0]?.end();
    await first;
    await turn();
    expect(rounds.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    rounds[1]?.end();
    await turn();
    rounds[2]?.end();
    expect(await Promise.all(others)).toEqual([20, 30, 40]);
  });

  it('lets one fail without the others', async () => {
    const ask = together(async (items: readonly number[]) =>
      items.map((item) => (item === 2 ? { error: new Error('not two') } : { value: item })),
    );
    const [one, two, three] = await Promise.allSettled([1, 2, 3].map(ask));
    expect([one, three].map((ended) => ended?.status)).toEqual(['fulfilled', 'fulfilled']);
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'not two' } });
  });

  it('tells a whole round that its work failed, and goes on with the next', async () => {
    let rounds = 0;
    const ask = together(async (items: readonly number[]) => {
      rounds += 1;
      if (rounds === 1) throw new Error('away');
      return items.map((value) => ({ value }));
    });
    await expect(ask(1)).rejects.toThrow('away');
    expect(await ask(2)).toBe(2);
  });
});
