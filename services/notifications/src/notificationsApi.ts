import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { type InboxCounts, inboxCounts, mustBeKnown } from '@umuhuza/contracts/notifications/schemas';
import { type CommandCause, idFrom } from '@umuhuza/eventing/cause';
import { callerOf } from '@umuhuza/service/caller';
import type { Clock } from '@umuhuza/service/clock';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import { commonProblem } from '@umuhuza/service/problems';
import { isMark, type ReaderSeal } from '@umuhuza/service/sealing/readerSeal';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import { writePosition } from './live/position.ts';
import { positionNow } from './live/positionNow.ts';
import { archive } from './notification/archive.ts';
import { bringBack } from './notification/bringBack.ts';
import { markRead } from './notification/markRead.ts';
import { markSeen } from './notification/markSeen.ts';
import { type InboxNotification, isInInbox } from './notification/notification.ts';
import type { InInbox, NotificationBook } from './notificationBook.ts';
import { editPreferences } from './preferences/editPreferences.ts';
import { wishesOf } from './preferencesBook.ts';
import { answer, refuse } from './problems.ts';
import { type Reader, type ReaderDeps, readerOf } from './readers.ts';
import type { Told } from './told.ts';
import { toPreferencesView, toView } from './views.ts';

/** The stream is no answer of its own but many, and an unsubscribe link speaks forms and pages; both have routes of their own. */
const { stream: _, unsubscribeLink: __, unsubscribe: ___, ...answered } = notificationsApi;
export const answeredApi = answered;

export type ApiDeps = ReaderDeps & {
  readonly notifications: NotificationBook;
  readonly seal: ReaderSeal;
  readonly clock: Clock;
};

const noCounts: InboxCounts = { unread: 0, unseen: 0 };

/** How many are marked side by side. */
const batch = 50;

/**
 * A sealed notification remembers no command: the same key in another one would tell that both are of one reader, and its time who that is.
 * Marks come to the same when they are set again.
 */
const causeFor = (id: string, cause: CommandCause): CommandCause => (isMark(id) ? { ...cause, repeatable: false } : cause);

/** The answer to a request about all: how many are left counts sealed ones, too. */
const aboutTold = ['told-of-all'];
const toldLength = 64;

export const notificationsHandlers = ({ notifications, seal, clock, ...readers }: ApiDeps): Handlers<typeof answeredApi> => {
  const { preferences } = readers;
  type Asked = Pick<Request, 'headers' | 'method' | 'originalUrl'>;
  type Rule = typeof markSeen<Told> | typeof markRead<Told> | typeof archive<Told> | typeof bringBack<Told>;

  const changeOne = async (req: Asked, id: string, rule: Rule) => {
    const by = callerOf(req).user;
    const reader = await readerOf(readers, by);
    const change = await notifications.change(
      id,
      (notification) => rule(notification, { by, at: clock() }),
      causeFor(id, causeOf(req, clock)),
      (notification) => ({ status: 200 as const, body: toView(inboxOf(id, notification), reader) }),
    );
    return answer(req, change);
  };

  const changeAll = async (req: Asked, statuses: readonly InboxNotification<Told>['status'][], rule: Rule, upTo?: string) => {
    const by = callerOf(req).user;
    const cause = causeOf(req, clock);
    // The request is remembered by itself, where no notification will ever be: what had come when it was first sent, and what it was told.
    const noteOf = <Body>(what: string, body: Body, known = cause) =>
      notifications.change(
        idFrom(cause, `${what}/${by}`),
        () => [],
        known,
        () => ({ status: 200 as const, body }),
      );
    const counted = (body: unknown): InboxCounts =>
      inboxCounts.parse(typeof body === 'string' ? seal.open(aboutTold, body) : body);
    const begun = await noteOf('of-all', upTo ?? cause.at);
    if (begun.outcome === 'refused' || begun.outcome === 'key-reused') return answer<never>(req, begun);
    if (begun.outcome === 'repeated') {
      const told = await noteOf<unknown>('told-of-all', noCounts, { ...cause, repeatable: false });
      if (told.outcome === 'repeated') return { status: 200 as const, body: counted(told.answer.body) };
    }
    for (let after = ''; ; ) {
      const ids = await notifications.idsIn(by, statuses, begun.answer.body, after, batch);
      const changes = await Promise.all(
        ids.map((id) =>
          notifications.change(
            id,
            (notification) => rule(notification, { by, at: clock() }),
            causeFor(id, cause),
            () => ({ status: 200 as const, body: null }),
          ),
        ),
      );
      if (changes.some(({ outcome }) => outcome === 'key-reused')) return commonProblem(req, 'key-used-for-another-request');
      after = ids.at(-1) ?? after;
      if (ids.length < batch) {
        const noted = await noteOf<unknown>('told-of-all', seal.seal(aboutTold, await notifications.counts(by), toldLength));
        return noted.outcome === 'done' || noted.outcome === 'repeated'
          ? { status: 200 as const, body: counted(noted.answer.body) }
          : answer<never>(req, noted);
      }
    }
  };

  return {
    list: async ({ query, req }) => {
      const { user } = callerOf(req);
      // The place is taken before the list: what comes in between is told twice rather than never.
      const position = await positionNow(notifications, user, clock());
      const filter = { unread: query.unread === 'true', archived: query.archived === 'true' };
      const found = await notifications.list(user, filter, query.limit, query.cursor);
      if (found === 'unknown-cursor') return refuse(req, found);
      const reader = await inLanguage(await readerOf(readers, user), query.language);
      return {
        status: 200,
        body: {
          items: found.items.map((one) => toView(one, reader)),
          next: found.next,
          ...found.counts,
          position: writePosition(position),
        },
      };
    },
    read: ({ params, req }) => changeOne(req, params.id, markRead),
    archive: ({ params, req }) => changeOne(req, params.id, archive),
    unarchive: ({ params, req }) => changeOne(req, params.id, bringBack),
    seeAll: ({ body, req }) => changeAll(req, ['unseen'], markSeen, body?.upTo),
    readAll: ({ body, req }) => changeAll(req, ['unseen', 'seen'], markRead, body?.upTo),
    preferences: async ({ req }) => {
      const { user } = callerOf(req);
      const chosen = await wishesOf(preferences, user);
      return { status: 200, body: toPreferencesView(chosen, await readerOf(readers, user, chosen)) };
    },
    editPreferences: async ({ body, headers, req }) => {
      const { user } = callerOf(req);
      const before = await readerOf(readers, user);
      const change = await preferences.change(
        user,
        (chosen) =>
          isStale(headers['if-match'], toPreferencesView(chosen, { ...before, ...chosenOf(chosen) }))
            ? { refused: 'stale-version' }
            : editPreferences(chosen, { ...body, mustBeKnown }),
        causeOf(req, clock),
        (chosen) => ({ status: 200 as const, body: toPreferencesView(chosen, { ...before, ...chosenOf(chosen) }) }),
      );
      return answer(req, change);
    },
  };
};

const inLanguage = (reader: Reader, language: Reader['language'] | undefined): Reader =>
  language ? { ...reader, language } : reader;

/** What a person chose of how to be written to, without what was left to the account. */
const chosenOf = ({ language, timeZone }: { language: Reader['language'] | null; timeZone: string | null }): Partial<Reader> => ({
  ...(language === null ? {} : { language }),
  ...(timeZone === null ? {} : { timeZone }),
});

const inboxOf = (id: string, notification: Parameters<typeof isInInbox<Told>>[0]): InInbox => {
  if (!isInInbox(notification)) throw new Error('only what is in an inbox can be changed by its reader');
  return { id, notification };
};
