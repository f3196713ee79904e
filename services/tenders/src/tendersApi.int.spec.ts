import { readFile } from 'node:fs/promises';
import type { ImportResult, MyBid, OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type Bus, connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { every } from '@umuhuza/service/every';
import { type Listening, listen } from '@umuhuza/service/listen';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import type { ServiceParts } from '@umuhuza/service/serviceApp';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { startIssuer } from '@umuhuza/testing/issuer';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { openMongoBidStore } from './mongoBidStore.ts';
import { openMongoOrganisations } from './mongoOrganisations.ts';
import { openMongoTenderBook } from './mongoTenderBook.ts';
import { closeBiddingWhenDue } from './reactions/closeBiddingWhenDue.ts';
import { deleteLeftoverBids } from './reactions/deleteLeftoverBids.ts';
import { learnOrganisationNames } from './reactions/learnOrganisationNames.ts';
import { openBidsWhenDue } from './reactions/openBidsWhenDue.ts';

let backends: Leased;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let mongo: Mongo;
let bus: Bus;
let parts: ServiceParts;
let listening: Listening;
let stopParts: () => Promise<void>;
let buyer: Client;
let alpha: Client;
let beta: Client;
let gamma: Client;
let berlin: Client;

/** The service's clock: it goes as time does, and can be put forward. */
let ahead = 0;
const clock = () => Temporal.Now.instant().add({ milliseconds: ahead }).toString({ fractionalSecondDigits: 3 });
const inDays = (days: number) =>
  Temporal.Instant.from(clock())
    .add({ hours: days * 24 })
    .toString({ fractionalSecondDigits: 3 });
const passDays = (days: number) => {
  ahead += days * 24 * 3_600_000;
};

const as = async (organisation: string, country: 'DE' | 'RW' = 'RW') =>
  clientOf(`http://127.0.0.1:${listening.port}`, await issuer.tokenFor({ organisation, country }));

const organisations = [
  ['org-buyer', 'Demonstration Buyer GmbH', 'DE'],
  ['org-alpha', 'Demonstration Alpha Ltd', 'RW'],
  ['org-beta', 'Demonstration Beta Ltd', 'RW'],
  ['org-gamma', 'Demonstration Gamma Ltd', 'RW'],
  ['org-berlin', 'Demonstration Berlin GmbH', 'DE'],
] as const;

beforeAll(async () => {
  [backends, issuer] = await Promise.all([leaseBackends(), startIssuer()]);
  parts = await servicePartsFor('tenders', issuer);
  const { logger } = parts;
  mongo = await connectMongo(backends.mongoUrl, 'tenders', backends.databaseOf('tenders'));
  bus = await connectBus({ service: 'tenders', ...backends.nats, logger, clock });
  const tenders = await openMongoTenderBook(mongo.connection);
  const bids = await openMongoBidStore(mongo.connection);
  const names = await openMongoOrganisations(mongo.connection);
  const relay = bus.relay(tenders.outbox);
  const subscription = bus.subscribe(
    {
      'identity.OrganisationRegistered': learnOrganisationNames({ organisations: names }),
      'identity.MembersChanged': learnOrganisationNames({ organisations: names }),
    },
    openDeadLetters(mongo.connection),
  );
  const timers = [
    every(50, 'closing the bidding', closeBiddingWhenDue({ tenders, clock }), logger),
    every(50, 'opening bids', openBidsWhenDue({ tenders, bids, organisations: names, clock }), logger),
    every(50, 'deleting bids nobody may read', deleteLeftoverBids({ tenders, bids, clock }), logger),
  ];
  const app = createApp({ tenders, bids, organisations: names, clock, publicUrl: 'https://umuhuza.example', ...parts });
  listening = await listen(app, { host: '127.0.0.1', port: 0 });
  stopParts = async () => {
    await listening.stop();
    for (const timer of timers) await timer.stop();
    await subscription.stop();
    await relay.stop();
    await bus.stop();
    await mongo.stop();
  };
  for (const [organisationId, name, country] of organisations)
    await backends.say('identity.OrganisationRegistered', organisationId, {
      organisationId,
      name,
      slug: organisationId,
      country,
    });
  await eventually(async () => expect((await names.namesOf(organisations.map(([id]) => id))).size).toBe(organisations.length));
  buyer = await as('org-buyer', 'DE');
  [alpha, beta, gamma] = await Promise.all([as('org-alpha'), as('org-beta'), as('org-gamma')]);
  berlin = await as('org-berlin', 'DE');
});

afterAll(async () => {
  await stopParts();
  await Promise.all([backends.end(), issuer.stop()]);
});

const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];
const complete = (changes: Record<string, unknown> = {}) => ({
  title: 'A portal for carriers',
  description: 'Carriers see their loads.',
  cpv: ['72212000'],
  skills: ['TypeScript'],
  lots: [
    { id: 'build', title: 'Build it' },
    { id: 'run', title: 'Run it' },
  ],
  budget: { amount: 9_000_000, currency: 'EUR' },
  criteria,
  deadline: inDays(10),
  ...changes,
});
const publishedTender = async (changes: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await buyer('POST', '/api/tenders', { body: complete(changes) });
  const { id } = body as TenderView;
  expect((await buyer('POST', `/api/tenders/${id}/publish`)).status).toBe(200);
  return id;
};
/** A price nobody could guess: where it shows up, it has leaked. */
const secretAmount = 77_123_457;
const bid = (build: number, run?: number) => ({
  prices: [
    { lotId: 'build', price: { amount: build, currency: 'EUR' } },
    ...(run === undefined ? [] : [{ lotId: 'run', price: { amount: run, currency: 'EUR' } }]),
  ],
  answers: [{ criterionId: 'approach', answer: 'planted-secret-answer' }],
});
const refused = (status: number, name: string) => ({ status, body: { type: `/problems/${name}`, status } });
const statusOf = async (id: string) => ((await buyer('GET', `/api/tenders/${id}`)).body as TenderView).status;
const heardOf = async (id: string) => (await backends.heardFrom('tenders')).filter(({ subject }) => subject === id);
const untilOpened = async (id: string) => {
  passDays(11);
  await eventually(async () => expect(await statusOf(id)).not.toMatch(/published|closed/));
};

