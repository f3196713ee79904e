import type { MyBid, OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remindBuyersWhenDue } from './reactions/remindBuyersWhenDue.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { as, joins, buyer, alpha, beta, gamma, publishedTender, untilOpened, passDays, heardOf, storedBids, documentOf } = tenders;
afterAll(tenders.stop);

const oneLot = { lots: [{ id: 'build', title: 'Build it' }] };
const submit = (firm: Client, id: string, amount: number) => firm('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(amount) });
const opened = async (id: string, client: Client = buyer) => (await client('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
const scored = (bidId: string | undefined, score: number, comment?: string) => ({
  bidId,
  criterionId: 'approach',
  score,
  ...(comment === undefined ? {} : { comment }),
});
const awardOf = async (client: Client, id: string) =>
  ((await client('GET', `/api/tenders/${id}`)).body as TenderView).lots[0]?.award;

describe('the evaluation by several', () => {
  let ann: Client;
  let ben: Client;
  beforeAll(async () => {
    await joins('org-buyer', 'Demonstration Buyer GmbH', 'DE', ['ann', 'ben']);
    await joins('org-beta', 'Demonstration Beta Ltd', 'RW', ['ben']);
    [ann, ben] = [await as('org-buyer', 'DE', 'ann'), await as('org-buyer', 'DE', 'ben')];
  });

  it('is blind until all have scored, without those who are not free, and then decides', async () => {
    const id = await publishedTender(oneLot);
    const at = (path: string) => `/api/tenders/${id}${path}`;
    expect(await buyer('PUT', at('/evaluators'), { body: { evaluators: ['ann', 'zoe'] } })).toMatchObject(
      refused(422, 'not-a-member'),
    );
    expect(await alpha('PUT', at('/evaluators'), { body: { evaluators: ['ann'] } })).toMatchObject(
      refused(403, 'only-the-buyer'),
    );
    expect(await buyer('PUT', at('/evaluators'), { body: { evaluators: ['ann', 'ben'] } })).toMatchObject({
      body: { evaluators: ['ann', 'ben'], priceFormula: 'score = 100 × lowest price / price' },
    });
    // Whoever chose on what a colleague has changed since is told so; what has come to be the same is no change.
    for (const [insteadOf, answered] of [
      [['ann'], refused(412, 'stale-version')],
      [['ben', 'ann'], { status: 200, body: { evaluators: ['ann'] } }],
      [['ann', 'ben'], { status: 200, body: { evaluators: ['ann'] } }],
    ] as const)
      expect(await buyer('PUT', at('/evaluators'), { body: { evaluators: ['ann'], insteadOf } })).toMatchObject(answered);
    expect((await buyer('PUT', at('/evaluators'), { body: { evaluators: ['ann', 'ben'] } })).status).toBe(200);
    expect((await alpha('GET', at(''))).body).not.toHaveProperty('evaluators');
    await submit(alpha, id, 6_000_000);
    await submit(beta, id, 6_000_000);
    await untilOpened(id);
    const [first, second] = (await opened(id)).bids.map(({ bidId }) => bidId);

    const all = { scores: [scored(first, 90, 'Sound plan.'), scored(second, 50)] };
    expect((await ann('POST', at('/scores'), { body: all })).status).toBe(200);
    const seenByBen = await opened(id, ben);
    expect(seenByBen.evaluation).toEqual({
      evaluators: [
        { userId: 'ann', finished: true, conflicts: [] },
        { userId: 'ben', finished: false, conflicts: [], scores: [] },
      ],
    });
    expect(JSON.stringify(seenByBen)).not.toContain('Sound plan.');
    expect(seenByBen.lots[0]?.ranking.map(({ points }) => points)).toEqual([40, 40]);
    expect((await opened(id, ann)).evaluation?.evaluators[0]?.scores).toHaveLength(2);

    // Ben belongs to the second bidder as well.
    expect(await ben('POST', at('/scores'), { body: all })).toMatchObject(refused(403, 'conflict-of-interest'));
    expect(await buyer('POST', at('/scores'), { body: all })).toMatchObject(refused(403, 'not-an-evaluator'));
    expect(await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: first } })).toMatchObject(
      refused(409, 'scoring-not-over'),
    );
    expect(await buyer('POST', at('/scores/close'), { body: { reason: 'Enough.' } })).toMatchObject({ status: 200 });
    const decided = await opened(id, ben);
    expect(decided).toMatchObject({
      evaluation: { ended: { reason: 'Enough.' }, evaluators: [{ scores: [{ comment: 'Sound plan.' }, {}] }, {}] },
      lots: [
        {
          evaluated: true,
          ranking: [
            { bidId: first, points: 94 },
            { bidId: second, points: 70 },
          ],
        },
      ],
    });
    expect(await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: first } })).toMatchObject({
      body: { status: 'awarded' },
    });
    expect(await documentOf(id)).not.toContain('@demonstration.example');
  });

  it('is nothing for a member of a bidder, nor are the decisions about the lots it bids for', async () => {
    const id = await publishedTender({ lots: [...oneLot.lots, { id: 'run', title: 'Run it' }] });
    const at = (path: string) => `/api/tenders/${id}${path}`;
    await submit(alpha, id, 6_000_000);
    await submit(beta, id, 6_000_000);
    await untilOpened(id);
    const [first, second] = (await opened(id)).bids.map(({ bidId }) => bidId);
    const notFree = refused(403, 'conflict-of-interest');
    // Nobody is appointed: ben would score as the buyer, and belongs to the second bidder.
    expect(await ben('POST', at('/scores'), { body: { scores: [scored(second, 100)] } })).toMatchObject(notFree);
    expect((await ann('POST', at('/scores'), { body: { scores: [scored(second, 40, 'Thin.')] } })).status).toBe(200);
    expect(await ben('POST', at('/scores'), { body: { scores: [scored(first, 90, 'Sound.')] } })).toMatchObject(notFree);
    expect((await ann('POST', at('/scores'), { body: { scores: [scored(first, 90, 'Sound.')] } })).status).toBe(200);
    const conflicts = async (client: Client) => (await opened(id, client)).bids.map(({ conflict }) => conflict);
    expect(await conflicts(ben)).toEqual(['with-a-rival', 'with-it']);
    expect(await conflicts(ann)).toEqual([undefined, undefined]);
    expect((await opened(id)).bids.map(({ scores }) => scores?.map(({ comment }) => comment))).toEqual([['Sound.'], ['Thin.']]);
    const out = { code: 'other', reason: 'It is a rival.' };
    for (const bidId of [first, second])
      expect(await ben('POST', at('/disqualify'), { body: { bidId, ...out } })).toMatchObject(notFree);
    expect(await ben('POST', at('/award'), { body: { lotId: 'build', bidId: first } })).toMatchObject(notFree);
    const nobody = { code: 'need-changed', reason: 'We do it ourselves.' };
    expect(await ben('POST', at('/unsuccessful'), { body: { lotId: 'build', ...nobody } })).toMatchObject(notFree);
    // The lot that it does not bid for is another matter.
    expect((await ben('POST', at('/unsuccessful'), { body: { lotId: 'run', ...nobody } })).status).toBe(200);
    expect((await ann('POST', at('/award'), { body: { lotId: 'build', bidId: first } })).status).toBe(200);
    const withdrawn = { bidId: first, reason: 'It told me so.' };
    expect(await ben('POST', at('/lots/build/withdrawal'), { body: withdrawn })).toMatchObject(notFree);
  });

  it('does not wait for a declared conflict', async () => {
    const id = await publishedTender(oneLot);
    await buyer('PUT', `/api/tenders/${id}/evaluators`, { body: { evaluators: ['ann', 'ben'] } });
    await submit(beta, id, 6_000_000);
    await untilOpened(id);
    const [only] = (await opened(id)).bids;
    await ann('POST', `/api/tenders/${id}/scores`, { body: { scores: [scored(only?.bidId, 60)] } });
    const conflict = { bidId: only?.bidId, reason: 'I work for them as well.' };
    expect((await ben('POST', `/api/tenders/${id}/conflicts`, { body: conflict })).status).toBe(200);
    expect(await opened(id)).toMatchObject({
      evaluation: { ended: {}, evaluators: [{ finished: true }, { finished: true, conflicts: [conflict] }] },
      lots: [{ evaluated: true }],
    });
    await eventually(async () =>
      expect((await heardOf(id)).map(({ type }) => type.split('.')[2])).toEqual(
        expect.arrayContaining(['EvaluatorsAppointed', 'ScoringEnded']),
      ),
    );
  });
});

