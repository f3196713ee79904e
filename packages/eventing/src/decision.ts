/** A named refusal, with what makes it concrete for the one who reads it. */
export type Refused<Refusal extends string> = { readonly refused: Refusal; readonly detail?: string };

/**
 * What a rule answers: the facts that follow (none: nothing to do), or a named refusal.
 * Pure folders import nothing, so they state this shape for themselves; it matches by structure.
 */
export type Decision<Fact, Refusal extends string> = readonly Fact[] | Refused<Refusal>;

export const isRefused = <Fact, Refusal extends string>(decision: Decision<Fact, Refusal>): decision is Refused<Refusal> =>
  !Array.isArray(decision);
