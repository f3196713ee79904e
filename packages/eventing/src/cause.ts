import { createHash, randomUUID } from 'node:crypto';

/** Who is behind a change: a signed-in person of an organisation, or the platform itself. */
export type Actor = { readonly user: string; readonly organisation: string } | 'platform';

type Traced = {
  readonly correlationId: string;
  readonly actor: Actor;
  /** RFC 3339 UTC, the server's instant. */
  readonly at: string;
  readonly traceparent?: string;
};

/**
 * A command's cause. `id` names the request: derived from organisation and Idempotency-Key, or random without a key.
 * `repeatable` says that the client named a key, so its answer is worth keeping. `fingerprint` tells whether a repetition is the
 * same request.
 */
export type CommandCause = Traced & {
  readonly kind: 'command';
  readonly id: string;
  readonly fingerprint: string;
  readonly repeatable: boolean;
  /** Whose memory it is kept in, where its being there must not show in what is still remembered of others; missing: the one of all. */
  readonly apart?: string;
};

/** An event's cause: where it comes from and its place in the row of its aggregate's public events. */
export type EventCause = Traced & {
  readonly kind: 'event';
  readonly id: string;
  readonly aggregate: string;
  readonly sequence: number;
};

/** Time itself. Its rules are quiet when told again, so nothing is remembered. */
export type TimeCause = Traced & { readonly kind: 'time'; readonly id: string };

export type Cause = CommandCause | EventCause | TimeCause;

const digest = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The command's id for an organisation's key: the key itself is not kept, and two organisations' equal keys differ. */
export const commandId = (organisation: string, key: string): string => digest('command', organisation, key);

/** What makes two requests with one key the same request. */
export const fingerprint = (method: string, path: string, body: unknown): string =>
  digest('request', method, path, JSON.stringify(body ?? null));

/** An id that the same cause always makes again, so that a repeated create finds its own first try. `part` tells several apart. */
export const idFrom = (cause: { readonly id: string }, part = ''): string => digest('id', cause.id, part).slice(0, 22);

/** The cause of what a clock brings about; `what` names it for the trace. */
export const timeCause = (what: string, at: string): TimeCause => ({
  kind: 'time',
  id: `${what}:${randomUUID()}`,
  correlationId: randomUUID(),
  actor: 'platform',
  at,
});
