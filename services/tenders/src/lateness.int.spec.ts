import type { BidReceipt, OpenedBids } from '@umuhuza/contracts/tenders/schemas';
import { connectMongo } from '@umuhuza/service/mongo';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openMongoTenderBook } from './mongoTenderBook.ts';
import { closeBiddingWhenDue } from './reactions/closeBiddingWhenDue.ts';
import { openBidsWhenDue } from './reactions/openBidsWhenDue.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

/** The last millisecond of a day in Kigali, two hours ahead of UTC. */
const deadline = '2027-02-01T21:59:59.999Z';
const dayBefore = '2027-01-31T22:00:00.000Z';
const after = (milliseconds: number) =>
  Temporal.Instant.from(deadline).add({ milliseconds }).toString({ fractionalSecondDigits: 3 });

const tenders = await startTenders({ clockAt: dayBefore, timers: false });
const { alpha, beta, gamma, buyer, publishedTender, setClock, statusOf, storedBids, deps, backends, connection } = tenders;
afterAll(tenders.stop);
const mine = (id: string) => `/api/tenders/${id}/bids/mine`;
const tenderUntilDeadline = async () => {
  setClock(dayBefore);
  return publishedTender({ deadline, lots: [{ id: 'build', title: 'Build it' }] });
};

describe('the deadline', () => {
  it('of 23:59:59.999 in Kigali takes what comes before it and in its own millisecond, and nothing in the next', async () => {
    const id = await tenderUntilDeadline();
    for (const [milliseconds, version] of [
      [-1, 1],
      [0, 2],
    ] as const) {
      setClock(after(milliseconds));
      expect(await alpha('PUT', mine(id), { body: bid(version) })).toMatchObject({
        status: 200,
        body: { version, submittedAt: after(milliseconds) },
      });
    }
    setClock(after(1));
    expect(await alpha('PUT', mine(id), { body: bid(9) })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await beta('PUT', mine(id), { body: bid(9) })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await alpha('DELETE', mine(id))).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await alpha('GET', mine(id))).toMatchObject({ body: { version: 2, content: bid(2) } });
    expect(await storedBids(id)).toBe(1);
  });

  it('lets a withdrawal through in its own millisecond', async () => {
    const id = await tenderUntilDeadline();
    await alpha('PUT', mine(id), { body: bid(1) });
    setClock(deadline);
    expect(await alpha('DELETE', mine(id))).toMatchObject({ status: 200, body: { withdrawnAt: deadline } });
    expect(await storedBids(id)).toBe(0);
  });

  it('judges a bid when it is written, not when it came: what was under way while the clock passed it is late', async () => {
    const id = await tenderUntilDeadline();
    await alpha('PUT', mine(id), { body: bid(1) });
    let reads = 0;
    setClock(deadline, () => {
      reads += 1;
      // The first look at the clock, when the request came in, was still in time.
      if (reads === 2) setClock(after(1));
    });
    expect(await alpha('PUT', mine(id), { body: bid(2) })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(reads).toBe(2);
    expect(await alpha('GET', mine(id))).toMatchObject({ body: { version: 1, content: bid(1) } });
    expect(await storedBids(id)).toBe(1);
  });

  it('passes among forty bids in flight: each is in time with a receipt, or late and leaves nothing', async () => {
    const id = await tenderUntilDeadline();
    // Each request reads the clock when it comes and when it is decided on: the first decision is in time, the last one late.
    let ticks = -60;
    const tick = () => {
      ticks += 1;
      setClock(after(ticks), tick);
    };
    setClock(after(ticks), tick);
    const firms = [alpha, beta, gamma];
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (firms[n % 3] ?? alpha)('PUT', mine(id), { body: bid(1_000 + n) })),
    );
    setClock(after(1_000));
    const inTime = sent.filter(({ status }) => status === 200).map(({ body }) => body as BidReceipt);
    const late = sent.filter(({ status }) => status !== 200);
    expect(inTime.length).toBeGreaterThan(0);
    expect(late.length).toBeGreaterThan(0);
    for (const { submittedAt } of inTime) expect(Temporal.Instant.compare(submittedAt, deadline)).toBeLessThanOrEqual(0);
    for (const one of late) expect(one).toMatchObject(refused(409, 'bidding-is-over'));
    const bidders = new Set(inTime.map(({ bidId }) => bidId));
    expect(await storedBids(id)).toBe(bidders.size);
    await buyer('POST', `/api/tenders/${id}/open-bids`);
    const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
    const last = [...bidders].map((bidId) =>
      inTime.filter((receipt) => receipt.bidId === bidId).reduce((a, b) => (a.version > b.version ? a : b)),
    );
    expect(bids.map(({ bidId, digest }) => `${bidId} ${digest}`).sort()).toEqual(
      last.map(({ bidId, digest }) => `${bidId} ${digest}`).sort(),
    );
  });

  it('holds with the timers stopped for an hour: late stays late, and the opening makes up for them', async () => {
    const id = await tenderUntilDeadline();
    await alpha('PUT', mine(id), { body: bid(1) });
    setClock(after(3_600_000));
    expect(await statusOf(id)).toBe('published');
    expect(await beta('PUT', mine(id), { body: bid(1) })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await alpha('DELETE', mine(id))).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await buyer('PATCH', `/api/tenders/${id}`, { body: { deadline: after(7_200_000) } })).toMatchObject(
      refused(409, 'bidding-is-over'),
    );
    await closeBiddingWhenDue(deps)();
    expect(await statusOf(id)).toBe('closed');
    await openBidsWhenDue(deps)();
    await eventually(async () => expect(await statusOf(id)).toBe('opened'));
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toHaveLength(1);
  });
});

