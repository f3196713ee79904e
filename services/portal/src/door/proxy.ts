import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { mostUploadBytes } from '@umuhuza/contracts/api';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import { requestIdOf } from '@umuhuza/service/requestId';
import type { RequestHandler, Response } from 'express';
import { createProxyMiddleware, type Plugin } from 'http-proxy-middleware';
import type { Logger } from 'pino';
import { isSealedPath, isUpload } from './contracts.ts';
import { headersInward } from './headersInward.ts';
import { headersOutward, isEventStream } from './headersOutward.ts';
import type { OpenStreams } from './openStreams.ts';
import { PatientAgent } from './patientAgent.ts';
import { doorProblem } from './problems.ts';
import { createRepeating } from './repeating.ts';
import { partInWords, type ServiceName, serviceNames, serviceOf, type Targets } from './services.ts';

export type ProxyOptions = {
  readonly targets: Targets;
  readonly publicUrl: URL;
  readonly streams: OpenStreams;
  readonly logger: Logger;
  /** The largest body that is let in, in bytes; a file may have `mostUploadBytes`. */
  readonly maxBody: number;
  /** Milliseconds a service may stay silent before it counts as away. */
  readonly patience: number;
  /** Milliseconds for which a service that takes no connections is waited for, since it may only be restarting. */
  readonly restartsWithin: number;
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
    if (Number(req.headers['content-length'] ?? 0) > mostOf(req, maxBody))
      return sendProblem(res, commonProblem(req, 'body-too-large'));
    req.headers = headersInward(req.headers, { requestId: requestIdOf(req), address: req.ip ?? '', publicUrl, service });
    return passes[service](req, res, next);
  };
};

const passTo = (
  service: ServiceName,
  { targets, streams, maxBody, patience, restartsWithin, logger }: ProxyOptions,
): RequestHandler => {
  const repeating = createRepeating(restartsWithin);

  const onFailure = async (error: Error, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (res.headersSent || res.destroyed) return;
    const again = await repeating.again(error, req);
    if (res.headersSent || res.destroyed) return;
    if (again) return again.body ? proxyOf(again.body)(req, res) : proxy(req, res);
    // The time of such a call alone would tell that somebody bids.
    if (!isSealedPath(pathOf(req))) logger.warn({ err: error, service, requestId: requestIdOf(req) }, 'a service did not answer');
    res.setHeader('Retry-After', '2');
    sendProblem(res as Response, serviceAway(req, service));
  };

  const carry: Plugin = (library) => {
    library.on('proxyReq', (outgoing, req, res) => {
      repeating.sending(req, outgoing);
      boundBody(req, mostOf(req, maxBody), () => {
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
      if (req && res instanceof ServerResponse) void onFailure(error, req, res);
    });
  };

  const agent = new PatientAgent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 }, restartsWithin);
  const proxyOf = (body?: Readable) =>
    createProxyMiddleware({
      target: targets[service],
      changeOrigin: true,
      agent,
      proxyTimeout: patience,
      // The library's own plugins answer errors with text of theirs.
      ejectPlugins: true,
      plugins: [carry],
      // Sent in place of the request's own body, which has been read.
      ...(body ? { buffer: body } : {}),
    });
  const proxy = proxyOf();
  return (req, res, next) => void proxy(req, res, next);
};

const pathOf = ({ url = '' }: Pick<IncomingMessage, 'url'>): string => url.split('?')[0] ?? '';

const mostOf = ({ method = '', url = '' }: IncomingMessage, maxBody: number): number =>
  isUpload(method, pathOf({ url })) ? Math.max(maxBody, mostUploadBytes) : maxBody;

const serviceAway = (req: IncomingMessage, service: ServiceName) =>
  doorProblem(
    req,
    'service-away',
    `${partInWords[service]} cannot be reached at the moment; the other parts go on. Try again in a few seconds; with the same Idempotency-Key nothing is done twice.`,
  );

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
