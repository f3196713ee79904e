import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';
import type { Organisations } from './organisations.ts';

export const openMongoOrganisations = async (connection: Connection): Promise<Organisations> => {
  const known = await openProjection<{ name: string }>(connection, 'organisations');
  return {
    nameOf: async (organisationId) => (await known.find(organisationId))?.name,
    namesOf: async (organisationIds) => {
      const found = await known.documents.find({ _id: { $in: [...organisationIds] } }).lean();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },
    learn: async (organisationId, sequence, name) => {
      await known.put(organisationId, sequence, { name });
    },
  };
};
