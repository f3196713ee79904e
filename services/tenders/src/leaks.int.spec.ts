import type { RouteMetadata } from '@umuhuza/contracts/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidReceipt, MyBid } from '@umuhuza/contracts/tenders/schemas';
import type { Client, Reply } from '@umuhuza/testing/client';
import { clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bid, secretAmount, startTenders } from './tenders.fixture.ts';

type Started = Awaited<ReturnType<typeof startTenders>>;

const noon = '2027-01-05T12:00:00.000Z';
const deadline = '2027-02-01T22:59:59.999Z';

/** The path of a route with these ids in it. */
const pathOf = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'unknown');

const secretBid = (n: number) => ({
  ...bid(secretAmount + n, secretAmount + n),
  answers: [{ criterionId: 'approach', answer: `planted-secret-answer-${n}` }],
  summary: `planted-secret-summary-${n}`,
});

/** What each role sends where the contract wants a body; what it does not want is refused, and refusals are looked at too. */
const bodies: Readonly<Record<string, unknown>> = {
  create: { title: 'Another' },
  importReleases: { releases: [{ ocid: 'ocds-1', id: '1', date: noon, tag: ['tender'], tender: { title: 'T' } }] },
  edit: { sectors: ['logistics'] },
  publish: {},
  ask: { question: 'Is there a test system?' },
  answer: { answer: 'There is.' },
  openBids: {},
  score: { scores: [{ bidId: 'unknown', criterionId: 'approach', score: 1 }] },
  disqualify: { bidId: 'unknown', reason: 'Why not.' },
  award: { lotId: 'build', bidId: 'unknown' },
  declareUnsuccessful: { lotId: 'build', reason: 'Why not.' },
};
/** Changes bids or ends the story; played apart. */
const apart = ['submitBid', 'withdrawBid', 'cancel'];

const seen = async ({ status, body, headers }: Reply): Promise<string> =>
  JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), body]);

