import type { ProblemStatus } from '@umuhuza/contracts/problem';
import type { profilesApi } from '@umuhuza/contracts/profiles/api';
import { profilesProblems } from '@umuhuza/contracts/profiles/problems';
import { memberOf } from '@umuhuza/service/caller';
import type { Clock } from '@umuhuza/service/clock';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import { problemsOf } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { editProfile } from './profile/editProfile.ts';
import { emptyDraft } from './profile/profile.ts';
import { publishProfile } from './profile/publishProfile.ts';
import { withdrawProfile } from './profile/withdrawProfile.ts';
import type { ProfileBook } from './profileBook.ts';
import { toOwnProfile, toPublicProfile } from './views.ts';

const statuses = {
  'no-such-profile': 404,
  'profile-incomplete': 409,
  'organisation-not-known-yet': 409,
  'profile-not-published': 409,
  'unknown-cursor': 400,
} as const satisfies Record<keyof typeof profilesProblems, ProblemStatus>;

const { refuse, answer } = problemsOf(statuses, profilesProblems);

export const profilesHandlers = ({
  profiles,
  clock,
}: {
  readonly profiles: ProfileBook;
  readonly clock: Clock;
}): Handlers<typeof profilesApi> => ({
  editMine: async ({ body, headers, req }) => {
    const { organisation } = memberOf(req);
    const change = await profiles.change(
      organisation,
      (profile) =>
        isStale(headers['if-match'], toOwnProfile(organisation, profile))
          ? { refused: 'stale-version' }
          : editProfile(profile, { content: body }),
      causeOf(req, clock),
      (profile) => ({ status: 200 as const, body: toOwnProfile(organisation, profile) }),
    );
    return answer(req, change);
  },
  mine: async ({ req }) => {
    const { organisation } = memberOf(req);
    return { status: 200, body: toOwnProfile(organisation, (await profiles.find(organisation)) ?? emptyDraft) };
  },
  publishMine: async ({ req }) => {
    const { organisation } = memberOf(req);
    const change = await profiles.change(
      organisation,
      (profile) => publishProfile(profile, { at: clock() }),
      causeOf(req, clock),
      (profile) => ({ status: 200 as const, body: toOwnProfile(organisation, profile) }),
    );
    return answer(req, change);
  },
  withdrawMine: async ({ req }) => {
    const { organisation } = memberOf(req);
    const change = await profiles.change(organisation, withdrawProfile, causeOf(req, clock), (profile) => ({
      status: 200 as const,
      body: toOwnProfile(organisation, profile),
    }));
    return answer(req, change);
  },
  names: async ({ query }) => ({ status: 200, body: { items: await profiles.names(query.of) } }),
  one: async ({ params, req }) => {
    const profile = await profiles.find(params.organisationId);
    if (profile?.status !== 'published' && profile?.status !== 'stale') return refuse(req, 'no-such-profile');
    return { status: 200, body: toPublicProfile(params.organisationId, profile) };
  },
  list: async ({ query, req }) => {
    const { limit, cursor, ...filter } = query;
    const found = await profiles.list(filter, limit, cursor);
    return found === 'unknown-cursor' ? refuse(req, found) : { status: 200, body: found };
  },
});
