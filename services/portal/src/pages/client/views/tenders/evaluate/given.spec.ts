import { describe, expect, it } from 'vitest';
import { ofReader } from './given.ts';

const lots = [
  {
    lotId: 'l1',
    evaluated: false,
    ranking: [
      {
        bidId: 'b1',
        bidder: { organisationId: 'o1' },
        rank: 1,
        points: 40,
        price: { amount: 1, currency: 'EUR' },
        shares: [
          { criterionId: 'price', score: 100, points: 40 },
          { criterionId: 'approach', score: 0, points: 0 },
        ],
        unscored: ['approach'],
      },
    ],
  },
];
const evaluator = (userId: string) => ({
  userId,
  finished: false,
  conflicts: [{ bidId: 'b2', reason: 'A cousin works there.' }],
  scores: [{ bidId: 'b1', criterionId: 'approach', score: 70 }],
});

describe('what a reader may score', () => {
  it('is everything for the buyer where nobody is appointed; a bid without a score has none, not 0', () => {
    expect(ofReader({ lots }, 'u1')).toEqual({
      isEvaluator: false,
      mayScore: true,
      scores: [{ bidId: 'b1', criterionId: 'price', score: 100 }],
      conflicts: [],
    });
  });

  it('is its own part for an evaluator, until the scoring has ended', () => {
    const evaluation = { evaluators: [evaluator('u1')] };
    expect(ofReader({ lots, evaluation }, 'u1')).toMatchObject({ isEvaluator: true, mayScore: true, conflicts: ['b2'] });
    const ended = { ...evaluation, ended: { at: '2027-01-01T00:00:00.000Z' } };
    expect(ofReader({ lots, evaluation: ended }, 'u1')).toMatchObject({ isEvaluator: true, mayScore: false });
  });

  it('is nothing for a colleague who was not appointed', () => {
    expect(ofReader({ lots, evaluation: { evaluators: [evaluator('u1')] } }, 'u2')).toEqual({
      isEvaluator: false,
      mayScore: false,
      scores: [],
      conflicts: [],
    });
  });
});
