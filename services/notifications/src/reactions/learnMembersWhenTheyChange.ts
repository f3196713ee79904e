import type { Reaction } from '@umuhuza/eventing/hear';
import type { Directory } from '../directory.ts';

export const learnMembersWhenTheyChange =
  ({ directory }: { readonly directory: Directory }): Reaction<'identity.MembersChanged'> =>
  ({ data: { organisationId, name, members }, sequence }) =>
    directory.learn(organisationId, sequence, { name, members });
