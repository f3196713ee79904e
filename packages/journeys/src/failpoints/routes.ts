import { identityApi } from '@umuhuza/contracts/identity/api';
import { authApi } from '@umuhuza/contracts/identity/authApi';
import { matchingApi } from '@umuhuza/contracts/matching/api';
import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { profilesApi } from '@umuhuza/contracts/profiles/api';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';

const contracts: Readonly<
  Record<string, readonly Readonly<Record<string, { readonly method: string; readonly path: string }>>[]>
> = {
  identity: [identityApi, authApi],
  matching: [matchingApi],
  notifications: [notificationsApi],
  profiles: [profilesApi],
  sandbox: [sandboxApi],
  tenders: [tendersApi],
};

/** The routes that change nothing although their method says so, and why they are no reading with GET. */
export const readings: Readonly<Record<string, string>> = {
  'POST /api/sandbox/environments/:id/hours/preview': 'its question has a body',
};

/** `POST /api/tenders/:id/publish`: every route by which a client changes something in this service. */
export const changingRoutesOf = (service: string): string[] =>
  (contracts[service] ?? [])
    .flatMap((contract) => Object.values(contract))
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);

/** The route of the contract that a request takes: where several would fit, the one that names most of the path. */
export const routeOf = (service: string, method: string, path: string): string => {
  const segments = (path.split('?')[0] ?? '').split('/');
  const named = (route: string) => route.split('/').filter((part) => !part.startsWith(':')).length;
  const [found] = changingRoutesOf(service)
    .filter((route) => {
      const [ofMethod, pattern = ''] = route.split(' ');
      const parts = pattern.split('/');
      return (
        ofMethod === method &&
        parts.length === segments.length &&
        parts.every((part, n) => part.startsWith(':') || part === segments[n])
      );
    })
    .sort((a, b) => named(b) - named(a));
  if (!found) throw new Error(`${service} has no route for ${method} ${path}`);
  return found;
};
