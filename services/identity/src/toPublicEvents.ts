import type { identityEvents } from '@umuhuza/contracts/identity/events';
import type { PublicEvent } from '@umuhuza/eventing/book';
import type { Organisation, OrganisationFact } from './organisation/organisation.ts';

/** What of a fact leaves the service. Passwords, sessions and invitations are no part of the aggregate, so they cannot. */
export const toPublicEvents = (
  organisationId: string,
  fact: OrganisationFact,
  after: Organisation,
): readonly PublicEvent<typeof identityEvents>[] => {
  switch (fact.type) {
    case 'OrganisationRegistered':
      return [
        {
          type: 'OrganisationRegistered',
          data: { organisationId, name: fact.name, slug: fact.slug, country: fact.country },
        },
      ];
    case 'MembersChanged':
      return after.status === 'registered'
        ? [
            {
              type: 'MembersChanged',
              data: { organisationId, name: fact.name, country: after.country, members: [...fact.members] },
            },
          ]
        : [];
  }
};
