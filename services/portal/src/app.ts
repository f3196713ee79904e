import type { Metrics } from '@umuhuza/service/metrics';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import { requestIdOf } from '@umuhuza/service/requestId';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import { apiDescription } from './door/apiDescription.ts';
import { escaped, htmlPage } from './door/htmlPage.ts';
import type { OpenStreams } from './door/openStreams.ts';
import { problemPages } from './door/problemPages.ts';
import { passToService } from './door/proxy.ts';
import { type Budgets, rateLimits } from './door/rateLimits.ts';
import { readiness } from './door/readiness.ts';
import { record } from './door/record.ts';
import { onlySameOrigin } from './door/sameOrigin.ts';
import { securityHeaders } from './door/securityHeaders.ts';
import type { Targets } from './door/services.ts';
import type { Pages } from './pages/assets.ts';
import { servePages } from './pages/servePages.ts';

export type Door = {
  readonly targets: Targets;
  readonly publicUrl: string;
  readonly budgets: Budgets;
  /** The API answers while the page is still being built. */
  readonly pages: Promise<Pages>;
  /** Whether browsers keep the page, so that it opens without a line. False: what they kept is taken back. */
  readonly keepsShell?: boolean;
  readonly streams: OpenStreams;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The proxies in front whose X-Forwarded-For is believed: their number, or their addresses. None by default. */
  readonly trustProxy?: number | string[] | undefined;
  /** The largest body that is let in, in bytes. */
  readonly maxBody?: number;
  /** Milliseconds a service may stay silent before it counts as away. */
  readonly patience?: number;
  /** Milliseconds for which a service that takes no connections is waited for, since it may only be restarting. */
  readonly restartsWithin?: number;
};

/** The largest route of the platform takes 5 MB; some room is for what surrounds it. */
const sixMegabytes = 6 * 1024 * 1024;

/** The public door: the pages, and the way to each service. It never listens. */
export const createApp = (door: Door): Express => {
  const {
    targets,
    budgets,
    pages,
    streams,
    metrics,
    logger,
    maxBody = sixMegabytes,
    patience = 60_000,
    restartsWithin = 8_000,
  } = door;
  const publicUrl = new URL(door.publicUrl);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', door.trustProxy ?? false);

  app.use(ownRequestId, securityHeaders(publicUrl));
  app.get('/livez', (_req, res) => {
    res.json({ status: 'alive' });
  });
  app.get('/readyz', readiness(targets));
  app.use(servePages(pages, publicUrl, door.keepsShell), problemPages(pages));
  app.get('/openapi.json', describeOnce(publicUrl));
  app.use(onlyApi(pages));
  app.use(
    record(metrics, logger),
    ...rateLimits(budgets),
    onlySameOrigin(publicUrl),
    passToService({ targets, publicUrl, streams, logger, maxBody, patience, restartsWithin }),
  );
  app.use(onError(logger));
  return app;
};

/** The client's own id is not believed: what is traced by it must be one request. */
const ownRequestId: RequestHandler = (req, res, next) => {
  delete req.headers['x-request-id'];
  res.setHeader('X-Request-Id', requestIdOf(req));
  next();
};

const describeOnce = (publicUrl: URL): RequestHandler => {
  let described: string | undefined;
  return (_req, res) => {
    described ??= JSON.stringify(apiDescription(publicUrl));
    res.setHeader('Cache-Control', 'no-cache');
    res.type('json').send(described);
  };
};

/** Whatever is neither a page nor below `/api` is not there: a page says so to people, a problem to programs. */
const onlyApi =
  (pages: Promise<Pages>): RequestHandler =>
  async (req, res, next) => {
    if (/^\/api(\/|$)/.test(req.path)) return next();
    const problem = commonProblem(req, 'not-found');
    if (!isReadByPerson(req)) return sendProblem(res, problem);
    const { title, detail } = problem.body;
    const { styleSheet } = await pages;
    const body = `<h1>${escaped(title)}</h1><p>${escaped(detail)}</p><p><a href="/">To the platform</a></p>`;
    res.status(404).setHeader('Cache-Control', 'no-cache');
    res.type('html').send(htmlPage({ title, styleSheet, body }));
  };

const isReadByPerson = (req: Request): boolean => req.method === 'GET' && req.accepts(['json', 'html']) === 'html';

const onError =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, req, res: Response, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof URIError) return sendProblem(res, commonProblem(req, 'not-found'));
    logger.error({ err: error, requestId: requestIdOf(req) }, 'a request failed unexpectedly');
    sendProblem(res, commonProblem(req, 'unexpected-error'));
  };
