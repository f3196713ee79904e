import type { MemberOfOrganisation } from '@umuhuza/contracts/identity/schemas';
import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';
import type { Directory } from './directory.ts';

type Organisation = { name: string; members: MemberOfOrganisation[] };

export const openMongoDirectory = async (connection: Connection): Promise<Directory> => {
  const organisations = await openProjection<Organisation>(connection, 'organisations', [[{ 'members.userId': 1 }]]);
  return {
    learn: (organisation, sequence, { name, members }) =>
      organisations.put(organisation, sequence, { name, members: [...members] }),
    organisation: organisations.find,
    person: async (userId, organisation) => {
      const found = await organisations.documents
        .findOne({ ...(organisation === undefined ? {} : { _id: organisation }), 'members.userId': userId })
        .lean();
      const member = found?.members.find((one) => one.userId === userId);
      return found && member ? { ...member, organisation: String(found._id), organisationName: found.name } : undefined;
    },
  };
};
