import {
  mustBeKnown,
  type NotificationView,
  notificationKind,
  type PreferencesView,
} from '@umuhuza/contracts/notifications/schemas';
import { isSwitchable } from './isSwitchable.ts';
import type { InInbox } from './notificationBook.ts';
import { channelsOf, everywhere } from './preferences/preferences.ts';
import type { PersonPreferences } from './preferencesBook.ts';
import type { Reader } from './readers.ts';
import { write } from './texts/write.ts';

/** In the reader's words. */
export const toView = ({ id, notification }: InInbox, { language, timeZone }: Reader): NotificationView => {
  const { told, organisation, status, at, seenAt, readAt } = notification;
  const { subject, body } = write(told, language, timeZone);
  return {
    id,
    kind: told.kind,
    organisationId: organisation,
    status,
    subject,
    body: body.join('\n\n'),
    link: told.link,
    language,
    at,
    seenAt,
    readAt,
    archivedAt: notification.status === 'archived' ? notification.archivedAt : null,
  };
};

export const toPreferencesView = (preferences: PersonPreferences, { language, timeZone }: Reader): PreferencesView => ({
  language,
  timeZone,
  kinds: Object.fromEntries(
    notificationKind.options.map((kind) => [kind, isSwitchable(kind) ? channelsOf(preferences, kind) : everywhere]),
  ) as PreferencesView['kinds'],
  mustBeKnown: [...mustBeKnown],
});
