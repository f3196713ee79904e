import type { Reaction } from '@umuhuza/eventing/hear';
import type { Members } from '../members.ts';

export const learnMembersWhenTheyChange =
  ({ members }: { readonly members: Members }): Reaction<'identity.MembersChanged'> =>
  ({ data, sequence }) =>
    members.learn(
      data.organisationId,
      sequence,
      data.members.map(({ userId }) => userId),
    );
