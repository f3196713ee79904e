import { sendProblem } from '@umuhuza/service/problems';
import type { RequestHandler } from 'express';
import { doorProblem } from './problems.ts';

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site makes a signed-in browser send. Browsers name the page's origin; programs that are no browsers name none
 * and hold no cookie by accident.
 */
export const onlySameOrigin =
  (publicUrl: URL): RequestHandler =>
  (req, res, next) => {
    if (changesNothing.has(req.method)) return next();
    const { origin } = req.headers;
    const site = req.headers['sec-fetch-site'];
    const ours =
      (origin === undefined || origin === publicUrl.origin) && (site === undefined || site === 'same-origin' || site === 'none');
    if (ours) return next();
    sendProblem(
      res,
      doorProblem(
        req,
        'cross-site-request',
        `What changes something is only taken from the platform’s own pages, at its public address ${publicUrl.origin}. Open that address and try again there.`,
      ),
    );
  };
