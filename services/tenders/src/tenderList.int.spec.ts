import type { TenderSummary } from '@umuhuza/contracts/tenders/schemas';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { listQuery, openMongoTenderBook } from './mongoTenderBook.ts';
import type { TenderFilter } from './tenderBook.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { publishedTender, untilOpened, buyer, alpha, beta, gamma, inDays, connection } = tenders;
afterAll(tenders.stop);

type Page = { readonly items: readonly TenderSummary[]; readonly next: string | null };
const listed = async (query: string, reader = alpha): Promise<Page> => {
  const { status, body } = await reader('GET', `/api/tenders?${query}`);
  expect(status).toBe(200);
  return body as Page;
};
const titles = async (query: string, reader = alpha) => (await listed(query, reader)).items.map(({ title }) => title);

const openTender = (days: number, title: string, cpv: string[], changes: Record<string, unknown> = {}) =>
  publishedTender({ title, description: 'Loads of trucks.', cpv, deadline: inDays(days), ...changes });
await openTender(30, 'Überwachung der Server', ['72720000']);
const portal = await openTender(12, 'A portal for carriers', ['72212931', '48000000']);
await openTender(11, 'Training of drivers', ['80500000']);
await openTender(40, 'For alpha', ['79000000'], { audience: 'invited', invited: ['org-alpha'] });

