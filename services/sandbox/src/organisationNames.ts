import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';

/** What the companies are called, as identity told it. */
export type OrganisationNames = {
  /** Null where identity's word has not arrived. */
  readonly nameOf: (organisationId: string) => Promise<string | null>;
  /** Keeps a name unless a newer one is known. */
  readonly learn: (organisationId: string, sequence: number, name: string) => Promise<void>;
};

/** How many names are kept in memory; the oldest goes first. */
const namesInMemory = 10_000;

export const openMongoOrganisationNames = async (connection: Connection): Promise<OrganisationNames> => {
  const names = await openProjection<{ name: string }>(connection, 'organisations');
  // Identity says a registration once and never takes it back, so a name that was found needs no second look.
  const found = new Map<string, string>();
  return {
    nameOf: async (organisationId) => {
      const name = found.get(organisationId) ?? (await names.find(organisationId))?.name;
      if (name === undefined) return null;
      if (found.size >= namesInMemory) found.delete(found.keys().next().value ?? '');
      found.set(organisationId, name);
      return name;
    },
    learn: async (organisationId, sequence, name) => {
      await names.put(organisationId, sequence, { name });
    },
  };
};
