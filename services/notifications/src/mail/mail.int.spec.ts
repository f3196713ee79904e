import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenRules, readCalendar } from '@umuhuza/calendar/rules.fixture';
import { timeCause } from '@umuhuza/eventing/cause';
import { systemClock } from '@umuhuza/service/clock';
import { createLogger } from '@umuhuza/service/logger';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Directory } from '../directory.ts';
import { openMongoDirectory } from '../mongoDirectory.ts';
import { openMongoNotificationBook } from '../mongoNotificationBook.ts';
import { openMongoPreferencesBook } from '../mongoPreferencesBook.ts';
import { openMongoReminderBook } from '../mongoReminderBook.ts';
import { attemptLasts } from '../notification/beginAttempt.ts';
import { pauses } from '../notification/endAttempt.ts';
import { notify } from '../notification/notify.ts';
import type { NotificationBook } from '../notificationBook.ts';
import { editPreferences } from '../preferences/editPreferences.ts';
import { switchOffMail } from '../preferences/switchOffMail.ts';
import type { PreferencesBook } from '../preferencesBook.ts';
import { endReminder, setReminder } from '../reminder/reminder.ts';
import type { ReminderBook } from '../reminderBook.ts';
import type { Told } from '../told.ts';
import { unsubscribeLinks } from '../unsubscribeLinks.ts';
import { composeMail } from './composeMail.ts';
import { folderPost } from './folderPost.ts';
import type { Post } from './mail.ts';
import { openMailing } from './mailing.ts';
import { smtpPost } from './smtpPost.ts';

const sender = { from: 'Umuhuza <notifications@umuhuza.example>', domain: 'umuhuza.example' };
const links = unsubscribeLinks('a secret of at least thirty-two characters');
const compose = composeMail({ publicUrl: 'https://umuhuza.example', links, organiser: 'notifications@umuhuza.example' });
const logger = createLogger('notifications', process.env.LOG_LEVEL ?? 'silent');
const organisation = 'org-kigali';

const matched: Told = {
  kind: 'tender-matched',
  data: { title: 'Ein Portal für Spediteure', deadline: '2027-01-31T12:00:00.000Z', reasons: [] },
  other: { organisationId: 'org-berlin', name: 'Demonstration Logistik GmbH' },
  link: '/tenders/t1',
};
const awarded: Told = {
  ...matched,
  kind: 'award-outcome',
  data: { title: 'Ein Portal für Spediteure', outcome: 'won', reason: 'First in the ranking.' },
};

const booked: Told = {
  kind: 'booking-confirmed',
  data: {
    title: 'Mobile money test room (demonstration)',
    product: 'Demonstration wallet',
    startsAt: '2027-01-11T07:00:00.000Z',
    endsAt: '2027-01-11T10:00:00.000Z',
    place: 'Kigali',
    calendar: {
      uid: 'b1@sandbox.umuhuza',
      sequence: 1,
      status: 'confirmed',
      timeZone: 'Africa/Kigali',
      host: 'Demonstration Ltd',
      guest: 'Demonstration GmbH',
      city: 'Kigali',
    },
  },
  other: { organisationId: 'org-kigali', name: 'Demonstration Ltd' },
  link: '/bookings/b1',
};

const calendarOf = ({ data }: Told) => ('calendar' in data ? data.calendar : undefined);
const party = { organisationId: 'org-kigali', name: 'Demonstration Ltd' };

let backends: Leased;
let mongo: Mongo;
let notifications: NotificationBook;
let preferences: PreferencesBook;
let directory: Directory;
let reminders: ReminderBook;
let skew = 0;
const clock = () => Temporal.Instant.from(systemClock()).add({ seconds: skew }).toString({ fractionalSecondDigits: 3 });
const later = (seconds: number) => {
  skew += seconds;
};

