import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
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
import type { InInbox, NotificationBook } from './notificationBook.ts';
import type { Told } from './told.ts';

type Document = BookDocument<Notification<Told>>;

const position = z.tuple([z.string(), z.string()]);
const unread = ['unseen', 'seen'] as const;

/** Inbox and queue have fields of their own, so that each index holds only what its list shows. */
const lookup = (notification: Notification<Told>): Record<string, unknown> => {
  if (isInInbox(notification))
    return {
      inbox: notification.recipient,
      status: notification.status,
      at: notification.at,
      touchedAt: notification.touchedAt,
    };
  return notification.status === 'queued' ? { due: notification.notBefore } : {};
};

const inInbox = ({ _id, state }: Document): InInbox => ({ id: _id, notification: state as InboxNotification<Told> });

export const openMongoNotificationBook = async (connection: Connection): Promise<NotificationBook> => {
  const book = await openBook<Notification<Told>, NotificationFact<Told>, NotificationRefusal, Record<string, never>>(
    connection,
    {
      service: 'notifications',
      name: 'notifications',
      initial: absent,
      evolve,
      events: {},
      publicEvents: () => [],
      lookup,
      indexes: [
        [{ 'lookup.inbox': 1, 'lookup.at': -1, _id: -1 }, { partialFilterExpression: { 'lookup.inbox': { $exists: true } } }],
        [{ 'lookup.inbox': 1, 'lookup.status': 1, _id: 1 }, { partialFilterExpression: { 'lookup.inbox': { $exists: true } } }],
        [{ 'lookup.touchedAt': 1 }, { partialFilterExpression: { 'lookup.touchedAt': { $exists: true } } }],
        [{ 'lookup.due': 1 }, { partialFilterExpression: { 'lookup.due': { $exists: true } } }],
      ],
    },
  );
  const { documents } = book;
  let touched: () => void = () => undefined;

  return {
    find: book.find,
    change: async (...change) => {
      const changed = await book.change(...change);
      if (changed.outcome === 'done' && isInInbox(changed.state)) touched();
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
      const found = await documents
        .find(query, { state: 1 })
        .sort({ 'lookup.at': -1, _id: -1 })
        .limit(limit + 1)
        .lean<Document[]>();
      const items = found.slice(0, limit).map(inInbox);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor([last.notification.at, last.id]) : null };
    },
    counts: async (recipient) => {
      const count = (status: string) => documents.countDocuments({ 'lookup.inbox': recipient, 'lookup.status': status });
      const [unseen, seen] = await Promise.all([count('unseen'), count('seen')]);
      return { unseen, unread: unseen + seen };
    },
    idsIn: async (recipient, statuses, upTo, after, limit) => {
      const found = await documents
        .find(
          { 'lookup.inbox': recipient, 'lookup.status': { $in: statuses }, 'lookup.at': { $lte: upTo }, _id: { $gt: after } },
          { _id: 1 },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
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
      return found.map(inInbox);
    },
    touchedSince: async (recipients, since) => {
      const found = await documents
        .find({ 'lookup.touchedAt': { $gte: since }, 'lookup.inbox': { $in: recipients } }, { state: 1 })
        .sort({ 'lookup.touchedAt': 1 })
        .lean<Document[]>();
      return found.map(inInbox);
    },
    due: async (at, limit) => {
      const found = await documents
        .find({ 'lookup.due': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.due': 1 })
        .limit(limit)
        .lean<Document[]>();
      return found.map(({ _id, state }) => ({ id: _id, mail: state as Queued<Told> }));
    },
  };
};
