import type { Country } from '@umuhuza/contracts/values';
import type { Collection, Connection } from 'mongoose';

/** A person, in better-auth's `user`. Ids are strings everywhere, made by us. */
export type UserDocument = {
  _id: string;
  name: string;
  email: string;
  language: 'en' | 'de';
  timeZone?: string | null;
  programmeStaff: boolean;
  createdAt: Date;
};
export type OrganizationDocument = { _id: string; name: string; slug: string; country: Country; createdAt: Date };
export type MemberDocument = { _id: string; organizationId: string; userId: string; role: string };
/** A way to sign in; ours have the provider `credential` and a password. */
export type AccountDocument = { _id: string; userId: string; providerId: string; accountId: string };

/** better-auth's own collections, as far as we read them. Only better-auth writes what is in them. */
export type Accounts = {
  readonly users: Collection<UserDocument>;
  readonly organizations: Collection<OrganizationDocument>;
  readonly members: Collection<MemberDocument>;
  readonly credentials: Collection<AccountDocument>;
};

type Index = { readonly key: Readonly<Record<string, 1>>; readonly name: string; readonly unique?: true };

/**
 * better-auth looks before it writes, and makes single-field indexes in the background only after its start: without these two parallel
 * requests could both find an e-mail address, a slug or a membership free. The names are those that better-auth gives its own, so that
 * it finds them made.
 */
const indexes: Readonly<Record<string, readonly Index[]>> = {
  user: [{ key: { email: 1 }, name: 'user_email_uidx', unique: true }],
  session: [
    { key: { token: 1 }, name: 'session_token_uidx', unique: true },
    { key: { userId: 1 }, name: 'session_userId_idx' },
  ],
  account: [
    { key: { providerId: 1, accountId: 1 }, name: 'account_providerId_accountId_uidx', unique: true },
    { key: { userId: 1 }, name: 'account_userId_idx' },
  ],
  verification: [{ key: { identifier: 1 }, name: 'verification_identifier_idx' }],
  organization: [{ key: { slug: 1 }, name: 'organization_slug_uidx', unique: true }],
  member: [
    { key: { organizationId: 1, userId: 1 }, name: 'member_organizationId_userId_uidx', unique: true },
    { key: { organizationId: 1 }, name: 'member_organizationId_idx' },
    { key: { userId: 1 }, name: 'member_userId_idx' },
  ],
  invitation: [
    { key: { organizationId: 1 }, name: 'invitation_organizationId_idx' },
    { key: { email: 1 }, name: 'invitation_email_idx' },
  ],
};

/** Makes the indexes before anybody can write, and opens the collections. */
export const openAccounts = async (connection: Connection): Promise<Accounts> => {
  await Promise.all(
    Object.entries(indexes).map(([collection, wanted]) =>
      connection.collection(collection).createIndexes(wanted.map(({ key, ...options }) => ({ key: { ...key }, ...options }))),
    ),
  );
  return {
    users: connection.collection<UserDocument>('user'),
    organizations: connection.collection<OrganizationDocument>('organization'),
    members: connection.collection<MemberDocument>('member'),
    credentials: connection.collection<AccountDocument>('account'),
  };
};
