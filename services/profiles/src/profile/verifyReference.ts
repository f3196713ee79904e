import type { Content, Profile, ProfileFact, VerifiedReference } from './profile.ts';

/** A contract won here proves a reference, once, in every state of the profile; not when the award is known to have come to nothing. */
export const verifyReference = <C extends Content>(
  { verified, revoked = [] }: Profile<C>,
  { reference }: { readonly reference: VerifiedReference },
): readonly ProfileFact<C>[] =>
  verified.some(({ id }) => id === reference.id) || revoked.includes(reference.id)
    ? []
    : [{ type: 'ReferenceVerified', reference }];
