export type Channel = 'inbox' | 'email';

/** Whom it is for and what it tells; `T` passes through untouched. */
export type For<T> = {
  readonly recipient: string;
  /** The organisation of the recipient that it concerns. */
  readonly organisation: string;
  readonly told: T;
  /** When it was made. */
  readonly at: string;
  /** Kept so that nobody but its reader can tell whose it is. `place`: which of this reader's notifications of that kind it is. */
  readonly sealed?: { readonly place: number };
};

type InInbox<T> = For<T> & {
  readonly channel: 'inbox';
  readonly seenAt: string | null;
  readonly readAt: string | null;
  /** When it last changed. */
  readonly touchedAt: string;
};
export type Listed<T> = InInbox<T> & { readonly status: 'unseen' | 'seen' | 'read' };
export type Archived<T> = InInbox<T> & {
  readonly status: 'archived';
  readonly archivedAt: string;
  /** What it was before, and is again when brought back. */
  readonly was: Listed<T>['status'];
};
export type InboxNotification<T> = Listed<T> | Archived<T>;

type Mail<T> = For<T> & {
  readonly channel: 'email';
  /** Attempts begun so far. */
  readonly attempts: number;
};
export type Queued<T> = Mail<T> & {
  readonly status: 'queued';
  /** No attempt begins before this instant: the end of a pause, or of the time an attempt under way is given. */
  readonly notBefore: string;
  /** The attempt under way, if one is. */
  readonly attempt: string | null;
};
export type MailNotification<T> =
  | Queued<T>
  | (Mail<T> & { readonly status: 'sent'; readonly sentAt: string })
  | (Mail<T> & { readonly status: 'failed'; readonly failedAt: string; readonly reason: string });

/** `overtaken`: it waited on its way until it was no longer true. */
export type SuppressionReason = 'switched-off' | 'no-longer-a-member' | 'overtaken';
export type Suppressed<T> = For<T> & {
  readonly channel: Channel;
  readonly status: 'suppressed';
  readonly reason: SuppressionReason;
};

/** One event told to one person on one channel. */
export type Notification<T> = { readonly status: 'absent' } | InboxNotification<T> | MailNotification<T> | Suppressed<T>;

export type NotificationFact<T> =
  | ({ readonly type: 'PutInInbox' } & For<T>)
  | ({ readonly type: 'Queued' } & For<T>)
  | ({ readonly type: 'NotWanted'; readonly channel: Channel; readonly reason: SuppressionReason } & For<T>)
  | { readonly type: 'Seen' | 'Read' | 'Archived' | 'BroughtBack'; readonly at: string }
  | { readonly type: 'AttemptBegun'; readonly attempt: string; readonly until: string }
  | { readonly type: 'AttemptFailed'; readonly notBefore: string }
  | { readonly type: 'Sent'; readonly at: string }
  | { readonly type: 'GivenUp'; readonly reason: string; readonly at: string }
  | { readonly type: 'Suppressed'; readonly reason: SuppressionReason };

export const absent: Notification<never> = { status: 'absent' };

export const isInInbox = <T>(notification: Notification<T>): notification is InboxNotification<T> =>
  notification.status !== 'absent' && notification.status !== 'suppressed' && notification.channel === 'inbox';

const forWhom = <T>({ recipient, organisation, told, at, sealed }: For<T>): For<T> => ({
  ...{ recipient, organisation, told, at },
  ...(sealed === undefined ? {} : { sealed }),
});

export const evolve = <T>(notification: Notification<T>, fact: NotificationFact<T>): Notification<T> => {
  switch (fact.type) {
    case 'PutInInbox':
      return { ...forWhom(fact), channel: 'inbox', status: 'unseen', seenAt: null, readAt: null, touchedAt: fact.at };
    case 'Queued':
      return { ...forWhom(fact), channel: 'email', status: 'queued', attempts: 0, notBefore: fact.at, attempt: null };
    case 'NotWanted':
      return { ...forWhom(fact), channel: fact.channel, status: 'suppressed', reason: fact.reason };
    case 'Seen':
    case 'Read':
    case 'Archived':
    case 'BroughtBack':
      return isInInbox(notification) ? evolveInbox(notification, fact) : notification;
    case 'AttemptBegun':
    case 'AttemptFailed':
    case 'Sent':
    case 'GivenUp':
    case 'Suppressed':
      return notification.status === 'queued' ? evolveMail(notification, fact) : notification;
  }
};

const evolveInbox = <T>(
  notification: InboxNotification<T>,
  { type, at }: Extract<NotificationFact<T>, { type: 'Seen' | 'Read' | 'Archived' | 'BroughtBack' }>,
): InboxNotification<T> => {
  switch (type) {
    case 'Seen':
      return notification.status === 'unseen' ? { ...notification, status: 'seen', seenAt: at, touchedAt: at } : notification;
    case 'Read': {
      const read = { seenAt: notification.seenAt ?? at, readAt: at, touchedAt: at };
      return notification.status === 'archived'
        ? { ...notification, ...read, was: 'read' }
        : { ...notification, ...read, status: 'read' };
    }
    case 'Archived':
      return notification.status === 'archived'
        ? notification
        : { ...notification, status: 'archived', archivedAt: at, was: notification.status, touchedAt: at };
    case 'BroughtBack': {
      if (notification.status !== 'archived') return notification;
      const { was, archivedAt: _, ...kept } = notification;
      return { ...kept, status: was, touchedAt: at };
    }
  }
};

const evolveMail = <T>(
  queued: Queued<T>,
  fact: Extract<NotificationFact<T>, { type: 'AttemptBegun' | 'AttemptFailed' | 'Sent' | 'GivenUp' | 'Suppressed' }>,
): Notification<T> => {
  const { attempts } = queued;
  const mail = { ...forWhom(queued), channel: 'email' as const };
  switch (fact.type) {
    case 'AttemptBegun':
      return { ...queued, attempts: attempts + 1, attempt: fact.attempt, notBefore: fact.until };
    case 'AttemptFailed':
      return { ...queued, attempt: null, notBefore: fact.notBefore };
    case 'Sent':
      return { ...mail, attempts, status: 'sent', sentAt: fact.at };
    case 'GivenUp':
      return { ...mail, attempts, status: 'failed', failedAt: fact.at, reason: fact.reason };
    case 'Suppressed':
      return { ...mail, status: 'suppressed', reason: fact.reason };
  }
};
