import type { Content, Profile, ProfileFact } from './profile.ts';

/** Content may be written in every state; a published profile changes at once. Writing the same again changes nothing. */
export const editProfile = <C extends Content>(
  profile: Profile<C>,
  { content }: { readonly content: C },
): readonly ProfileFact<C>[] =>
  JSON.stringify(profile.content) === JSON.stringify(content) ? [] : [{ type: 'ProfileEdited', content }];