let count = 0;
/** A member of its own for each test, who has one mail queued. */
const queueMail = async (told: Told = matched, language: 'en' | 'de' = 'en', more: { sealed?: { place: number } } = {}) => {
  const n = ++count;
  const recipient = `user-${n}`;
  const address = `user-${n}@demonstration.example`;
  await belongs(recipient, address, language);
  const id = `mail-${n}`.padEnd(22, 'x');
  const whom = { recipient, organisation, told, at: clock(), ...more };
  await notifications.change(id, (none) => notify(none, { ...whom, channel: 'email', wanted: true }), timeCause('test', clock()));
  return { id, recipient, address };
};
let sequence = 0;
const members = new Map<
  string,
  { userId: string; name: string; email: string; role: 'member'; language: 'en' | 'de'; timeZone: string }
>();
const tellMembers = () =>
  directory.learn(organisation, ++sequence, { name: 'Demonstration Software Ltd', members: [...members.values()] });
const belongs = async (userId: string, email: string, language: 'en' | 'de') => {
  members.set(userId, { userId, name: 'Demonstration Member', email, role: 'member', language, timeZone: 'Africa/Kigali' });
  await tellMembers();
};

/** A mail server that keeps what it takes, and can be told to refuse. */
const taken: { to: string[]; raw: string }[] = [];
let refuseWith: ((address: string) => Error | undefined) | undefined;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, callback) => callback(refuseWith?.(address) ?? null),
  onData: (stream, session, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() });
      callback();
    });
  },
});
const takenFor = (address: string) => taken.filter(({ to }) => to.includes(address)).map(({ raw }) => raw);
const smtpError = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
/** Headers in one line each. */
const unfolded = (raw: string) => raw.replace(/\r\n[ \t]+/g, ' ');

let smtp: Post;
const senderBy = (post: Post) =>
  openMailing({ notifications, preferences, directory, reminders, post, compose, clock, logger }).sendDue;
const statusOf = async (id: string) => (await notifications.find(id))?.status;

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
  notifications = await openMongoNotificationBook(mongo.connection, readerSeal(newKey()), () => expect.fail('all can be opened'));
  preferences = await openMongoPreferencesBook(mongo.connection);
  directory = await openMongoDirectory(mongo.connection);
  reminders = await openMongoReminderBook(mongo.connection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  smtp = smtpPost(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, sender);
});
beforeEach(() => {
  refuseWith = undefined;
});
afterAll(async () => {
  await smtp.stop();
  await new Promise<void>((resolve) => server.close(resolve));
  await mongo.stop();
  await backends.end();
});

