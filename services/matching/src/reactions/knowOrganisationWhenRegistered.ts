import type { Reaction } from '@umuhuza/eventing/hear';
import type { Organisations } from '../organisations.ts';

/** Members' names and addresses are not this service's business; it keeps how the organisation is called and where it is. */
export const knowOrganisationWhenRegistered =
  ({
    organisations,
  }: {
    readonly organisations: Organisations;
  }): Reaction<'identity.OrganisationRegistered' | 'identity.MembersChanged'> =>
  ({ data: { organisationId, name, country }, sequence }) =>
    organisations.learn({ organisationId, name, country }, sequence);
