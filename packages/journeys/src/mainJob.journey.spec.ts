import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itBooksATest } from './chapters/bookedTest.ts';
import { everythingSaid } from './chapters/everythingSaid.ts';
import { itImportsByCommand } from './chapters/importByCommand.ts';
import { inboxOf } from './chapters/inboxOf.ts';
import { itKeepsToItsAudience } from './chapters/matchedAudience.ts';
import { buyers, type DemoCompany, firms } from './demo/companies.ts';
import { type Company, enter } from './door.ts';

/** Planted in a sealed bid: none of these may stand anywhere outside it before opening. */
const secrets = { summary: 'SEALED-SUMMARY-7Q', answer: 'SEALED-ANSWER-7Q', price: 7_919_731 };

/** Milliseconds from publication to the deadline: long enough for the bids, short enough to wait for. */
const closesIn = 20_000;

let system: RunningSystem;
let dataDir: string;
let logs: string[];
let buyer: Company;
let winner: Company;
let loser: Company;
let stranger: Company;
let tenderId: string;
let lotId: string;
let deadline: Temporal.Instant;

const company = async ({ profile, ...card }: DemoCompany): Promise<Company> => {
  const entered = await enter(system.url, {
    ...card,
    slug: `journey-${card.slug}`,
    email: `journey-${card.email}`,
    password: 'a long enough passphrase',
  });
  expect((await entered.profiles.editMine({ body: profile, headers: {} })).status).toBe(200);
  await eventually(async () => expect((await entered.profiles.publishMine({ body: {}, headers: {} })).status).toBe(200));
  return entered;
};

