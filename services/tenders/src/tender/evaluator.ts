/** What an evaluator gives a bid for a quality criterion: 0 to 100, with a comment for the others. */
export type Opinion = { readonly bidId: string; readonly criterionId: string; readonly score: number; readonly comment?: string };
export type Conflict = { readonly bidId: string; readonly reason: string };

/** A member of the buying organisation who was appointed to score. A bid with a conflict is not for this one to score. */
export type Evaluator = {
  readonly userId: string;
  readonly opinions: readonly Opinion[];
  readonly conflicts: readonly Conflict[];
};
