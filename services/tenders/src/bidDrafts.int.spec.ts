import type { BidDraftView, BidReceipt } from '@umuhuza/contracts/tenders/schemas';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { forgetOldDrafts } from './reactions/forgetOldDrafts.ts';
import { bid, refused, secretAmount, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { alpha, beta, berlin, buyer, publishedTender, passDays, untilOpened, dump, deps, connection } = tenders;
afterAll(tenders.stop);

const mine = (id: string) => `/api/tenders/${id}/bids/mine`;
const draftOf = (id: string) => `${mine(id)}/draft`;
const half = { summary: 'planted-secret-draft', answers: [] };
const storedDrafts = (tenderId: string) => connection.collection('bidDrafts').countDocuments({ tenderId });

describe('a draft of a bid', () => {
  it('is saved in steps, tells what is missing, and is resumed where somebody else of the firm goes on', async () => {
    const id = await publishedTender();
    expect(await alpha('GET', draftOf(id))).toMatchObject(refused(404, 'no-draft'));
    const first = await alpha('PUT', draftOf(id), { body: half });
    expect(first).toMatchObject({ status: 200, body: { missing: ['a price for a lot', 'an answer to Approach'] } });
    const resumed = await alpha('GET', draftOf(id));
    expect(resumed.body).toEqual(first.body);
    const ifMatch = { 'if-match': resumed.headers.get('etag') ?? '' };
    const more = {
      ...bid(10_000),
      team: [{ role: 'Architect', experience: 'Ten years.' }],
      ownCurrency: { currency: 'RWF', rate: '1450.25' },
    };
    expect(await alpha('PUT', draftOf(id), { body: more, headers: ifMatch })).toMatchObject({
      status: 200,
      body: {
        draft: more,
        missing: [],
        ownPrices: [{ lotId: 'build', price: { amount: 145_025, currency: 'RWF' } }],
      },
    });
  });

  it('of one device is not written over by another that has not seen it', async () => {
    const id = await publishedTender();
    const { headers } = await alpha('PUT', draftOf(id), { body: half });
    const seen = { 'if-match': headers.get('etag') ?? '' };
    expect(await alpha('PUT', draftOf(id), { body: { summary: 'Blind.' } })).toMatchObject(refused(412, 'stale-version'));
    expect((await alpha('PUT', draftOf(id), { body: { summary: 'One.' }, headers: seen })).status).toBe(200);
    expect(await alpha('PUT', draftOf(id), { body: { summary: 'Two.' }, headers: seen })).toMatchObject(
      refused(412, 'stale-version'),
    );
    expect(await alpha('DELETE', draftOf(id), { headers: seen })).toMatchObject(refused(412, 'stale-version'));
    // The same once more, whose answer was lost on a slow line, is no conflict.
    expect((await alpha('PUT', draftOf(id), { body: { summary: 'One.' }, headers: seen })).status).toBe(200);
    expect(await alpha('GET', draftOf(id))).toMatchObject({ body: { draft: { summary: 'One.' } } });
  });

  it('of twenty devices at once is that of one of them, and the others are told', async () => {
    const id = await publishedTender();
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, n) => alpha('PUT', draftOf(id), { body: { summary: `Device ${n}` } })),
    );
    const [kept, ...others] = sent.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect(sent.filter(({ status }) => status === 412)).toHaveLength(19);
    expect((await alpha('GET', draftOf(id))).body).toEqual(kept?.body);
  });

  it('is its firm’s alone, and encrypted where it lies', async () => {
    const id = await publishedTender();
    await alpha('PUT', draftOf(id), { body: { ...half, prices: bid(secretAmount).prices } });
    for (const other of [beta, buyer, berlin]) expect(await other('GET', draftOf(id))).toMatchObject(refused(404, 'no-draft'));
    const lines = (await dump()).split('\n').filter((line) => line.includes(id));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join()).not.toMatch(new RegExp(`planted-secret|${secretAmount}|org-alpha`));
  });

  it('is taken only from who may bid, while bids are taken', async () => {
    const id = await publishedTender();
    expect(await buyer('PUT', draftOf(id), { body: half })).toMatchObject(refused(403, 'buyer-may-not-bid'));
    expect(await berlin('PUT', draftOf(id), { body: half })).toMatchObject(refused(403, 'only-rwandan-firms-bid'));
    expect(await alpha('PUT', draftOf('unknown'), { body: half })).toMatchObject(refused(404, 'no-such-tender'));
    expect(await alpha('GET', draftOf('unknown'))).toMatchObject(refused(404, 'no-such-tender'));
    for (const wrong of [{ note: 'x' }, { ownCurrency: { currency: 'RWF', rate: '0' } }, { ownCurrency: { currency: 'RWF' } }])
      expect(await alpha('PUT', draftOf(id), { body: wrong })).toMatchObject(refused(400, 'invalid-request'));
    await alpha('PUT', draftOf(id), { body: half });
    await untilOpened(id);
    expect(await alpha('PUT', draftOf(id), { body: { summary: 'Late.' } })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await alpha('GET', draftOf(id))).toMatchObject({ status: 200, body: { draft: half } });
    expect((await alpha('DELETE', draftOf(id))).status).toBe(204);
    expect(await alpha('DELETE', draftOf(id))).toMatchObject(refused(404, 'no-draft'));
  });
});