describe('a queued mail', () => {
  it('reaches its reader by SMTP, in text and HTML, with a way to switch it off and its own Message-ID', async () => {
    const { id, recipient, address } = await queueMail(matched, 'de');
    await senderBy(smtp)();
    const [raw = '', ...more] = takenFor(address);
    expect(more).toEqual([]);
    const mail = unfolded(raw);
    expect(mail).toContain(`Message-ID: <${id}@umuhuza.example>`);
    expect(mail).toContain(
      `List-Unsubscribe: <https://umuhuza.example/api/notifications/unsubscribe/${links.tokenFor({ user: recipient, kind: 'tender-matched' })}>`,
    );
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail).toContain('Auto-Submitted: auto-generated');
    expect(mail).toContain('Content-Language: de');
    expect(mail).toMatch(/Content-Type: text\/plain/);
    expect(mail).toMatch(/Content-Type: text\/html/);
    expect(await statusOf(id)).toBe('sent');
  });

  it('brings an invitation as a part that calendars read, and as a file', async () => {
    const { id, address } = await queueMail(booked);
    await senderBy(smtp)();
    const mail = unfolded(takenFor(address)[0] ?? '');
    expect(mail).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
    expect(mail).toMatch(/Content-Type: application\/ics; name=invitation\.ics/);
    const [, part = ''] = /Content-Type: application\/ics;.*?\r\n\r\n([\w+/=\r\n]+)/s.exec(mail) ?? [];
    const calendar = Buffer.from(part, 'base64').toString();
    expect(brokenRules(calendar)).toEqual([]);
    expect(readCalendar(calendar).events).toMatchObject([
      {
        uid: 'b1@sandbox.umuhuza',
        sequence: 1,
        attendees: [{ address }],
        organisers: [{ address: 'notifications@umuhuza.example' }],
      },
    ]);
    expect(await statusOf(id)).toBe('sent');
  });

  it('reaches somebody without an account at the address the event gave, with nothing to open or switch off', async () => {
    const address = 'tester@elsewhere.example';
    await belongs('colleague', 'colleague@demonstration.example', 'de');
    const told = { ...booked, addressee: { id: 't1', name: 'Demonstration Tester', address } } as Told;
    const whom = { recipient: 'invited/t1', organisation, told, at: clock() };
    const id = 'mail-to-a-tester'.padEnd(22, 'x');
    await notifications.change(
      id,
      (none) => notify(none, { ...whom, channel: 'email', wanted: true }),
      timeCause('test', clock()),
    );
    await senderBy(smtp)();
    const mail = unfolded(takenFor(address)[0] ?? '');
    expect(mail).toContain('method=REQUEST');
    expect(mail).not.toContain('List-Unsubscribe');
    expect(mail).not.toContain('https://umuhuza.example');
    expect(await statusOf(id)).toBe('sent');
  });

  it('is sent once, however often and by however many senders the queue is worked off', async () => {
    const { address } = await queueMail();
    await Promise.all([senderBy(smtp)(), senderBy(smtp)(), senderBy(smtp)()]);
    await senderBy(smtp)();
    expect(takenFor(address)).toHaveLength(1);
  });

  it('is sent again under the same Message-ID when the sender crashed before it could note that it was taken', async () => {
    const { id, address } = await queueMail();
    const crashing: Post = {
      ...smtp,
      send: async (mail) => {
        await smtp.send(mail);
        crashed = true;
      },
    };
    let crashed = false;
    const losesItsDatabase: NotificationBook = {
      ...notifications,
      change: async (...change) => {
        if (crashed) throw new Error('the process is gone');
        return notifications.change(...change);
      },
    };
    const { sendDue } = openMailing({
      notifications: losesItsDatabase,
      preferences,
      directory,
      reminders,
      post: crashing,
      compose,
      clock,
      logger,
    });
    await expect(sendDue()).rejects.toThrow('the process is gone');
    expect(await statusOf(id)).toBe('queued');
    await senderBy(smtp)();
    expect(takenFor(address)).toHaveLength(1);

    later(attemptLasts);
    await senderBy(smtp)();
    const ids = takenFor(address).map((raw) => /Message-ID: (\S+)/.exec(raw)?.[1]);
    expect(ids).toEqual([`<${id}@umuhuza.example>`, `<${id}@umuhuza.example>`]);
    expect(await statusOf(id)).toBe('sent');
  });

  it('waits out a mail server that says not now, with growing pauses', async () => {
    const { id, address } = await queueMail();
    refuseWith = (to) => (to === address ? smtpError(451, 'try again later') : undefined);
    for (const pause of pauses.slice(0, 3)) {
      await senderBy(smtp)();
      expect(await notifications.find(id)).toMatchObject({ status: 'queued', attempt: null });
      later(pause - 1);
      const { attempts } = (await notifications.find(id)) as { attempts: number };
      await senderBy(smtp)();
      expect(await notifications.find(id)).toMatchObject({ attempts });
      later(1);
    }
    refuseWith = undefined;
    await senderBy(smtp)();
    expect(await statusOf(id)).toBe('sent');
    expect(takenFor(address)).toHaveLength(1);
  });

  it('is given up at once when the mail server refuses it for good, and when no attempt helped', async () => {
    const { id, address } = await queueMail();
    refuseWith = (to) => (to === address ? smtpError(550, 'no such mailbox') : undefined);
    await senderBy(smtp)();
    expect(await notifications.find(id)).toMatchObject({ status: 'failed', attempts: 1 });

    const hopeless = await queueMail();
    refuseWith = (to) => (to === hopeless.address ? smtpError(451, 'try again later') : undefined);
    for (const pause of [...pauses, 0]) {
      await senderBy(smtp)();
      later(pause);
    }
    expect(await notifications.find(hopeless.id)).toMatchObject({ status: 'failed', attempts: pauses.length + 1 });
  });

  it('of which nobody may know is sent like any other, and fails without a word in the log; what became of it is kept with it, sealed', async () => {
    const logged: string[] = [];
    const speaking = pino({ level: 'trace' }, { write: (text: string) => logged.push(text) });
    const sendBy = (post: Post) =>
      openMailing({ notifications, preferences, directory, reminders, post, compose, clock, logger: speaking }).sendDue();
    const { id, address, recipient } = await queueMail(matched, 'en', { sealed: { place: 0 } });
    const away = smtpPost('smtp://127.0.0.1:9', sender);
    await sendBy(away);
    await away.stop();
    later(pauses[0] ?? 0);
    refuseWith = () => smtpError(550, `no such mailbox: ${address}`);
    await sendBy(smtp);
    expect(await notifications.find(id)).toMatchObject({ status: 'failed', attempts: 2, recipient });
    const [stored] = await mongo.connection
      .collection('notifications')
      .find({ _id: id as never })
      .toArray();
    expect(Object.keys(stored?.state as object)).toEqual(['sealed']);
    expect(JSON.stringify(stored)).not.toMatch(`${recipient}|${organisation}|failed`);
    expect(logged).toEqual([]);

    refuseWith = undefined;
    const other = await queueMail(matched, 'en', { sealed: { place: 0 } });
    await sendBy(smtp);
    expect(takenFor(other.address)).toHaveLength(1);
  });

  it('of which nobody may know leaves an outage to be logged by others: its beginning by the first of them, its end only where that was', async () => {
    const logged: string[] = [];
    const speaking = pino({ level: 'trace' }, { write: (text: string) => logged.push(JSON.parse(text).msg) });
    const away = smtpPost('smtp://127.0.0.1:9', sender);
    let now = away;
    const post: Post = { ...smtp, send: (mail) => now.send(mail) };
    const { sendDue } = openMailing({
      ...{ notifications, preferences, directory, reminders, post, compose, clock, logger: speaking },
    });
    later(pauses[0]);
    await senderBy(smtp)();
    const hidden = await queueMail(matched, 'en', { sealed: { place: 0 } });
    await sendDue();
    now = smtp;
    await queueMail();
    await sendDue();
    expect(logged).toEqual([]);

    now = away;
    later(pauses[0]);
    await sendDue();
    expect(await notifications.find(hidden.id)).toMatchObject({ status: 'queued', attempts: 2 });
    await queueMail();
    await sendDue();
    expect(logged).toEqual(['the mail server cannot be reached; mails wait']);
    now = smtp;
    await queueMail(matched, 'en', { sealed: { place: 0 } });
    await sendDue();
    await away.stop();
    later(pauses[1]);
    await sendDue();
    expect(logged).toEqual(['the mail server cannot be reached; mails wait', 'the mail server answers again']);
  });

  it('keeps its patience while no mail server answers at all: only what was under way has been tried', async () => {
    const queued = await Promise.all(Array.from({ length: 12 }, () => queueMail()));
    const closed = smtpPost('smtp://127.0.0.1:9', sender);
    await senderBy(closed)();
    await closed.stop();
    const tried = (await Promise.all(queued.map(({ id }) => notifications.find(id)))).filter(
      (mail) => mail?.status === 'queued' && mail.attempts > 0,
    );
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThanOrEqual(4);
    later(pauses[0]);
    await senderBy(smtp)();
    for (const { address } of queued) expect(takenFor(address)).toHaveLength(1);
  });
});

