import type { InboxCounts } from '@umuhuza/contracts/notifications/schemas';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { ReaderSeal } from '@umuhuza/service/sealing/readerSeal';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import {
  absent,
  evolve,
  type InboxNotification,
  isInInbox,
  type Notification,
  type NotificationFact,
  type Queued,
} from './notification/notification.ts';
import type { NotificationRefusal } from './notification/refusals.ts';
import type { InInbox, InQueue, NotificationBook } from './notificationBook.ts';
import { sealedNotifications } from './sealing/sealedNotifications.ts';
import type { Told } from './told.ts';

type Document = BookDocument<Notification<Told>>;

const position = z.tuple([z.string(), z.string()]);
const unread = ['unseen', 'seen'] as const;

/** Inbox and queue have fields of their own, so that each index holds only what its list shows. */
const lookup = (notification: Notification<Told>): Record<string, unknown> => ({
  ...placeIn(notification),
  ...seatTaken(notification),
  ...entryToldOf(notification),
});

/** By which version of its slot it tells of a place in a waitlist: kept when the mail was sent, too. */
const entryToldOf = (notification: Notification<Told>): Record<string, unknown> => {
  if (notification.status === 'absent' || !notification.told.entry) return {};
  const { id, sequence } = notification.told.entry;
  return { entry: id, asOf: sequence };
};

/** A tester who was taken out, by the version of the booking that no longer has it: kept when the mail was sent, too. */
const seatTaken = (notification: Notification<Told>): Record<string, unknown> => {
  if (notification.status === 'absent' || notification.told.kind !== 'tester-removed') return {};
  const { addressee, data } = notification.told;
  return addressee && data.calendar ? { takenOut: seatOf(data.calendar.uid, addressee.id), asOf: data.calendar.sequence } : {};
};
const seatOf = (uid: string, tester: string): string => `${uid}/${tester}`;

const placeIn = (notification: Notification<Told>): Record<string, unknown> => {
  if (notification.status !== 'absent' && notification.sealed && isInInbox(notification)) return {};
  if (isInInbox(notification))
    return {
      inbox: notification.recipient,
      status: notification.status,
      at: notification.at,
      touchedAt: notification.touchedAt,
    };
  return notification.status === 'queued' ? { due: notification.notBefore } : {};
};

const isUnread = ({ notification: { status } }: InInbox): boolean => status === 'unseen' || status === 'seen';

const inInbox = ({ _id, state }: Document): InInbox => ({ id: _id, notification: state as InboxNotification<Told> });

/** The order in which an inbox shows them. */
const newestFirst = (a: InInbox, b: InInbox): number => -oldestFirst(a, b);
const oldestFirst = (a: InInbox, b: InInbox): number =>
  placeOf(a) === placeOf(b) ? 0 : isBefore(placeOf(a), placeOf(b)) ? -1 : 1;

type Place = { readonly at: string; readonly id: string };
const isBefore = (a: Place, b: Place): boolean => (a.at === b.at ? a.id < b.id : a.at < b.at);
const placeOf = ({ id, notification: { at } }: InInbox): Place => ({ at, id });

