import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { EventData } from '@umuhuza/contracts/catalogue';
import type { InboxView, NotificationView } from '@umuhuza/contracts/notifications/schemas';
import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import { connectBus } from '@umuhuza/eventing/bus';
import { commandId, idFrom } from '@umuhuza/eventing/cause';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import type { Bus } from '@umuhuza/eventing/openBus';
import { systemClock as clock } from '@umuhuza/service/clock';
import { every } from '@umuhuza/service/every';
import { type Listening, listen } from '@umuhuza/service/listen';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { sealOwner, sealOwners } from '@umuhuza/service/sealing/bidOwners';
import type { ServiceParts } from '@umuhuza/service/serviceApp';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { startIssuer } from '@umuhuza/testing/issuer';
import { ringOf } from '@umuhuza/testing/keyRing';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { openLiveInbox } from './live/liveInbox.ts';
import { composeMail } from './mail/composeMail.ts';
import { folderPost } from './mail/folderPost.ts';
import { openMailing } from './mail/mailing.ts';
import { openMongoDirectory } from './mongoDirectory.ts';
import { openMongoNotificationBook } from './mongoNotificationBook.ts';
import { openMongoPreferencesBook } from './mongoPreferencesBook.ts';
import { openMongoReminderBook } from './mongoReminderBook.ts';
import { openMongoTellings } from './mongoTellings.ts';
import { learnMembersWhenTheyChange } from './reactions/learnMembersWhenTheyChange.ts';
import { tellThoseConcerned } from './reactions/tellThoseConcerned.ts';
import { openMongoReaderSeal } from './sealing/mongoReaderSeal.ts';
import { unsubscribeLinks } from './unsubscribeLinks.ts';

let backends: Leased;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let parts: ServiceParts;
let broker: NatsConnection;
let mongo: Mongo;
let mailDir: string;
let service: Awaited<ReturnType<typeof startService>>;

const links = unsubscribeLinks('a secret of at least thirty-two characters');

const onUnreadable = () => expect.fail('all can be opened');

/** The service as its main wires it, on a port of its own; several can run at once like replicas. */
const startService = async () => {
  const bus: Bus = await connectBus({ service: 'notifications', ...backends.nats, logger: parts.logger, clock });
  const own = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
  const seal = await openMongoReaderSeal(own.connection, ringOf('post'));
  const notifications = await openMongoNotificationBook(own.connection, seal, onUnreadable);
  const preferences = await openMongoPreferencesBook(own.connection);
  const directory = await openMongoDirectory(own.connection);
  const reminders = await openMongoReminderBook(own.connection);
  const tellings = await openMongoTellings(own.connection, seal);
  const post = await folderPost(mailDir, { from: 'Umuhuza <notifications@localhost>', domain: 'localhost' });
  const compose = composeMail({ organiser: 'notifications@umuhuza.example', publicUrl: 'http://localhost:8080', links });
  const subscription = bus.subscribe(
    {
      'identity.MembersChanged': learnMembersWhenTheyChange({ directory }),
      ...tellThoseConcerned({
        notifications,
        preferences,
        directory,
        tellings,
        seal,
        postKeys: ringOf('post'),
        clock,
        random: (below) => randomInt(below),
        onUnreadable,
      }),
    },
    openDeadLetters(own.connection),
  );
  const { logger } = parts;
  const mailing = openMailing({ notifications, preferences, directory, reminders, post, compose, clock, logger });
  const sending = every(25, 'sending mail', mailing.sendDue, logger);
  const live = openLiveInbox({ notifications, clock, onFailure: (error) => logger.warn({ err: error }, 'a look failed') });
  notifications.onTouched(live.nudge);
  const looking = every(100, 'looking', live.look, logger);
  const listening: Listening = await listen(
    createApp({ notifications, preferences, directory, live, links, seal, clock, ...parts }),
    {
      host: '127.0.0.1',
      port: 0,
    },
  );
  return {
    url: `http://127.0.0.1:${listening.port}`,
    stop: async () => {
      await live.stop();
      await listening.stop();
      await looking.stop();
      mailing.stop();
      await sending.stop();
      await subscription.stop();
      await post.stop();
      await bus.stop();
      await own.stop();
    },
  };
};

const as = async (user: string, organisation?: string) =>
  clientOf(service.url, await issuer.tokenFor({ user, ...(organisation ? { organisation } : {}) }));

type Members = EventData<'identity.MembersChanged'>['members'];
const person = (userId: string, more: Partial<Members[number]> = {}): Members[number] => ({
  userId,
  name: `Demonstration ${userId}`,
  email: `${userId}@demonstration.example`,
  role: 'member',
  language: 'en',
  timeZone: 'Africa/Kigali',
  ...more,
});
const belong = (organisationId: string, ...members: Members) =>
  backends.say('identity.MembersChanged', organisationId, {
    organisationId,
    name: `Demonstration ${organisationId}`,
    country: 'RW',
    members,
  });

const buyer = { organisationId: 'org-buyer', name: 'Demonstration Logistik GmbH', country: 'DE' as const };
const deadline = '2123-01-31T12:00:00.000Z';
const match = (tenderId: string, firms: string[], title = 'A portal for carriers') =>
  backends.say('matching.FirmsMatched', tenderId, {
    tenderId,
    title,
    buyer,
    deadline,
    firms: firms.map((organisationId) => ({
      organisationId,
      name: organisationId,
      score: 0.8,
      reasons: ['Speaks English at C1.'],
    })),
  });

const inboxOf = async (user: string, query = '') =>
  (await (await as(user))('GET', `/api/notifications${query}`)).body as InboxView;
