import { describe, expect, it } from 'vitest';
import { closeBiddingWhenDue } from './closeBiddingWhenDue.ts';
import { deleteLeftoverBids } from './deleteLeftoverBids.ts';

describe.each([
  ['closing the bidding', closeBiddingWhenDue],
  ['deleting what is left of bids', deleteLeftoverBids],
])('a round of %s in which one tender fails', (_, round) => {
  it('comes to those behind it, and tells of the failure', async () => {
    const asked: string[] = [];
    const tenders = {
      dueToClose: async () => ['broken', 'next'],
      withLeftovers: async () => ['broken', 'next'],
      find: async () => undefined,
      change: async (id: string) => {
        asked.push(id);
        if (id === 'broken') throw new Error('unreadable');
      },
    };
    const bids = { keepOnly: async () => {} };
    const deps = { tenders, bids, clock: () => '2026-11-26T12:00:00.000Z' } as never;
    await expect(round(deps)()).rejects.toThrow('broken: Error: unreadable');
    expect(asked).toEqual(['broken', 'next']);
  });
});