describe('a tender, from the first line to the last award', () => {
  it('is run by its buyer and its bidders, sealed until the opening, and each gets an answer', async () => {
    const created = await buyer('POST', '/api/tenders', { body: { title: 'A portal' } });
    expect(created).toMatchObject({
      status: 201,
      body: { status: 'draft', mine: true, missing: expect.arrayContaining(['a deadline']) },
    });
    const { id } = created.body as TenderView;
    const at = (path = '') => `/api/tenders/${id}${path}`;
    expect(await alpha('GET', at())).toMatchObject(refused(404, 'no-such-tender'));
    expect(await buyer('POST', at('/publish'))).toMatchObject(refused(422, 'tender-not-complete'));

    const draft = await buyer('GET', at());
    const ifMatch = { headers: { 'if-match': draft.headers.get('etag') ?? '' } };
    expect(await buyer('PATCH', at(), { body: complete(), ...ifMatch })).toMatchObject({ status: 200, body: { missing: [] } });
    expect(await buyer('PATCH', at(), { body: { title: 'Late edit' }, ...ifMatch })).toMatchObject(refused(412, 'stale-version'));
    expect(await buyer('POST', at('/publish'))).toMatchObject({
      status: 200,
      body: { status: 'published', buyer: { name: 'Demonstration Buyer GmbH' } },
    });
    const shown = await alpha('GET', at());
    expect(shown).toMatchObject({ status: 200, body: { mine: false } });
    expect(shown.body).not.toHaveProperty('budget');

    const asked = await alpha('POST', at('/questions'), { body: { question: 'May the team be spread?' } });
    const [question] = (asked.body as TenderView).questions;
    expect(question).toMatchObject({ mine: true });
    expect(JSON.stringify((await buyer('GET', at())).body)).not.toContain('org-alpha');
    const answer = { body: { answer: 'It may.' } };
    expect(await buyer('POST', at(`/questions/${question?.id}/answer`), answer)).toMatchObject({ status: 200 });

    const beforeBids = await buyer('GET', at());
    const ocdsBefore = await buyer('GET', at('/ocds'));
    const listBefore = await buyer('GET', '/api/tenders?mine=true');
    const receipt = await alpha('PUT', at('/bids/mine'), { body: bid(secretAmount, 500_000) });
    expect(receipt).toMatchObject({ status: 200, body: { tenderId: id, version: 1 } });
    expect((await beta('PUT', at('/bids/mine'), { body: bid(6_000_000) })).status).toBe(200);
    expect((await gamma('PUT', at('/bids/mine'), { body: bid(1) })).status).toBe(200);
    expect((await gamma('DELETE', at('/bids/mine'))).status).toBe(204);
    expect(await gamma('GET', at('/bids/mine'))).toMatchObject(refused(404, 'no-bid'));
    expect(await alpha('GET', at('/bids/mine'))).toMatchObject({
      body: { status: 'valid', content: bid(secretAmount, 500_000) },
    });

    for (const [path, before] of [
      [at(), beforeBids],
      [at('/ocds'), ocdsBefore],
      ['/api/tenders?mine=true', listBefore],
    ] as const) {
      const now = await buyer('GET', path);
      expect(JSON.stringify(now.body)).toBe(JSON.stringify(before.body));
      expect(now.headers.get('etag')).toBe(before.headers.get('etag'));
    }
    expect(await buyer('GET', at('/bids'))).toMatchObject(refused(409, 'bids-not-opened'));
    expect(await beta('GET', at('/bids'))).toMatchObject(refused(403, 'only-the-buyer'));
    expect(await buyer('POST', at('/open-bids'))).toMatchObject(refused(409, 'bidding-not-over'));

    const amended = await buyer('PATCH', at(), {
      body: { description: 'Carriers also print.', reason: 'Asked for by carriers.' },
    });
    expect(amended.body).toMatchObject({ amendments: [{ changed: ['description'], changesWhatIsAsked: true }] });
    expect(await alpha('GET', at('/bids/mine'))).toMatchObject({ body: { status: 'invalid' } });
    expect(await alpha('PUT', at('/bids/mine'), { body: bid(7_000_000, 500_000) })).toMatchObject({ body: { version: 2 } });
    expect(await beta('PUT', at('/bids/mine'), { body: bid(6_000_000) })).toMatchObject({ body: { version: 2 } });

    await untilOpened(id);
    expect(await gamma('PUT', at('/bids/mine'), { body: bid(1) })).toMatchObject(refused(409, 'bidding-is-over'));
    const { bids, lots } = (await buyer('GET', at('/bids'))).body as OpenedBids;
    expect(bids.map(({ bidder, content }) => [bidder.name, content])).toEqual([
      ['Demonstration Alpha Ltd', bid(7_000_000, 500_000)],
      ['Demonstration Beta Ltd', bid(6_000_000)],
    ]);
    expect(lots).toMatchObject([{ lotId: 'build', evaluated: false, ranking: [{ rank: 1 }, { rank: 2 }] }, { lotId: 'run' }]);

    const [first, second] = bids.map(({ bidId }) => bidId);
    const scores = [
      { bidId: first, criterionId: 'approach', score: 90 },
      { bidId: second, criterionId: 'approach', score: 50 },
    ];
    expect(await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: first } })).toMatchObject(
      refused(409, 'bids-not-scored'),
    );
    expect(await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: second, scores } })).toMatchObject(
      refused(409, 'not-first-in-ranking'),
    );
    expect(await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: first, scores } })).toMatchObject({
      status: 200,
      body: { status: 'opened', lots: [{ award: { winner: { name: 'Demonstration Alpha Ltd' } } }, {}] },
    });
    expect(await buyer('POST', at('/award'), { body: { lotId: 'run', bidId: first } })).toMatchObject({
      body: { status: 'awarded' },
    });

    expect(((await beta('GET', at('/bids/mine'))).body as MyBid).outcomes).toMatchObject([
      { lotId: 'build', outcome: 'lost', rank: 2, points: 70, reason: expect.stringContaining('Rank 2 of 2') },
    ]);
    expect(((await alpha('GET', at('/bids/mine'))).body as MyBid).outcomes).toMatchObject([
      { outcome: 'won' },
      { outcome: 'won' },
    ]);
    expect((await beta('GET', at('/ocds'))).body).toMatchObject({
      releases: [{ tender: { status: 'complete' }, awards: [{ status: 'active' }, { status: 'active' }] }],
    });

    await eventually(async () => {
      const heard = await heardOf(id);
      expect(heard.map(({ type }) => type.split('.')[2])).toEqual([
        'TenderPublished',
        'QuestionAsked',
        'QuestionAnswered',
        'TenderAmended',
        'BiddingClosed',
        'BidsOpened',
        'LotAwarded',
        'BidderInformed',
        'BidderInformed',
        'LotAwarded',
        'BidderInformed',
        'TenderCompleted',
      ]);
      expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_, n) => n + 1));
      const sealed = JSON.stringify(heard.slice(0, 5));
      expect(sealed).not.toMatch(/org-(alpha|beta|gamma)|planted-secret|77123457/);
      expect(JSON.stringify(heard)).not.toMatch(/planted-secret|77123457/);
    });
    expect(await parts.metrics.registry.metrics()).not.toContain('bids/mine');
  });

  it('is awarded once a lot, also when thirty awards for two bids arrive at once', async () => {
    const id = await publishedTender({ lots: [{ id: 'build', title: 'Build it' }] });
    await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(6_000_000) });
    await beta('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(6_000_000) });
    await untilOpened(id);
    const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
    // Each brings the scores along by which its own bid is the first: every one of them would be right, if it were alone.
    const awards = await Promise.all(
      Array.from({ length: 30 }, (_, n) => {
        const winner = bids[n % 2];
        const scores = bids.map(({ bidId }) => ({ bidId, criterionId: 'approach', score: bidId === winner?.bidId ? 90 : 10 }));
        return buyer('POST', `/api/tenders/${id}/award`, { body: { lotId: 'build', bidId: winner?.bidId, scores } });
      }),
    );
    expect(new Set(awards.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const heard = await eventually(async () => {
      const all = await heardOf(id);
      expect(all.at(-1)?.type).toContain('TenderCompleted');
      return all;
    });
    expect(heard.filter(({ type }) => type.includes('LotAwarded'))).toHaveLength(1);
    expect(heard.filter(({ type }) => type.includes('BidderInformed'))).toHaveLength(2);
  });

  it('waits with the opening for an answer to each question, and then opens by itself', async () => {
    const id = await publishedTender();
    await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(6_000_000) });
    const asked = await beta('POST', `/api/tenders/${id}/questions`, { body: { question: 'Is there a test system?' } });
    const questionId = (asked.body as TenderView).questions[0]?.id;
    passDays(11);
    await eventually(async () => expect(await statusOf(id)).toBe('closed'));
    expect((await buyer('GET', `/api/tenders/${id}`)).body).toMatchObject({ openingWaitsFor: [questionId] });
    expect(await buyer('POST', `/api/tenders/${id}/open-bids`)).toMatchObject(refused(409, 'questions-unanswered'));
    const rejected = await buyer('POST', `/api/tenders/${id}/questions/${questionId}/answer`, {
      body: { rejectedBecause: 'It is in the description.' },
    });
    expect(rejected.status).toBe(200);
    await eventually(async () => expect(await statusOf(id)).toBe('opened'));
  });

  it('cancelled before opening, deletes its bids unread', async () => {
    const id = await publishedTender();
    await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(secretAmount) });
    const stored = () => mongo.connection.collection('bidContents').countDocuments({ tenderId: id });
    expect(await stored()).toBe(1);
    expect(await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'The project was stopped.' } })).toMatchObject({
      body: { status: 'cancelled', cancelled: { reason: 'The project was stopped.' } },
    });
    await eventually(async () => expect(await stored()).toBe(0));
    const document = await mongo.connection.collection('tenders').findOne({ _id: id as never });
    expect(JSON.stringify(document)).not.toMatch(/org-alpha|77123457/);
    expect(await alpha('GET', `/api/tenders/${id}/bids/mine`)).toMatchObject(refused(404, 'no-bid'));
  });

  it('without a valid bid is unsuccessful, and says so', async () => {
    const id = await publishedTender();
    await untilOpened(id);
    expect((await alpha('GET', `/api/tenders/${id}`)).body).toMatchObject({
      status: 'unsuccessful',
      unsuccessful: { reason: 'No valid bid was received.' },
      bidsOpened: 0,
    });
  });

  it('keeps the last accepted of many submissions at once, and nothing of the others', async () => {
    const id = await publishedTender();
    const sent = Array.from({ length: 20 }, (_, n) => alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1_000_000 + n) }));
    const receipts = (await Promise.all(sent)).map(({ body }) => body as MyBid);
    const last = receipts.toSorted((a, b) => b.version - a.version)[0];
    const mine = (await alpha('GET', `/api/tenders/${id}/bids/mine`)).body as MyBid;
    expect(receipts.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(receipts.map((_, n) => n + 1));
    expect([mine.version, mine.digest]).toEqual([20, last?.digest]);
    expect(await mongo.connection.collection('bidContents').countDocuments({ tenderId: id })).toBe(1);
  });
});

