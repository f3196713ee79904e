import type { AppRoute, AppRouter } from '@ts-rest/core';
import { createExpressEndpoints, RequestValidationError } from '@ts-rest/express';
import type { RouteMetadata } from '@umuhuza/contracts/api';
import { isOutage } from '@umuhuza/eventing/outage';
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import { rememberCaller } from './caller.ts';
import { etagOfText } from './etag.ts';
import type { Metrics } from './metrics.ts';
import { commonProblem, sendProblem } from './problems.ts';
import { requestIdOf } from './requestId.ts';
import { KeysUnreachable, type VerifyToken } from './tokens.ts';

/** One handler for each route of the contract, in its shape. */
export type Handlers<Contract extends AppRouter> = Parameters<typeof createExpressEndpoints<Contract>>[1];

/** What is missing for the service to do its work; empty: it is ready. */
export type Missing = () => readonly string[];

/** What every service's app gets from its main or its test. */
export type ServiceParts = {
  readonly verifyToken: VerifyToken;
  readonly missing: Missing;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Answers are held against the contract: on in tests, where a wrong one is a 500. */
  readonly validateResponses?: boolean;
};

export type ServiceAppOptions<Contract extends AppRouter> = ServiceParts & {
  readonly contract: Contract;
  readonly handlers: Handlers<Contract>;
  /** Routes that ts-rest does not carry (streams, another library's handler); mounted before the contract's. */
  readonly mount?: (app: Express, guard: Guard) => void;
};

/** The guard for a mounted route, with the same metadata as a contract's. */
export type Guard = (metadata?: RouteMetadata) => RequestHandler;

const defaultBodyLimit = '256kb';

