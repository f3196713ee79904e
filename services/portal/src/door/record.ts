import type { Metrics } from '@umuhuza/service/metrics';
import { requestIdOf } from '@umuhuza/service/requestId';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { isSealedPath } from './contracts.ts';
import { serviceOf } from './services.ts';

/** One line and one measurement a request, by service. Paths are left out: they hold ids. */
export const record =
  (metrics: Metrics, logger: Logger): RequestHandler =>
  (req, res, next) => {
    if (isSealedPath(req.path)) return next();
    const begun = performance.now();
    const service = serviceOf(req.path);
    const route = service ? `/api/${service}` : 'door';
    res.once('finish', () => {
      const ms = performance.now() - begun;
      metrics.answered(req.method, route, res.statusCode, ms / 1_000);
      logger.debug(
        { requestId: requestIdOf(req), method: req.method, route, status: res.statusCode, ms: Math.round(ms) },
        'answered',
      );
    });
    next();
  };
