import { expect, it } from 'vitest';
import { markProfilesStaleWhenDue } from './markProfilesStaleWhenDue.ts';

it('a profile that cannot be marked keeps no others from it', async () => {
  const asked: string[] = [];
  const profiles = {
    dueToGoStale: async () => ['broken', 'next'],
    change: async (id: string) => {
      asked.push(id);
      if (id === 'broken') throw new Error('unreadable');
    },
  };
  const round = markProfilesStaleWhenDue({ profiles: profiles as never, clock: () => '2026-11-26T12:00:00.000Z' });
  await expect(round()).rejects.toThrow('broken: Error: unreadable');
  expect(asked).toEqual(['broken', 'next']);
});
