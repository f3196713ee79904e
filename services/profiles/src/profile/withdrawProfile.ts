import type { Content, Profile, ProfileFact } from './profile.ts';
import { type Refused, refuse } from './refusals.ts';

export const withdrawProfile = <C extends Content>(
  profile: Profile<C>,
): readonly ProfileFact<C>[] | Refused<'profile-not-published'> => {
  switch (profile.status) {
    case 'draft':
      return refuse('profile-not-published');
    case 'withdrawn':
      return [];
    case 'published':
    case 'stale':
      return [{ type: 'ProfileWithdrawn' }];
  }
};
