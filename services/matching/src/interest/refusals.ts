/** Every way to say no to a word about an interest. */
export type InterestRefusal =
  | 'no-such-interest'
  | 'consent-missing'
  | 'interest-in-oneself'
  | 'interest-open-already'
  | 'organisation-not-known-yet'
  | 'no-such-organisation'
  | 'interest-answered'
  | 'interest-expired'
  | 'not-yours-to-answer';
export type Refused<Refusal extends InterestRefusal> = { readonly refused: Refusal };

export const refuse = <Refusal extends InterestRefusal>(refused: Refusal): Refused<Refusal> => ({ refused });
