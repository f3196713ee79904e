import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { url, as, register, buyer, berlin, alpha, complete, publishedTender, storedBids } = tenders;
afterAll(tenders.stop);

describe('a refused request names what is wrong', () => {
  it('when it is broken, has unknown fields or wrong types, is too large or no JSON', async () => {
    const post = (options: Parameters<Client>[2]) => buyer('POST', '/api/tenders', options);
    expect(await post({ raw: '{"title":' })).toMatchObject(refused(400, 'broken-json'));
    expect(await post({ raw: '{"title":"T"}', headers: { 'content-encoding': 'gzip' } })).toMatchObject(
      refused(400, 'broken-json'),
    );
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
    const anonymous = clientOf(url);
    expect(await anonymous('GET', '/api/tenders')).toMatchObject(refused(401, 'not-signed-in'));
    for (const path of [
      '/api/tenders/unknown',
      '/api/tenders/unknown/bids',
      '/api/tenders/unknown/bids/mine',
      '/api/tenders/unknown/ocds',
      '/api/tenders/unknown/ocds/record',
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
      ['disqualify', { bidId: 'x', code: 'other', reason: 'Mine.' }],
      ['unsuccessful', { code: 'other', reason: 'Mine.' }],
      ['conflicts', { bidId: 'x', reason: 'Mine.' }],
      ['scores/close', { reason: 'Mine.' }],
      ['lots/build/withdrawal', { bidId: 'x', reason: 'Mine.' }],
      ['lots/build/contract', {}],
      ['clarifications/x/answer', { answer: 'Mine.' }],
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
    expect(await storedBids(id)).toBe(1);
  });
  it('when a bid is for terms that have changed since they were read', async () => {
    const id = await publishedTender();
    const put = (read: unknown, body = bid(1), headers = {}) =>
      alpha('PUT', `/api/tenders/${id}/bids/mine?amendmentsRead=${read}`, { body, headers });
    const sent = { 'idempotency-key': 'bid-for-the-first-terms' };
    const first = await put(0, bid(1), sent);
    expect(first.status).toBe(200);
    const amend = (why: object) =>
      buyer('PATCH', `/api/tenders/${id}`, { body: { description: 'Carriers also print.', ...why } });
    expect(await amend({})).toMatchObject(refused(422, 'amendment-without-reason'));
    expect((await amend({ reason: 'Asked for.' })).status).toBe(200);
    expect(await put(0, bid(2))).toMatchObject(refused(409, 'amended-since'));
    expect(await alpha('GET', `/api/tenders/${id}/bids/mine`)).toMatchObject({
      body: { status: 'invalid', version: 1, content: bid(1) },
    });
    expect(await storedBids(id)).toBe(1);
    // What was taken before keeps its receipt, and the same bid counts again once the amendment has been read.
    expect((await put(0, bid(1), sent)).body).toEqual(first.body);
    expect(await put(1)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await put(-1)).toMatchObject(refused(400, 'invalid-request'));
    expect(await put('all')).toMatchObject(refused(400, 'invalid-request'));
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
    await register('org-newcomer', 'Demonstration New GmbH', 'DE');
    await eventually(async () => expect((await newcomer('POST', `/api/tenders/${id}/publish`)).status).toBe(200));
  });
});
