import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';

/** Which firms a tender's buyer has named. An invitation is never taken back, so each is kept once and for good. */
export type Invitations = {
  readonly learn: (tenderId: string, firms: readonly string[], sequence: number) => Promise<void>;
  /** Of these tenders, those the firm was invited to. */
  readonly of: (organisationId: string, tenderIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

const idOf = (tenderId: string, organisationId: string): string => `${tenderId}/${organisationId}`;

export const openMongoInvitations = async (connection: Connection): Promise<Invitations> => {
  const pages = await openProjection<object>(connection, 'invitations');
  return {
    learn: async (tenderId, firms, sequence) => {
      await Promise.all(firms.map((organisationId) => pages.put(idOf(tenderId, organisationId), sequence, {})));
    },
    of: async (organisationId, tenderIds) => {
      if (tenderIds.length === 0) return new Set();
      const asked = new Map(tenderIds.map((tenderId) => [idOf(tenderId, organisationId), tenderId]));
      const found = await pages.documents.find({ _id: { $in: [...asked.keys()] } }, { _id: 1 }).lean();
      return new Set(found.flatMap(({ _id }) => asked.get(String(_id)) ?? []));
    },
  };
};
