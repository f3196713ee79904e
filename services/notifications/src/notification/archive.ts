import { isInInbox, type Notification, type NotificationFact } from './notification.ts';
import { type Refused, refuse } from './refusals.ts';

/** Puts it away, read or not. */
export const archive = <T>(
  notification: Notification<T>,
  { by, at }: { readonly by: string; readonly at: string },
): readonly NotificationFact<T>[] | Refused<'no-such-notification'> => {
  if (!isInInbox(notification) || notification.recipient !== by) return refuse('no-such-notification');
  return notification.status === 'archived' ? [] : [{ type: 'Archived', at }];
};
