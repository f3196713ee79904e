import type { Reaction } from '@umuhuza/eventing/hear';
import type { OrganisationNames } from '../organisationNames.ts';

export const learnNameWhenOrganisationRegistered =
  ({ organisations }: { readonly organisations: OrganisationNames }): Reaction<'identity.OrganisationRegistered'> =>
  ({ data: { organisationId, name }, sequence }) =>
    organisations.learn(organisationId, sequence, name);
