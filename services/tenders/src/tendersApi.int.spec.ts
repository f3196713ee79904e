import type { MyBid, OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { bid, refused, secretAmount, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const {
  parts,
  passDays,
  buyer,
  alpha,
  beta,
  gamma,
  complete,
  publishedTender,
  statusOf,
  untilOpened,
  heardOf,
  storedBids,
  documentOf,
} = tenders;
afterAll(tenders.stop);

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
    expect(await gamma('DELETE', at('/bids/mine'))).toMatchObject({ status: 200, body: { version: 1 } });
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
    expect((await beta('GET', at('/ocds/record'))).body).toMatchObject({
      records: [{ compiledRelease: { tender: { status: 'complete' }, awards: [{ status: 'pending' }, { status: 'pending' }] } }],
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
    expect(await storedBids(id)).toBe(1);
    expect(await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'The project was stopped.' } })).toMatchObject({
      body: { status: 'cancelled', cancelled: { reason: 'The project was stopped.' } },
    });
    await eventually(async () => expect(await storedBids(id)).toBe(0));
    expect(await documentOf(id)).not.toMatch(/org-alpha|77123457/);
    expect(await alpha('GET', `/api/tenders/${id}/bids/mine`)).toMatchObject(refused(404, 'no-bid'));
  });

  it('cancelled after opening, tells each bidder its end, and answers what it asks about it', async () => {
    const id = await publishedTender();
    const at = (path: string) => `/api/tenders/${id}${path}`;
    await beta('PUT', at('/bids/mine'), { body: bid(1) });
    await buyer('PATCH', at(''), { body: { description: 'Carriers also print.', reason: 'Asked for.' } });
    await alpha('PUT', at('/bids/mine'), { body: bid(secretAmount) });
    await untilOpened(id);
    expect((await buyer('POST', at('/cancel'), { body: { reason: 'The project was stopped.' } })).status).toBe(200);
    expect(await alpha('GET', at('/bids/mine'))).toMatchObject({
      body: { outcomes: [{ lotId: 'build', outcome: 'lost', because: 'no-award', said: 'The project was stopped.' }] },
    });
    for (const firm of [alpha, beta])
      expect((await firm('POST', at('/lots/build/clarification'), { body: { question: 'Will it come again?' } })).status).toBe(
        200,
      );
    const { clarifications } = (await buyer('GET', at('/bids'))).body as OpenedBids;
    // Also the one whose bid was not opened has a name.
    expect(clarifications.map(({ bidder }) => bidder)).toEqual([
      { organisationId: 'org-alpha', name: 'Demonstration Alpha Ltd' },
      { organisationId: 'org-beta', name: 'Demonstration Beta Ltd' },
    ]);
    for (const { id: asked } of clarifications)
      expect((await buyer('POST', at(`/clarifications/${asked}/answer`), { body: { answer: 'Next year.' } })).status).toBe(200);
    expect(await alpha('GET', at('/bids/mine'))).toMatchObject({
      body: { outcomes: [{ clarification: { answer: 'Next year.' } }] },
    });
    expect(await beta('GET', at('/bids/mine'))).toMatchObject({
      body: { status: 'not-opened', outcomes: [], clarification: { answer: 'Next year.' } },
    });
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