/** As long as an event that waits for its firm may take: its third try comes 36 seconds after it began to wait. */
const untilTriedAgain = { within: 60_000 };
/** Settles when this person has been told that many things. */
const told = (user: string, many: number) =>
  eventually(async () => {
    const { items } = await inboxOf(user, '?limit=100');
    expect(items).toHaveLength(many);
    return items;
  }, untilTriedAgain);
const mails = async () =>
  Promise.all(
    (await readdir(mailDir)).filter((name) => name.endsWith('.eml')).map((name) => readFile(join(mailDir, name), 'utf8')),
  );
const mailsTo = async (user: string) => (await mails()).filter((raw) => raw.includes(`<${user}@demonstration.example>`));

/** Settles when the service has heard all that was said on these streams. */
const allHeard = async (...services: string[]) => {
  const jsm = await jetstreamManager(broker);
  for (const name of services)
    await eventually(async () => {
      const { num_pending, num_ack_pending } = await jsm.consumers.info(name.toUpperCase(), 'notifications');
      expect({ name, num_pending, num_ack_pending }).toEqual({ name, num_pending: 0, num_ack_pending: 0 });
    });
};

type Said = { readonly id: string; readonly event: string; readonly data: never };
/** A page that watches its inbox. */
const watch = async (user: string, { from, query = '', lasts }: { from?: string; query?: string; lasts?: number } = {}) => {
  const token = await issuer.tokenFor({ user, ...(lasts ? { lasts } : {}) });
  const closing = new AbortController();
  const response = await fetch(`${service.url}/api/notifications/stream${query}`, {
    headers: { authorization: `Bearer ${token}`, ...(from ? { 'last-event-id': from } : {}) },
    signal: closing.signal,
  });
  const said: Said[] = [];
  const reading = (async () => {
    let waiting = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      waiting += chunk;
      const blocks = waiting.split('\n\n');
      waiting = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        if (field('event')) said.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) as never });
      }
    }
  })();
  return {
    response,
    said,
    notifications: () => said.filter(({ event }) => event === 'notification').map(({ data }) => data as NotificationView),
    lastId: () => said.findLast(({ id }) => id !== '')?.id ?? '',
    /** Settles when the server has ended it. */
    ended: reading,
    close: async () => {
      closing.abort();
      await reading.catch(() => undefined);
    },
  };
};

beforeAll(async () => {
  [backends, issuer, mailDir] = await Promise.all([leaseBackends(), startIssuer(), mkdtemp(join(tmpdir(), 'umuhuza-mail-'))]);
  parts = await servicePartsFor('notifications', issuer);
  broker = await connect({ servers: backends.nats.url, user: backends.nats.user, pass: backends.nats.password });
  mongo = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
  service = await startService();
});

afterAll(async () => {
  await service.stop();
  await broker.drain();
  await mongo.stop();
  await Promise.all([backends.end(), issuer.stop(), rm(mailDir, { recursive: true })]);
});