describe('what counts is how things are when a mail is sent', () => {
  it('who has switched this kind off meanwhile gets none', async () => {
    const { id, recipient, address } = await queueMail();
    await preferences.change(
      recipient,
      (wishes) => switchOffMail(wishes, { kind: 'tender-matched', mustBeKnown: [] }),
      timeCause('test', clock()),
    );
    await senderBy(smtp)();
    expect(takenFor(address)).toEqual([]);
    expect(await notifications.find(id)).toMatchObject({ status: 'suppressed', reason: 'switched-off' });
  });

  it('who has left the organisation meanwhile gets none', async () => {
    const { id, recipient, address } = await queueMail();
    members.delete(recipient);
    await tellMembers();
    await senderBy(smtp)();
    expect(takenFor(address)).toEqual([]);
    expect(await notifications.find(id)).toMatchObject({ status: 'suppressed', reason: 'no-longer-a-member' });
  });

  it('a tester who was taken out is not invited by a mail that waited, and is when it was invited anew', async () => {
    const of = (kind: 'tester-invited' | 'tester-removed', sequence: number) => {
      const { certain, host, ...entry } = { ...booked.data, certain: true, host: 'Demonstration Host' } as Record<
        string,
        unknown
      >;
      const calendar = { ...calendarOf(booked), uid: 'b-seats@sandbox.umuhuza', sequence };
      return {
        ...booked,
        kind,
        addressee: { id: 't3', name: 'Demonstration Tester', address: 'seat@elsewhere.example' },
        data: { ...entry, ...(kind === 'tester-invited' ? { certain, host } : {}), calendar },
      } as Told;
    };
    const first = await queueMail(of('tester-invited', 1));
    refuseWith = () => smtpError(451, 'try again later');
    await senderBy(smtp)();
    refuseWith = undefined;
    const removed = await queueMail(of('tester-removed', 2));
    await senderBy(smtp)();
    expect(await statusOf(removed.id)).toBe('sent');
    later(pauses[0]);
    await senderBy(smtp)();
    expect(await notifications.find(first.id)).toMatchObject({ status: 'suppressed', reason: 'overtaken' });
    const anew = await queueMail(of('tester-invited', 3));
    await senderBy(smtp)();
    expect(await statusOf(anew.id)).toBe('sent');
  });

  it('an invitation that waited until its booking was cancelled or had another time is not sent any more, to testers neither', async () => {
    const about = (bookingId: string, more: object = {}) =>
      ({
        ...booked,
        ...more,
        data: { ...booked.data, calendar: { ...calendarOf(booked), uid: `${bookingId}@sandbox.umuhuza` } },
      }) as Told;
    const [off, moved, same, tester] = await Promise.all([
      queueMail(about('b-off')),
      queueMail(about('b-moved')),
      queueMail(about('b-same')),
      queueMail(about('b-off', { addressee: { id: 't2', name: 'Demonstration Tester', address: 'late@elsewhere.example' } })),
    ]);
    refuseWith = () => smtpError(451, 'try again later');
    await senderBy(smtp)();
    const known = (bookingId: string, decide: Parameters<ReminderBook['change']>[1]) =>
      reminders.change(bookingId, decide, timeCause('test', clock()));
    const booking = { bookingId: '', title: '', product: '', endsAt: '', place: '', host: party, guest: party };
    const again = { sequence: 2, booking, at: '2027-01-01T00:00:00.000Z' };
    await known('b-off', (now) => endReminder(now, { sequence: 2 }));
    await known('b-moved', (now) =>
      setReminder(now, { ...again, startsAt: '2027-01-12T07:00:00.000Z', endsAt: '2027-01-12T10:00:00.000Z' }),
    );
    await known('b-same', (now) =>
      setReminder(now, { ...again, startsAt: '2027-01-11T07:00:00.000Z', endsAt: '2027-01-11T10:00:00.000Z' }),
    );
    const cancelled = await queueMail({
      ...about('b-off'),
      kind: 'booking-cancelled',
      data: { ...about('b-off').data, by: 'host', as: 'guest', reason: 'No power' },
    } as Told);
    refuseWith = undefined;
    later(pauses[0]);
    await senderBy(smtp)();
    for (const { id } of [off, moved, tester])
      expect(await notifications.find(id)).toMatchObject({ status: 'suppressed', reason: 'overtaken' });
    expect([off.address, moved.address, 'late@elsewhere.example'].flatMap(takenFor)).toEqual([]);
    expect(await statusOf(same.id)).toBe('sent');
    expect(takenFor(cancelled.address)).toHaveLength(1);
  });

  it('an offer that is over is not sent as if it stood, also where its slot had another time', async () => {
    const { calendar: _, ...slot } = booked.data as { calendar: object };
    const offer = (until: string | undefined, kind = 'place-offered', more: object = {}, entry?: Told['entry']) =>
      queueMail({ ...booked, kind, data: { ...slot, until, ...more }, ...(entry ? { entry } : {}) } as Told);
    const inSeconds = (seconds: number) => Temporal.Instant.from(clock()).add({ seconds }).toString();
    const previous = { startsAt: '2027-01-10T07:00:00.000Z', endsAt: '2027-01-10T10:00:00.000Z' };
    const asOf = (id: string, sequence: number) => ({ id, sequence });
    const [over, moved, stands, waits, shortened, anew, queued] = await Promise.all([
      offer(inSeconds(pauses[0])),
      offer(inSeconds(pauses[0]), 'waitlist-rescheduled', { previous }),
      offer(inSeconds(pauses[0] + 3_600)),
      offer(undefined, 'waitlist-rescheduled', { previous }, asOf('e-waits', 1)),
      offer(inSeconds(pauses[0] + 3_600), 'place-offered', {}, asOf('e-moved', 4)),
      offer(inSeconds(pauses[0] + 1_800), 'waitlist-rescheduled', { previous }, asOf('e-moved', 5)),
      offer(undefined, 'waitlist-rescheduled', { previous }, asOf('e-waits', 2)),
    ]);
    refuseWith = () => smtpError(451, 'try again later');
    await senderBy(smtp)();
    refuseWith = undefined;
    later(pauses[0]);
    await senderBy(smtp)();
    for (const { id, address } of [over, moved, shortened]) {
      expect(await notifications.find(id)).toMatchObject({ status: 'suppressed', reason: 'overtaken' });
      expect(takenFor(address)).toEqual([]);
    }
    for (const { address } of [stands, waits, anew, queued]) expect(takenFor(address)).toHaveLength(1);
  });

  it('the present address and the chosen language are used', async () => {
    const { recipient, address } = await queueMail();
    await belongs(recipient, 'new-address@demonstration.example', 'en');
    await preferences.change(
      recipient,
      (wishes) => editPreferences(wishes, { language: 'de', timeZone: 'Europe/Berlin', kinds: {}, mustBeKnown: [] }),
      timeCause('test', clock()),
    );
    await senderBy(smtp)();
    expect(takenFor(address)).toEqual([]);
    expect(unfolded(takenFor('new-address@demonstration.example')[0] ?? '')).toContain('Content-Language: de');
  });

  it('an award is sent even to those whose older choice says otherwise, and cannot be switched off by a link', async () => {
    const { recipient, address } = await queueMail(awarded);
    await preferences.change(
      recipient,
      (wishes) => switchOffMail(wishes, { kind: 'award-outcome', mustBeKnown: [] }),
      timeCause('test', clock()),
    );
    await senderBy(smtp)();
    expect(takenFor(address)).toHaveLength(1);
    expect(takenFor(address)[0]).not.toContain('List-Unsubscribe');
  });
});

