/** Every way to say no to a change of a profile. */
export type ProfileRefusal = 'profile-incomplete' | 'organisation-not-known-yet' | 'profile-not-published';
export type Refused<Refusal extends ProfileRefusal> = { readonly refused: Refusal };

export const refuse = <Refusal extends ProfileRefusal>(refused: Refusal): Refused<Refusal> => ({ refused });