/** Those whose readers are hidden lie among the others, are found by other means, and are few for each reader: they are looked through here. */
export const openMongoNotificationBook = async (
  connection: Connection,
  seal: ReaderSeal,
  onUnreadable: (id: string) => void,
): Promise<NotificationBook> => {
  const hidden = sealedNotifications(seal, onUnreadable);
  const book = await openBook<Notification<Told>, NotificationFact<Told>, NotificationRefusal, Record<string, never>>(
    connection,
    {
      service: 'notifications',
      name: 'notifications',
      initial: absent,
      evolve,
      events: {},
      publicEvents: () => [],
      lookup: (notification) => ({ ...lookup(notification), ...hidden.lookup(notification) }),
      packing: hidden.packing,
      indexes: [
        [{ 'lookup.inbox': 1, 'lookup.at': -1, _id: -1 }, { partialFilterExpression: { 'lookup.inbox': { $exists: true } } }],
        [{ 'lookup.inbox': 1, 'lookup.status': 1, _id: 1 }, { partialFilterExpression: { 'lookup.inbox': { $exists: true } } }],
        [{ 'lookup.inbox': 1, 'lookup.touchedAt': 1 }, { partialFilterExpression: { 'lookup.inbox': { $exists: true } } }],
        [{ 'lookup.mark': 1 }, { unique: true, partialFilterExpression: { 'lookup.mark': { $exists: true } } }],
        [{ 'lookup.sealedAt': 1 }, { partialFilterExpression: { 'lookup.sealedAt': { $exists: true } } }],
        [{ 'lookup.takenOut': 1 }, { partialFilterExpression: { 'lookup.takenOut': { $exists: true } } }],
        [{ 'lookup.entry': 1 }, { partialFilterExpression: { 'lookup.entry': { $exists: true } } }],
        [{ 'lookup.due': 1 }, { partialFilterExpression: { 'lookup.due': { $exists: true } } }],
      ],
    },
  );
  const { documents } = book;
  let touched: (reader: string) => void = () => undefined;
  const hiddenOf = (reader: string) => hidden.of(documents, reader);
  const countsWith = async (sealed: readonly InInbox[], recipient: string): Promise<InboxCounts> => {
    const count = (status: string) => documents.countDocuments({ 'lookup.inbox': recipient, 'lookup.status': status });
    const [unseen, seen] = await Promise.all([count('unseen'), count('seen')]);
    const unread = sealed.filter(isUnread);
    return {
      unseen: unseen + unread.filter(({ notification }) => notification.status === 'unseen').length,
      unread: unseen + seen + unread.length,
    };
  };

  return {
    find: book.find,
    change: async (...change) => {
      const changed = await book.change(...change);
      if (changed.outcome === 'done' && isInInbox(changed.state)) touched(changed.state.recipient);
      return changed;
    },
    onTouched: (listener) => {
      touched = listener;
    },
    list: async (recipient, filter, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor') return after;
      const query: QueryFilter<Document> = {
        'lookup.inbox': recipient,
        'lookup.status': filter.archived ? 'archived' : filter.unread ? { $in: unread } : { $ne: 'archived' },
        ...(after ? { $or: [{ 'lookup.at': { $lt: after[0] } }, { 'lookup.at': after[0], _id: { $lt: after[1] } }] } : {}),
      };
      const [found, itsSealed] = await Promise.all([
        documents
          .find(query, { state: 1 })
          .sort({ 'lookup.at': -1, _id: -1 })
          .limit(limit + 1)
          .lean<Document[]>(),
        hiddenOf(recipient),
      ]);
      const sealed = itsSealed.filter(
        (one) =>
          (filter.archived
            ? one.notification.status === 'archived'
            : filter.unread
              ? isUnread(one)
              : one.notification.status !== 'archived') &&
          (!after || isBefore(placeOf(one), { at: after[0], id: after[1] })),
      );
      const all = [...found.map(inInbox), ...sealed].toSorted(newestFirst);
      const items = all.slice(0, limit);
      const last = items.at(-1);
      return {
        items,
        next: all.length > limit && last ? writeCursor([last.notification.at, last.id]) : null,
        counts: await countsWith(itsSealed, recipient),
      };
    },
    counts: async (recipient) => countsWith(await hiddenOf(recipient), recipient),
    idsIn: async (recipient, statuses, upTo, after, limit) => {
      const found = await documents
        .find(
          { 'lookup.inbox': recipient, 'lookup.status': { $in: statuses }, 'lookup.at': { $lte: upTo }, _id: { $gt: after } },
          { _id: 1 },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      const sealed = (await hiddenOf(recipient)).filter(
        ({ id, notification: { status, at } }) => statuses.includes(status) && at <= upTo && id > after,
      );
      return [...found.map(({ _id }) => _id), ...sealed.map(({ id }) => id)].sort().slice(0, limit);
    },
    cameAfter: async (recipient, place, limit) => {
      const found = await documents
        .find(
          {
            'lookup.inbox': recipient,
            $or: [{ 'lookup.at': { $gt: place.at } }, { 'lookup.at': place.at, _id: { $gt: place.id } }],
          },
          { state: 1 },
        )
        .sort({ 'lookup.at': 1, _id: 1 })
        .limit(limit)
        .lean<Document[]>();
      const sealed = (await hiddenOf(recipient)).filter((one) => isBefore(place, placeOf(one)));
      return [...found.map(inInbox), ...sealed].toSorted(oldestFirst).slice(0, limit);
    },
    touchedSince: async (recipients, since) => {
      const found = await documents
        .find({ 'lookup.touchedAt': { $gte: since }, 'lookup.inbox': { $in: recipients } }, { state: 1 })
        .sort({ 'lookup.touchedAt': 1 })
        .lean<Document[]>();
      // When they were read is hidden, too: these are those that came.
      const sealed = await hidden.since(documents, since);
      return [...found.map(inInbox), ...sealed.filter(({ notification }) => recipients.includes(notification.recipient))];
    },
    nextPlace: (reader) => hidden.nextPlace(documents, reader),
    wasTakenOut: async ({ uid, tester, sequence }) =>
      (await documents.exists({ 'lookup.takenOut': seatOf(uid, tester), 'lookup.asOf': { $gt: sequence } })) !== null,
    isToldAnew: async ({ id, sequence }) =>
      (await documents.exists({ 'lookup.entry': id, 'lookup.asOf': { $gt: sequence } })) !== null,
    due: async (at, limit) => {
      const found: InQueue[] = [];
      const waiting = documents
        .find({ 'lookup.due': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.due': 1 })
        .lean<Document[]>()
        .cursor({ batchSize: limit });
      // However many cannot be read come first, the others have their turn.
      try {
        while (found.length < limit) {
          const document = await waiting.next();
          if (!document) break;
          found.push(...hidden.read(document).map(({ id, notification }) => ({ id, mail: notification as Queued<Told> })));
        }
      } finally {
        await waiting.close();
      }
      return found;
    },
  };
};
