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

const isSealed = (metadata: unknown): boolean => (metadata as RouteMetadata | undefined)?.sealed === true;

const sealedPaths = Object.values(contracts)
  .flatMap((router: AppRouter) => Object.values(router))
  .filter((entry) => isAppRoute(entry))
  .filter(({ metadata }) => isSealed(metadata))
  .map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i'));

/** True where the mere number of calls would tell of sealed bids: such calls are neither counted nor logged. */
export const isSealedPath = (path: string): boolean => sealedPaths.some((pattern) => pattern.test(path));