describe('a machine without a mail server', () => {
  it('finds each mail as one file, whole or not at all, and the same file when it is sent again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'umuhuza-mail-'));
    try {
      const post = await folderPost(join(folder, 'mail'), sender);
      const { id, address } = await queueMail();
      await senderBy(post)();
      const files = await readdir(join(folder, 'mail'));
      expect(files).toEqual([expect.stringMatching(new RegExp(`^2\\d{3}-[\\dT.Z-]+-tender-matched-${id}\\.eml$`))]);
      const raw = await readFile(join(folder, 'mail', files[0] ?? ''), 'utf8');
      expect(unfolded(raw)).toContain(`To: Demonstration Member <${address}>`);
      expect(raw).toContain('\r\n');

      const mail = compose({
        id,
        at: ((await notifications.find(id)) as { at: string }).at,
        told: matched,
        person: { userId: 'x', name: 'Demonstration Member', email: address },
        organisation: 'Demonstration Software Ltd',
        language: 'en',
        timeZone: 'Africa/Kigali',
      });
      await post.send(mail);
      expect(await readdir(join(folder, 'mail'))).toEqual(files);
      await post.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says what to do when the folder cannot be made', async () => {
    await expect(folderPost('/dev/null/mail', sender)).rejects.toThrow(/Set MAIL_DIR .* or set SMTP_URL/);
  });
});
