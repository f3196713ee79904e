import { Agent, type ClientRequest, type IncomingMessage, ServerResponse } from 'node:http';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import { requestIdOf } from '@umuhuza/service/requestId';
import type { RequestHandler, Response } from 'express';
import { createProxyMiddleware, type Plugin } from 'http-proxy-middleware';
import type { Logger } from 'pino';
import { headersInward } from './headersInward.ts';
import { headersOutward, isEventStream } from './headersOutward.ts';
import type { OpenStreams } from './openStreams.ts';
import { doorProblem } from './problems.ts';
import { partInWords, type ServiceName, serviceNames, serviceOf, type Targets } from './services.ts';

export type ProxyOptions = {
  readonly targets: Targets;
  readonly publicUrl: URL;
  readonly streams: OpenStreams;
  readonly logger: Logger;
  /** The largest body that is let in, in bytes. */
  readonly maxBody: number;
  /** Milliseconds a service may stay silent before it counts as away. */
  readonly patience: number;
};

/** Passes `/api/<service>/…` on to its service and streams the answer back as it comes. */
export const passToService = (options: ProxyOptions): RequestHandler => {
  const { publicUrl, maxBody } = options;
  const passes = Object.fromEntries(serviceNames.map((name) => [name, passTo(name, options)])) as Record<
    ServiceName,
    RequestHandler
  >;

  return (req, res, next) => {
    const service = serviceOf(req.path);
    if (!service) return sendProblem(res, commonProblem(req, 'not-found'));
    if (Number(req.headers['content-length'] ?? 0) > maxBody) return sendProblem(res, commonProblem(req, 'body-too-large'));
    req.headers = headersInward(req.headers, { requestId: requestIdOf(req), address: req.ip ?? '', publicUrl, service });
    return passes[service](req, res, next);
  };
};

const passTo = (service: ServiceName, { targets, streams, maxBody, patience, logger }: ProxyOptions): RequestHandler => {
  const underWay = new WeakMap<IncomingMessage, ClientRequest>();
  const askedAgain = new WeakSet<IncomingMessage>();

  const onFailure = (error: Error, req: IncomingMessage, res: ServerResponse): void => {
    if (res.headersSent || res.destroyed) return;
    if (!askedAgain.has(req) && isReading(req) && isStaleConnection(error, underWay.get(req))) {
      askedAgain.add(req);
      void proxy(req, res);
      return;
    }
    logger.warn({ err: error, service, requestId: requestIdOf(req) }, 'a service did not answer');
    res.setHeader('Retry-After', '2');
    sendProblem(res as Response, serviceAway(req, service));
  };

  const carry: Plugin = (library) => {
    library.on('proxyReq', (outgoing, req, res) => {
      underWay.set(req, outgoing);
      boundBody(req, maxBody, () => {
        if (!res.headersSent) sendProblem(res as Response, commonProblem(req, 'body-too-large'));
        outgoing.destroy();
      });
    });
    library.on('proxyRes', (answer, _req, res) => {
      answer.headers = headersOutward(answer.headers);
      if (!isEventStream(answer.headers)) return;
      // A stream may be silent for long, and its reader wants to know at once that it is open.
      answer.socket.setTimeout(0);
      process.nextTick(() => openStream(res, streams));
    });
    library.on('error', (error, req, res) => {
      if (req && res instanceof ServerResponse) onFailure(error, req, res);
    });
  };

  const proxy = createProxyMiddleware({
    target: targets[service],
    changeOrigin: true,
    agent: new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 }),
    proxyTimeout: patience,
    // The library's own plugins answer errors with text of theirs.
    ejectPlugins: true,
    plugins: [carry],
  });
  return (req, res, next) => void proxy(req, res, next);
};

const serviceAway = (req: IncomingMessage, service: ServiceName) =>
  doorProblem(
    req,
    'service-away',
    `${partInWords[service]} cannot be reached at the moment; the other parts go on. Try again in a few seconds; with the same Idempotency-Key nothing is done twice.`,
  );

const isReading = (req: IncomingMessage): boolean => req.method === 'GET' || req.method === 'HEAD';

/** A kept connection that the service closed just when it was used again: nothing was asked yet, so a reader may ask once more. */
const isStaleConnection = (error: unknown, request: ClientRequest | undefined): boolean =>
  request?.reusedSocket === true && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

const openStream = (res: ServerResponse, streams: OpenStreams): void => {
  if (res.destroyed) return;
  if (!res.headersSent) res.flushHeaders();
  streams.add(res);
};

/** Counts what streams through, for bodies that did not tell their length. */
const boundBody = (req: IncomingMessage, most: number, onExceeded: () => void): void => {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= most) return;
    req.off('data', count);
    req.unpipe();
    // What still comes is read and dropped, so that the client gets to read the refusal.
    req.resume();
    onExceeded();
  };
  req.on('data', count);
};
