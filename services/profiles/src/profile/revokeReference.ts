import type { Content, Profile, ProfileFact } from './profile.ts';

/** An award that came to nothing proves no reference, in every state of the profile, also when its end is heard of first. */
export const revokeReference = <C extends Content>(
  { revoked = [] }: Profile<C>,
  { referenceId }: { readonly referenceId: string },
): readonly ProfileFact<C>[] => (revoked.includes(referenceId) ? [] : [{ type: 'ReferenceRevoked', referenceId }]);
