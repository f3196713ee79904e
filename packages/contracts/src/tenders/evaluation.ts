import { z } from 'zod';
import { id, instant, line, text } from '../values.ts';

export const score = z.strictObject({
  bidId: id,
  criterionId: id,
  /** 0 to 100, four decimals at most. */
  score: z.number().min(0).max(100).multipleOf(0.0001),
  comment: text(2_000).optional(),
});
export const scores = z.strictObject({ scores: z.array(score).min(1).max(2_000) });

/** User ids of members of the buying organisation. None: the buyer scores as one. */
export const evaluators = z.strictObject({
  evaluators: z.array(id).max(20),
  /** Those who were appointed when these were chosen: where others are by now, nothing is changed. */
  insteadOf: z.array(id).max(20).optional(),
});
export const conflict = z.strictObject({ bidId: id, reason: line(2_000) });

/** How far the evaluators are. `scores` are the reader’s own until the scoring has ended, then everybody’s. */
export const evaluation = z.strictObject({
  evaluators: z.array(
    z.strictObject({
      userId: id,
      /** Has given every score that is its to give. */
      finished: z.boolean(),
      conflicts: z.array(conflict),
      scores: z.array(score).optional(),
    }),
  ),
  /** `reason`: the buyer did not wait for all; those who have not finished do not count. */
  ended: z.strictObject({ at: instant, reason: z.string().optional() }).optional(),
});
export type EvaluationView = z.infer<typeof evaluation>;

/** How a price criterion is scored, in words. */
export const priceFormula = z.literal('score = 100 × lowest price / price');
