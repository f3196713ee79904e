import { openProjection } from '@umuhuza/eventing/projection';
import type { Connection } from 'mongoose';

/** Who belongs to which company, as identity told it; the ids alone. */
export type Members = {
  /** Undefined where identity's word has not arrived. */
  readonly isMember: (organisation: string, user: string) => Promise<boolean | undefined>;
  readonly learn: (organisation: string, sequence: number, users: readonly string[]) => Promise<void>;
};

export const openMongoMembers = async (connection: Connection): Promise<Members> => {
  const members = await openProjection<{ users: readonly string[] }>(connection, 'members');
  return {
    isMember: async (organisation, user) => (await members.find(organisation))?.users.includes(user),
    learn: async (organisation, sequence, users) => {
      await members.put(organisation, sequence, { users });
    },
  };
};
