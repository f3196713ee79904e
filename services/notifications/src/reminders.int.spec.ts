import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { createLogger } from '@umuhuza/service/logger';
import { connectMongo } from '@umuhuza/service/mongo';
import type { Stoppable } from '@umuhuza/service/runService';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from './directory.ts';
import { openMongoDirectory } from './mongoDirectory.ts';
import { openMongoNotificationBook } from './mongoNotificationBook.ts';
import { openMongoPreferencesBook } from './mongoPreferencesBook.ts';
import { openMongoReminderBook } from './mongoReminderBook.ts';
import type { NotificationBook } from './notificationBook.ts';
import type { PreferencesBook } from './preferencesBook.ts';
import { keepReminders } from './reactions/keepReminders.ts';
import { remindWhenDue } from './reactions/remindWhenDue.ts';
import type { ReminderBook } from './reminderBook.ts';

const logger = createLogger('notifications', 'silent');
let now = '2026-11-20T09:00:00.000Z';
const clock = () => now;

let backends: Leased;
let notifications: NotificationBook;
let preferences: PreferencesBook;
let directory: Directory;
let reminders: ReminderBook;
const parts: Stoppable[] = [];

beforeAll(async () => {
  backends = await leaseBackends();
  const mongo = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
  parts.push(mongo);
  notifications = await openMongoNotificationBook(mongo.connection, readerSeal(newKey()), () => expect.fail('all can be opened'));
  preferences = await openMongoPreferencesBook(mongo.connection);
  directory = await openMongoDirectory(mongo.connection);
  reminders = await openMongoReminderBook(mongo.connection);
  const bus = await connectBus({ service: 'notifications', ...backends.nats, logger, clock });
  parts.push(bus, bus.subscribe(keepReminders({ reminders }), openDeadLetters(mongo.connection)));
  for (const [organisation, language, timeZone] of [
    ['host', 'en', 'Africa/Kigali'],
    ['guest', 'de', 'Europe/Berlin'],
  ] as const)
    await directory.learn(organisation, 1, {
      name: `Demonstration ${organisation}`,
      members: [
        {
          userId: organisation,
          name: 'Demonstration',
          email: `${organisation}@demonstration.example`,
          role: 'owner',
          language,
          timeZone,
        },
      ],
    });
});
afterAll(async () => {
  for (const part of parts.reverse()) await part.stop();
  await backends.end();
});

type Kind = 'BookingConfirmed' | 'BookingRescheduled' | 'BookingCancelled';
const say = async (kind: Kind, bookingId: string, more: object) => {
  const data = { ...sandboxEvents[kind].example, bookingId, host: 'host', guest: 'guest', ...more } as never;
  await backends.say(`sandbox.${kind}`, `slot-of-${bookingId}`, data);
  const { sequence } = more as { sequence: number };
  await eventually(async () => expect(await reminders.find(bookingId)).toMatchObject({ sequence }));
};
/** Several replicas look at once, and one of them again. */
const look = async () => {
  const replica = remindWhenDue({ reminders, notifications, preferences, directory, clock });
  await Promise.all([replica(), replica(), replica()]);
  await replica();
};
const inboxOf = async (user: string, bookingId: string) => {
  const found = await notifications.list(user, { unread: false, archived: false }, 100, undefined);
  if (found === 'unknown-cursor') throw new Error('no cursor was given');
  return found.items
    .map(({ notification: { told } }) => told)
    .flatMap((told) =>
      told.kind === 'booking-reminder' && told.data.bookingId === bookingId ? [`${told.data.lead} ${told.data.startsAt}`] : [],
    );
};
const at = (day: number, hour = 7) => ({
  startsAt: `2026-12-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`,
  endsAt: `2026-12-${String(day).padStart(2, '0')}T${String(hour + 3).padStart(2, '0')}:00:00.000Z`,
});

describe('reminders', () => {
  it('reach both firms a day and an hour before, each once, whoever looks and however often', async () => {
    await say('BookingConfirmed', 'b1', { sequence: 1, ...at(3) });
    now = '2026-12-02T06:59:59.000Z';
    await look();
    expect(await inboxOf('host', 'b1')).toEqual([]);
    now = '2026-12-02T07:00:00.000Z';
    await look();
    for (const user of ['host', 'guest']) expect(await inboxOf(user, 'b1')).toEqual(['day 2026-12-03T07:00:00.000Z']);
    now = '2026-12-03T06:00:00.000Z';
    await look();
    for (const user of ['host', 'guest'])
      expect(await inboxOf(user, 'b1')).toEqual(['hour 2026-12-03T07:00:00.000Z', 'day 2026-12-03T07:00:00.000Z']);
    const mails = (await notifications.due(now, 100)).filter(({ mail }) => mail.told.kind === 'booking-reminder');
    expect(mails.map(({ mail }) => mail.recipient).toSorted()).toEqual(['guest', 'guest', 'host', 'host']);
  });

  it('move with the booking', async () => {
    now = '2026-12-03T10:00:00.000Z';
    await say('BookingConfirmed', 'b2', { sequence: 1, ...at(6) });
    await say('BookingRescheduled', 'b2', { sequence: 2, status: 'confirmed', ...at(9) });
    now = '2026-12-05T12:00:00.000Z';
    await look();
    expect(await inboxOf('guest', 'b2')).toEqual([]);
    now = '2026-12-08T12:00:00.000Z';
    await look();
    expect(await inboxOf('guest', 'b2')).toEqual(['day 2026-12-09T07:00:00.000Z']);
  });

  it('die with the booking, also when the cancellation is heard first', async () => {
    now = '2026-12-09T12:00:00.000Z';
    await say('BookingConfirmed', 'b3', { sequence: 1, ...at(12) });
    await say('BookingCancelled', 'b3', { sequence: 2, ...at(12) });
    await say('BookingCancelled', 'b4', { sequence: 2, ...at(12) });
    await backends.say('sandbox.BookingConfirmed', 'slot-of-b4', {
      ...sandboxEvents.BookingConfirmed.example,
      bookingId: 'b4',
      host: 'host',
      guest: 'guest',
      sequence: 1,
      ...at(12),
    });
    now = '2026-12-12T06:30:00.000Z';
    await look();
    for (const booking of ['b3', 'b4']) expect(await inboxOf('guest', booking)).toEqual([]);
  });

  it('that nobody could tell in time are one, and none once it has begun', async () => {
    now = '2026-12-13T12:00:00.000Z';
    await say('BookingConfirmed', 'b5', { sequence: 1, ...at(16) });
    await say('BookingConfirmed', 'b6', { sequence: 1, ...at(16, 5) });
    now = '2026-12-16T06:30:00.000Z';
    await look();
    expect(await inboxOf('guest', 'b5')).toEqual(['hour 2026-12-16T07:00:00.000Z']);
    expect(await inboxOf('guest', 'b6')).toEqual([]);
  });

  it('ask the host alone a day after the end how it went, once', async () => {
    now = '2026-12-17T10:00:00.000Z';
    await look();
    expect(await inboxOf('host', 'b5')).toEqual(['report 2026-12-16T07:00:00.000Z', 'hour 2026-12-16T07:00:00.000Z']);
    expect(await inboxOf('guest', 'b5')).toEqual(['hour 2026-12-16T07:00:00.000Z']);
    for (const cancelled of ['b3', 'b4']) expect(await inboxOf('host', cancelled)).toEqual([]);
    expect(await reminders.due('2027-01-01T00:00:00.000Z', 100)).toEqual([]);
  });
});