describe('who is concerned is told', () => {
  it('every member of a matched firm, in the inbox and by e-mail, each in the own language and on both clocks', async () => {
    await belong('org-tells', person('anna'), person('bernd', { language: 'de', timeZone: 'Europe/Berlin' }));
    await match('tender-tells', ['org-tells']);
    const [inEnglish] = await told('anna', 1);
    expect(inEnglish).toMatchObject({
      kind: 'tender-matched',
      organisationId: 'org-tells',
      status: 'unseen',
      subject: 'A tender that fits you: A portal for carriers',
      link: '/tenders/tender-tells',
      language: 'en',
    });
    expect(inEnglish?.body).toContain('Sun, 31 Jan 2123, 14:00 (Kigali) / 13:00 (Berlin)');
    const [inGerman] = await told('bernd', 1);
    expect(inGerman?.body).toContain('So., 31. Jan. 2123, 13:00 (Berlin) / 14:00 (Kigali)');
    const [mail] = await eventually(async () => {
      const found = await mailsTo('anna');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(mail).toContain('Subject: A tender that fits you: A portal for carriers');
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('and of an appointment only those who are appointed', async () => {
    const jury = { organisationId: 'org-jury', name: 'Demonstration Jury GmbH', country: 'DE' as const };
    await belong('org-jury', person('jury-ann'), person('jury-ben'));
    await backends.say('tenders.EvaluatorsAppointed', 'tender-jury', {
      tenderId: 'tender-jury',
      title: 'A portal for juries',
      buyer: jury,
      evaluators: ['jury-ann', 'somebody-else'],
    });
    expect(await told('jury-ann', 1)).toMatchObject([{ kind: 'evaluators-appointed', organisationId: 'org-jury' }]);
    await allHeard('tenders');
    expect((await inboxOf('jury-ben')).items).toEqual([]);
    expect((await inboxOf('somebody-else')).items).toEqual([]);
  });
  it('when identity tells of the members only after the event', async () => {
    await match('tender-early', ['org-late']);
    await belong('org-late', person('late'));
    await told('late', 1);
  });

  it('even when another firm in the same event is not known', async () => {
    await belong('org-known', person('known'));
    await match('tender-half', ['org-unheard-of', 'org-known']);
    await told('known', 1);
    await belong('org-unheard-of', person('heard-of'));
    await told('heard-of', 1);
    expect((await inboxOf('known')).items).toHaveLength(1);
  });

  it('firms that were told of a tender hear its answers and its end, bidders and buyer the outcome; nobody hears another’s', async () => {
    await belong('org-buyer', person('buyer'));
    await belong('org-wins', person('winner'));
    await belong('org-loses', person('loser'));
    await belong('org-apart', person('apart'));
    await match('tender-main', ['org-wins', 'org-loses']);
    await told('winner', 1);
    const about = { tenderId: 'tender-main', title: 'A portal for carriers', buyer };
    const question = { ...about, questionId: 'q1', question: 'May the team be spread?' };
    await backends.say('tenders.QuestionAsked', 'tender-main', question);
    await backends.say('tenders.QuestionAnswered', 'tender-main', { ...question, answer: 'Yes.' });
    await backends.say('tenders.BidsOpened', 'tender-main', { ...about, bidders: ['org-wins', 'org-loses'], bids: 2 });
    const outcome = { ...about, lotId: 'lot-1' };
    await backends.say('tenders.LotAwarded', 'tender-main', {
      ...outcome,
      winner: { organisationId: 'org-wins', bidId: 'b1' },
      value: { amount: 4_200_000, currency: 'EUR' },
      reason: 'First in the ranking.',
    });
    for (const [organisationId, won] of [
      ['org-wins', true],
      ['org-loses', false],
    ] as const)
      await backends.say('tenders.BidderInformed', 'tender-main', {
        ...outcome,
        organisationId,
        outcome: won ? 'won' : 'lost',
        reason: won ? 'First in the ranking.' : 'Second in the ranking.',
      });

    const kinds = async (user: string, many: number) => (await told(user, many)).map(({ kind }) => kind).toSorted();
    expect(await kinds('winner', 4)).toEqual(['award-outcome', 'bids-opened', 'question-answered', 'tender-matched']);
    expect(await kinds('loser', 4)).toEqual(['award-outcome', 'bids-opened', 'question-answered', 'tender-matched']);
    expect(await kinds('buyer', 3)).toEqual(['bids-opened', 'lot-awarded', 'question-asked']);
    await allHeard('tenders', 'matching');
    expect((await inboxOf('apart')).items).toEqual([]);
    const subjects = async (user: string) =>
      (await inboxOf(user)).items.map(({ subject, body }) => `${subject} ${body}`).join(' ');
    expect(await subjects('winner')).toContain('You have won');
    expect(await subjects('loser')).not.toContain('First in the ranking.');
    expect(await subjects('buyer')).toContain('is awarded to Demonstration org-wins for €42,000.00');
  });

  it('a firm is not invited to a tender that is known to be cancelled', async () => {
    await belong('org-buyer-2', person('buyer-2'));
    await belong('org-too-late', person('too-late'));
    const about = { tenderId: 'tender-over', title: 'Stopped', buyer: { ...buyer, organisationId: 'org-buyer-2' } };
    await backends.say('tenders.TenderCancelled', 'tender-over', { ...about, reason: 'The project was stopped.' });
    await told('buyer-2', 1);
    await match('tender-over', ['org-too-late']);
    await allHeard('matching', 'tenders');
    expect((await inboxOf('too-late')).items).toEqual([]);
  });

  it('a firm that is known only after its invitations is invited to none that is over, and with the newest deadline', async () => {
    const about = (tenderId: string) => ({ tenderId, title: tenderId, buyer: { ...buyer, organisationId: 'org-buyer-2' } });
    const waiting = () => mongo.connection.collection('parkedEvents').countDocuments({ subject: /tender-(stopped|longer)$/ });
    for (const tenderId of ['tender-stopped', 'tender-longer'])
      await backends.say('tenders.FirmsInvited', tenderId, { ...about(tenderId), deadline, firms: ['org-parked'] });
    await eventually(async () => expect(await waiting()).toBe(2));
    await backends.say('tenders.TenderCancelled', 'tender-stopped', { ...about('tender-stopped'), reason: 'Stopped.' });
    const { tender } = tendersEvents.TenderAmended.example;
    const longer = { ...tender, ...about('tender-longer'), deadline: '2123-02-28T12:00:00.000Z' };
    await backends.say('tenders.TenderAmended', 'tender-longer', { tender: longer, changed: ['deadline'] });
    await allHeard('tenders');
    await belong('org-parked', person('parked'));
    const [invited] = await told('parked', 1);
    expect(invited).toMatchObject({ kind: 'tender-invited', link: '/tenders/tender-longer' });
    expect(invited?.body).toContain('28 Feb 2123');
    await eventually(async () => expect(await waiting()).toBe(0), untilTriedAgain);
    expect((await inboxOf('parked')).items).toHaveLength(1);
  });
});

describe('an event that comes again', () => {
  it('makes nothing new: not redelivered, not replayed from the beginning, not for those who joined or were matched since', async () => {
    await belong('org-once', person('once'));
    const said = await match('tender-once', ['org-once']);
    await told('once', 1);
    const about = { tenderId: 'tender-once', title: 'A portal for carriers', buyer };
    const answered = { ...about, questionId: 'q1', question: 'May the team be spread?', answer: 'Yes.' };
    await backends.say('tenders.QuestionAnswered', 'tender-once', answered);
    await told('once', 2);
    await eventually(async () => expect(await mailsTo('once')).toHaveLength(2));

    await belong('org-once', person('once'), person('joined-later'));
    await belong('org-matched-later', person('matched-later'));
    await match('tender-once', ['org-matched-later']);
    await told('matched-later', 1);
    await allHeard('identity', 'tenders', 'matching');

    const counted = async () => ({
      inboxes: await mongo.connection.collection('notifications').countDocuments({}),
      mails: (await mails()).length,
    });
    await eventually(async () =>
      expect(await mongo.connection.collection('notifications').countDocuments({ 'state.status': 'queued' })).toBe(0),
    );
    const before = await counted();

    // The very same envelope, past the broker's own memory of message ids.
    await jetstream(broker).publish(`matching.FirmsMatched.${said.subject}`, JSON.stringify(said));
    await allHeard('matching');
    expect(await counted()).toEqual(before);

    await service.stop();
    for (const stream of ['identity', 'tenders', 'matching']) await backends.forgetPlace('notifications', stream);
    service = await startService();
    await allHeard('identity', 'tenders', 'matching');
    expect(await counted()).toEqual(before);
    expect((await inboxOf('joined-later')).items).toEqual([]);
    expect(await inboxOf('matched-later')).toMatchObject({ items: [{ kind: 'tender-matched' }], next: null });
  });
});

describe('the owners of sealed bids', () => {
  const tenderId = 'tender-sealed';
  const ownersOf = (...firms: string[]) => {
    const ring = ringOf('post');
    return {
      owners: sealOwners(
        ring,
        tenderId,
        firms.map((firm) => sealOwner(ring, tenderId, firm)),
      ),
    };
  };
  const { tender } = tendersEvents.TenderAmended.example;
  const amended = (reason: string, owners: object) =>
    backends.say('tenders.TenderAmended', tenderId, {
      ...{ tender: { ...tender, tenderId, buyer }, changed: ['description'], changesWhatIsAsked: true, reason },
      ...{ followers: ['org-follows'], ...owners },
    });
  const about = { tenderId, title: 'A portal for carriers', buyer };
  /** All that lies in the database but who belongs to which organisation, which is known of all. */
  const dump = async () => {
    const collections = (await mongo.connection.db?.listCollections().toArray()) ?? [];
    const rows = collections.filter(({ name }) => name !== 'organisations');
    const found = await Promise.all(rows.map(({ name }) => mongo.connection.collection(name).find().toArray()));
    return found.flat().map((row) => JSON.stringify(row));
  };

  it('are told of an amendment as such, others as others, each once, and nobody else can tell who was told which', async () => {
    for (const [firm, user] of [
      ['org-owns', 'owner-one'],
      ['org-owns-and-follows', 'owner-two'],
      ['org-follows', 'only-follows'],
    ] as const)
      await belong(firm, person(user));
    await belong('org-buyer', person('buys'));
    await match(tenderId, ['org-owns-and-follows']);
    await told('owner-two', 1);
    await allHeard('identity');
    const page = await watch('owner-one');
    const said = await amended('Asked for.', ownersOf('org-owns', 'org-owns-and-follows'));
    const [one] = await told('owner-one', 1);
    expect(one).toMatchObject({
      kind: 'tender-amended',
      organisationId: 'org-owns',
      status: 'unseen',
      subject: 'Please confirm your bid: A portal for carriers',
      link: `/tenders/${tenderId}/bid`,
    });
    expect((await told('owner-two', 2)).map(({ subject }) => subject)).toEqual([
      'Please confirm your bid: A portal for carriers',
      'A tender that fits you: A portal for carriers',
    ]);
    expect((await told('only-follows', 1)).map(({ subject }) => subject)).toEqual(['Changed: A portal for carriers']);
    await eventually(() => expect(page.notifications()).toMatchObject([{ link: `/tenders/${tenderId}/bid` }]));
    for (const [user, many] of [
      ['owner-one', 1],
      ['owner-two', 2],
      ['only-follows', 1],
    ] as const)
      await eventually(async () => expect(await mailsTo(user)).toHaveLength(many));

    // It is read, counted, paged and put away like all others.
    const call = await as('owner-one', 'org-owns');
    const key = (name: string) => ({ headers: { 'idempotency-key': name } });
    expect(await inboxOf('owner-one')).toMatchObject({ unread: 1, unseen: 1 });
    expect((await call('POST', '/api/notifications/see-all', key('seen'))).body).toEqual({ unread: 1, unseen: 0 });
    expect((await call('POST', '/api/notifications/see-all', key('seen'))).body).toEqual({ unread: 1, unseen: 0 });
    for (const _ of ['once', 'again'])
      expect(await call('POST', `/api/notifications/${one?.id}/read`, key('read'))).toMatchObject({ body: { status: 'read' } });
    await eventually(() => expect(page.said.at(-1)?.data).toEqual({ unread: 0, unseen: 0 }));
    expect((await inboxOf('owner-one', '?unread=true')).items).toEqual([]);
    await call('POST', `/api/notifications/${one?.id}/archive`, key('away'));
    expect((await inboxOf('owner-one')).items).toEqual([]);
    expect((await inboxOf('owner-one', '?archived=true')).items).toMatchObject([{ id: one?.id }]);
    expect(await (await as('owner-two'))('POST', `/api/notifications/${one?.id}/read`)).toMatchObject({ status: 404 });
    const first = await inboxOf('owner-two', '?limit=1');
    expect((await inboxOf('owner-two', `?limit=1&cursor=${first.next}`)).items).toMatchObject([{ kind: 'tender-matched' }]);
    await page.close();

    const stolen = await dump();
    const parts = (user: string) => [`${user}/inbox`, `${user}/email`];
    const guessed = ['owner-one', 'only-follows'].flatMap((user) => parts(user).map((part) => idFrom({ id: said.id }, part)));
    for (const secret of [
      ...['org-owns"', 'owner-one', 'org-follows', 'only-follows', 'Please confirm', 'ownBid', 'archivedAt'],
      ...guessed,
      ...['org-owns', 'org-follows'].map((firm) => idFrom({ id: said.id }, firm)),
      commandId('org-owns', 'read'),
      commandId('org-owns', 'away'),
    ])
      expect(
        stolen.filter((line) => line.includes(secret) && line.includes(tenderId)),
        secret,
      ).toEqual([]);
    for (const secret of ['org-owns"', 'owner-one', ...guessed])
      expect(
        stolen.filter((line) => line.includes(secret)),
        secret,
      ).toEqual([]);
    const found = stolen.filter((line) => line.includes('"sealedAt"'));
    expect(found).toHaveLength(3);
    expect(new Set(found.map((line) => line.length)).size).toBe(1);
  });

  it('are told of each amendment and of the end, and of nothing again when all comes once more', async () => {
    await amended('Asked for again.', ownersOf('org-owns'));
    await backends.say('tenders.TenderCancelled', tenderId, { ...about, reason: 'Stopped.', ...ownersOf('org-owns') });
    const [end] = await told('owner-one', 2);
    expect(end).toMatchObject({ kind: 'tender-cancelled', link: `/tenders/${tenderId}` });
    expect(end?.body).toContain('Your bid is deleted.');
    await told('buys', 1);
    // Its bid is withdrawn; that it is interested is told as before.
    expect((await told('owner-two', 4)).map(({ subject }) => subject).slice(0, 2)).toEqual([
      'Cancelled: A portal for carriers',
      'Changed: A portal for carriers',
    ]);
    await eventually(async () => expect(await mailsTo('owner-two')).toHaveLength(4));
    await allHeard('identity', 'tenders', 'matching');
    // Of one reader's three nothing is the same by which they are found.
    const marks = (await dump()).flatMap((line) => /"mark":"(sealed-[^"]+)"/.exec(line)?.[1] ?? []);
    expect(marks).toHaveLength(8);
    expect(new Set(marks).size).toBe(8);
    const counted = async () => [
      await mongo.connection.collection('notifications').countDocuments(),
      await mongo.connection.collection('tellings').countDocuments(),
      (await mails()).length,
    ];
    await eventually(async () =>
      expect(await mongo.connection.collection('notifications').countDocuments({ 'lookup.due': { $exists: true } })).toBe(0),
    );
    const before = await counted();
    await service.stop();
    await belong('org-owns', person('owner-one'), person('joined-the-owner'));
    await backends.forgetPlace('notifications', 'tenders');
    service = await startService();
    await allHeard('identity', 'tenders');
    expect(await counted()).toEqual(before);
    expect((await inboxOf('joined-the-owner')).items).toEqual([]);
  });

  it('are told once identity has told of them, and what fails meanwhile names none', async () => {
    await amended('Once more.', ownersOf('org-owns-late'));
    const parked = () => mongo.connection.collection('parkedEvents').find().toArray();
    await eventually(async () => expect(await parked()).toHaveLength(1));
    expect(JSON.stringify((await parked()).map(({ error }) => error))).toContain(
      'the members of one that is told are not known yet',
    );
    expect((await dump()).filter((line) => line.includes('org-owns-late'))).toEqual([]);
    await belong('org-owns-late', person('late-owner'));
    await told('late-owner', 1);
  });

  it('are found again under newer keys, and never without the former one', async () => {
    const stays = (await inboxOf('owner-one', '?archived=true')).items;
    const other = await connectMongo(backends.mongoUrl, 'notifications', backends.databaseOf('notifications'));
    const inboxWith = async (...ids: string[]) => {
      const seal = await openMongoReaderSeal(other.connection, ringOf(...ids));
      return seal.mark('place', 'owner-one', '0');
    };
    const mark = await inboxWith('post');
    await expect(inboxWith('newer')).rejects.toThrow('POST_KEYS lacks post');
    expect(await inboxWith('newer', 'post')).toBe(mark);
    expect(await inboxWith('newer')).toBe(mark);
    expect(await inboxWith('post', 'newer')).toBe(mark);
    // A key that was lost is no first start: with another one nobody would find anything, and nobody would notice.
    const keys = other.connection.collection('readerKeys');
    const key = (await keys.findOne({})) ?? expect.fail('there is a key');
    await keys.deleteMany({});
    await expect(inboxWith('post', 'newer')).rejects.toMatchObject({
      name: 'StartFailure',
      message: expect.stringMatching(/^The key readers is gone from readerKeys/),
    });
    expect(await keys.countDocuments()).toBe(0);
    await keys.insertOne(key);
    expect(await inboxWith('post', 'newer')).toBe(mark);
    await other.stop();
    expect((await inboxOf('owner-one', '?archived=true')).items).toEqual(stays);
  });
});

describe('an inbox', () => {
  it('is read page by page, newest first, and stays in order when something comes in between', async () => {
    await belong('org-pages', person('pager'));
    for (const n of [1, 2, 3, 4, 5]) {
      await match(`tender-page-${n}`, ['org-pages'], `Tender ${n}`);
      await told('pager', n);
    }
    const first = await inboxOf('pager', '?limit=2');
    expect(first.items.map(({ link }) => link)).toEqual(['/tenders/tender-page-5', '/tenders/tender-page-4']);
    await match('tender-page-6', ['org-pages'], 'Tender 6');
    await told('pager', 6);
    const second = await inboxOf('pager', `?limit=2&cursor=${first.next}`);
    expect(second.items.map(({ link }) => link)).toEqual(['/tenders/tender-page-3', '/tenders/tender-page-2']);
    const third = await inboxOf('pager', `?limit=2&cursor=${second.next}`);
    expect(third).toMatchObject({ items: [{ link: '/tenders/tender-page-1' }], next: null });
  });

  it('counts what is unread, lets it be read, put away and brought back, and repeats an answer under the same key', async () => {
    await belong('org-counts', person('counter'));
    for (const n of [1, 2, 3]) await match(`tender-count-${n}`, ['org-counts'], `Tender ${n}`);
    const [newest, middle, oldest] = await told('counter', 3);
    const call = await as('counter');
    const counts = async () => {
      const { unread, unseen } = await inboxOf('counter');
      return { unread, unseen };
    };
    expect(await counts()).toEqual({ unread: 3, unseen: 3 });
    expect(await call('POST', '/api/notifications/see-all')).toMatchObject({ status: 200, body: { unread: 3, unseen: 0 } });

    const key = { headers: { 'idempotency-key': 'read-1' } };
    const read = await call('POST', `/api/notifications/${newest?.id}/read`, key);
    expect(read).toMatchObject({ status: 200, body: { status: 'read' } });
    expect(await call('POST', `/api/notifications/${newest?.id}/read`, key)).toMatchObject({ status: 200, body: read.body });
    expect(await counts()).toEqual({ unread: 2, unseen: 0 });

    expect(await call('POST', `/api/notifications/${middle?.id}/archive`)).toMatchObject({
      status: 200,
      body: { status: 'archived' },
    });
    expect(await counts()).toEqual({ unread: 1, unseen: 0 });
    expect((await inboxOf('counter')).items.map(({ id }) => id)).toEqual([newest?.id, oldest?.id]);
    expect((await inboxOf('counter', '?archived=true')).items.map(({ id }) => id)).toEqual([middle?.id]);
    expect((await inboxOf('counter', '?unread=true')).items.map(({ id }) => id)).toEqual([oldest?.id]);
    expect(await call('POST', `/api/notifications/${middle?.id}/unarchive`)).toMatchObject({
      status: 200,
      body: { status: 'seen', archivedAt: null },
    });
    expect(await counts()).toEqual({ unread: 2, unseen: 0 });
  });

  it('is read as a whole up to the moment the page was looked at', async () => {
    await belong('org-all', person('reader'));
    await match('tender-all-1', ['org-all']);
    const [first] = await told('reader', 1);
    await match('tender-all-2', ['org-all']);
    await told('reader', 2);
    const call = await as('reader');
    expect(await call('POST', '/api/notifications/read-all', { body: { upTo: first?.at } })).toMatchObject({
      status: 200,
      body: { unread: 1 },
    });
    expect(await call('POST', '/api/notifications/read-all')).toMatchObject({ status: 200, body: { unread: 0, unseen: 0 } });
  });

  it.each([
    ['read-all', 'read', { unread: 0, unseen: 0 }],
    ['see-all', 'seen', { unread: 1, unseen: 0 }],
  ] as const)('is marked as a whole (%s) once under a key: what comes later stays as it is', async (route, marked, counts) => {
    const reader = `${route}-reader`;
    await belong(`org-${route}`, person(reader));
    await match(`tender-${route}-1`, [`org-${route}`]);
    await told(reader, 1);
    const call = await as(reader);
    const send = (body = {}) =>
      call('POST', `/api/notifications/${route}`, { body, headers: { 'idempotency-key': `${route}-once` } });
    expect(await send()).toMatchObject({ status: 200, body: counts });
    await match(`tender-${route}-2`, [`org-${route}`]);
    await told(reader, 2);
    expect(await send()).toMatchObject({ status: 200, body: counts });
    const { items } = await inboxOf(reader);
    expect(items.map(({ status }) => status)).toEqual(['unseen', marked]);
    expect(await send({ upTo: items[0]?.at })).toMatchObject({ status: 422 });
    expect((await inboxOf(reader)).items.map(({ status }) => status)).toEqual(['unseen', marked]);
  });

  it('belongs to its reader alone, whichever organisation the token names', async () => {
    await belong('org-mine', person('mine'));
    await match('tender-mine', ['org-mine']);
    const [one] = await told('mine', 1);
    const colleague = await as('colleague', 'org-mine');
    for (const what of ['read', 'archive', 'unarchive'])
      expect(await colleague('POST', `/api/notifications/${one?.id}/${what}`)).toMatchObject({
        status: 404,
        body: { type: '/problems/no-such-notification' },
      });
    expect((await colleague('GET', '/api/notifications')).body).toMatchObject({ items: [], unread: 0 });
    expect((await (await as('mine', 'org-another'))('POST', `/api/notifications/${one?.id}/read`)).status).toBe(200);
  });

  it('is written in another language when the page asks for it', async () => {
    await belong('org-speaks', person('speaker'));
    await match('tender-speaks', ['org-speaks']);
    await told('speaker', 1);
    expect((await inboxOf('speaker', '?language=de')).items[0]).toMatchObject({ language: 'de', subject: /Ausschreibung/ });
  });
});

describe('preferences', () => {
  it('begin with what the account says, and count for what comes next', async () => {
    await belong('org-prefers', person('chooser', { language: 'de', timeZone: 'Europe/Berlin' }));
    await allHeard('identity');
    const call = await as('chooser');
    const read = await call('GET', '/api/notifications/preferences');
    expect(read).toMatchObject({
      status: 200,
      body: {
        language: 'de',
        timeZone: 'Europe/Berlin',
        kinds: { 'tender-matched': { inbox: true, email: true } },
        mustBeKnown: expect.arrayContaining(['award-outcome']),
      },
    });
    const chosen = {
      language: 'en',
      timeZone: 'America/New_York',
      kinds: { 'tender-matched': { inbox: true, email: false }, 'question-answered': { inbox: false, email: false } },
    };
    const etag = read.headers.get('etag') ?? '';
    expect(await call('PUT', '/api/notifications/preferences', { body: chosen, headers: { 'if-match': etag } })).toMatchObject({
      status: 200,
      body: {
        language: 'en',
        kinds: { 'tender-matched': { inbox: true, email: false }, 'bids-opened': { inbox: true, email: true } },
      },
    });
    expect(await call('PUT', '/api/notifications/preferences', { body: chosen, headers: { 'if-match': etag } })).toMatchObject({
      status: 412,
      body: { type: '/problems/stale-version' },
    });

    await match('tender-prefers', ['org-prefers']);
    const [one] = await told('chooser', 1);
    expect(one?.body).toContain('07:00 (New York) / 13:00 (Berlin) / 14:00 (Kigali)');
    await eventually(async () =>
      expect(
        await mongo.connection
          .collection('notifications')
          .countDocuments({ 'state.recipient': 'chooser', 'state.status': 'suppressed' }),
      ).toBe(1),
    );
    expect(await mailsTo('chooser')).toEqual([]);

    // Switched off in both places: nobody is disturbed, and nothing is lost from the record.
    await backends.say('tenders.QuestionAnswered', 'tender-prefers', {
      ...tendersEvents.QuestionAnswered.data.parse(tendersEvents.QuestionAnswered.example),
      tenderId: 'tender-prefers',
      buyer,
    });
    await eventually(async () =>
      expect(
        await mongo.connection
          .collection('notifications')
          .countDocuments({ 'state.told.kind': 'question-answered', 'state.status': 'suppressed' }),
      ).toBe(2),
    );
    await told('chooser', 1);
  });

  it('cannot switch off what must be known, and say which', async () => {
    const call = await as('wants-nothing');
    const kinds = { 'award-outcome': { inbox: true, email: false }, 'bids-opened': { inbox: false, email: false } };
    expect(
      await call('PUT', '/api/notifications/preferences', { body: { language: 'en', timeZone: 'Africa/Kigali', kinds } }),
    ).toMatchObject({
      status: 422,
      body: { type: '/problems/must-be-known', detail: expect.stringContaining('award-outcome') },
    });
    expect((await call('GET', '/api/notifications/preferences')).body).toMatchObject({
      kinds: { 'bids-opened': { inbox: true, email: true } },
    });
  });
});

describe('an unsubscribe link', () => {
  const nobody = () => clientOf(service.url);
  const emailOf = async (user: string) =>
    ((await (await as(user))('GET', '/api/notifications/preferences')).body as { kinds: Record<string, { email: boolean }> })
      .kinds['tender-matched']?.email;

  it('from a mail changes nothing when it is opened, and switches off that kind of mail with one click and no sign-in', async () => {
    await belong('org-stops', person('stopper'));
    await match('tender-stops', ['org-stops']);
    const [mail = ''] = await eventually(async () => {
      const found = await mailsTo('stopper');
      expect(found).toHaveLength(1);
      return found;
    });
    const address = /^List-Unsubscribe: <(.+)>\r$/m.exec(mail)?.[1] ?? '';
    const { pathname } = new URL(address);

    const opened = await nobody()('GET', pathname);
    expect(opened).toMatchObject({ status: 200, body: { kind: 'tender-matched', email: true } });
    const page = await nobody()('GET', pathname, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('<form method="post">');
    expect(await emailOf('stopper')).toBe(true);

    const oneClick = { raw: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    for (const _ of ['once', 'and again'])
      expect(await nobody()('POST', pathname, oneClick)).toMatchObject({
        status: 200,
        body: { kind: 'tender-matched', email: false },
      });
    expect(await emailOf('stopper')).toBe(false);
    const done = await nobody()('GET', pathname, { headers: { accept: 'text/html' } });
    expect(done.body).toContain('You get no more e-mail about tenders that fit you.');

    await match('tender-stops-2', ['org-stops']);
    await told('stopper', 2);
    await eventually(async () =>
      expect(
        await mongo.connection
          .collection('notifications')
          .countDocuments({ 'state.recipient': 'stopper', 'state.status': 'suppressed' }),
      ).toBe(1),
    );
    expect(await mailsTo('stopper')).toHaveLength(1);
  });

  it('that nobody of us signed is not known', async () => {
    const forged = unsubscribeLinks('another secret of thirty-two characters').tokenFor({ user: 'stopper', kind: 'bids-opened' });
    for (const token of [forged, 'made-up', `${forged}.more`])
      for (const method of ['GET', 'POST'] as const)
        expect(await nobody()(method, `/api/notifications/unsubscribe/${token}`)).toMatchObject({
          status: 404,
          body: { type: '/problems/unknown-link' },
        });
    const page = await nobody()('GET', `/api/notifications/unsubscribe/${forged}`, { headers: { accept: 'text/html' } });
    expect(page).toMatchObject({ status: 404, body: expect.stringContaining('This link is not known') });
  });

  it('cannot switch off what must be known', async () => {
    const token = links.tokenFor({ user: 'stopper', kind: 'award-outcome' });
    expect(await nobody()('POST', `/api/notifications/unsubscribe/${token}`)).toMatchObject({
      status: 422,
      body: { type: '/problems/must-be-known' },
    });
  });
});

describe('the stream of an inbox', () => {
  it('tells what comes as it comes, with the counts, to its reader alone', async () => {
    await belong('org-live', person('watcher'));
    await allHeard('identity');
    const page = await watch('watcher');
    const stranger = await watch('stranger');
    expect(page.response.headers.get('content-type')).toContain('text/event-stream');
    await eventually(() => expect(page.said).toMatchObject([{ event: 'counts', data: { unread: 0, unseen: 0 } }]));
    await match('tender-live', ['org-live']);
    await eventually(() => expect(page.said.map(({ event }) => event)).toEqual(['counts', 'notification', 'counts']));
    expect(page.notifications()).toMatchObject([{ kind: 'tender-matched', link: '/tenders/tender-live', status: 'unseen' }]);
    expect(page.said.at(-1)?.data).toEqual({ unread: 1, unseen: 1 });

    await (await as('watcher'))('POST', '/api/notifications/read-all');
    await eventually(() => expect(page.said.at(-1)?.data).toEqual({ unread: 0, unseen: 0 }));
    expect(stranger.notifications()).toEqual([]);
    await Promise.all([page.close(), stranger.close()]);
  });

  it('gives a page that comes back exactly what it missed, also from another replica and after a restart', async () => {
    await belong('org-back', person('returner'));
    await match('tender-back-1', ['org-back']);
    await told('returner', 1);
    const { position } = await inboxOf('returner');
    const first = await watch('returner', { from: position });
    await match('tender-back-2', ['org-back']);
    await eventually(() => expect(first.notifications().map(({ link }) => link)).toEqual(['/tenders/tender-back-2']));
    const place = first.lastId();
    await first.close();

    for (const n of [3, 4]) await match(`tender-back-${n}`, ['org-back']);
    await told('returner', 4);
    await service.stop();
    service = await startService();
    const replica = await startService();
    const second = await watch('returner', { from: place });
    const links = () => second.notifications().map(({ link }) => link);
    await eventually(() => expect(links().toSorted()).toEqual(['/tenders/tender-back-3', '/tenders/tender-back-4']));

    // Whichever of the two hears it, the page of this one is told.
    for (const n of [5, 6, 7, 8]) await match(`tender-back-${n}`, ['org-back']);
    await eventually(() => expect(links().toSorted()).toEqual([3, 4, 5, 6, 7, 8].map((n) => `/tenders/tender-back-${n}`)));
    await second.close();
    await replica.stop();
  });

  it('speaks the language the page asks for', async () => {
    await belong('org-live-de', person('german'));
    await allHeard('identity');
    const page = await watch('german', { query: '?language=de' });
    await match('tender-live-de', ['org-live-de']);
    await eventually(() => expect(page.notifications()).toMatchObject([{ language: 'de' }]));
    await page.close();
  });

  it('ends with the token, and says so', async () => {
    const page = await watch('short', { lasts: 2 });
    await page.ended;
    expect(page.said.at(-1)).toMatchObject({ event: 'end', data: { reason: 'token-ended' } });
  });

  it('ends when the service stops, which does not wait for it', async () => {
    const page = await watch('stays');
    await service.stop();
    await page.ended;
    expect(page.said.at(-1)).toMatchObject({ event: 'end', data: { reason: 'service-stopping' } });
    service = await startService();
  });

  it('is refused when one person watches with more pages than anybody has', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, () => watch('many-pages')));
    expect(await (await as('many-pages'))('GET', '/api/notifications/stream')).toMatchObject({
      status: 429,
      body: { type: '/problems/too-many-requests' },
    });
    await Promise.all(pages.map((page) => page.close()));
  });

  it('is refused by name without a token, for an unknown place, or with unknown questions', async () => {
    expect(await clientOf(service.url)('GET', '/api/notifications/stream')).toMatchObject({
      status: 401,
      body: { type: '/problems/not-signed-in' },
    });
    const call = await as('asker');
    expect(await call('GET', '/api/notifications/stream', { headers: { 'last-event-id': 'made-up' } })).toMatchObject({
      status: 400,
      body: { type: '/problems/unknown-position' },
    });
    expect(await call('GET', '/api/notifications/stream?language=xx')).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', issues: [{ path: 'query.language' }] },
    });
  });
});

