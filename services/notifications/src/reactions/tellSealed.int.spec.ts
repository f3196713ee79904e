import type { EventCause } from '@umuhuza/eventing/cause';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMongoNotificationBook } from '../mongoNotificationBook.ts';
import { openMongoPreferencesBook } from '../mongoPreferencesBook.ts';
import type { Told } from '../told.ts';
import { tellSealed } from './tellSealed.ts';

let backends: Leased;
let mongo: Mongo;

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
});
afterAll(async () => {
  await mongo.stop();
  await backends.end();
});

const at = '2026-11-26T10:00:07.123Z';
const causeOf = (id: string): EventCause => ({
  ...{ kind: 'event', id, aggregate: id, sequence: 1 },
  ...{ correlationId: id, actor: 'platform', at },
});
const told: Told = {
  kind: 'tender-cancelled',
  data: { title: 'A portal for carriers', reason: 'Stopped.' },
  other: null,
  link: '/tenders/t1',
};

it('two events told at once to one reader lie under two marks, and neither shows when it came to the second', async () => {
  const seal = readerSeal(newKey());
  const unreadable = new Set<string>();
  const onUnreadable = (id: string) => void unreadable.add(id);
  const notifications = await openMongoNotificationBook(mongo.connection, seal, onUnreadable);
  const preferences = await openMongoPreferencesBook(mongo.connection);
  // Both look before either is written.
  const racing = { ...notifications, nextPlace: async () => 0 };
  const deps = { notifications: racing, preferences, seal, clock: () => at, random: () => 0, onUnreadable };
  const tellings = [{ people: ['owner'], organisation: 'org-owns', told }];
  await Promise.all(['event-1', 'event-2'].map((id) => tellSealed(deps, causeOf(id), tellings)));
  await tellSealed(deps, causeOf('event-1'), tellings);

  const rows = await mongo.connection.collection('notifications').find().toArray();
  const inInbox = rows.filter(({ lookup }) => lookup.sealedAt !== undefined);
  expect(rows).toHaveLength(4);
  expect(inInbox.map(({ lookup }) => lookup.sealedAt)).toEqual(['2026-11-26T10:00:00.000Z', '2026-11-26T10:00:00.000Z']);
  expect(new Set(inInbox.map(({ lookup }) => lookup.mark))).toEqual(
    new Set([seal.mark('place', 'owner', '0'), seal.mark('place', 'owner', '1')]),
  );
  const listed = await notifications.list('owner', { unread: false, archived: false }, 10, undefined);
  expect(listed).toMatchObject({ items: [{}, {}] });
  expect(await notifications.nextPlace('owner')).toBe(2);
  expect(await notifications.touchedSince(['owner'], at)).toHaveLength(2);
  expect(await notifications.touchedSince(['owner'], '2026-11-26T10:00:07.124Z')).toEqual([]);
  expect(await notifications.due(at, 2)).toHaveLength(2);
  expect(unreadable).toEqual(new Set());

  // One that cannot be opened, as after a disk that was put back in part, keeps nobody from the others.
  const broken = [rows.find(({ lookup }) => lookup.due), inInbox[1]].map((row) => row?._id ?? expect.fail('there is one'));
  await mongo.connection
    .collection('notifications')
    .updateMany({ _id: { $in: broken } }, { $set: { 'state.sealed': readerSeal(newKey()).seal(['notification'], 'x', 2_048) } });
  expect(await notifications.due(at, 1)).toMatchObject([{ mail: { recipient: 'owner' } }]);
  expect(await notifications.list('owner', { unread: false, archived: false }, 10, undefined)).toMatchObject({
    items: [{ id: inInbox[0]?._id }],
    counts: { unread: 1 },
  });
  expect(await notifications.touchedSince(['owner'], at)).toHaveLength(1);
  expect(await notifications.nextPlace('owner')).toBe(2);
  expect(unreadable).toEqual(new Set(broken));
});

it('who was told in a row that cannot be opened any more keeps nobody from being told when the event comes again', async () => {
  const seal = readerSeal(newKey());
  const unreadable = new Set<string>();
  const onUnreadable = (id: string) => void unreadable.add(id);
  const notifications = await openMongoNotificationBook(mongo.connection, seal, onUnreadable);
  const preferences = await openMongoPreferencesBook(mongo.connection);
  const deps = { notifications, preferences, seal, clock: () => at, random: () => 0, onUnreadable };
  const cause = causeOf('event-of-many');
  const tellAll = (...people: string[]) => tellSealed(deps, cause, [{ people, organisation: 'org-owns', told }]);
  const rowsOf = (person: string) =>
    ['inbox', 'email'].map((channel) => seal.mark('notification', cause.id, `${person}/${channel}`));
  await tellAll('told-before');
  await mongo.connection
    .collection<{ _id: string }>('notifications')
    .updateMany(
      { _id: { $in: rowsOf('told-before') } },
      { $set: { 'state.sealed': readerSeal(newKey()).seal(['notification'], 'x', 2_048) } },
    );
  // More than are told at once.
  const others = Array.from({ length: 40 }, (_, n) => `known-later-${n}`);
  await tellAll('told-before', ...others);
  for (const id of others.flatMap(rowsOf)) expect(await notifications.find(id)).toBeDefined();
  expect(unreadable).toEqual(new Set(rowsOf('told-before')));
});
