import { type ApiFetcher, type ApiFetcherArgs, initClient, tsRestFetchApi } from '@ts-rest/core';
import { identityApi } from '@umuhuza/contracts/identity/api';
import { authApi } from '@umuhuza/contracts/identity/authApi';
import { matchingApi } from '@umuhuza/contracts/matching/api';
import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import { ConnectionLost, expecting, Refused } from './answers.ts';
import { keepToken } from './tokenKeeper.ts';

const baseUrl = '';

/** A fetch that fails without being called off means that no answer came. */
const orLost = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new ConnectionLost('no answer came', { cause: error });
  }
};

const byCookie: ApiFetcher = (args) => orLost(tsRestFetchApi(args));

/** Signing in and out and the choice of the company: the session's cookie goes here only. */
export const auth = initClient(authApi, { baseUrl, api: byCookie });

export const tokens = keepToken(async () => {
  try {
    return (await expecting(200, auth.token())).token;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return undefined;
    throw error;
  }
});

const listeners = new Set<() => void>();
/** Tells when the platform no longer knows who is there. */
export const onSignedOut = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const withToken = (args: ApiFetcherArgs, token: string | undefined) =>
  orLost(
    tsRestFetchApi({
      ...args,
      headers: { ...args.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    }),
  );

/** Sends the token along; a refused one is fetched anew once. */
const byToken: ApiFetcher = async (args) => {
  const token = await tokens.current();
  const answer = await withToken(args, token);
  if (answer.status !== 401 || token === undefined) return answer;
  const fresh = await tokens.renew();
  if (fresh !== undefined) return withToken(args, fresh);
  for (const listener of listeners) listener();
  return answer;
};

export const identity = initClient(identityApi, { baseUrl, api: byToken });
export const tenders = initClient(tendersApi, { baseUrl, api: byToken });
export const matching = initClient(matchingApi, { baseUrl, api: byToken });
export const sandbox = initClient(sandboxApi, { baseUrl, api: byToken });
export const notifications = initClient(notificationsApi, { baseUrl, api: byToken });
