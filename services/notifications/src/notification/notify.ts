import type { Channel, For, Notification, NotificationFact } from './notification.ts';

/**
 * Tells a person, once. The inbox is delivery itself, so the wish counts now; whether a mail is wanted is asked when it is sent.
 */
export const notify = <T>(
  notification: Notification<T>,
  { channel, wanted, ...whom }: For<T> & { readonly channel: Channel; readonly wanted: boolean },
): readonly NotificationFact<T>[] => {
  if (notification.status !== 'absent') return [];
  if (channel === 'email') return [{ type: 'Queued', ...whom }];
  return [wanted ? { type: 'PutInInbox', ...whom } : { type: 'NotWanted', channel, reason: 'switched-off', ...whom }];
};
