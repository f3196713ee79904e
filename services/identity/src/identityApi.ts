import type { identityApi } from '@umuhuza/contracts/identity/api';
import { identityProblems } from '@umuhuza/contracts/identity/problems';
import type { ProblemStatus } from '@umuhuza/contracts/problem';
import { callerOf } from '@umuhuza/service/caller';
import { commonProblem, problemsOf } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { ProgrammeOffice, ProgrammeOfficeRefusal } from './auth/programmeOffice.ts';
import { type Directory, usualTimeZone } from './directory.ts';

const statuses = {
  'programme-office-closed': 409,
  'wrong-code': 403,
  'email-taken': 409,
} as const satisfies Record<ProgrammeOfficeRefusal, ProblemStatus>;

const { refuse } = problemsOf(statuses, identityProblems);

export type IdentityDeps = { readonly directory: Directory; readonly programmeOffice: ProgrammeOffice };

export const identityHandlers = ({ directory, programmeOffice }: IdentityDeps): Handlers<typeof identityApi> => ({
  me: async ({ req }) => {
    const caller = callerOf(req);
    const person = await directory.person(caller.user);
    if (!person) return commonProblem(req, 'not-signed-in');
    const organisations = await directory.membershipsOf(caller.user);
    const active =
      'organisation' in caller ? organisations.find(({ organisationId }) => organisationId === caller.organisation) : undefined;
    const country = (active ?? organisations[0])?.country;
    return {
      status: 200,
      body: {
        ...person,
        timeZone: person.timeZone ?? (country ? usualTimeZone[country] : 'UTC'),
        organisations,
        active: active?.organisationId ?? null,
      },
    };
  },
  programmeOffice: async () => ({ status: 200, body: { open: await programmeOffice.isOpen() } }),
  openProgrammeOffice: async ({ body, req }) => {
    const ended = await programmeOffice.open(body);
    return ended === 'opened' ? { status: 201, body: { open: false } } : refuse(req, ended);
  },
});