describe('the list of tenders', () => {
  it('is narrowed by words, by what is procured, by its audience and by when bidding ends, or all of these', async () => {
    expect(await titles('q=carrier')).toEqual(['A portal for carriers']);
    expect(await titles('q=PORTALS%20carriers')).toEqual(['A portal for carriers']);
    expect(await titles('q=ueberwachung')).toEqual(['Überwachung der Server']);
    expect(await titles('q=portal%20nonsense')).toEqual([]);
    expect(await titles('cpv=72000000')).toEqual(['A portal for carriers', 'Überwachung der Server']);
    expect(await titles('cpv=72&q=load')).toHaveLength(2);
    expect(await titles(`closesBefore=${inDays(13)}`)).toEqual(['Training of drivers', 'A portal for carriers']);
    expect(await titles(`closesBefore=${inDays(13)}&cpv=48`)).toEqual(['A portal for carriers']);
    expect(await titles('audience=invited')).toEqual(['For alpha']);
    expect(await titles('audience=invited', beta)).toEqual([]);
  });
  it('comes by deadline, the next first', async () => {
    expect(await titles('order=deadline')).toEqual([
      'Training of drivers',
      'A portal for carriers',
      'Überwachung der Server',
      'For alpha',
    ]);
    expect(await titles('order=deadline', beta)).toHaveLength(3);
  });
  it.each(['newest', 'deadline'])(
    'is turned page by page without a gap or a repetition while others come in: %s',
    async (order) => {
      const before = await titles(`order=${order}&cpv=72&limit=100`);
      const first = await listed(`order=${order}&cpv=72&limit=1`);
      await openTender(order === 'newest' ? 10 : 9, 'Came meanwhile', ['72000000']);
      const second = await listed(`order=${order}&cpv=72&limit=1&cursor=${first.next}`);
      expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(before.slice(0, 2));
    },
  );
  it('takes the same while for a tender that only its title finds as for a page of many, so that its time tells nothing of its bids', async () => {
    const filter = { reader: 'org-buyer', following: false, status: 'open', order: 'newest', at: inDays(0) } as const;
    for (const one of [
      { ...filter, mine: false, words: ['portal'] },
      { ...filter, mine: false },
      { ...filter, mine: true },
      { ...filter, mine: false, following: true },
    ]) {
      const begun = performance.now();
      await tenders.deps.tenders.list(one, 1, undefined);
      expect(performance.now() - begun).toBeGreaterThan(14);
    }
  });
  it('knows the mark of one order in that order only', async () => {
    const { next } = await listed('order=deadline&limit=1');
    expect(await alpha('GET', `/api/tenders?limit=1&cursor=${next}`)).toMatchObject(refused(400, 'unknown-cursor'));
  });
  it('finds one’s own drafts too', async () => {
    await buyer('POST', '/api/tenders', { body: { title: 'A draft about looms', cpv: ['73300000'] } });
    expect(await titles('mine=true&q=loom', buyer)).toEqual(['A draft about looms']);
    expect(await titles('mine=true&cpv=73', buyer)).toEqual(['A draft about looms']);
    expect(await titles('q=loom', buyer)).toEqual([]);
  });

  it('knows tenders of a version that kept less to search by, once the service has started again', async () => {
    const documents = connection.collection<{ _id: string }>('tenders');
    const written = await documents.findOne({ _id: portal });
    await documents.updateMany({}, { $unset: { 'lookup.words': 1, 'lookup.branches': 1, 'lookup.audience': 1 } });
    await connection.collection('notes').deleteMany({});
    expect(await titles('q=carrier')).toEqual([]);
    await openMongoTenderBook(connection, tenders.deps.owners);
    expect(await titles('q=carrier&cpv=72000000&audience=all')).toEqual(['A portal for carriers']);
    expect(await documents.findOne({ _id: portal })).toEqual(written);
  });

  it.each<[string, Partial<TenderFilter>]>([
    ['open tenders', {}],
    ['open tenders by deadline', { order: 'deadline' }],
    ['open tenders of a division', { cpvBranch: '72' }],
    ['open tenders with two words', { words: ['portal', 'carrier'] }],
    ['tenders of every state', { status: 'all' }],
    ['one’s own', { mine: true, status: 'all' }],
    ['those followed', { following: true, status: 'all' }],
  ])('is read from an index in its order, not gathered and sorted: %s', async (_, narrowed) => {
    const filter = {
      reader: 'org-buyer',
      mine: false,
      following: false,
      status: 'open',
      order: 'newest',
      at: inDays(0),
      ...narrowed,
    } as const;
    for (const after of [undefined, [filter.order, inDays(1), 'some-id'] as ['newest', string, string]]) {
      const { query, sort, hint } = listQuery(filter, after);
      const found = connection
        .collection('tenders')
        .find(query as never)
        .sort(sort)
        .hint(hint)
        .limit(26);
      const { queryPlanner } = (await found.explain('queryPlanner')) as { queryPlanner: { winningPlan: unknown } };
      const plan = JSON.stringify(queryPlanner.winningPlan);
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    }
  });

  it('holds those that a firm follows, and those in which its bid was opened, whatever became of them; no sealed bid is in it', async () => {
    const [followed, bidFor, cancelled, other] = [
      await openTender(10, 'Followed', ['72000000']),
      await openTender(10, 'Bid for', ['72000000']),
      await openTender(10, 'Followed and cancelled', ['72000000']),
      await openTender(10, 'Another', ['72000000']),
    ];
    const follow = (id: string, follows: boolean, firm = beta) =>
      firm('PUT', `/api/tenders/${id}/following`, { body: { follows } });
    for (const id of [followed, cancelled]) expect((await follow(id, true)).status).toBe(200);
    for (const id of [bidFor, followed])
      expect((await beta('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) })).status).toBe(200);
    expect((await follow(other, true, alpha)).status).toBe(200);
    await buyer('POST', `/api/tenders/${cancelled}/cancel`, { body: { reason: 'Stopped.' } });
    expect(await titles('following=true', beta)).toEqual(['Followed and cancelled', 'Followed']);
    expect(await titles('following=true&q=followed&status=published', beta)).toEqual(['Followed']);
    expect(await titles('following=true', gamma)).toEqual([]);
    // Nor in what lies in the database, where every list looks.
    const looked = connection.collection<{ _id: string; lookup: unknown }>('tenders').find({ _id: { $in: [bidFor, other] } });
    expect(JSON.stringify((await looked.toArray()).map(({ lookup }) => lookup))).not.toContain('org-beta');

    await untilOpened(bidFor);
    await eventually(async () =>
      expect(await titles('following=true', beta)).toEqual(['Followed and cancelled', 'Bid for', 'Followed']),
    );
    expect(await titles('following=true', alpha)).toEqual(['Another']);
    await follow(followed, false);
    // Its opened bid keeps it there.
    expect(await titles('following=true', beta)).toContain('Followed');
    expect(await titles('mine=true', beta)).toEqual([]);
  });
});