describe('a refused request names what is wrong', () => {
  it('when the body is no JSON, has unknown fields or wrong values, or is too large', async () => {
    const call = await as('careless');
    const put = (options: Parameters<typeof call>[2]) => call('PUT', '/api/notifications/preferences', options);
    const body = { language: 'en', timeZone: 'Africa/Kigali', kinds: {} };
    expect(await put({ raw: '{"language":' })).toMatchObject({ status: 400, body: { type: '/problems/broken-json' } });
    expect(await put({ body: { ...body, email: 'another@demonstration.example' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body' }] },
    });
    expect(await put({ body: { ...body, timeZone: 'Mars/Olympus' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.timeZone' }] },
    });
    expect(await put({ body: { ...body, language: 'xx' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.language' }] },
    });
    expect((await put({ body: { ...body, kinds: { 'made-up': { inbox: true, email: true } } } })).status).toBe(400);
    expect(await put({ raw: JSON.stringify({ ...body, timeZone: 'x'.repeat(300_000) }) })).toMatchObject({ status: 413 });
    expect(await put({ raw: 'language: en', headers: { 'content-type': 'text/yaml' } })).toMatchObject({ status: 415 });
  });

  it('when nobody is signed in; an organisation is not needed', async () => {
    expect(await clientOf(service.url)('GET', '/api/notifications')).toMatchObject({
      status: 401,
      body: { type: '/problems/not-signed-in' },
    });
    expect((await (await as('alone'))('GET', '/api/notifications')).status).toBe(200);
  });

  it('when an id, a page mark or an address is unknown, or a query has the wrong form', async () => {
    const call = await as('lost');
    expect(await call('POST', '/api/notifications/unknown/read')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-notification' },
    });
    expect(await call('POST', '/api/notifications/not%20an%20id/read')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'pathParams.id' }] },
    });
    expect(await call('GET', '/api/notifications?cursor=made-up')).toMatchObject({
      status: 400,
      body: { type: '/problems/unknown-cursor' },
    });
    for (const query of ['limit=0', 'limit=101', 'unread=maybe', 'colour=red'])
      expect(await call('GET', `/api/notifications?${query}`), query).toMatchObject({
        status: 400,
        body: { type: '/problems/invalid-request' },
      });
    expect(await call('GET', '/api/notifications/unknown/address')).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    });
    expect(await call('POST', '/api/notifications/read-all', { body: { upTo: 'yesterday' } })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request' },
    });
  });

  it('when a key meant another request', async () => {
    await belong('org-key', person('keyed'));
    await match('tender-key', ['org-key']);
    const [one] = await told('keyed', 1);
    const call = await as('keyed');
    const key = { headers: { 'idempotency-key': 'one-key' } };
    expect((await call('POST', `/api/notifications/${one?.id}/read`, key)).status).toBe(200);
    expect(await call('POST', `/api/notifications/${one?.id}/archive`, key)).toMatchObject({
      status: 422,
      body: { type: '/problems/key-used-for-another-request' },
    });
  });
});
