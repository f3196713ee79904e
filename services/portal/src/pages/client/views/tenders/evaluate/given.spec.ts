import type { OpenedBids } from '@umuhuza/contracts/tenders/schemas';
import { describe, expect, it } from 'vitest';
import { ofReader, opinionsOf } from './given.ts';

const bid = (scores?: OpenedBids['bids'][number]['scores']): OpenedBids['bids'][number] => ({
  bidId: 'b1',
  bidder: { organisationId: 'o1' },
  status: 'opened',
  submittedAt: '2027-01-01T00:00:00.000Z',
  digest: 'd',
  content: { prices: [{ lotId: 'l1', price: { amount: 1, currency: 'EUR' } }], answers: [] },
  ...(scores ? { scores } : {}),
});
const bids = [bid()];
const evaluator = (userId: string) => ({
  userId,
  finished: false,
  conflicts: [{ bidId: 'b2', reason: 'A cousin works there.' }],
  scores: [{ bidId: 'b1', criterionId: 'approach', score: 70 }],
});

describe('what a reader may score', () => {
  it('is everything for the buyer where nobody is appointed, and what was given stays with its comment', () => {
    const given = { criterionId: 'approach', score: 90, comment: 'Sound.' };
    expect(ofReader({ bids: [bid([given])] }, 'u1')).toEqual({
      isEvaluator: false,
      mayScore: true,
      scores: [{ bidId: 'b1', ...given }],
      conflicts: [],
    });
    expect(ofReader({ bids }, 'u1').scores).toEqual([]);
  });

  it('is its own part for an evaluator, until the scoring has ended', () => {
    const evaluation = { evaluators: [evaluator('u1')] };
    expect(ofReader({ bids, evaluation }, 'u1')).toMatchObject({ isEvaluator: true, mayScore: true, conflicts: ['b2'] });
    const ended = { ...evaluation, ended: { at: '2027-01-01T00:00:00.000Z' } };
    expect(ofReader({ bids, evaluation: ended }, 'u1')).toMatchObject({ isEvaluator: true, mayScore: false });
  });

  it('is nothing for a colleague who was not appointed', () => {
    expect(ofReader({ bids, evaluation: { evaluators: [evaluator('u1')] } }, 'u2')).toEqual({
      isEvaluator: false,
      mayScore: false,
      scores: [],
      conflicts: [],
    });
  });
});

describe('what all evaluators gave', () => {
  const evaluators = [
    { userId: 'ann', finished: true, conflicts: [], scores: [{ bidId: 'b1', criterionId: 'c', score: 90, comment: 'Sound.' }] },
    { userId: 'ben', finished: false, conflicts: [], scores: [{ bidId: 'b1', criterionId: 'c', score: 40 }] },
    { ...evaluator('cid'), finished: true, scores: [{ bidId: 'b2', criterionId: 'c', score: 100 }] },
  ];
  it('is read by nobody before the scoring has ended', () =>
    expect(opinionsOf({ evaluation: { evaluators } }, 'b1')).toEqual([]));

  it('is read with its comments after it, with what does not count', () => {
    const evaluation = { evaluators, ended: { at: '2027-01-01T00:00:00.000Z' } };
    expect(opinionsOf({ evaluation }, 'b1')).toEqual([
      { userId: 'ann', criterionId: 'c', score: 90, comment: 'Sound.', counts: true },
      { userId: 'ben', criterionId: 'c', score: 40, counts: false },
    ]);
    expect(opinionsOf({ evaluation }, 'b2')).toEqual([{ userId: 'cid', criterionId: 'c', score: 100, counts: false }]);
  });
});