describe('secrets planted in sealed bids', () => {
  let tenders: Started;
  const found: { who: string; what: string; text: string }[] = [];
  const secrets: string[] = [];
  let id: string;
  beforeAll(async () => {
    tenders = await startTenders({ clockAt: noon });
    const { publishedTender, alpha, beta, gamma, buyer } = tenders;
    id = await publishedTender({ deadline });
    for (const [n, firm] of [alpha, beta, gamma].entries()) {
      const taken = (await firm('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(n) })).body as BidReceipt;
      secrets.push(taken.bidId, taken.digest, taken.statement);
    }
    // A change, a confirmation after an amendment, a withdrawal: each leaves something that could leak.
    await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(7) });
    await buyer('PATCH', `/api/tenders/${id}`, { body: { description: 'Carriers also print.' } });
    await beta('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(1) });
    await gamma('DELETE', `/api/tenders/${id}/bids/mine`);
    const present = (await alpha('GET', `/api/tenders/${id}/bids/mine`)).body as MyBid;
    const receipt = (await alpha('GET', `/api/tenders/${id}/bids/mine/receipt`)).body as BidReceipt;
    secrets.push(present.bidId, receipt.statement, 'planted-secret', String(secretAmount).slice(0, 6));
  });
  afterAll(() => tenders.stop());

  it('are in no answer to anybody but the bidder, whatever route of the contract is asked', async () => {
    const { url, issuer, buyer, berlin, as } = tenders;
    const roles: Record<string, Client> = {
      buyer,
      'a member of the buyer': clientOf(url, await issuer.tokenFor({ organisation: 'org-buyer', country: 'DE', role: 'member' })),
      'a company that does not bid': await as('org-delta'),
      'a German company': berlin,
      'programme staff': clientOf(
        url,
        await issuer.tokenFor({ programmeStaff: true, organisation: 'org-office', country: 'DE' }),
      ),
      'staff without an organisation': clientOf(url, await issuer.tokenFor({ programmeStaff: true })),
      nobody: clientOf(url),
    };
    const bidIds = secrets.filter((secret) => /^[\w-]{22}$/.test(secret));
    expect(bidIds.length).toBeGreaterThan(3);
    const routes = Object.entries(tendersApi).filter(([name]) => !apart.includes(name));
    for (const [who, client] of Object.entries(roles)) {
      for (const [name, { method, path }] of routes) {
        // As if somebody had guessed a bid's id: still nothing of it.
        for (const bidId of ['unknown', bidIds[0] ?? '']) {
          const reply = await client(method, pathOf(path, { id, bidId, questionId: 'q', code: '72212000' }), {
            ...(method === 'GET' ? {} : { body: bodies[name] ?? {} }),
          });
          found.push({ who, what: `${method} ${path}`, text: await seen(reply) });
        }
      }
    }
    // Bidders see their own, and nothing of each other's.
    for (const [n, firm] of [tenders.alpha, tenders.beta].entries()) {
      const own = await firm('GET', `/api/tenders/${id}/bids/mine`);
      expect(JSON.stringify(own.body)).toContain(`planted-secret-answer-${n === 0 ? 7 : 1}`);
      expect(JSON.stringify(own.body)).not.toContain(`planted-secret-answer-${n === 0 ? 1 : 7}`);
      for (const path of ['', '/ocds', '/bids'])
        found.push({ who: `bidder ${n}`, what: path, text: await seen(await firm('GET', `/api/tenders/${id}${path}`)) });
    }
    expect(found.length).toBeGreaterThan(200);
    for (const { who, what, text } of found)
      for (const secret of secrets) expect(text.includes(secret), `${secret} in ${what} for ${who}`).toBe(false);
    for (const { who, what, text } of found.filter(({ text }) => /org-(alpha|beta|gamma)/.test(text)))
      expect.fail(`a bidder in ${what} for ${who}: ${text}`);
  });

  it('are in no event, log line, metric or document', async () => {
    const { parts, logged, backends, dump } = tenders;
    expect(logged.length).toBeGreaterThan(100);
    const places = {
      'the streams': JSON.stringify(await backends.heardFrom('tenders')),
      'the log': logged.join(''),
      'the metrics': await parts.metrics.registry.metrics(),
      'the documents': (await dump())
        .split('\n')
        .filter((line) => line.includes(id))
        .join('\n'),
    };
    for (const [where, text] of Object.entries(places)) {
      expect(text.length, where).toBeGreaterThan(0);
      // The bid's id is a name that nobody can tell anything from; it lies in the tender's document.
      const secret = where === 'the documents' ? secrets.filter((one) => !/^[\w-]{22}$/.test(one)) : secrets;
      for (const one of [...secret, 'org-alpha', 'org-beta', 'org-gamma'])
        expect(text.includes(one), `${one} in ${where}`).toBe(false);
    }
    expect(`${places['the log']}${places['the metrics']}`).not.toContain('bids/mine');
  });

  it('would be found, were they anywhere', async () => {
    const own = await tenders.alpha('GET', `/api/tenders/${id}/bids/mine`);
    expect(secrets.filter((secret) => JSON.stringify(own.body).includes(secret)).length).toBeGreaterThan(2);
  });
});

describe('a buyer', () => {
  /** The buyer's whole story under keys, so that both worlds make the same ids; others act where the world lets them. */
  const play = async (tenders: Started, others: (id: string) => Promise<void>) => {
    const { complete, setClock } = tenders;
    // The door gives each request an id; here the same one in both worlds, since a problem's body names it.
    let requests = 0;
    const buyer: Client = (method, path, options = {}) => {
      const headers = { ...options.headers, 'x-request-id': `request-${++requests}` };
      return tenders.buyer(method, path, { ...options, headers });
    };
    const key = (name: string) => ({ headers: { 'idempotency-key': name } });
    const views: string[] = [];
    const look = async (id: string) => {
      for (const [name, { method, path, ...route }] of Object.entries(tendersApi)) {
        const isSealed = (route as { metadata?: RouteMetadata }).metadata?.sealed;
        if (method !== 'GET' || isSealed || name === 'receiptKeys') continue;
        views.push(`${path} ${await seen(await buyer('GET', pathOf(path, { id, bidId: 'x', code: '72212000' })))}`);
      }
      views.push(await seen(await buyer('GET', '/api/tenders?mine=true&limit=1')));
    };
    const act = async (...args: Parameters<Client>) => views.push(await seen(await buyer(...args)));
    const created = await buyer('POST', '/api/tenders', { body: complete({ deadline }), ...key('create') });
    const { id } = created.body as { id: string };
    await act('POST', `/api/tenders/${id}/publish`, key('publish'));
    await others(id);
    await look(id);
    setClock('2027-01-06T12:00:00.000Z');
    const etag = (await buyer('GET', `/api/tenders/${id}`)).headers.get('etag') ?? '';
    await act('PATCH', `/api/tenders/${id}`, {
      body: { description: 'Amended.' },
      headers: { 'if-match': etag, 'idempotency-key': 'amend' },
    });
    await others(id);
    await look(id);
    await act('POST', `/api/tenders/${id}/open-bids`, key('early'));
    await act('POST', `/api/tenders/${id}/award`, { body: { lotId: 'build', bidId: 'x' } });
    setClock('2027-01-07T12:00:00.000Z');
    await act('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' }, ...key('cancel') });
    await look(id);
    return { id, views };
  };

  it('sees byte for byte the same with bids and without, headers, lists, events and metrics included', async () => {
    const worlds = [await startTenders({ clockAt: noon }), await startTenders({ clockAt: noon })] as const;
    try {
      const [withBids, without] = worlds;
      let bids = 0;
      const one = await play(withBids, async (id) => {
        for (const [n, firm] of [withBids.alpha, withBids.beta, withBids.gamma].entries())
          bids += (await firm('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(n) })).status === 200 ? 1 : 0;
        await withBids.gamma('DELETE', `/api/tenders/${id}/bids/mine`);
      });
      const other = await play(without, async () => undefined);
      expect(bids).toBe(6);
      expect(one.id).toBe(other.id);
      expect(one.views).toEqual(other.views);
      expect(one.views.length).toBeGreaterThan(20);

      const events = async ({ heardOf }: Started) => (await heardOf(one.id)).map((event) => JSON.stringify(event));
      await eventually(async () => expect((await events(without)).length).toBe(3));
      await eventually(async () => expect(await events(withBids)).toEqual(await events(without)));
      const counted = async ({ parts }: Started) =>
        (await parts.metrics.registry.metrics())
          .split('\n')
          .filter((text) => text.startsWith('http_request_duration_seconds_count'));
      expect(await counted(withBids)).toEqual(await counted(without));
      expect((await counted(without)).length).toBeGreaterThan(3);
    } finally {
      for (const world of worlds) await world.stop();
    }
  });

  it('’s commands are remembered as long with bids as without: a first answer that is gone would tell of them', async () => {
    const tenders = await startTenders({ timers: false });
    try {
      const { buyer, alpha, publishedTender } = tenders;
      /** What the buyer is told when it says its commands again: the first answer of each, or what has become of the tender. */
      const repeatedWith = async (bids: number): Promise<unknown[]> => {
        const id = await publishedTender({ description: 'x'.repeat(19_000) });
        const amend = async (n: number) =>
          (
            await buyer('PATCH', `/api/tenders/${id}`, {
              body: { sectors: [`sector ${n}`] },
              headers: { 'idempotency-key': `amend-${n}` },
            })
          ).body as { sectors: string[] };
        for (let n = 0; n < 8; n++) {
          await amend(n);
          if (n < 5) continue;
          for (let version = 1; version <= bids; version++)
            await alpha('PUT', `/api/tenders/${id}/bids/mine`, {
              body: bid(version),
              headers: { 'idempotency-key': `bid-${n}-${version}` },
            });
        }
        const told: unknown[] = [];
        for (let n = 0; n < 8; n++) told.push((await amend(n)).sectors);
        return told;
      };
      const without = await repeatedWith(0);
      expect(without).toContainEqual(['sector 6']);
      expect(await repeatedWith(20)).toEqual(without);
    } finally {
      await tenders.stop();
    }
  });

  it('’s pages do not read the sealed bids: the time they take cannot tell how many there are', async () => {
    const tenders = await startTenders();
    try {
      const id = await tenders.publishedTender();
      await tenders.alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) });
      expect(await tenders.deps.tenders.find(id)).toMatchObject({ bids: [{ version: 1 }] });
      expect(await tenders.deps.tenders.look(id)).toMatchObject({ status: 'published', bids: [] });
      await tenders.untilOpened(id);
      expect(await tenders.deps.tenders.look(id)).toEqual(await tenders.deps.tenders.find(id));
      expect(await tenders.deps.tenders.look('unknown')).toBeUndefined();
    } finally {
      await tenders.stop();
    }
  });
});
