import { type AppRouter, isAppRoute } from '@ts-rest/core';
import type { RouteMetadata } from '@umuhuza/contracts/api';
import { identityApi } from '@umuhuza/contracts/identity/api';
import { authProblems } from '@umuhuza/contracts/identity/authProblems';
import { identityProblems } from '@umuhuza/contracts/identity/problems';
import { matchingApi } from '@umuhuza/contracts/matching/api';
import { matchingProblems } from '@umuhuza/contracts/matching/problems';
import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { notificationsProblems } from '@umuhuza/contracts/notifications/problems';
import type { ProblemText } from '@umuhuza/contracts/problem';
import { profilesApi } from '@umuhuza/contracts/profiles/api';
import { profilesProblems } from '@umuhuza/contracts/profiles/problems';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { sandboxProblems } from '@umuhuza/contracts/sandbox/problems';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import { tendersProblems } from '@umuhuza/contracts/tenders/problems';
import type { ServiceName } from './services.ts';

/** What each service agreed to answer. */
export const contracts = {
  identity: identityApi,
  profiles: profilesApi,
  matching: matchingApi,
  sandbox: sandboxApi,
  tenders: tendersApi,
  notifications: notificationsApi,
} as const satisfies Record<ServiceName, AppRouter>;

/** The refusals of each service's own rules. */
export const serviceProblems: Readonly<Record<ServiceName, Readonly<Record<string, ProblemText>>>> = {
  identity: { ...identityProblems, ...authProblems },
  profiles: profilesProblems,
  matching: matchingProblems,
  sandbox: sandboxProblems,
  tenders: tendersProblems,
  notifications: notificationsProblems,
};

const routesWith = (is: (metadata: RouteMetadata) => boolean) =>
  Object.values(contracts)
    .flatMap((router: AppRouter) => Object.values(router))
    .filter((entry) => isAppRoute(entry))
    .filter(({ metadata }) => is((metadata ?? {}) as RouteMetadata))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i') }));

const sealed = routesWith((metadata) => metadata.sealed === true);
const uploads = routesWith((metadata) => metadata.upload === true);

/** True where the mere number of calls would tell of sealed bids: such calls are neither counted nor logged. */
export const isSealedPath = (path: string): boolean => sealed.some(({ pattern }) => pattern.test(path));

/** True where the body is a file, which may be larger than any other body. */
export const isUpload = (method: string, path: string): boolean =>
  uploads.some((route) => route.method === method && route.pattern.test(path));