describe('a bid that comes again at another replica while its first request stalls before its write', () => {
  const key = { 'idempotency-key': 'one-and-the-same' };
  const unfit = { ...bid(2), prices: [{ lotId: 'paint', price: { amount: 2, currency: 'EUR' } }] };
  let slow: Client;
  /** The slow replica's next write: it has decided when this is reached, and writes when it is let go. */
  let nextWrite: () => { readonly reached: Promise<void>; readonly letGo: () => void };
  let letGo: () => void = () => undefined;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const mongo = await connectMongo(backends.mongoUrl, 'tenders', backends.databaseOf('tenders'));
    const book = await openMongoTenderBook(mongo.connection, deps.owners);
    const { collection } = mongo.connection.model('tenders');
    const write = collection.bulkWrite.bind(collection);
    slow = await tenders.onReplica('org-alpha', () => ({ tenders: book }));
    nextWrite = () => {
      const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      vi.spyOn(collection, 'bulkWrite').mockImplementationOnce(async (...asked: Parameters<typeof write>) => {
        reached.resolve();
        await gate.promise;
        return write(...asked);
      });
      letGo = gate.resolve;
      return { reached: reached.promise, letGo };
    };
    stop = mongo.stop;
  });
  afterEach(() => letGo());
  afterAll(() => stop());

  const later = after(5 * 24 * 3_600_000);
  const opensWith = async (id: string, amount: number) => {
    setClock(after(6 * 24 * 3_600_000));
    expect(await alpha('GET', mine(id))).toMatchObject({ status: 200, body: { content: bid(amount) } });
    expect(await storedBids(id)).toBe(1);
    expect((await buyer('POST', `/api/tenders/${id}/open-bids`)).status).toBe(200);
    const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
    expect(bids).toMatchObject([{ content: bid(amount) }]);
  };
  const amend = async (id: string) => {
    const body = { description: 'Another.', deadline: later, reason: 'Asked for.' };
    expect((await buyer('PATCH', `/api/tenders/${id}`, { body })).status).toBe(200);
  };

  it.each([
    ['too late', bid(2), () => setClock(after(1)), refused(409, 'bidding-is-over'), refused(409, 'bidding-is-over')],
    ['unfit', unfit, () => undefined, refused(422, 'no-such-lot'), refused(422, 'key-used-for-another-request')],
    ['amended before it', bid(2), amend, refused(409, 'amended-since'), refused(409, 'amended-since')],
  ] as const)('and is refused there as %s, leaves the bid that stands what it says', async (_, body, meanwhile, told, first) => {
    const id = await tenderUntilDeadline();
    const path = `${mine(id)}?amendmentsRead=0`;
    expect((await alpha('PUT', path, { body: bid(1) })).status).toBe(200);
    const { reached, letGo } = nextWrite();
    const stalled = slow('PUT', path, { body: bid(2), headers: key });
    await reached;
    await meanwhile(id);
    expect(await alpha('PUT', path, { body, headers: key })).toMatchObject(told);
    letGo();
    expect(await stalled).toMatchObject(first);
    if (meanwhile === amend) {
      expect(await alpha('GET', mine(id))).toMatchObject({ body: { status: 'invalid', content: bid(1) } });
      expect((await alpha('PUT', `${mine(id)}?amendmentsRead=1`, { body: bid(1) })).status).toBe(200);
    }
    await opensWith(id, 1);
  });

  it('and is taken there, leaves nothing of the first request', async () => {
    const id = await tenderUntilDeadline();
    expect((await alpha('PUT', mine(id), { body: bid(1) })).status).toBe(200);
    const { reached, letGo } = nextWrite();
    const stalled = slow('PUT', mine(id), { body: bid(2), headers: key });
    await reached;
    const { statement: _, ...taken } = (await alpha('PUT', mine(id), { body: bid(2), headers: key })).body as BidReceipt;
    letGo();
    expect(await stalled).toMatchObject({ status: 200, body: taken });
    await opensWith(id, 2);
  });

  it.each([
    ['without a key', {}, {}],
    ['under its key', key, key],
  ])('makes good, %s, what was lost of a bid that the tender still names', async (_, headers, again) => {
    const id = await tenderUntilDeadline();
    const first = await alpha('PUT', mine(id), { body: bid(1), headers });
    await connection.collection('bidContents').deleteMany({ tenderId: id });
    expect((await alpha('GET', mine(id))).status).not.toBe(500);
    const sent = await Promise.all([1, 2].map(() => alpha('PUT', mine(id), { body: bid(1), headers: again })));
    const { statement: __, ...taken } = first.body as BidReceipt;
    for (const one of sent) expect(one).toMatchObject({ status: 200, body: taken });
    await opensWith(id, 1);
  });

  it('makes good after the deadline, when its loss shows at the opening, what it can prove to have said, and is told that it is late', async () => {
    const id = await tenderUntilDeadline();
    expect((await alpha('PUT', mine(id), { body: bid(1) })).status).toBe(200);
    setClock(after(1));
    for (const close of [async () => undefined, closeBiddingWhenDue(deps)]) {
      await close();
      await connection.collection('bidContents').deleteMany({ tenderId: id });
      expect(await buyer('POST', `/api/tenders/${id}/open-bids`)).toMatchObject(refused(503, 'bids-not-readable'));
      for (const [firm, amount, stored] of [
        [beta, 1, 0],
        [alpha, 2, 0],
        [alpha, 1, 1],
      ] as const) {
        expect(await firm('PUT', mine(id), { body: bid(amount) })).toMatchObject(refused(409, 'bidding-is-over'));
        expect(await storedBids(id)).toBe(stored);
      }
    }
    expect(await statusOf(id)).toBe('closed');
    await opensWith(id, 1);
    expect(await alpha('PUT', mine(id), { body: bid(1) })).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await storedBids(id)).toBe(1);
  });
});
