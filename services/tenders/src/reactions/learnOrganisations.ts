import type { Reaction } from '@umuhuza/eventing/hear';
import type { Organisations } from '../organisations.ts';

/** Registering tells an organisation's name first. */
export const learnNameWhenRegistered =
  ({ organisations }: { readonly organisations: Organisations }): Reaction<'identity.OrganisationRegistered'> =>
  ({ data, sequence }) =>
    organisations.learn(data.organisationId, sequence, { name: data.name, members: [] });

/** Every later change of its members tells the present name and all members: of these only who they are is kept. */
export const learnMembersWhenTheyChange =
  ({ organisations }: { readonly organisations: Organisations }): Reaction<'identity.MembersChanged'> =>
  ({ data, sequence }) =>
    organisations.learn(data.organisationId, sequence, { name: data.name, members: data.members.map(({ userId }) => userId) });
