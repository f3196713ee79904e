import { randomUUID } from 'node:crypto';
import { type CommandCause, commandId, fingerprint } from '@umuhuza/eventing/cause';
import type { Request } from 'express';
import { callerOf } from './caller.ts';
import type { Clock } from './clock.ts';
import { requestIdOf } from './requestId.ts';

/**
 * The cause a request is. Its id comes from the Idempotency-Key, scoped to the organisation (or the user without one), so that
 * nobody meets another's key; without a key each request is a cause of its own.
 */
export const causeOf = (
  req: Pick<Request, 'headers' | 'method' | 'originalUrl'> & { readonly body?: unknown },
  clock: Clock,
): CommandCause => {
  const caller = callerOf(req);
  const key = req.headers['idempotency-key'];
  const scope = 'organisation' in caller ? caller.organisation : caller.user;
  const traceparent = req.headers.traceparent;
  return {
    kind: 'command',
    id: typeof key === 'string' ? commandId(scope, key) : randomUUID(),
    fingerprint: fingerprint(req.method, req.originalUrl, req.body),
    repeatable: typeof key === 'string',
    correlationId: requestIdOf(req),
    actor: { user: caller.user, organisation: scope },
    at: clock(),
    ...(typeof traceparent === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent) ? { traceparent } : {}),
  };
};

/** Finds what this request was told before; whatever it decides is not remembered. */
export const onlyLooking = (cause: CommandCause): CommandCause => ({ ...cause, repeatable: false });

/** The cause of an upload: with other bytes it is another request. `sha256` is theirs. */
export const ofBytes = (cause: CommandCause, sha256: string): CommandCause => ({
  ...cause,
  fingerprint: `${cause.fingerprint}/${sha256}`,
});