describe('the list of tenders', () => {
  it('shows open ones to everybody, newest first, by CPV, page by page, and drafts only to their buyer', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await publishedTender({ title: `Listed ${n}`, cpv: ['79512000'] }));
    const draft = (await buyer('POST', '/api/tenders', { body: { title: 'Hidden', cpv: ['79512000'] } })).body as TenderView;
    const page = async (client: Client, query: string) =>
      (await client('GET', `/api/tenders?${query}`)).body as { items: TenderView[]; next: string | null };
    const first = await page(alpha, 'cpv=795&limit=2');
    const second = await page(alpha, `cpv=795&limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.next).toBeNull();
    expect((await page(alpha, 'cpv=796')).items).toEqual([]);
    expect((await page(alpha, 'mine=true')).items).toEqual([]);
    expect((await page(buyer, 'mine=true&limit=1')).items).toMatchObject([{ id: draft.id, status: 'draft' }]);
    await buyer('POST', `/api/tenders/${ids[0]}/cancel`, { body: { reason: 'Stopped.' } });
    expect((await page(alpha, 'cpv=795&limit=100')).items).toHaveLength(2);
    expect((await page(alpha, 'cpv=795&status=all&limit=100')).items).toHaveLength(3);
    expect(await alpha('GET', '/api/tenders?cursor=made-up')).toMatchObject(refused(400, 'unknown-cursor'));
  });
});

describe('importing public notices', () => {
  const notices = new URL('../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);

  it('makes drafts that can be completed and published; again changes nothing', async () => {
    const body = JSON.parse(await readFile(notices, 'utf8')) as { releases: unknown[] };
    const imported = (await berlin('POST', '/api/tenders/import', { body })).body as ImportResult;
    expect(imported).toMatchObject({ created: body.releases.length, alreadyThere: 0, refused: 0 });
    expect(imported.releases[0]?.unmapped).toContain('parties');
    const again = (await berlin('POST', '/api/tenders/import', { body })).body as ImportResult;
    expect(again).toMatchObject({ created: 0, alreadyThere: body.releases.length, refused: 0 });
    expect(again.releases.map(({ tenderId }) => tenderId)).toEqual(imported.releases.map(({ tenderId }) => tenderId));

    const id = imported.releases[0]?.tenderId;
    expect((await berlin('PATCH', `/api/tenders/${id}`, { body: { deadline: inDays(20), criteria } })).body).toMatchObject({
      missing: [],
    });
    expect(await berlin('POST', `/api/tenders/${id}/publish`)).toMatchObject({ status: 200, body: { status: 'published' } });
    expect(await buyer('POST', '/api/tenders/import', { body: body.releases[0] })).toMatchObject({ body: { created: 1 } });
  });
  it('goes on past a broken release and says what is wrong with it', async () => {
    const good = { ocid: 'ocds-x-1', tender: { title: 'Good', description: 'Good.' } };
    const twice = {
      ocid: 'ocds-x-2',
      tender: {
        title: 'Two',
        lots: [
          { id: 'a', title: 'A' },
          { id: 'a', title: 'B' },
        ],
      },
    };
    const { body } = await buyer('POST', '/api/tenders/import', { body: { releases: [{ broken: true }, good, twice, null] } });
    expect(body).toMatchObject({
      created: 1,
      refused: 3,
      releases: [
        { index: 0, outcome: 'refused', refusal: { type: '/problems/not-ocds', detail: expect.stringContaining('ocid') } },
        { index: 1, outcome: 'created', ocid: 'ocds-x-1' },
        { index: 2, outcome: 'refused', refusal: { type: '/problems/duplicate-ids' } },
        { index: 3, outcome: 'refused' },
      ],
    });
  });
  it('gives a repeated request its first answer, and refuses its key for another', async () => {
    const headers = { 'idempotency-key': 'import-1' };
    const release = { ocid: 'ocds-y-1', tender: { title: 'Once' } };
    const first = await buyer('POST', '/api/tenders/import', { headers, body: release });
    expect(first.body).toMatchObject({ created: 1 });
    expect((await buyer('POST', '/api/tenders/import', { headers, body: release })).body).toEqual(first.body);
    const other = { ...release, tender: { title: 'Other' } };
    expect(await buyer('POST', '/api/tenders/import', { headers, body: other })).toMatchObject(
      refused(422, 'key-used-for-another-request'),
    );
  });
  it('takes five megabytes and no more, and nothing that is no OCDS', async () => {
    const release = { ocid: 'ocds-z-1', tender: { title: 'Large' }, planning: 'x'.repeat(4_900_000) };
    expect(await buyer('POST', '/api/tenders/import', { body: release })).toMatchObject({ body: { created: 1 } });
    const larger = { ...release, planning: 'x'.repeat(5_300_000) };
    expect(await buyer('POST', '/api/tenders/import', { body: larger })).toMatchObject(refused(413, 'body-too-large'));
    expect(await buyer('POST', '/api/tenders/import', { body: { hello: 'world' } })).toMatchObject(refused(422, 'not-ocds'));
    expect(await buyer('POST', '/api/tenders/import', { raw: '5' })).toMatchObject(refused(400, 'broken-json'));
  });
});

describe('a refused request names what is wrong', () => {
  it('when it is broken, has unknown fields or wrong types, is too large or no JSON', async () => {
    const post = (options: Parameters<Client>[2]) => buyer('POST', '/api/tenders', options);
    expect(await post({ raw: '{"title":' })).toMatchObject(refused(400, 'broken-json'));
    expect(await post({ body: { title: 'T', rank: 1 } })).toMatchObject(refused(400, 'invalid-request'));
    expect(await post({ body: { title: 5 } })).toMatchObject({ status: 400, body: { issues: [{ path: 'body.title' }] } });
    expect(await post({ body: { title: 'T', currency: 'XXQ' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.currency' }] },
    });
    expect(await post({ body: { title: 'T', deadline: 'tomorrow' } })).toMatchObject({
      status: 400,
      body: { issues: expect.arrayContaining([expect.objectContaining({ path: 'body.deadline' })]) },
    });
    expect(await post({ body: { title: 'T', description: 'x'.repeat(300_000) } })).toMatchObject(refused(413, 'body-too-large'));
    expect(await post({ raw: '<t/>', headers: { 'content-type': 'text/xml' } })).toMatchObject(
      refused(415, 'unsupported-media-type'),
    );
    expect(await post({ body: { title: 'T', budget: { amount: 1, currency: 'USD' }, currency: 'EUR' } })).toMatchObject(
      refused(422, 'budget-in-other-currency'),
    );
    expect(await buyer('GET', '/api/tenders?limit=0')).toMatchObject(refused(400, 'invalid-request'));
    expect(await buyer('GET', '/api/tenders?cpv=x')).toMatchObject(refused(400, 'invalid-request'));
  });
  it('when nobody is signed in, or what it names is not there or someone else’s', async () => {
    const anonymous = clientOf(`http://127.0.0.1:${listening.port}`);
    expect(await anonymous('GET', '/api/tenders')).toMatchObject(refused(401, 'not-signed-in'));
    for (const path of [
      '/api/tenders/unknown',
      '/api/tenders/unknown/bids',
      '/api/tenders/unknown/bids/mine',
      '/api/tenders/unknown/ocds',
    ])
      expect(await buyer('GET', path)).toMatchObject(refused(404, 'no-such-tender'));
    expect(await buyer('GET', '/api/tenders/not%20an%20id')).toMatchObject({ status: 400 });
    expect(await buyer('GET', '/api/tenders/%E0%A4%A')).toMatchObject({ status: 404 });
    const id = await publishedTender();
    for (const [path, body] of [
      ['publish', undefined],
      ['open-bids', undefined],
      ['cancel', { reason: 'Mine.' }],
      ['award', { lotId: 'build', bidId: 'x' }],
      ['scores', { scores: [{ bidId: 'x', criterionId: 'approach', score: 1 }] }],
      ['disqualify', { bidId: 'x', reason: 'Mine.' }],
      ['unsuccessful', { reason: 'Mine.' }],
      ['questions/x/answer', { answer: 'Mine.' }],
    ] as const)
      expect([path, await alpha('POST', `/api/tenders/${id}/${path}`, { body })]).toMatchObject([
        path,
        refused(403, 'only-the-buyer'),
      ]);
    expect(await alpha('PATCH', `/api/tenders/${id}`, { body: { title: 'Mine' } })).toMatchObject(refused(403, 'only-the-buyer'));
    expect(await buyer('POST', `/api/tenders/${id}/questions/x/answer`, { body: { answer: 'So.' } })).toMatchObject(
      refused(404, 'no-such-question'),
    );
    expect(await buyer('POST', `/api/tenders/${id}/questions`, { body: { question: 'Why?' } })).toMatchObject(
      refused(403, 'buyer-may-not-ask'),
    );
  });
  it('when a bid may not or cannot be given', async () => {
    const id = await publishedTender();
    const put = (client: Client, body: unknown, headers = {}) => client('PUT', `/api/tenders/${id}/bids/mine`, { body, headers });
    expect(await put(buyer, bid(1))).toMatchObject(refused(403, 'buyer-may-not-bid'));
    expect(await put(berlin, bid(1))).toMatchObject(refused(403, 'only-rwandan-firms-bid'));
    expect(await put(alpha, { prices: [] })).toMatchObject(refused(400, 'invalid-request'));
    expect(await put(alpha, { ...bid(1), note: 'x' })).toMatchObject(refused(400, 'invalid-request'));
    expect(await put(alpha, { prices: [{ lotId: 'paint', price: { amount: 1, currency: 'EUR' } }] })).toMatchObject(
      refused(422, 'no-such-lot'),
    );
    expect(await put(alpha, { prices: [{ lotId: 'build', price: { amount: 1, currency: 'RWF' } }] })).toMatchObject(
      refused(422, 'price-in-other-currency'),
    );
    expect(await alpha('DELETE', `/api/tenders/${id}/bids/mine`)).toMatchObject(refused(404, 'no-bid'));
    expect((await put(alpha, bid(1))).status).toBe(200);
    const etag = (await alpha('GET', `/api/tenders/${id}/bids/mine`)).headers.get('etag') ?? '';
    expect((await put(alpha, bid(2), { 'if-match': etag })).status).toBe(200);
    expect(await put(alpha, bid(3), { 'if-match': etag })).toMatchObject(refused(412, 'stale-version'));
    expect(await alpha('DELETE', `/api/tenders/${id}/bids/mine`, { headers: { 'if-match': etag } })).toMatchObject(
      refused(412, 'stale-version'),
    );
    expect(await mongo.connection.collection('bidContents').countDocuments({ tenderId: id })).toBe(1);
  });
  it('when a key was used for another request; the same one gets its first answer', async () => {
    const headers = { 'idempotency-key': 'create-1' };
    const first = await buyer('POST', '/api/tenders', { headers, body: { title: 'Once' } });
    expect(first.status).toBe(201);
    expect(await buyer('POST', '/api/tenders', { headers, body: { title: 'Once' } })).toMatchObject({
      status: 201,
      body: first.body,
    });
    expect(await buyer('POST', '/api/tenders', { headers, body: { title: 'Twice' } })).toMatchObject(
      refused(422, 'key-used-for-another-request'),
    );
    const { id } = first.body as TenderView;
    expect(await alpha('POST', '/api/tenders', { headers, body: { title: 'Alpha’s own' } })).toMatchObject({ status: 201 });
    const bidKey = { 'idempotency-key': 'bid-1' };
    const tender = await publishedTender();
    const receipt = await alpha('PUT', `/api/tenders/${tender}/bids/mine`, { headers: bidKey, body: bid(1) });
    await alpha('PUT', `/api/tenders/${tender}/bids/mine`, { body: bid(2) });
    expect((await alpha('PUT', `/api/tenders/${tender}/bids/mine`, { headers: bidKey, body: bid(1) })).body).toEqual(
      receipt.body,
    );
    expect(await alpha('GET', `/api/tenders/${tender}/bids/mine`)).toMatchObject({ body: { version: 2, content: bid(2) } });
    expect(await buyer('POST', `/api/tenders/${id}/publish`)).toMatchObject(refused(422, 'tender-not-complete'));
  });
  it('when the buyer’s registration has not arrived yet', async () => {
    const newcomer = await as('org-newcomer', 'DE');
    const { id } = (await newcomer('POST', '/api/tenders', { body: complete() })).body as TenderView;
    expect(await newcomer('POST', `/api/tenders/${id}/publish`)).toMatchObject(refused(409, 'buyer-unknown-yet'));
    const organisationId = 'org-newcomer';
    await backends.say('identity.OrganisationRegistered', organisationId, {
      organisationId,
      name: 'Demonstration New GmbH',
      slug: 'new',
      country: 'DE',
    });
    await eventually(async () => expect((await newcomer('POST', `/api/tenders/${id}/publish`)).status).toBe(200));
  });
});
