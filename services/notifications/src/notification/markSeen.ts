import { isInInbox, type Notification, type NotificationFact } from './notification.ts';
import { type Refused, refuse } from './refusals.ts';

/** Its reader has looked at the list it stands in. */
export const markSeen = <T>(
  notification: Notification<T>,
  { by, at }: { readonly by: string; readonly at: string },
): readonly NotificationFact<T>[] | Refused<'no-such-notification'> => {
  if (!isInInbox(notification) || notification.recipient !== by) return refuse('no-such-notification');
  return notification.status === 'unseen' ? [{ type: 'Seen', at }] : [];
};
