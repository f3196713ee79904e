import type { NotificationBook } from '../notificationBook.ts';
import { advance, from, type Position, startAt } from './position.ts';

/** The place of a page that has read the whole inbox just now. */
export const positionNow = async (notifications: NotificationBook, person: string, at: string): Promise<Position> => {
  const now = startAt(at);
  const found = await notifications.touchedSince([person], from(now));
  return found.reduce((place, { id, notification }) => advance(place, { id, at: notification.at }), now);
};
