import type { Reaction } from '@umuhuza/eventing/hear';
import type { Organisations } from '../organisations.ts';

type Telling = Reaction<'identity.OrganisationRegistered'> & Reaction<'identity.MembersChanged'>;

/** Registering tells an organisation's name first; every later change of its members tells the present one. */
export const learnOrganisationNames =
  ({ organisations }: { readonly organisations: Organisations }): Telling =>
  ({ data, sequence }) =>
    organisations.learn(data.organisationId, sequence, data.name);
