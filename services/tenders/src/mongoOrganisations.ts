import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';
import type { Organisations } from './organisations.ts';

/** How many names are kept in memory; the oldest goes first. */
const namesInMemory = 10_000;

export const openMongoOrganisations = async (connection: Connection): Promise<Organisations> => {
  const known = await openProjection<{ name: string }>(connection, 'organisations');
  // Identity says a registration once and never takes it back, so a name that was found needs no second look.
  const names = new Map<string, string>();
  return {
    nameOf: async (organisationId) => {
      const name = names.get(organisationId) ?? (await known.find(organisationId))?.name;
      if (name !== undefined && !names.has(organisationId)) {
        if (names.size >= namesInMemory) names.delete(names.keys().next().value ?? '');
        names.set(organisationId, name);
      }
      return name;
    },
    namesOf: async (organisationIds) => {
      const found = await known.documents.find({ _id: { $in: [...organisationIds] } }).lean();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },
    learn: async (organisationId, sequence, name) => {
      await known.put(organisationId, sequence, { name });
    },
  };
};
