import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { expecting } from '../../../api/answers.ts';
import { auth } from '../../../api/platform.ts';

type Member = { readonly userId: string; readonly name: string };

/** The members of the own company; undefined until they are known. Whoever has left it since has no name here, and is named by `orElse`. */
export const useMembers = (
  { organisationId }: Membership,
  orElse: string,
): { readonly members: readonly Member[] | undefined; readonly nameOf: (userId: string) => string } => {
  const { data: members } = useQuery({
    queryKey: ['members', organisationId],
    // Named: a session that has not chosen one has no active organisation, though there is only one.
    queryFn: async () =>
      ((await expecting(200, auth.organisation({ query: { organizationId: organisationId } })))?.members ?? []).map(
        ({ userId, user }): Member => ({ userId, name: user.name }),
      ),
  });
  return { members, nameOf: (userId) => members?.find((member) => member.userId === userId)?.name ?? (members ? orElse : '…') };
};
