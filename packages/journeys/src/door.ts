import { initClient } from '@ts-rest/core';
import { matchingApi } from '@umuhuza/contracts/matching/api';
import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import type { Problem } from '@umuhuza/contracts/problem';
import { profilesApi } from '@umuhuza/contracts/profiles/api';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { Country } from '@umuhuza/contracts/values';

/** A company as it comes to the door: who signs in for it, and what it is called. */
export type CompanyCard = {
  readonly name: string;
  readonly slug: string;
  readonly country: Country;
  readonly person: string;
  readonly email: string;
  readonly password: string;
};

/** What the door answered where the story went another way. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused';
  readonly status: number;
  constructor(what: string, status: number, body: unknown) {
    const problem = body as Partial<Problem> | undefined;
    const issues = problem?.issues?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super(`${what}: ${status} ${problem?.title ?? ''} ${problem?.detail ?? JSON.stringify(body)}${issues ? ` (${issues})` : ''}`);
    this.status = status;
  }
}

/** The body of the expected answer; anything else ends the story with what was said. */
export const expecting = async <
  Reply extends { readonly status: number; readonly body: unknown },
  Status extends Reply['status'],
>(
  what: string,
  status: Status,
  reply: Promise<Reply>,
): Promise<Extract<Reply, { readonly status: Status }>['body']> => {
  const answered = await reply;
  if (answered.status !== status) throw new DoorRefused(what, answered.status, answered.body);
  return answered.body as Extract<Reply, { readonly status: Status }>['body'];
};

/** better-auth's routes with the session's cookie kept, as a browser would that was opened at this address; `from`: behind a door of one's own. */
export const browserOf = (door: string, opened = door, from?: string) => {
  const jar = new Map<string, string>();
  return async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }> => {
    const response = await fetch(new URL(path, door), {
      method,
      headers: {
        origin: new URL(opened).origin,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(from === undefined ? {} : { 'x-forwarded-for': from }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
};

const idOf = (body: unknown): string => (body as { readonly id: string }).id;

/** Signs in, or makes the account and the organisation where there is none yet; both may be repeated without harm. */
export const enter = async (door: string, card: CompanyCard) => {
  const browser = browserOf(door);
  const { email, password, person } = card;
  const signedIn = await browser('POST', '/api/auth/sign-in/email', { email, password });
  if (signedIn.status !== 200) {
    await expecting(
      `${card.name} makes an account`,
      200,
      browser('POST', '/api/auth/sign-up/email', { email, password, name: person }),
    );
  }
  const organisations = (await expecting('their organisations', 200, browser('GET', '/api/auth/organization/list'))) as {
    readonly id: string;
    readonly slug: string;
  }[];
  const known = organisations.find(({ slug }) => slug === card.slug);
  const organisationId =
    known?.id ??
    idOf(
      await expecting(
        `${card.name} registers`,
        200,
        browser('POST', '/api/auth/organization/create', { name: card.name, slug: card.slug, country: card.country }),
      ),
    );
  return companyAt(door, card, organisationId, await actingFor(browser, organisationId));
};

/** Signs in with an account that is there, for its only organisation or the one with this short name. */
export const signIn = async (
  door: string,
  { email, password, slug }: { readonly email: string; readonly password: string; readonly slug?: string | undefined },
) => {
  const browser = browserOf(door);
  await expecting('signing in', 200, browser('POST', '/api/auth/sign-in/email', { email, password }));
  const organisations = (await expecting('the organisations', 200, browser('GET', '/api/auth/organization/list'))) as {
    readonly id: string;
    readonly slug: string;
  }[];
  const chosen = organisations.filter((one) => slug === undefined || one.slug === slug);
  const [organisation] = chosen;
  if (!organisation || chosen.length > 1) throw new NoOneOrganisation(organisations.map((one) => one.slug));
  return companyAt(door, { email }, organisation.id, await actingFor(browser, organisation.id));
};

/** The account has none to act for, or several. */
export class NoOneOrganisation extends Error {
  override readonly name = 'NoOneOrganisation';
  constructor(slugs: readonly string[]) {
    super(`Name one organisation of this account: ${slugs.join(', ') || 'it has none'}`);
  }
}

/** Chooses the organisation for this session, and says how to get its tokens. */
const actingFor = async (browser: ReturnType<typeof browserOf>, organizationId: string) => {
  await expecting('acting for it', 200, browser('POST', '/api/auth/organization/set-active', { organizationId }));
  return async () => {
    const { token } = (await expecting('a token', 200, browser('GET', '/api/auth/token'))) as { readonly token: string };
    return token;
  };
};

/** How long before its end a token is renewed, in milliseconds. */
const renewBefore = 60_000;

const companyAt = async <Card extends object>(
  door: string,
  card: Card,
  organisationId: string,
  fetchToken: () => Promise<string>,
) => {
  let token = await fetchToken();
  const authorization = async () => {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { readonly exp: number };
    if (exp * 1_000 - Date.now() < renewBefore) token = await fetchToken();
    return `Bearer ${token}`;
  };
  const baseUrl = door.replace(/\/$/, '');
  const fetchFor = async (path: string, init: RequestInit) => {
    const response = await fetch(path, { ...init, headers: { ...init.headers, authorization: await authorization() } });
    const text = await response.text();
    const body: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    return { status: response.status, body, headers: response.headers };
  };
  const options = {
    baseUrl,
    baseHeaders: {},
    api: ({ path, method, headers, body }: { path: string; method: string; headers: Record<string, string>; body: unknown }) =>
      fetchFor(path, { method, headers, ...(body === undefined || body === null ? {} : { body: body as string }) }),
  };
  return {
    ...card,
    organisationId,
    token: authorization,
    profiles: initClient(profilesApi, options),
    tenders: initClient(tendersApi, options),
    matching: initClient(matchingApi, options),
    sandbox: initClient(sandboxApi, options),
    inbox: initClient(notificationsApi, options),
  };
};
export type Company = Awaited<ReturnType<typeof enter>>;
export type SignedIn = Awaited<ReturnType<typeof signIn>>;
