import type { Accounts } from './accounts.ts';

export type Unfinished = {
  /** Frees an e-mail address, or an id, whose sign-up broke off before it had a password. */
  readonly clearUser: (which: { readonly email: string } | { readonly _id: string }) => Promise<void>;
  /** Frees a slug whose registration broke off before anybody belonged to it. */
  readonly clearOrganization: (slug: string) => Promise<void>;
};

/** Longer than any request may take, in milliseconds: what is older and half made is not being made any more. */
const abandonedAfter = 120_000;

/**
 * better-auth writes an account and an organisation in two steps each, and we have no transactions. A crash in between leaves a user
 * who has no password, or an organisation without a member, which would hold the e-mail address or the slug for ever. They are taken
 * away when somebody asks for it again.
 */
export const unfinishedOf = ({ users, credentials, organizations, members }: Accounts): Unfinished => ({
  clearUser: async (which) => {
    const createdAt = { $lt: new Date(Date.now() - abandonedAfter) };
    const user = await users.findOne({ ...which, createdAt });
    if (!user || (await credentials.findOne({ userId: user._id }))) return;
    await users.deleteOne({ _id: user._id, createdAt });
  },
  clearOrganization: async (slug) => {
    const createdAt = { $lt: new Date(Date.now() - abandonedAfter) };
    const organization = await organizations.findOne({ slug, createdAt });
    if (!organization || (await members.findOne({ organizationId: organization._id }))) return;
    await organizations.deleteOne({ _id: organization._id, createdAt });
  },
});
