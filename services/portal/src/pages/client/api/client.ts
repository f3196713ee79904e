import type { AppRoute, AppRouter, InitClientReturn } from '@ts-rest/core';
import { orLost } from './answers.ts';

export type Sent = { readonly method: string; readonly headers: Record<string, string>; readonly body?: string };
export type Send = (path: string, sent: Sent) => Promise<Response>;

type Input = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
};

/** A client with the types of ts-rest for a contract without nested routers; its own would bring its validators along. */
export const clientOf = <Contract extends Readonly<Record<string, AppRoute>> & AppRouter>(
  contract: Contract,
  send: Send,
): InitClientReturn<Contract, { readonly baseUrl: string }> =>
  Object.fromEntries(
    Object.entries(contract).map(([name, route]) => [name, (input?: Input) => ask(route, input ?? {}, send)]),
  ) as InitClientReturn<Contract, { readonly baseUrl: string }>;

/** Where a route is, with what is asked of it. */
export const addressOf = (route: Pick<AppRoute, 'path'>, { params = {}, query = {} }: Pick<Input, 'params' | 'query'>): string =>
  `${pathOf(route.path, params)}${questionOf(query)}`;

const ask = async (route: AppRoute, { params = {}, query = {}, headers = {}, body }: Input, send: Send) => {
  const asked = send(addressOf(route, { params, query }), {
    method: route.method,
    headers: {
      ...Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await orLost(asked);
  return { status: answer.status, body: await orLost(bodyOf(answer)), headers: answer.headers };
};

const pathOf = (pattern: string, params: Readonly<Record<string, string>>): string =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const questionOf = (query: Readonly<Record<string, unknown>>): string => {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`;
};

const bodyOf = (answer: Response): Promise<unknown> =>
  /^application\/(\w+\+)?json\b/.test(answer.headers.get('content-type') ?? '') ? answer.json() : answer.text();
