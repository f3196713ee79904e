import { z } from 'zod';
import { document } from '../documents.ts';
import { id, instant, line, text } from '../values.ts';

const day = z.iso.date('A day like 2027-01-31 is expected');

/** Why a bid is out of the running, after the grounds of EU Directive 2014/24, articles 57 and 69. */
export const disqualificationCode = z.enum([
  'must-have-not-met',
  'incomplete',
  'not-as-asked',
  'abnormally-low-price',
  'conflict-of-interest',
  'false-statement',
  'other',
]);

/** Why nobody gets a lot, after the reasons of eForms (BT-144) for a procedure without a winner. */
export const unsuccessfulCode = z.enum([
  'no-valid-bid',
  'none-suitable',
  'over-budget',
  'need-changed',
  'winner-refused',
  'procedural-error',
  'other',
]);

/**
 * Where the platform itself gives the reason, what it says, to be said in any language; `reason` says it in English.
 * - `ranking`: by its place in the ranking.
 * - `passed-on`: the award before it came to nothing (`how`), and it is the next in the ranking.
 * - `no-award`: nobody gets the lot.
 * - `no-valid-bid`: none was opened.
 * - `nobody-left`: the award came to nothing (`how`), and no other bid is left.
 */
export const because = {
  because: z.enum(['ranking', 'passed-on', 'no-award', 'no-valid-bid', 'nobody-left']).optional(),
  how: z.enum(['declined', 'withdrawn']).optional(),
};

/** A step of the contract that both sides sign off when it is reached. */
export const milestone = z.strictObject({
  id,
  title: line(300),
  description: text(2_000).optional(),
  dueOn: day.optional(),
});
export type Milestone = z.infer<typeof milestone>;
export const milestoneInput = milestone.partial({ id: true });

/** The contract about a lot. Its milestones are shown to its two sides only, and so is an offer that is not signed. */
export const contractView = z.strictObject({
  contractId: id,
  status: z.enum(['offered', 'signed', 'completed']),
  offeredAt: instant,
  signedAt: instant.optional(),
  completedAt: instant.optional(),
  milestones: z
    .array(
      milestone.extend({
        /** When each side said that it is reached. */
        signedOff: z.strictObject({ buyer: instant.optional(), supplier: instant.optional() }),
        /** What a side has added, in its order: what was delivered, a protocol of its acceptance. */
        documents: z.array(document.extend({ by: z.enum(['buyer', 'supplier']), at: instant })).optional(),
      }),
    )
    .optional(),
});
export type ContractView = z.infer<typeof contractView>;

/** An award that came to nothing. */
export const lapse = z.strictObject({
  bidId: id,
  winner: id,
  how: z.enum(['declined', 'withdrawn']),
  reason: z.string(),
  at: instant,
});

/** A bidder’s one question about its outcome of a lot; only it and the buyer read it. */
export const clarification = z.strictObject({
  id,
  question: z.string(),
  askedAt: instant,
  answer: z.string().optional(),
  answeredAt: instant.optional(),
});
export type ClarificationView = z.infer<typeof clarification>;

export const withdrawal = z.strictObject({ bidId: id, reason: line(2_000) });
/** Without milestones: those of the tender, or where it has none the delivery of everything. */
export const contractOffer = z.strictObject({
  milestones: z.array(milestoneInput).max(30).optional(),
  /** The offer that stood when this one was written, or null for none: where another stands by now, it stays. */
  insteadOf: id.nullable().optional(),
});
/** Names the offer that was read: another one is not signed by it. */
export const contractSignature = z.strictObject({ contractId: id });
export const clarificationAnswer = z.strictObject({ answer: line(5_000) });
