import { isInInbox, type Notification, type NotificationFact } from './notification.ts';
import { type Refused, refuse } from './refusals.ts';

/** Reading it counts once, also when it was put away unread. */
export const markRead = <T>(
  notification: Notification<T>,
  { by, at }: { readonly by: string; readonly at: string },
): readonly NotificationFact<T>[] | Refused<'no-such-notification'> => {
  if (!isInInbox(notification) || notification.recipient !== by) return refuse('no-such-notification');
  return notification.readAt === null ? [{ type: 'Read', at }] : [];
};
