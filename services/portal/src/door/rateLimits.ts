import { createHash } from 'node:crypto';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

/** Requests a window; 0 takes a budget away. */
export type Budgets = {
  /** Reading, for each token, or for each address that shows none. */
  readonly read: number;
  /** Writing, counted the same way. */
  readonly write: number;
  /** Signing in and creating accounts, for each address. */
  readonly signIn: number;
  /** Everything from one address together, whatever tokens it shows: made-up tokens buy no budget. */
  readonly address: number;
  readonly windowSeconds: number;
};

/** The budgets of one door process; several replicas count each for themselves. */
export const rateLimits = ({ read, write, signIn, address, windowSeconds }: Budgets): RequestHandler[] => {
  const budget = (identifier: string, limit: number, appliesTo: (req: Request) => boolean, keyOf: (req: Request) => string) =>
    limit === 0
      ? []
      : [
          rateLimit({
            identifier,
            limit,
            windowMs: windowSeconds * 1_000,
            standardHeaders: 'draft-8',
            legacyHeaders: false,
            skip: (req) => !appliesTo(req),
            keyGenerator: keyOf,
            // Forwarding headers are ignored on purpose unless TRUST_PROXY says otherwise; no need to warn of each.
            validate: { xForwardedForHeader: false, forwardedHeader: false },
            handler: (req, res) => sendProblem(res, commonProblem(req, 'too-many-requests')),
          }),
        ];
  return [
    ...budget('address', address, () => true, addressOf),
    ...budget('sign-in', signIn, isSigningIn, addressOf),
    ...budget('write', write, (req) => isWriting(req) && !isSigningIn(req), tokenOrAddressOf),
    ...budget('read', read, (req) => !isWriting(req), tokenOrAddressOf),
  ];
};

const isWriting = ({ method }: Request): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

const isSigningIn = (req: Request): boolean =>
  req.method === 'POST' &&
  /^\/api\/(auth\/(sign-in|sign-up|forget-password|request-password-reset|reset-password)|identity\/programme-office)(\/|$)/.test(
    req.path,
  );

const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');

const tokenOrAddressOf = (req: Request): string => {
  const shown = req.headers.authorization;
  return shown === undefined ? addressOf(req) : createHash('sha256').update(shown).digest('base64url');
};
