import { authApi } from '@umuhuza/contracts/identity/authApi';
import type { Metrics } from '@umuhuza/service/metrics';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import express, { type Response as Answer, type Request as Asked, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { authProblem } from './authProblem.ts';
import { type Auth, clientAddressHeader } from './betterAuth.ts';

export type AuthDoorOptions = {
  readonly auth: Pick<Auth, 'handler'>;
  /** The platform's own address, which better-auth's requests are made for. */
  readonly publicUrl: string;
  readonly metrics: Metrics;
};

type Route = (typeof authApi)[keyof typeof authApi];

const prefix = '/api/auth';
const routes = new Map<string, Route>(Object.values(authApi).map((route) => [`${route.method} ${route.path}`, route]));
const parseJson = express.json({ limit: '16kb', strict: true });
const nothing = z.strictObject({});

/**
 * Serves the routes of the contract with better-auth and no others: it has more than we use (mail, social sign-in, pages of its own).
 * Queries and bodies are held against the contract first, answers are cut to it; refusals leave as problems.
 */
export const mountAuth = (app: Express, { auth, publicUrl, metrics }: AuthDoorOptions): void => {
  // The portal's door is the one hop before us; what it wrote last in X-Forwarded-For is the client, whatever else stands there.
  app.set('trust proxy', 1);

  const serve: RequestHandler = async (req, res) => {
    const route = routes.get(`${req.method} ${prefix}${req.path}`);
    if (!route) return sendProblem(res, commonProblem(req, 'not-found'));
    const begun = performance.now();
    res.once('finish', () => metrics.answered(route.method, route.path, res.statusCode, (performance.now() - begun) / 1_000));

    const query = ('query' in route ? route.query : nothing).safeParse(req.query);
    if (!query.success) return refuseInvalid(req, res, 'query', query.error);
    const body = 'body' in route ? route.body.safeParse(req.body ?? {}) : undefined;
    if (body && !body.success) return refuseInvalid(req, res, 'body', body.error);

    const asked = new URL(`${prefix}${req.path}`, publicUrl);
    for (const [name, value] of Object.entries(query.data)) if (typeof value === 'string') asked.searchParams.set(name, value);
    const answer = await auth.handler(
      new Request(asked, {
        method: req.method,
        headers: headersOf(req),
        ...(body ? { body: JSON.stringify(body.data ?? {}) } : {}),
      }),
    );
    for (const cookie of answer.headers.getSetCookie()) res.append('Set-Cookie', cookie);
    res.setHeader('Cache-Control', route === authApi.jwks ? 'public, max-age=60' : 'no-store');
    const text = await answer.text();
    if (answer.status >= 400) {
      const retryAfter = answer.headers.get('x-retry-after');
      if (retryAfter) res.setHeader('Retry-After', retryAfter);
      return sendProblem(res, authProblem(req, answer.status, text));
    }
    res.status(200).json(route.responses[200].parse(JSON.parse(text)));
  };

  app.use(prefix, (req, res, next) => {
    if (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined) return next();
    if (Number(req.headers['content-length']) === 0) return next();
    if (!req.is('json')) return sendProblem(res, commonProblem(req, 'unsupported-media-type'));
    parseJson(req, res, next);
  });
  app.use(prefix, serve);
};

const refuseInvalid = (req: Asked, res: Answer, part: 'query' | 'body', { issues }: z.ZodError): void =>
  sendProblem(
    res,
    commonProblem(req, 'invalid-request', {
      issues: issues.map(({ path, message }) => ({ path: [part, ...path].join('.'), message })),
    }),
  );

/** What concerns only this connection, or would let a client speak for the door. */
const notHandedOn =
  /^(connection|content-length|content-type|host|keep-alive|te|trailer|transfer-encoding|upgrade|forwarded|x-forwarded-.*|x-client-address)$/;

const headersOf = (req: Asked): Headers => {
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const [name, value] of Object.entries(req.headers))
    if (value !== undefined && !notHandedOn.test(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  if (req.ip) headers.set(clientAddressHeader, req.ip);
  return headers;
};
