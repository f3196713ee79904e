import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';
import type { Organisations } from './organisations.ts';

/** How many names are kept in memory; the oldest goes first. */
const namesInMemory = 10_000;

export const openMongoOrganisations = async (connection: Connection): Promise<Organisations> => {
  const known = await openProjection<{ name: string; members?: readonly string[] }>(connection, 'organisations', [
    [{ members: 1 }],
  ]);
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
      if (organisationIds.length === 0) return new Map();
      const found = await known.documents.find({ _id: { $in: [...organisationIds] } }).lean();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },
    membersOf: async (organisationId) => (await known.find(organisationId))?.members ?? [],
    ofMember: async (userId) => (await known.documents.find({ members: userId }, { _id: 1 }).lean()).map(({ _id }) => _id),
    learn: async (organisationId, sequence, told) => {
      await known.put(organisationId, sequence, told);
    },
  };
};
