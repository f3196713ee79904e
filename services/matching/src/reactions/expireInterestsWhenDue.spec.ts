import { describe, expect, it } from 'vitest';
import { expireInterestsWhenDue } from './expireInterestsWhenDue.ts';

const clock = () => '2026-11-26T12:00:00.000Z';

describe('a round in which one fails', () => {
  it('comes to the interests behind it', async () => {
    const asked: string[] = [];
    const interests = {
      dueToExpire: async () => ['broken', 'next'],
      change: async (id: string) => {
        asked.push(id);
        if (id === 'broken') throw new Error('unreadable');
      },
    };
    await expect(expireInterestsWhenDue({ interests: interests as never, clock })()).rejects.toThrow('broken: Error: unreadable');
    expect(asked).toEqual(['broken', 'next']);
  });
});