describe('from the award to the completed contract', () => {
  it('everybody reads the name of the winner, also where identity’s word of it came only after the opening', async () => {
    const id = await publishedTender(oneLot);
    await submit(await as('org-named-late'), id, 5_000_000);
    await untilOpened(id);
    const [only] = (await opened(id)).bids;
    await buyer('POST', `/api/tenders/${id}/award`, {
      body: { lotId: 'build', bidId: only?.bidId, scores: [scored(only?.bidId, 90)] },
    });
    expect((await awardOf(gamma, id))?.winner).toEqual({ organisationId: 'org-named-late' });
    await joins('org-named-late', 'Demonstration Late Ltd', 'RW', ['lea']);
    expect((await awardOf(gamma, id))?.winner).toEqual({ organisationId: 'org-named-late', name: 'Demonstration Late Ltd' });
  });

  it('the award passes on, waits its standstill, and both sides sign off each milestone', async () => {
    const id = await publishedTender({ ...oneLot, standstillDays: 2, milestones: [{ title: 'Design' }, { title: 'Go-live' }] });
    const at = (path: string) => `/api/tenders/${id}${path}`;
    await submit(alpha, id, 5_000_000);
    await submit(beta, id, 6_000_000);
    await submit(gamma, id, 7_000_000);
    await untilOpened(id);
    const [first, second, third] = (await opened(id)).bids.map(({ bidId }) => bidId);
    expect(
      (await buyer('POST', at('/disqualify'), { body: { bidId: third, code: 'incomplete', reason: 'Two pages are missing.' } }))
        .status,
    ).toBe(200);
    const scores = [scored(first, 90), scored(second, 80)];
    await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: first, scores } });
    expect(await beta('POST', at('/lots/build/decline'), { body: { reason: 'No.' } })).toMatchObject(
      refused(403, 'not-the-winner'),
    );
    expect(await alpha('POST', at('/lots/build/decline'), { body: { reason: 'Our team is bound.' } })).toMatchObject({
      body: { status: 'awarded', lots: [{ award: { winner: { organisationId: 'org-beta' } } }] },
    });
    expect((await awardOf(alpha, id))?.winner.organisationId).toBe('org-beta');
    expect((await buyer('GET', at(''))).body).toMatchObject({
      lots: [{ lapses: [{ bidId: first, how: 'declined', reason: 'Our team is bound.' }] }],
    });
    expect(JSON.stringify((await gamma('GET', at(''))).body)).not.toContain('bound');
    const outcomeOf = async (firm: Client) => ((await firm('GET', at('/bids/mine'))).body as MyBid).outcomes;
    expect(await outcomeOf(alpha)).toMatchObject([{ outcome: 'declined', rank: 1, reason: 'Our team is bound.' }]);
    expect(await outcomeOf(beta)).toMatchObject([{ outcome: 'won', rank: 2 }]);
    expect(await outcomeOf(gamma)).toMatchObject([{ outcome: 'disqualified', reason: 'Two pages are missing.' }]);

    expect(await buyer('POST', at('/lots/build/contract'), { body: {} })).toMatchObject(refused(409, 'standstill-not-over'));
    passDays(2);
    const offers = async (key: string, insteadOf: string | null) =>
      buyer('POST', at('/lots/build/contract'), { body: { insteadOf }, headers: { 'idempotency-key': key } });
    expect((await offers('one', null)).status).toBe(200);
    expect(await offers('other', null)).toMatchObject(refused(412, 'stale-version'));
    expect((await offers('one', null)).status).toBe(200);
    const standing = (await awardOf(buyer, id))?.contract?.contractId ?? 'none';
    expect((await offers('third', standing)).status).toBe(200);
    expect(await offers('fourth', standing)).toMatchObject(refused(412, 'stale-version'));
    expect(await awardOf(gamma, id)).not.toHaveProperty('contract');
    const offer = (await awardOf(beta, id))?.contract;
    expect(offer).toMatchObject({ status: 'offered', milestones: [{ title: 'Design' }, { title: 'Go-live' }] });
    expect(await beta('POST', at('/lots/build/contract/sign'), { body: { contractId: 'another' } })).toMatchObject(
      refused(409, 'no-such-contract'),
    );
    expect((await beta('POST', at('/lots/build/contract/sign'), { body: { contractId: offer?.contractId } })).status).toBe(200);
    expect(await awardOf(gamma, id)).toMatchObject({ contract: { status: 'signed' } });
    expect((await awardOf(gamma, id))?.contract).not.toHaveProperty('milestones');
    for (const { id: milestone } of offer?.milestones ?? [])
      for (const side of [beta, buyer]) {
        const { status } = await side('POST', at(`/lots/build/contract/milestones/${milestone}/sign-off`));
        expect(status).toBe(200);
      }
    expect(await awardOf(buyer, id)).toMatchObject({ contract: { status: 'completed' } });

    expect((await alpha('POST', at('/lots/build/clarification'), { body: { question: 'Is that noted?' } })).status).toBe(200);
    const [asked] = (await opened(id)).clarifications;
    expect(asked).toMatchObject({ bidder: { organisationId: 'org-alpha' }, question: 'Is that noted?' });
    await buyer('POST', at(`/clarifications/${asked?.id}/answer`), { body: { answer: 'It is.' } });
    expect(await outcomeOf(alpha)).toMatchObject([{ clarification: { answer: 'It is.' } }]);
    expect(JSON.stringify(await outcomeOf(beta))).not.toContain('noted');
    await eventually(async () => {
      const heard = await heardOf(id);
      expect(heard.map(({ type }) => type.split('.')[2]).slice(-13)).toEqual([
        'AwardLapsed',
        'LotAwarded',
        'BidderInformed',
        'ContractOffered',
        'ContractOffered',
        'ContractSigned',
        'MilestoneSignedOff',
        'MilestoneSignedOff',
        'MilestoneSignedOff',
        'MilestoneSignedOff',
        'ContractCompleted',
        'ClarificationAsked',
        'ClarificationAnswered',
      ]);
      expect(JSON.stringify(heard)).not.toMatch(/Is that noted|It is\.|Go-live/);
    });
  });
});

