import type { BidReceipt, OpenedBids } from '@umuhuza/contracts/tenders/schemas';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { closeBiddingWhenDue } from './reactions/closeBiddingWhenDue.ts';
import { openBidsWhenDue } from './reactions/openBidsWhenDue.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

/** The last millisecond of a day in Kigali, two hours ahead of UTC. */
const deadline = '2027-02-01T21:59:59.999Z';
const dayBefore = '2027-01-31T22:00:00.000Z';
const after = (milliseconds: number) =>
  Temporal.Instant.from(deadline).add({ milliseconds }).toString({ fractionalSecondDigits: 3 });

const tenders = await startTenders({ clockAt: dayBefore, timers: false });
const { alpha, beta, gamma, buyer, publishedTender, setClock, statusOf, storedBids, deps } = tenders;
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
