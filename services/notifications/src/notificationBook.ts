import type { InboxCounts } from '@umuhuza/contracts/notifications/schemas';
import type { Book } from '@umuhuza/eventing/book';
import type { InboxNotification, Notification, NotificationFact, Queued } from './notification/notification.ts';
import type { NotificationRefusal } from './notification/refusals.ts';
import type { Told, WaitlistEntry } from './told.ts';

export type InInbox = { readonly id: string; readonly notification: InboxNotification<Told> };
export type InQueue = { readonly id: string; readonly mail: Queued<Told> };

export type InboxFilter = { readonly unread: boolean; readonly archived: boolean };

/** The notifications by id. Instants are RFC 3339 UTC with milliseconds. */
export type NotificationBook = Pick<Book<Notification<Told>, NotificationFact<Told>, NotificationRefusal>, 'find' | 'change'> & {
  /** Newest first, with the counts of the whole inbox. The cursor is opaque; one that is not ours is a named value, never an error. */
  readonly list: (
    recipient: string,
    filter: InboxFilter,
    limit: number,
    cursor: string | undefined,
  ) => Promise<{ readonly items: InInbox[]; readonly next: string | null; readonly counts: InboxCounts } | 'unknown-cursor'>;
  readonly counts: (recipient: string) => Promise<InboxCounts>;
  /** Those of these states that had come at this instant, by id, after that id. */
  readonly idsIn: (
    recipient: string,
    statuses: readonly InboxNotification<Told>['status'][],
    upTo: string,
    after: string,
    limit: number,
  ) => Promise<string[]>;
  /** In the order in which they came, after that place. */
  readonly cameAfter: (
    recipient: string,
    place: { readonly at: string; readonly id: string },
    limit: number,
  ) => Promise<InInbox[]>;
  /** What came or changed since this instant in these inboxes. */
  readonly touchedSince: (recipients: readonly string[], since: string) => Promise<InInbox[]>;
  /** Mails whose next attempt may begin, the longest waiting first. */
  readonly due: (at: string, limit: number) => Promise<InQueue[]>;
  /** Whether this tester lost its seat in a version of the booking (its iCalendar UID and SEQUENCE) after this one. */
  readonly wasTakenOut: (seat: { readonly uid: string; readonly tester: string; readonly sequence: number }) => Promise<boolean>;
  /** Whether anything was told of this place in a waitlist that its slot said after this. */
  readonly isToldAnew: (entry: WaitlistEntry) => Promise<boolean>;
  /** Calls with its reader after each change of an inbox that was made here; at most one listener. */
  readonly onTouched: (listener: (reader: string) => void) => void;
  /** Where this reader's next sealed notification goes. Of several that come at once two may find the same: then to change the second throws `UniqueTaken`. */
  readonly nextPlace: (reader: string) => Promise<number>;
};
