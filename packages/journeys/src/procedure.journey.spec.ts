import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, firms } from './demo/companies.ts';
import { type Company, enter, expecting } from './door.ts';

/** Milliseconds from publication to the first deadline, and from the amendment to the second. */
const closesIn = 20_000;
const extendedBy = 12_000;
const inMilliseconds = (ms: number) => Temporal.Now.instant().add({ milliseconds: ms }).toString({ fractionalSecondDigits: 3 });

let system: RunningSystem;
let dataDir: string;
let buyer: Company;
let bidders: Company[];
let stranger: Company;
let id: string;
let deadline: string;

const params = () => ({ params: { id }, headers: {} });
const ofLot = (lotId: string) => ({ params: { id, lotId }, headers: {} });
const kindsOf = async (reader: Company) =>
  (await expecting('the inbox', 200, reader.inbox.list({ query: { limit: 100 } }))).items.map(({ kind }) => kind);
const told = (reader: Company, kind: string, times = 1) =>
  eventually(async () => expect((await kindsOf(reader)).filter((one) => one === kind)).toHaveLength(times));
const seenBy = (reader: Company) => expecting('the tender', 200, reader.tenders.get({ params: { id } }));
const awardOf = async (reader: Company, lotId: string) => (await seenBy(reader)).lots.find((lot) => lot.id === lotId)?.award;
const bid = (build: number, run?: number) => ({
  prices: [
    { lotId: 'build', price: { amount: build, currency: 'EUR' } },
    ...(run === undefined ? [] : [{ lotId: 'run', price: { amount: run, currency: 'EUR' } }]),
  ],
  answers: [{ criterionId: 'approach', answer: 'Two-week iterations.' }],
  confirms: ['signed-nda' as const],
});
const prices: [number, number?][] = [[5_000_000, 1_000_000], [6_000_000, 1_100_000], [4_000_000]];
const submitAll = () =>
  Promise.all(
    bidders.map((firm, n) => {
      const [build = 0, run] = prices[n] ?? [];
      return expecting('a receipt', 200, firm.tenders.submitBid({ ...params(), body: bid(build, run) }));
    }),
  );

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-procedure-'));
  system = await startSystem({ dataDir, onLine: () => undefined });
  const entering = [buyers[0], ...firms.slice(0, 4)].map((card) => {
    if (!card) throw new Error('the demonstration has five companies');
    const { profile: _, ...known } = card;
    return enter(system.url, {
      ...known,
      slug: `procedure-${card.slug}`,
      email: `procedure-${card.email}`,
      password: 'a long enough passphrase',
    });
  });
  const [first, ...others] = await Promise.all(entering);
  if (!first || !others[3]) throw new Error('five companies came in');
  buyer = first;
  bidders = others.slice(0, 3);
  stranger = others[3];
});
afterAll(async () => {
  await system?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the whole procedure, through the door', () => {
  it('the buyer writes a tender of two lots for three invited firms, who are told; for others it is not there', async () => {
    const draft = await expecting(
      'a draft',
      201,
      buyer.tenders.create({ body: { title: 'A portal (demonstration)' }, headers: {} }),
    );
    id = draft.id;
    const terms = {
      description: 'Carriers see their loads and confirm them on a phone.',
      cpv: ['72212000'],
      lots: [
        { id: 'build', title: 'Build it' },
        { id: 'run', title: 'Run it' },
      ],
      criteria: [
        { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
        { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' as const, description: 'How you would go about it.' },
      ],
      mustHaveCodes: ['signed-nda' as const],
      paymentTerms: '30 days after each milestone.',
      milestones: [
        { id: 'design', title: 'Design' },
        { id: 'go-live', title: 'Go-live' },
      ],
      standstillDays: 0,
      audience: 'invited' as const,
      invited: bidders.map(({ organisationId }) => organisationId),
      deadline: inMilliseconds(closesIn),
    };
    // Registrations reach the tenders as events.
    await eventually(async () => {
      await expecting(
        'the terms',
        200,
        buyer.tenders.edit({ ...params(), body: { ...terms, deadline: inMilliseconds(closesIn) } }),
      );
      await expecting('publication', 200, buyer.tenders.publish({ ...params(), body: {} }));
    });
    deadline = (await seenBy(buyer)).deadline ?? '';
    for (const firm of bidders) {
      expect(await seenBy(firm)).toMatchObject({ paymentTerms: '30 days after each milestone.', mustHaveCodes: ['signed-nda'] });
      await told(firm, 'tender-invited');
    }
    expect((await stranger.tenders.get({ params: { id } })).status).toBe(404);
    expect((await stranger.tenders.submitBid({ ...params(), body: bid(1) })).status).toBe(404);
  });

  it('a question is answered for all of them, whoever asked', async () => {
    const [asker] = bidders as [Company];
    const asked = await expecting(
      'a question',
      201,
      asker.tenders.ask({ ...params(), body: { question: 'May we work from Kigali?' } }),
    );
    const questionId = asked.questions[0]?.id ?? '';
    await told(buyer, 'question-asked');
    await expecting(
      'an answer',
      200,
      buyer.tenders.answer({ params: { id, questionId }, headers: {}, body: { answer: 'You may.' } }),
    );
    for (const firm of bidders) {
      await told(firm, 'question-answered');
      expect((await seenBy(firm)).questions).toMatchObject([{ answer: 'You may.', mine: firm === asker }]);
    }
  });

  it('an amendment shows what was and what became, and bids count once they are confirmed', async () => {
    const [first] = bidders as [Company];
    const unconfirmed = await first.tenders.submitBid({ ...params(), body: { ...bid(1), confirms: [] } });
    expect(unconfirmed).toMatchObject({ status: 422, body: { type: '/problems/must-have-not-confirmed' } });
    await submitAll();
    const amend = (changes: object) =>
      buyer.tenders.edit({ ...params(), body: { description: 'Carriers also print.', reason: 'Asked for.', ...changes } });
    expect((await amend({})).status).toBe(409);
    const extended = Temporal.Instant.from(deadline).add({ milliseconds: extendedBy }).toString({ fractionalSecondDigits: 3 });
    await expecting('the amendment', 200, amend({ deadline: extended }));
    deadline = extended;
    for (const firm of bidders) {
      expect((await seenBy(firm)).amendments).toMatchObject([
        {
          reason: 'Asked for.',
          changes: expect.arrayContaining([
            {
              term: 'description',
              from: 'Carriers see their loads and confirm them on a phone.',
              to: 'Carriers also print.',
            },
          ]),
        },
      ]);
      await told(firm, 'tender-amended');
      expect(await firm.tenders.myBid({ params: { id } })).toMatchObject({ body: { status: 'invalid' } });
    }
    expect((await submitAll()).map(({ version }) => version)).toEqual([2, 2, 2]);
  });

  it('after the deadline the bids are opened, scored by an appointed evaluator, and one is disqualified', async () => {
    const { sub } = JSON.parse(Buffer.from((await buyer.token()).split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    await expecting('an evaluator', 200, buyer.tenders.appointEvaluators({ params: { id }, body: { evaluators: [sub] } }));
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, Temporal.Now.instant().until(deadline).total('milliseconds')) + 50),
    );
    const [first] = bidders as [Company];
    expect((await first.tenders.submitBid({ ...params(), body: bid(1) })).status).toBe(409);
    await eventually(async () => expect(await seenBy(buyer)).toMatchObject({ status: 'opened', bidsOpened: 3 }));
    const { bids } = await expecting('the bids', 200, buyer.tenders.bids({ params: { id } }));
    const bidIds = bidders.map(
      ({ organisationId }) => bids.find(({ bidder }) => bidder.organisationId === organisationId)?.bidId ?? '',
    );
    await expecting(
      'a disqualification',
      200,
      buyer.tenders.disqualify({
        ...params(),
        body: { bidId: bidIds[2] ?? '', code: 'abnormally-low-price', reason: 'It cannot be done for that.' },
      }),
    );
    const scores = [90, 70].map((score, n) => ({ bidId: bidIds[n] ?? '', criterionId: 'approach', score, comment: 'Seen.' }));
    await expecting('the scores', 200, buyer.tenders.score({ ...params(), body: { scores } }));
    await told(buyer, 'scoring-ended');
    for (const lotId of ['build', 'run'])
      await expecting('an award', 200, buyer.tenders.award({ ...params(), body: { lotId, bidId: bidIds[0] ?? '' } }));
    expect((await seenBy(stranger).catch(({ status }) => status)) as unknown).toBe(404);
  });

  it('a declined award passes to the next, and everybody has an answer', async () => {
    const [first, second, third] = bidders as [Company, Company, Company];
    await told(first, 'award-outcome', 2);
    await expecting(
      'a decline',
      200,
      first.tenders.declineAward({ ...ofLot('run'), body: { reason: 'Our night shift is full.' } }),
    );
    expect(await awardOf(buyer, 'run')).toMatchObject({ winner: { organisationId: second.organisationId } });
    await told(first, 'award-lapsed');
    await told(buyer, 'award-lapsed');
    const outcomesOf = async (firm: Company) =>
      (await expecting('the own bid', 200, firm.tenders.myBid({ params: { id } }))).outcomes.map(({ lotId, outcome, rank }) => [
        lotId,
        outcome,
        rank,
      ]);
    expect(await outcomesOf(first)).toEqual([
      ['build', 'won', 1],
      ['run', 'declined', 1],
    ]);
    expect(await outcomesOf(second)).toEqual([
      ['build', 'lost', 2],
      ['run', 'won', 2],
    ]);
    expect(await outcomesOf(third)).toEqual([['build', 'disqualified', undefined]]);
    await told(third, 'award-outcome');
    await expecting(
      'a question',
      200,
      third.tenders.askClarification({ ...ofLot('build'), body: { question: 'What would be enough?' } }),
    );
    const { clarifications } = await expecting('the bids', 200, buyer.tenders.bids({ params: { id } }));
    await expecting(
      'an explanation',
      200,
      buyer.tenders.answerClarification({
        params: { id, clarificationId: clarifications[0]?.id ?? '' },
        headers: {},
        body: { answer: 'Twice as much.' },
      }),
    );
    await told(third, 'clarification-answered');
    expect(await third.tenders.myBid({ params: { id } })).toMatchObject({
      body: { outcomes: [{ clarification: { answer: 'Twice as much.' } }] },
    });
  });

  it('contracts are offered, signed, and complete when both sides have signed off every milestone', async () => {
    const [first, second] = bidders as [Company, Company];
    for (const [lotId, supplier] of [
      ['build', first],
      ['run', second],
    ] as const) {
      await expecting('an offer', 200, buyer.tenders.offerContract({ ...ofLot(lotId), body: {} }));
      await told(supplier, 'contract-offered');
      const contractId = (await awardOf(supplier, lotId))?.contract?.contractId ?? '';
      await expecting('a signature', 200, supplier.tenders.signContract({ ...ofLot(lotId), body: { contractId } }));
      for (const milestoneId of ['design', 'go-live'])
        for (const side of [supplier, buyer])
          await expecting(
            'a sign-off',
            200,
            side.tenders.signOffMilestone({ params: { id, lotId, milestoneId }, headers: {}, body: {} }),
          );
      expect(await awardOf(buyer, lotId)).toMatchObject({ contract: { status: 'completed' } });
      await told(supplier, 'contract-completed');
    }
    await told(buyer, 'contract-completed', 2);
    expect(await buyer.tenders.ocds({ params: { id } })).toMatchObject({
      status: 200,
      body: { releases: expect.arrayContaining([expect.objectContaining({ ocid: `ocds-umuhuza-${id}` })]) },
    });
  });

  it('who bids and is neither matched, invited nor a follower is told what becomes of its bid, and no copy of the inboxes tells who it is', async () => {
    const { id: other } = await expecting(
      'a draft',
      201,
      buyer.tenders.create({ body: { title: 'A tender for all (demonstration)' }, headers: {} }),
    );
    const at = { params: { id: other }, headers: {} };
    const inDays = (days: number) => inMilliseconds(days * 24 * 3_600_000);
    await expecting(
      'the terms',
      200,
      buyer.tenders.edit({
        ...at,
        body: {
          ...{ description: 'Anybody may bid.', cpv: ['72212000'], audience: 'all', deadline: inDays(10) },
          lots: [{ id: 'build', title: 'Build it' }],
          criteria: [
            { id: 'price', name: 'Price', weight: 40, kind: 'price' },
            { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
          ],
        },
      }),
    );
    await expecting('publication', 200, buyer.tenders.publish({ ...at, body: {} }));
    await expecting('a receipt', 200, stranger.tenders.submitBid({ ...at, body: { ...bid(5_000_000), confirms: [] } }));
    await expecting(
      'the amendment',
      200,
      buyer.tenders.edit({ ...at, body: { description: 'And print.', reason: 'Asked for.' } }),
    );
    await told(stranger, 'tender-amended');
    expect(await stranger.tenders.myBid({ params: { id: other } })).toMatchObject({ body: { status: 'invalid' } });
    await expecting('the end', 200, buyer.tenders.cancel({ ...at, body: { reason: 'Stopped.' } }));
    await told(stranger, 'tender-cancelled');
    const { items } = await expecting('the inbox', 200, stranger.inbox.list({ query: { limit: 100 } }));
    expect(items.map(({ subject, link }) => [subject, link])).toEqual([
      ['Cancelled: A tender for all (demonstration)', `/tenders/${other}`],
      ['Please confirm your bid: A tender for all (demonstration)', `/tenders/${other}/bid`],
    ]);
    const mails = async () => {
      const names = (await readdir(join(dataDir, 'mail'))).filter((name) => name.endsWith('.eml'));
      const all = await Promise.all(names.map((name) => readFile(join(dataDir, 'mail', name), 'utf8')));
      return all.filter((mail) => mail.includes(`<${stranger.email}>`) && mail.includes(other));
    };
    await eventually(async () => expect(await mails()).toHaveLength(2));

    const mongo = await mongoose.mongo.MongoClient.connect(system.mongodbUrl);
    try {
      const rows: string[] = [];
      for (const service of ['notifications', 'tenders']) {
        const database = mongo.db(`umuhuza_${service}`);
        for (const { name } of await database.listCollections().toArray())
          for (const row of await database.collection(name).find().toArray())
            if (name !== 'organisations') rows.push(JSON.stringify(row));
      }
      expect(rows.filter((row) => row.includes(other)).length).toBeGreaterThan(5);
      expect(rows.filter((row) => row.includes(stranger.organisationId))).toEqual([]);
    } finally {
      await mongo.close();
    }
  });
});
