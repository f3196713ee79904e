import type { Notification, NotificationFact, SuppressionReason } from './notification.ts';

/** Pauses after the first, second … failed attempt, in seconds; after one more the mail is given up. Together about two days. */
export const pauses = [60, 300, 1_800, 7_200, 28_800, 57_600, 86_400] as const;

/**
 * How an attempt ended.
 * - `sent`: the mail server took it.
 * - `not-now`: it may work later.
 * - `never`: the mail server refused this mail for good.
 * - `suppressed`: it is not wanted any more, or not theirs to know any more.
 */
export type Ending =
  | { readonly ending: 'sent' }
  | { readonly ending: 'not-now' | 'never'; readonly reason: string }
  | { readonly ending: 'suppressed'; readonly reason: SuppressionReason };

/** An attempt that took too long and was taken over still counts when it ended well: the mail server has the mail. */
export const endAttempt = <T>(
  notification: Notification<T>,
  { attempt, at, ...how }: Ending & { readonly attempt: string; readonly at: string },
): readonly NotificationFact<T>[] => {
  if (notification.status !== 'queued') return [];
  if (how.ending === 'sent') return [{ type: 'Sent', at }];
  if (notification.attempt !== attempt) return [];
  switch (how.ending) {
    case 'suppressed':
      return [{ type: 'Suppressed', reason: how.reason }];
    case 'never':
      return [{ type: 'GivenUp', reason: how.reason, at }];
    case 'not-now': {
      const pause = pauses[notification.attempts - 1];
      return pause === undefined
        ? [{ type: 'GivenUp', reason: how.reason, at }]
        : [
            {
              type: 'AttemptFailed',
              notBefore: Temporal.Instant.from(at).add({ seconds: pause }).toString({ fractionalSecondDigits: 3 }),
            },
          ];
    }
  }
};
