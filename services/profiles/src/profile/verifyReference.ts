import type { Content, Profile, ProfileFact, VerifiedReference } from './profile.ts';

/** A contract won here proves a reference, once, in every state of the profile. */
export const verifyReference = <C extends Content>(
  { verified }: Profile<C>,
  { reference }: { readonly reference: VerifiedReference },
): readonly ProfileFact<C>[] =>
  verified.some(({ id }) => id === reference.id) ? [] : [{ type: 'ReferenceVerified', reference }];
