import { type Interest, type InterestFact, isOver } from './interest.ts';

/** Nobody is left without an answer: what is not answered in time ends, and both sides are told. */
export const expireInterest = (interest: Interest, { at }: { readonly at: string }): readonly InterestFact[] =>
  interest.status === 'expressed' && isOver(interest, at) ? [{ type: 'InterestExpired' }] : [];