const mailsTo = async (reader: Company): Promise<string[]> => {
  const folder = join(dataDir, 'mail');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return mails.filter((mail) => mail.includes(reader.email));
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-journey-'));
  logs = [];
  system = await startSystem({ dataDir, env: { LOG_LEVEL: 'trace' }, onLine: (_part, line) => logs.push(line) });
});
afterAll(async () => {
  await system?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the main job, through the door', () => {
  it('companies register and publish their profiles', async () => {
    const [german, first, second, third] = [buyers[0], firms[0], firms[1], firms[2]] as [
      DemoCompany,
      DemoCompany,
      DemoCompany,
      DemoCompany,
    ];
    buyer = await company(german);
    winner = await company({ ...first, profile: { ...first.profile, offers: { cpv: ['72212000'], skills: ['TypeScript'] } } });
    loser = await company({ ...second, profile: { ...second.profile, offers: { cpv: ['72212000'], skills: ['Java'] } } });
    stranger = await company(third);
    const seen = await buyer.profiles.one({ params: { organisationId: winner.organisationId } });
    expect(seen).toMatchObject({ status: 200, body: { name: winner.name, country: 'RW', teamSize: first.profile.teamSize } });
  });

  itImportsByCommand(() => ({ system, dataDir, buyer }));

  it('a public notice becomes the buyer’s draft, which nobody else sees', async () => {
    const notice = {
      ocid: 'ocds-demo01-carriers',
      id: 'carriers-1',
      date: '2026-11-01T08:00:00Z',
      tag: ['tender'],
      initiationType: 'tender',
      tender: {
        id: 'carriers',
        title: 'A portal for carriers (demonstration)',
        description: 'Carriers see their loads and confirm them on a phone.',
        status: 'active',
        classification: { scheme: 'CPV', id: '72212000', description: 'Programming services of application software' },
        value: { amount: 90_000, currency: 'EUR' },
      },
    };
    const answer = await buyer.tenders.importReleases({ body: [notice], headers: {} });
    expect(answer).toMatchObject({ status: 200, body: { created: 1, refused: 0 } });
    tenderId = answer.status === 200 ? (answer.body.releases[0]?.tenderId ?? '') : '';
    expect(await buyer.tenders.get({ params: { id: tenderId } })).toMatchObject({
      status: 200,
      body: { status: 'draft', mine: true, cpv: ['72212000'] },
    });
    expect((await winner.tenders.get({ params: { id: tenderId } })).status).toBe(404);
    expect(await buyer.tenders.importReleases({ body: [notice], headers: {} })).toMatchObject({
      body: { created: 0, alreadyThere: 1 },
    });
  });

  it('it is completed and published, and Rwandan firms see it', async () => {
    deadline = Temporal.Now.instant().add({ milliseconds: closesIn });
    const edited = await buyer.tenders.edit({
      params: { id: tenderId },
      headers: {},
      body: {
        deadline: deadline.toString({ fractionalSecondDigits: 3 }),
        criteria: [
          { id: 'price', name: 'Price', weight: 40, kind: 'price' },
          { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
        ],
      },
    });
    expect(edited.status).toBe(200);
    const published = await buyer.tenders.publish({ params: { id: tenderId }, body: {}, headers: {} });
    expect(published).toMatchObject({ status: 200, body: { status: 'published' } });
    lotId = published.status === 200 ? (published.body.lots[0]?.id ?? '') : '';
    expect(await winner.tenders.get({ params: { id: tenderId } })).toMatchObject({
      status: 200,
      body: { title: 'A portal for carriers (demonstration)', mine: false },
    });
  });

  it('matching suggests firms to the buyer with reasons, and tells these firms in the inbox and by e-mail', async () => {
    await eventually(async () => {
      const matches = await buyer.matching.tenderMatches({ params: { id: tenderId }, query: {} });
      expect(matches).toMatchObject({ status: 200 });
      const matched = matches.status === 200 ? matches.body.firms : [];
      expect(matched.map(({ organisationId }) => organisationId)).toEqual(
        expect.arrayContaining([winner.organisationId, loser.organisationId]),
      );
      for (const { reasons } of matched) expect(reasons.length).toBeGreaterThan(0);
    });
    for (const firm of [winner, loser]) {
      await eventually(async () => expect((await inboxOf(firm)).map(({ kind }) => kind)).toContain('tender-matched'));
      await eventually(async () => expect((await mailsTo(firm)).join('\n')).toContain('portal for carriers'));
    }
  });

  it('a question is public without its asker, and so is the answer', async () => {
    const asked = await loser.tenders.ask({
      params: { id: tenderId },
      body: { question: 'May we work from Kigali?' },
      headers: {},
    });
    expect(asked).toMatchObject({ status: 201, body: { questions: [{ question: 'May we work from Kigali?', mine: true }] } });
    const questionId = asked.status === 201 ? (asked.body.questions[0]?.id ?? '') : '';
    const seen = await buyer.tenders.get({ params: { id: tenderId } });
    expect(seen).toMatchObject({ body: { questions: [{ mine: false }] } });
    expect(JSON.stringify(seen.body)).not.toContain(loser.organisationId);
    expect(
      (await buyer.tenders.answer({ params: { id: tenderId, questionId }, body: { answer: 'Yes.' }, headers: {} })).status,
    ).toBe(200);
    expect(await winner.tenders.get({ params: { id: tenderId } })).toMatchObject({
      body: { questions: [{ answer: 'Yes.', mine: false }] },
    });
  });

  it('bids come in sealed: their buyer’s view, its ETag and its list do not move', async () => {
    const look = async () => {
      const ocds = `/api/tenders/${tenderId}/ocds`;
      const answers = await Promise.all([
        ...[`/api/tenders/${tenderId}`, '/api/tenders?mine=true', ocds].map((path) =>
          fetch(new URL(path, system.url), { headers: { authorization: buyerToken } }),
        ),
        // The public part, as anybody reads it.
        fetch(new URL(ocds, system.url)),
      ]);
      expect(answers.map(({ status, headers }) => [status, headers.get('cache-control')]).slice(2)).toEqual([
        [200, 'private, no-store'],
        [200, 'no-cache'],
      ]);
      return Promise.all(
        answers.map(async (answer) => ({ status: answer.status, etag: answer.headers.get('etag'), body: await answer.text() })),
      );
    };
    const buyerToken = await buyer.token();
    const before = await look();
    const bid = (amount: number, answer: string, summary?: string) => ({
      params: { id: tenderId },
      headers: {},
      body: {
        prices: [{ lotId, price: { amount, currency: 'EUR' } }],
        answers: [{ criterionId: 'approach', answer }],
        ...(summary ? { summary } : {}),
      },
    });
    expect(await winner.tenders.submitBid(bid(secrets.price, secrets.answer, secrets.summary))).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await loser.tenders.submitBid(bid(8_000_000, 'Our plan.'))).toMatchObject({ status: 200 });
    const after = await look();
    // The OCDS package says when it was made; all else must be the same to the byte.
    const comparable = (seen: typeof before) =>
      seen.map(({ body, etag, status }, n) =>
        n >= 2 ? { status, body: body.replace(/"(publishedDate|date)":"[^"]*"/g, '') } : { status, etag, body },
      );
    expect(comparable(after)).toEqual(comparable(before));
    expect((await buyer.tenders.bids({ params: { id: tenderId } })).status).toBe(409);
    expect((await stranger.tenders.myBid({ params: { id: tenderId } })).status).toBe(404);
  });

  it('no stream, log line, metric or notification knows of them before the opening', async () => {
    const metrics = await Promise.all(
      system.parts
        .filter((part) => !['mongo', 'nats', 'portal'].includes(part))
        .map(async (part) => (await fetch(`http://127.0.0.1:${system.portOf(part)}/metrics`)).text()),
    );
    const inboxes = JSON.stringify(await Promise.all([buyer, loser, stranger].map(inboxOf)));
    const mails = (await Promise.all([buyer, winner, loser, stranger].map(mailsTo))).flat().join('\n');
    const said = await everythingSaid(system);
    // Who it is that bids is known to matching for other reasons, and to no event of the tender.
    const ofTender = said.split('\n').filter((line) => line.includes('"source":"/tenders"') && line.includes(tenderId));
    expect(ofTender.length).toBeGreaterThan(0);
    for (const { organisationId } of [winner, loser]) expect(ofTender.join('\n')).not.toContain(organisationId);
    for (const { organisationId } of [winner, loser])
      expect(logs.filter((line) => line.includes(tenderId) && line.includes(organisationId))).toEqual([]);
    for (const [where, text] of Object.entries({
      streams: said,
      mails,
      logs: logs.join('\n'),
      metrics: metrics.join('\n'),
      inboxes,
    })) {
      expect(text.length, where).toBeGreaterThan(0);
      for (const secret of Object.values(secrets)) expect(text.includes(String(secret)), `${secret} in the ${where}`).toBe(false);
      if (where === 'metrics' || where === 'logs') expect(text, where).not.toContain('bids/mine');
    }
  });

  it('after the deadline every bid is late, and the bids are opened', async () => {
    const left = Temporal.Now.instant().until(deadline).total('milliseconds');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + 50));
    const late = await stranger.tenders.submitBid({
      params: { id: tenderId },
      headers: {},
      body: { prices: [{ lotId, price: { amount: 1, currency: 'EUR' } }], answers: [] },
    });
    expect(late.status).toBe(409);
    await eventually(async () => {
      await buyer.tenders.openBids({ params: { id: tenderId }, body: {}, headers: {} });
      expect(await buyer.tenders.get({ params: { id: tenderId } })).toMatchObject({ body: { status: 'opened', bidsOpened: 2 } });
    });
    const opened = await buyer.tenders.bids({ params: { id: tenderId } });
    expect(JSON.stringify(opened.body)).toContain(secrets.summary);
  });

  it('the lot is awarded to the first in the explained ranking', async () => {
    const opened = await buyer.tenders.bids({ params: { id: tenderId } });
    const bids = opened.status === 200 ? opened.body.bids : [];
    const scores = bids.map(({ bidId, bidder }) => ({
      bidId,
      criterionId: 'approach',
      score: bidder.organisationId === winner.organisationId ? 95 : 60,
    }));
    expect((await buyer.tenders.score({ params: { id: tenderId }, body: { scores }, headers: {} })).status).toBe(200);
    const ranked = await buyer.tenders.bids({ params: { id: tenderId } });
    const [first, second] = ranked.status === 200 ? (ranked.body.lots[0]?.ranking ?? []) : [];
    expect(first).toMatchObject({
      rank: 1,
      bidder: { organisationId: winner.organisationId },
      shares: expect.arrayContaining([expect.objectContaining({ criterionId: 'price' })]),
    });
    const wrong = await buyer.tenders.award({
      params: { id: tenderId },
      body: { lotId, bidId: second?.bidId ?? '' },
      headers: {},
    });
    expect(wrong.status).toBe(409);
    const awarded = await buyer.tenders.award({
      params: { id: tenderId },
      body: { lotId, bidId: first?.bidId ?? '' },
      headers: {},
    });
    expect(awarded).toMatchObject({
      status: 200,
      body: { status: 'awarded', lots: [{ award: { winner: { organisationId: winner.organisationId } } }] },
    });
  });

  it('winner and loser are told, with rank and reason; a cooperation begins and the winner has a reference', async () => {
    for (const firm of [winner, loser])
      await eventually(async () => expect((await inboxOf(firm)).map(({ kind }) => kind)).toContain('award-outcome'));
    expect(await loser.tenders.myBid({ params: { id: tenderId } })).toMatchObject({
      status: 200,
      body: { outcomes: [{ outcome: 'lost', rank: 2 }] },
    });
    expect(await winner.tenders.myBid({ params: { id: tenderId } })).toMatchObject({
      status: 200,
      body: { outcomes: [{ outcome: 'won', rank: 1 }] },
    });
    await eventually(async () => {
      expect(await buyer.matching.cooperations({ query: {} })).toMatchObject({
        status: 200,
        body: { items: [{ origin: { kind: 'award', id: tenderId } }] },
      });
      expect(await buyer.profiles.one({ params: { organisationId: winner.organisationId } })).toMatchObject({
        body: { references: expect.arrayContaining([expect.objectContaining({ status: 'verified' })]) },
      });
    });
    expect((await inboxOf(stranger)).map(({ kind }) => kind)).not.toContain('award-outcome');
  });

  itBooksATest(() => ({ host: winner, guest: buyer, stranger }));

  itKeepsToItsAudience(() => ({ buyer, fitting: winner, invited: loser, stranger }));

  it('goes on after kill -9 of a service: what was said meanwhile reaches it', async () => {
    await system.kill('notifications', 'SIGKILL');
    const interest = await buyer.matching.expressInterest({
      headers: {},
      body: { to: stranger.organisationId, consent: true, message: 'We like your work.' },
    });
    expect(interest.status).toBe(201);
    await system.start('notifications');
    await eventually(async () =>
      expect((await inboxOf(stranger)).filter(({ kind }) => kind === 'interest-expressed')).toHaveLength(1),
    );

    await system.kill('tenders', 'SIGKILL');
    await system.start('tenders');
    expect(await buyer.tenders.get({ params: { id: tenderId } })).toMatchObject({ status: 200, body: { status: 'awarded' } });
  });

  it('stops and starts again with all of its data', async () => {
    await system.stop();
    system = await startSystem({ dataDir, onLine: (_part, line) => logs.push(line) });
    const again = await enter(system.url, { ...buyer, password: 'a long enough passphrase' });
    expect(again.organisationId).toBe(buyer.organisationId);
    expect(await again.tenders.get({ params: { id: tenderId } })).toMatchObject({ status: 200, body: { status: 'awarded' } });
  });
});
