import type { Notification, NotificationFact } from './notification.ts';

/**
 * How long one attempt may take, in seconds; it exceeds every timeout of the mail transport together. Afterwards whoever began it
 * counts as gone, and another may try.
 */
export const attemptLasts = 180;

/** Takes a due mail for one sender alone: of several that try at once, the one whose attempt is noted may send. */
export const beginAttempt = <T>(
  notification: Notification<T>,
  { attempt, at }: { readonly attempt: string; readonly at: string },
): readonly NotificationFact<T>[] =>
  notification.status === 'queued' && Temporal.Instant.compare(notification.notBefore, at) <= 0
    ? [
        {
          type: 'AttemptBegun',
          attempt,
          until: Temporal.Instant.from(at).add({ seconds: attemptLasts }).toString({ fractionalSecondDigits: 3 }),
        },
      ]
    : [];
