import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';

/** What the companies are called, as identity told it. */
export type OrganisationNames = {
  /** Null where identity's word has not arrived. */
  readonly nameOf: (organisationId: string) => Promise<string | null>;
  /** Keeps a name unless a newer one is known. */
  readonly learn: (organisationId: string, sequence: number, name: string) => Promise<void>;
};

export const openMongoOrganisationNames = async (connection: Connection): Promise<OrganisationNames> => {
  const names = await openProjection<{ name: string }>(connection, 'organisations');
  return {
    nameOf: async (organisationId) => (await names.find(organisationId))?.name ?? null,
    learn: async (organisationId, sequence, name) => {
      await names.put(organisationId, sequence, { name });
    },
  };
};