/** A service's Express app: guard, strict bodies, problems for everything that goes wrong, health and metrics. It never listens. */
export const createServiceApp = <Contract extends AppRouter>(options: ServiceAppOptions<Contract>): Express => {
  const { contract, handlers, verifyToken, missing, metrics, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', (body: Buffer | string) => etagOfText(body));
  app.set('query parser', 'simple');
  app.use(withRequestId);
  serveHealth(app, missing, metrics);

  const guard: Guard = (metadata) => guardRoute(verifyToken, () => metadata);
  options.mount?.(app, guard);
  createExpressEndpoints(contract, handlers, app, {
    logInitialization: false,
    responseValidation: options.validateResponses ?? false,
    globalMiddleware: [record(metrics, logger), guardRoute(verifyToken, metadataOf) as never, parseBody as never],
    requestValidationErrorHandler: (error, req, res) =>
      sendProblem(res, commonProblem(req, 'invalid-request', { issues: issuesOf(error) })),
  });

  app.use((req, res) => sendProblem(res, commonProblem(req, 'not-found')));
  app.use(onError(logger));
  return app;
};

type Routed = { readonly tsRestRoute: AppRoute };

const metadataOf = (req: Request): RouteMetadata | undefined =>
  (req as unknown as Routed).tsRestRoute.metadata as RouteMetadata | undefined;

const withRequestId: RequestHandler = (req, res, next) => {
  res.setHeader('X-Request-Id', requestIdOf(req));
  next();
};

const serveHealth = (app: Express, missing: Missing, { registry }: Metrics) => {
  app.get('/livez', (_req, res) => {
    res.json({ status: 'alive' });
  });
  app.get('/readyz', (req, res) => {
    const away = missing();
    if (away.length === 0) res.json({ status: 'ready' });
    else sendProblem(res, commonProblem(req, 'not-ready', { detail: `Missing: ${away.join(', ')}` }));
  });
  app.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
};

const isSealed = (req: Request): boolean =>
  ((req as unknown as Partial<Routed>).tsRestRoute?.metadata as RouteMetadata | undefined)?.sealed === true;

/** Answers are private to the caller unless the route is public, or has a public part and was asked without a token. */
const guardRoute =
  (verifyToken: VerifyToken, metadata: (req: Request) => RouteMetadata | undefined): RequestHandler =>
  async (req, res, next) => {
    const needs = metadata(req);
    const isPublic = needs?.access === 'public' || (needs?.access === 'public-part' && req.headers.authorization === undefined);
    res.setHeader('Cache-Control', isPublic ? 'no-cache' : 'private, no-cache');
    if (needs?.access === 'public-part') res.vary('Authorization');
    if (isPublic) return next();
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(req.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? undefined : await verifyToken(token);
    if (!caller) {
      res.setHeader('WWW-Authenticate', 'Bearer');
      return sendProblem(res, commonProblem(req, 'not-signed-in'));
    }
    if (!needs?.access && !('organisation' in caller)) return sendProblem(res, commonProblem(req, 'no-organisation'));
    if (needs?.access === 'programme-staff' && !caller.programmeStaff) return sendProblem(res, commonProblem(req, 'not-found'));
    rememberCaller(req, caller);
    next();
  };

const parsers = new Map<string, RequestHandler>();
const parserFor = (limit: string): RequestHandler => {
  const known = parsers.get(limit) ?? express.json({ limit, strict: true });
  parsers.set(limit, known);
  return known;
};

/** Bodies are read after the guard, bounded, and only as JSON; a file is left to its handler. */
const parseBody: RequestHandler = (req, res, next) => {
  if (metadataOf(req)?.upload) return next();
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is('json')) return sendProblem(res, commonProblem(req, 'unsupported-media-type'));
  parserFor(metadataOf(req)?.bodyLimit ?? defaultBodyLimit)(req, res, (error?: unknown) => {
    // A client that left before its body was read leaves none, and the parser calls that well: it would be another command than was sent.
    if (error === undefined && hasBody && req.body === undefined) return sendProblem(res, commonProblem(req, 'broken-json'));
    next(error);
  });
};

/** One line and one measurement a request, by route pattern. Sealed routes leave none: their mere number would tell of bids. */
const record = (metrics: Metrics, logger: Logger) => (req: unknown, res: Response, next: NextFunction) => {
  const { tsRestRoute } = req as Routed;
  if (isSealed(req as Request)) return next();
  const begun = performance.now();
  res.once('finish', () => {
    const ms = performance.now() - begun;
    metrics.answered(tsRestRoute.method, tsRestRoute.path, res.statusCode, ms / 1_000);
    logger.debug(
      {
        requestId: requestIdOf(req as Request),
        method: tsRestRoute.method,
        route: tsRestRoute.path,
        status: res.statusCode,
        ms: Math.round(ms),
      },
      'answered',
    );
  });
  next();
};

const issuesOf = (error: RequestValidationError): { path: string; message: string }[] =>
  (['pathParams', 'headers', 'query', 'body'] as const).flatMap((part) =>
    (error[part]?.issues ?? []).map(({ path, message }) => ({
      path: [part, ...(path ?? []).map((step) => (typeof step === 'object' ? String(step.key) : String(step)))].join('.'),
      message,
    })),
  );

/** What the body's reader refuses; a body that cannot be unpacked comes without a type. */
const isBodyError = (error: unknown): error is { readonly type?: unknown } =>
  error instanceof Error && 'expose' in error && error.expose === true;

/** What a handler threw: known failures of the request's body by name, an outage as 503, the rest logged once as 500. */
const onError =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof RequestValidationError)
      return sendProblem(res, commonProblem(req, 'invalid-request', { issues: issuesOf(error) }));
    if (isBodyError(error)) {
      if (error.type === 'entity.too.large') return sendProblem(res, commonProblem(req, 'body-too-large'));
      if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported')
        return sendProblem(res, commonProblem(req, 'unsupported-media-type'));
      return sendProblem(res, commonProblem(req, 'broken-json'));
    }
    if (error instanceof URIError) return sendProblem(res, commonProblem(req, 'not-found'));
    // Of a sealed route neither which it was nor whose request: that it was asked is nobody's business. A stack would name it.
    if (isSealed(req))
      logger.error({ failure: error instanceof Error ? error.name : typeof error }, 'a request failed unexpectedly');
    else logger.error({ err: error, requestId: requestIdOf(req) }, 'a request failed unexpectedly');
    if (error instanceof KeysUnreachable || isOutage(error)) return sendProblem(res, commonProblem(req, 'not-ready'));
    sendProblem(res, commonProblem(req, 'unexpected-error'));
  };
