import { describe, expect, it } from 'vitest';
import { gathered } from './gathered.ts';

const asking = (most: number, answer = (name: string): string | undefined => `${name}!`) => {
  const questions: (readonly string[])[] = [];
  const ask = gathered(async (names) => {
    questions.push(names);
    return new Map(
      names.flatMap((name) => {
        const said = answer(name);
        return said === undefined ? [] : [[name, said] as const];
      }),
    );
  }, most);
  return { ask, questions };
};

describe('what is asked one by one', () => {
  it('goes in one question, each name once', async () => {
    const { ask, questions } = asking(100);
    expect(await Promise.all(['a', 'b', 'a'].map(ask))).toEqual(['a!', 'b!', 'a!']);
    expect(questions).toEqual([['a', 'b']]);
  });

  it('in as many as its bound wants', async () => {
    const { ask, questions } = asking(2);
    expect(await Promise.all(['a', 'b', 'b', 'c', 'd', 'e'].map(ask))).toEqual(['a!', 'b!', 'b!', 'c!', 'd!', 'e!']);
    expect(questions).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('is asked anew later', async () => {
    const { ask, questions } = asking(2);
    await ask('a');
    await ask('a');
    expect(questions).toEqual([['a'], ['a']]);
  });

  it('and what nobody knows is nothing', async () => {
    const { ask } = asking(2, (name) => (name === 'a' ? 'A' : undefined));
    expect(await Promise.all([ask('a'), ask('b')])).toEqual(['A', null]);
  });

  it('fails for those only who were asked together', async () => {
    const { ask } = asking(1, (name) => {
      if (name === 'a') throw new Error('no line');
      return name;
    });
    expect(await Promise.allSettled([ask('a'), ask('b')])).toMatchObject([{ status: 'rejected' }, { value: 'b' }]);
  });
});
