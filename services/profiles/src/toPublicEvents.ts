import type { profilesEvents } from '@umuhuza/contracts/profiles/events';
import type { ProfileContent } from '@umuhuza/contracts/profiles/schemas';
import type { PublicEvent } from '@umuhuza/eventing/book';
import type { Profile, ProfileFact } from './profile/profile.ts';
import { toPublicProfile } from './views.ts';

/** What of a fact leaves the service. A draft is nobody else's business, so its facts say nothing. */
export const toPublicEvents = (
  organisationId: string,
  fact: ProfileFact<ProfileContent>,
  after: Profile<ProfileContent>,
): readonly PublicEvent<typeof profilesEvents>[] => {
  switch (fact.type) {
    case 'ProfilePublished':
      return after.status === 'draft'
        ? []
        : [{ type: 'ProfilePublished', data: { profile: toPublicProfile(organisationId, after) } }];
    case 'ProfileWentStale':
      return [{ type: 'ProfileWentStale', data: { organisationId } }];
    case 'ProfileWithdrawn':
      return [{ type: 'ProfileWithdrawn', data: { organisationId } }];
    case 'OrganisationNamed':
    case 'ProfileEdited':
    case 'ProfileRenewed':
    case 'ReferenceVerified':
    case 'ReferenceRevoked':
      return after.status === 'published' || after.status === 'stale'
        ? [{ type: 'ProfileChanged', data: { profile: toPublicProfile(organisationId, after) } }]
        : [];
  }
};
