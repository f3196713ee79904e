import { identityApi } from '@umuhuza/contracts/identity/api';
import { authApi } from '@umuhuza/contracts/identity/authApi';
import { matchingApi } from '@umuhuza/contracts/matching/api';
import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { profilesApi } from '@umuhuza/contracts/profiles/api';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import { expecting, Refused } from './answers.ts';
import { clientOf, type Send, type Sent } from './client.ts';
import { heard } from './serverClock.ts';
import { keepToken } from './tokenKeeper.ts';

/** Signing in and out and the choice of the company: the session's cookie goes here only. */
export const auth = clientOf(authApi, (path, sent) => fetch(path, sent));

const fetchToken = async (): Promise<string | undefined> => {
  try {
    return (await expecting(200, auth.token())).token;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return undefined;
    throw error;
  }
};

const listeners = new Set<() => void>();
const tellListeners = (): void => {
  for (const listener of listeners) listener();
};
export const tokens = keepToken(fetchToken, { onAnother: tellListeners });

/** Tells when the platform no longer knows who is there, or knows it to be somebody else. */
export const onSignedOut = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const withToken = async (path: string, sent: Sent, token: string | undefined): Promise<Response> => {
  const headers = token === undefined ? sent.headers : { ...sent.headers, authorization: `Bearer ${token}` };
  const answer = await fetch(path, { ...sent, headers });
  heard(answer.headers.get('date'));
  return answer;
};

/** Sends the token along; a refused one is fetched anew once. */
export const byToken: Send = async (path, sent) => {
  const token = await tokens.current();
  const answer = await withToken(path, sent, token);
  if (answer.status !== 401 || token === undefined) return answer;
  const fresh = await tokens.renew();
  if (fresh !== undefined) return withToken(path, sent, fresh);
  tellListeners();
  return answer;
};

export const identity = clientOf(identityApi, byToken);
export const tenders = clientOf(tendersApi, byToken);
export const matching = clientOf(matchingApi, byToken);
export const profiles = clientOf(profilesApi, byToken);
export const sandbox = clientOf(sandboxApi, byToken);
export const notifications = clientOf(notificationsApi, byToken);
