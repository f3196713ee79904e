/**
 * Where the platform itself gives the reason: what it says, so that it can be said in another language. `reason` says it in English.
 * - `ranking`: by its place in the ranking.
 * - `passed-on`: the award before it came to nothing, and it is the next in the ranking.
 * - `no-award`: nobody gets the lot.
 * - `no-valid-bid`: none was opened.
 * - `nobody-left`: the award came to nothing, and no other bid is left.
 */
export type Because = {
  readonly because?: 'ranking' | 'passed-on' | 'no-award' | 'no-valid-bid' | 'nobody-left';
  /** What became of the award before, where one came to nothing. */
  readonly how?: 'declined' | 'withdrawn';
};
