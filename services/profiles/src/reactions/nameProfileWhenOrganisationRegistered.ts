import type { Reaction } from '@umuhuza/eventing/hear';
import { nameOrganisation } from '../profile/nameOrganisation.ts';
import type { ProfileBook } from '../profileBook.ts';

export const nameProfileWhenOrganisationRegistered =
  ({ profiles }: { readonly profiles: ProfileBook }): Reaction<'identity.OrganisationRegistered'> =>
  ({ data: { organisationId, name, country }, cause }) =>
    profiles.change(organisationId, (profile) => nameOrganisation(profile, { name, country }), cause);
