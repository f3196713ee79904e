import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';

export type Organisation = { readonly organisationId: string; readonly name: string; readonly country: 'DE' | 'RW' };

/** Who is registered, as identity told it: name and country, nothing of its members. */
export type Organisations = {
  readonly find: (organisationId: string) => Promise<Organisation | undefined>;
  readonly learn: (organisation: Organisation, sequence: number) => Promise<void>;
};

export const openMongoOrganisations = async (connection: Connection): Promise<Organisations> => {
  const pages = await openProjection<{ name: string; country: 'DE' | 'RW' }>(connection, 'organisations');
  return {
    find: async (organisationId) => {
      const page = await pages.find(organisationId);
      return page && { organisationId, name: page.name, country: page.country };
    },
    learn: async ({ organisationId, name, country }, sequence) => {
      await pages.put(organisationId, sequence, { name, country });
    },
  };
};
