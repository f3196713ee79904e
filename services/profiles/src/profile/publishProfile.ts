import type { Content, Profile, ProfileFact } from './profile.ts';
import { type Refused, refuse } from './refusals.ts';

/** Publishes what is complete; of a published or stale profile it is the renewal for another twelve months. */
export const publishProfile = <C extends Content>(
  profile: Profile<C>,
  { at }: { readonly at: string },
): readonly ProfileFact<C>[] | Refused<'profile-incomplete' | 'organisation-not-known-yet'> => {
  if (!profile.content || !isComplete(profile.content)) return refuse('profile-incomplete');
  if (!profile.organisation) return refuse('organisation-not-known-yet');
  switch (profile.status) {
    case 'draft':
    case 'withdrawn':
      return [{ type: 'ProfilePublished', at }];
    case 'published':
    case 'stale':
      return profile.publishedAt === at ? [] : [{ type: 'ProfileRenewed', at }];
  }
};

const isComplete = ({ summary, offers, needs }: Content): boolean =>
  summary.trim() !== '' && [offers.cpv, offers.skills, needs.cpv, needs.skills].some((list) => list.length > 0);
