import { createHash, timingSafeEqual } from 'node:crypto';
import type { OpenProgrammeOffice } from '@umuhuza/contracts/identity/schemas';
import { isAPIError } from 'better-auth/api';
import type { Accounts } from './accounts.ts';
import type { Auth } from './betterAuth.ts';
import type { Unfinished } from './unfinished.ts';

export type ProgrammeOfficeRefusal = 'programme-office-closed' | 'wrong-code' | 'email-taken';

export type ProgrammeOffice = {
  /** Whether the one-time link still makes an account. */
  readonly isOpen: () => Promise<boolean>;
  readonly open: (asked: OpenProgrammeOffice) => Promise<'opened' | ProgrammeOfficeRefusal>;
};

type Deps = {
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly unfinished: Unfinished;
  /** Undefined: there is no link. */
  readonly code: string | undefined;
};

/** The account has an id of its own, so that the database itself lets only one of any number of parallel requests make it. */
const officeId = 'programme-office';

export const programmeOfficeOf = ({ auth, accounts: { users, credentials }, unfinished, code }: Deps): ProgrammeOffice => {
  const isOpen = async () => {
    if (code === undefined) return false;
    const staff = await users.findOne({ programmeStaff: true });
    // Without a password it is what a crash left of an attempt: nobody can sign in with it, and the link makes it again.
    return !staff || !(await credentials.findOne({ userId: staff._id }));
  };

  return {
    isOpen,
    open: async ({ code: given, name, email, password }) => {
      if (code === undefined) return 'programme-office-closed';
      if (!isSame(given, code)) return 'wrong-code';
      await unfinished.clearUser({ _id: officeId });
      if (!(await isOpen())) return 'programme-office-closed';

      const { internalAdapter, password: passwords } = await auth.$context;
      const hash = await passwords.hash(password);
      try {
        await internalAdapter.createUser(
          { id: officeId, name, email, emailVerified: false, language: 'en', programmeStaff: true },
          { method: 'email-password' },
        );
      } catch (error) {
        if (!isAPIError(error)) throw error;
        return (await users.findOne({ _id: officeId })) ? 'programme-office-closed' : 'email-taken';
      }
      await internalAdapter.linkAccount({ userId: officeId, providerId: 'credential', accountId: officeId, password: hash });
      return 'opened';
    },
  };
};

/** Takes the same time however much of the code is right; the digests are of one length. */
const isSame = (given: string, code: string): boolean => timingSafeEqual(digest(given), digest(code));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