describe('a buyer that others wait for', () => {
  it('is reminded once a week, with what waits, and no more once it has decided', async () => {
    const id = await publishedTender(oneLot);
    await submit(alpha, id, 5_000_000);
    await untilOpened(id);
    const remindersOf = async () => (await heardOf(id)).filter(({ type }) => type.includes('BuyerReminded'));
    passDays(8);
    await eventually(async () =>
      expect((await remindersOf()).map(({ data }) => data)).toMatchObject([
        { title: 'A portal for carriers', openQuestions: 0, undecidedLots: ['Build it'], lots: 1, openClarifications: 0 },
      ]),
    );
    // Two replicas at once, and again and again: the week is the tender's.
    await Promise.all([1, 2, 3].map(() => remindBuyersWhenDue(tenders.deps)()));
    passDays(6);
    await remindBuyersWhenDue(tenders.deps)();
    expect(await remindersOf()).toHaveLength(1);
    passDays(1);
    await eventually(async () => expect(await remindersOf()).toHaveLength(2));
    expect((await buyer('POST', `/api/tenders/${id}/unsuccessful`, { body: { code: 'other', reason: 'Enough.' } })).status).toBe(
      200,
    );
    passDays(30);
    await remindBuyersWhenDue(tenders.deps)();
    expect(await remindersOf()).toHaveLength(2);
    // Whoever asks about its outcome is waited for as well.
    await alpha('POST', `/api/tenders/${id}/lots/build/clarification`, { body: { question: 'Why?' } });
    passDays(8);
    await eventually(async () =>
      expect((await remindersOf()).at(-1)?.data).toMatchObject({ undecidedLots: [], openClarifications: 1 }),
    );
  });
});