type Store = Record<string, (...args: unknown[]) => Promise<unknown>>;

describe('a draft is gone', () => {
  it('once its bid is submitted, and only then', async () => {
    const id = await publishedTender();
    await alpha('PUT', draftOf(id), { body: bid(5) });
    expect((await alpha('PUT', mine(id), { body: { prices: [] } })).status).toBe(400);
    expect(
      await alpha('PUT', mine(id), { body: { prices: [{ lotId: 'x', price: { amount: 1, currency: 'EUR' } }] } }),
    ).toMatchObject(refused(422, 'no-such-lot'));
    const { draft } = (await alpha('GET', draftOf(id))).body as BidDraftView;
    expect(((await alpha('PUT', mine(id), { body: draft })).body as BidReceipt).version).toBe(1);
    expect(await alpha('GET', draftOf(id))).toMatchObject(refused(404, 'no-draft'));
    // A change of the bid is prepared by a new draft.
    expect((await alpha('PUT', draftOf(id), { body: bid(6) })).status).toBe(200);
  });

  it('with the tender that was cancelled', async () => {
    const id = await publishedTender();
    await alpha('PUT', draftOf(id), { body: half });
    await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } });
    await eventually(async () => expect(await storedDrafts(id)).toBe(0));
    expect(await alpha('GET', draftOf(id))).toMatchObject(refused(404, 'no-draft'));
  });

  it('and a document, too, that come in while the tender is cancelled and its bidders’ things are deleted', async () => {
    const file = { raw: 'text', headers: { 'content-type': 'text/plain' } };
    const whatComesIn = [
      [deps.drafts, 'put', (id: string) => alpha('PUT', draftOf(id), { body: half })],
      [deps.bidDocuments, 'add', (id: string) => alpha('POST', `${mine(id)}/documents?name=a.txt`, file)],
    ] as const;
    for (const [store, method, send] of whatComesIn) {
      const id = await publishedTender();
      const real = (store as unknown as Store)[method] ?? expect.fail(method);
      // The store is asked only when all that is deleted has been.
      const late = vi.spyOn(store as unknown as Store, method).mockImplementationOnce(async (...args: unknown[]) => {
        await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } });
        const left = () => connection.collection('tenders').countDocuments({ _id: id as never, 'lookup.leftovers': true });
        await eventually(async () => expect(await left()).toBe(0));
        return real(...args);
      });
      expect(await send(id)).toMatchObject(refused(409, 'procedure-is-over'));
      late.mockRestore();
      expect([await storedDrafts(id), await connection.collection('bidDocuments').countDocuments({ tenderId: id })]).toEqual([
        0, 0,
      ]);
    }
    expect(await connection.collection('files.files').countDocuments()).toBe(0);
  });

  it('thirty days after the deadline, and with it the key of the tender; opened bids stay readable', async () => {
    const [id, waiting] = [await publishedTender(), await publishedTender()];
    for (const one of [id, waiting]) {
      await alpha('PUT', draftOf(one), { body: half });
      await beta('PUT', mine(one), { body: bid(5) });
    }
    await alpha('POST', `/api/tenders/${waiting}/questions`, { body: { question: 'Why?' } });
    await untilOpened(id);
    passDays(28);
    await forgetOldDrafts(deps)();
    expect(await storedDrafts(id)).toBe(1);
    passDays(2);
    await forgetOldDrafts(deps)();
    expect([await storedDrafts(id), await deps.keys.find(id)]).toEqual([0, undefined]);
    expect(JSON.stringify((await buyer('GET', `/api/tenders/${id}/bids`)).body)).toContain('planted-secret-answer');
    expect(await beta('GET', mine(id))).toMatchObject({ status: 200, body: { content: bid(5) } });
    // Where a question still keeps bids sealed, their key stays.
    expect(await storedDrafts(waiting)).toBe(0);
    expect(await deps.keys.find(waiting)).toBeDefined();
  });
});