describe('at once', { timeout: 60_000 }, () => {
  it('a hundred awards give one, and each of its bidders one answer', async () => {
    const id = await publishedTender(oneLot);
    await submit(alpha, id, 6_000_000);
    await submit(beta, id, 6_000_000);
    await untilOpened(id);
    const { bids } = await opened(id);
    // Each brings the scores along by which its own bid is the first: every one of them would be right, if it were alone.
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const winner = bids[n % 2]?.bidId;
        const scores = bids.map(({ bidId }) => scored(bidId, bidId === winner ? 90 : 10));
        return buyer('POST', `/api/tenders/${id}/award`, { body: { lotId: 'build', bidId: winner, scores } });
      }),
    );
    const accepted = answers.filter(({ status }) => status === 200).map(({ body }) => body as TenderView);
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(accepted.map(({ lots }) => lots[0]?.award?.bidId)).size).toBe(1);
    const heard = await eventually(async () => {
      const all = await heardOf(id);
      expect(all.at(-1)?.type).toContain('TenderCompleted');
      return all;
    });
    expect(heard.filter(({ type }) => type.includes('LotAwarded'))).toHaveLength(1);
    expect(heard.filter(({ type }) => type.includes('BidderInformed'))).toHaveLength(2);
  });

  it('fifty submissions of one bidder leave the last accepted one, and nothing of the others', async () => {
    const id = await publishedTender(oneLot);
    const receipts = (await Promise.all(Array.from({ length: 50 }, (_, n) => submit(alpha, id, 1_000_000 + n)))).map(
      ({ body }) => body as MyBid,
    );
    expect(receipts.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(receipts.map((_, n) => n + 1));
    const last = receipts.find(({ version }) => version === 50);
    expect((await alpha('GET', `/api/tenders/${id}/bids/mine`)).body).toMatchObject({ version: 50, digest: last?.digest });
    expect(await storedBids(id)).toBe(1);
  });

  it('amendments and bids leave no valid bid that was given for what was asked before', async () => {
    const id = await publishedTender(oneLot);
    const firms = [alpha, beta, gamma];
    const asked = (n: number) =>
      buyer('PATCH', `/api/tenders/${id}`, { body: { description: `Wording ${n}.`, reason: 'Asked for.' } });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 4 === 3 ? asked(n) : submit(firms[n % 4] as Client, id, 1_000_000 + n))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { amendments } = (await buyer('GET', `/api/tenders/${id}`)).body as TenderView;
    expect(amendments).toHaveLength(10);
    // What each line of history says it began with is what the one before it ended with.
    for (const [n, { changes }] of amendments.entries())
      expect(changes[0]?.from).toBe(n === 0 ? 'Carriers see their loads.' : amendments[n - 1]?.changes[0]?.to);
    const lastChange = amendments.at(-1)?.at ?? '';
    for (const firm of firms) {
      const mine = (await firm('GET', `/api/tenders/${id}/bids/mine`)).body as MyBid;
      if (mine.submittedAt !== lastChange) expect(mine.status).toBe(mine.submittedAt > lastChange ? 'valid' : 'invalid');
    }
    expect((await asked(99)).status).toBe(200);
    for (const firm of firms)
      expect((await firm('GET', `/api/tenders/${id}/bids/mine`)).body).toMatchObject({ status: 'invalid' });
    await submit(beta, id, 2_000_000);
    await untilOpened(id);
    expect((await opened(id)).bids.map(({ bidder }) => bidder.organisationId)).toEqual(['org-beta']);
  });
});
