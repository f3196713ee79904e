import type { RouteMetadata } from '@umuhuza/contracts/api';
import type { Document } from '@umuhuza/contracts/documents';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidReceipt } from '@umuhuza/contracts/tenders/schemas';
import { timeCause } from '@umuhuza/eventing/cause';
import type { Client, Reply } from '@umuhuza/testing/client';
import { clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion } from './tender/askQuestion.ts';
import { bid, secretAmount, startTenders, written } from './tenders.fixture.ts';

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
  team: [{ name: `planted-secret-name-${n}`, role: `planted-secret-role-${n}`, experience: `planted-secret-experience-${n}` }],
  confirms: ['iso-27001'],
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
  disqualify: { bidId: 'unknown', code: 'other', reason: 'Why not.' },
  award: { lotId: 'build', bidId: 'unknown' },
  declareUnsuccessful: { lotId: 'build', code: 'other', reason: 'Why not.' },
  cancel: { reason: 'Why not.' },
  follow: { follows: true },
  submitBid: bid(1),
  saveBidDraft: { answers: [] },
  appointEvaluators: { evaluators: ['unknown'] },
  declareConflict: { bidId: 'unknown', reason: 'Why not.' },
  closeScoring: { reason: 'Why not.' },
  declineAward: { reason: 'Why not.' },
  noteWithdrawal: { bidId: 'unknown', reason: 'Why not.' },
  signContract: { contractId: 'unknown' },
  askClarification: { question: 'Why?' },
  answerClarification: { answer: 'So.' },
};
/** Those that take a file. */
const uploads = ['addDocument', 'addBidDocument', 'addMilestoneDocument'];
const seen = async ({ status, body, headers }: Reply): Promise<string> =>
  JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), body]);

/** Where it is kept in the clear who follows, whether it bids or not: in a tender, in what it is found by, and in what is said of it. */
const followings = ['followers', 'concerns'];
/** A value without those fields, and all that stands in them. */
const withoutFollowings = (value: unknown): { readonly rest: unknown; readonly named: readonly unknown[] } => {
  const named: unknown[] = [];
  const cut = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(cut);
    if (part === null || typeof part !== 'object' || Object.getPrototypeOf(part) !== Object.prototype) return part;
    const kept = Object.entries(part).filter(([name, one]) => {
      if (!followings.includes(name)) return true;
      named.push(one);
      return false;
    });
    return Object.fromEntries(kept.map(([name, one]) => [name, cut(one)]));
  };
  return { rest: cut(value), named };
};

describe('secrets planted in sealed bids', () => {
  let tenders: Started;
  /** By bidder: what nobody else may come to see. Ids tell nothing by themselves; in the database they lie as they are. */
  const secrets: Record<string, string[]> = { 'org-alpha': [], 'org-beta': [], 'org-gamma': [] };
  const ids: Record<string, string[]> = { 'org-alpha': [], 'org-beta': [], 'org-gamma': [] };
  const allSecrets = () => Object.values(secrets).flat();
  const allIds = () => Object.values(ids).flat();
  let id: string;
  let documentId: string;
  beforeAll(async () => {
    tenders = await startTenders({ clockAt: noon });
    const { publishedTender, alpha, beta, gamma, buyer } = tenders;
    const uploadOf = async (client: Client, path: string, name: string, text: string) => {
      const why = client === buyer ? '&reason=Forgotten.' : '';
      const sent = await client('POST', `/api/tenders/${id}${path}?name=${name}${why}`, {
        raw: `${text}\n`,
        headers: { 'content-type': 'text/plain' },
      });
      expect(sent.status).toBe(201);
      return sent.body as Document;
    };
    id = await publishedTender({ deadline, mustHaveCodes: ['iso-27001'] });
    // Two follow, of whom one bids.
    for (const firm of [await tenders.as('org-epsilon'), alpha])
      expect(
        (await firm('PUT', `/api/tenders/${id}/following`, { body: { follows: true }, headers: { 'idempotency-key': 'follow' } }))
          .status,
      ).toBe(200);
    documentId = (await uploadOf(buyer, '/documents', 'terms.txt', 'What is asked.')).id;
    for (const [n, [organisation, firm]] of Object.entries({
      'org-alpha': alpha,
      'org-beta': beta,
      'org-gamma': gamma,
    }).entries()) {
      const mine = `/api/tenders/${id}/bids/mine`;
      const document = await uploadOf(firm, '/bids/mine/documents', `planted-secret-file-${n}.txt`, `planted-secret-page-${n}`);
      const said = { ...secretBid(n), documents: [document] };
      expect((await firm('PUT', `${mine}/draft`, { body: { ...said, summary: `planted-secret-draft-${n}` } })).status).toBe(200);
      const taken = (await firm('PUT', mine, { body: said })).body as BidReceipt;
      // One firm prepares its next version, another one a document that no bid names.
      if (n === 0) await firm('PUT', `${mine}/draft`, { body: { summary: `planted-secret-next-${n}`, answers: [] } });
      if (n === 1) await uploadOf(firm, '/bids/mine/documents', `planted-secret-other-${n}.txt`, `planted-secret-sheet-${n}`);
      secrets[organisation]?.push(
        taken.digest,
        taken.statement,
        document.sha256,
        String(secretAmount + n),
        ...['answer', 'summary', 'name', 'role', 'experience', 'file', 'page', 'draft', 'next', 'other', 'sheet'].map(
          (what) => `planted-secret-${what}-${n}`,
        ),
      );
      ids[organisation]?.push(taken.bidId, document.id);
    }
    // A change, a confirmation after an amendment, a withdrawal: each leaves something that could leak.
    await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(7) });
    await buyer('PATCH', `/api/tenders/${id}`, { body: { description: 'Carriers also print.', reason: 'Asked for.' } });
    await beta('PUT', `/api/tenders/${id}/bids/mine`, { body: secretBid(1) });
    await gamma('DELETE', `/api/tenders/${id}/bids/mine`);
    const receipt = (await alpha('GET', `/api/tenders/${id}/bids/mine/receipt`)).body as BidReceipt;
    secrets['org-alpha']?.push(receipt.statement, receipt.digest, 'planted-secret-answer-7', 'planted-secret-summary-7');
  });
  afterAll(() => tenders.stop());

  /** What every role is told by every route of the contract; `left` routes are not asked of a role. */
  const askEverything = async (left: (who: string, route: string) => boolean) => {
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
    const places = { id, documentId, lotId: 'build', milestoneId: 'milestone-1', questionId: 'q', code: '72212000' };
    const [bidId = '', ofBid = ''] = ids['org-alpha'] ?? [];
    const found: { who: string; what: string; text: string }[] = [];
    const ask = async (who: string, client: Client, [name, { method, path }]: (typeof routes)[number]) => {
      // As if somebody had guessed the ids of a bid and of its document: still nothing of it.
      const guesses = path.includes(':bidId') || path.includes('bids/mine/documents/') ? ['unknown', bidId] : [bidId];
      for (const guessed of guesses) {
        const guess = guessed === bidId && path.includes('/bids/') ? { documentId: ofBid } : {};
        const at = pathOf(path, { ...places, bidId: guessed, clarificationId: 'c', ...guess });
        const reply = uploads.includes(name)
          ? await client(method, `${at}?name=other.txt`, { raw: 'Another.', headers: { 'content-type': 'text/plain' } })
          : await client(method, at, method === 'GET' ? {} : { body: bodies[name] ?? {} });
        // Refused by a rule or the role, not for its form.
        if (method !== 'GET') expect(JSON.stringify(reply.body), name).not.toContain('/problems/invalid-request');
        found.push({ who, what: `${method} ${path}`, text: await seen(reply) });
      }
    };
    const routes = Object.entries(tendersApi);
    await Promise.all(
      Object.entries(roles).map(async ([who, client]) => {
        for (const route of routes) if (!left(who, route[0])) await ask(who, client, route);
      }),
    );
    expect(found.length).toBeGreaterThan(250);
    // Without an account the public part is told, and looked through like all else.
    for (const path of ['/ocds', '/ocds/record'])
      expect(found.find(({ who, what }) => who === 'nobody' && what.endsWith(`:id${path}`))?.text).toMatch(/^\[200,.*\btender\b/);
    for (const { who, what, text } of found)
      for (const secret of [...allSecrets(), ...allIds()])
        expect(text.includes(secret), `${secret} in ${what} for ${who}`).toBe(false);
    for (const { who, what, text } of found.filter(({ text }) => /org-(alpha|beta|gamma)/.test(text)))
      expect.fail(`a bidder in ${what} for ${who}: ${text}`);
    // Bidders see their own, and nothing of each other's.
    for (const [organisation, firm] of Object.entries({ 'org-alpha': tenders.alpha, 'org-beta': tenders.beta })) {
      const before = found.length;
      for (const route of routes) if (route[1].method === 'GET') await ask(organisation, firm, route);
      const others = Object.keys(secrets).filter((other) => other !== organisation);
      for (const { what, text } of found.slice(before))
        for (const secret of others.flatMap((other) => [...(secrets[other] ?? []), other]))
          expect(text.includes(secret), `${secret} in ${what} for ${organisation}`).toBe(false);
    }
  };

  const lookEverywhere = async () => {
    const { parts, logged, backends, connection, rowsOf } = tenders;
    const collections = (await connection.db?.listCollections().toArray()) ?? [];
    // That a company is there is known to all; who bids is not.
    const rows = collections.filter(({ name }) => name !== 'organisations');
    const documents = withoutFollowings((await Promise.all(rows.map(({ name }) => rowsOf(name)))).flat());
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['files.files', 'files.chunks', 'bidderKeys']));
    expect(logged.length).toBeGreaterThan(100);
    const said = withoutFollowings(
      await Promise.all(['tenders', 'matching', 'notifications'].map((service) => backends.heardFrom(service))),
    );
    // Who follows stands there whether it bids or not, and nobody because it bids.
    for (const [where, named] of Object.entries({ 'the streams': said.named, 'the documents': documents.named })) {
      expect(named.flat(), where).toEqual(expect.arrayContaining(['org-alpha', 'org-epsilon']));
      for (const bidder of ['org-beta', 'org-gamma']) expect(JSON.stringify(named), where).not.toContain(bidder);
      for (const one of [...allSecrets(), ...allIds()]) expect(JSON.stringify(named), where).not.toContain(one);
    }
    const metrics = await parts.metrics.registry.metrics();
    expect(metrics).toMatch(/outbox/);
    const places = { 'the streams': JSON.stringify(said.rest), 'the log': logged.join(''), 'the metrics': metrics };
    for (const [where, text] of Object.entries({
      ...places,
      'the documents': (documents.rest as unknown[]).map(written).join('\n'),
    })) {
      expect(text.length, where).toBeGreaterThan(0);
      const looked = where === 'the documents' ? allSecrets() : [...allSecrets(), ...allIds()];
      for (const one of [
        ...looked,
        'planted-secret',
        String(secretAmount).slice(0, 6),
        'org-alpha',
        'org-beta',
        'org-gamma',
        'org-epsilon',
      ])
        expect(text.includes(one), `${one} in ${where}`).toBe(false);
    }
    expect(`${places['the log']}${places['the metrics']}`).not.toContain('bids/mine');
  };

  it('are told to nobody but the bidder, nor written anywhere, while bids are taken', async () => {
    expect(allSecrets().length).toBeGreaterThan(40);
    // Who may bid, and cancel, would change the story: the one bids for itself, the other is played below.
    await askEverything(
      (who, route) =>
        (who === 'a company that does not bid' && route === 'submitBid') || (/buyer/.test(who) && route === 'cancel'),
    );
    await lookEverywhere();
  });

  it('nor while bidding is over and a question waits', async () => {
    const view = async () => (await tenders.buyer('GET', `/api/tenders/${id}`)).body as { status: string };
    tenders.setClock('2027-02-02T12:00:00.000Z');
    await eventually(async () => expect((await view()).status).toBe('closed'));
    await askEverything((who, route) => /buyer/.test(who) && route === 'cancel');
    expect((await view()).status).toBe('closed');
    await lookEverywhere();
    const own = JSON.stringify((await tenders.alpha('GET', `/api/tenders/${id}/bids/mine`)).body);
    // They would be found, were they anywhere.
    expect(allSecrets().filter((secret) => own.includes(secret)).length).toBeGreaterThan(2);
  });

  it('nor after the tender was cancelled', async () => {
    expect((await tenders.buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } })).status).toBe(200);
    await eventually(async () => expect(await tenders.storedBids(id)).toBe(0));
    await askEverything(() => false);
    await lookEverywhere();
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
    const anybody: Client = (method, path) =>
      clientOf(tenders.url)(method, path, { headers: { 'x-request-id': `request-${++requests}` } });
    const key = (name: string) => ({ headers: { 'idempotency-key': name } });
    const views: string[] = [];
    const look = async (id: string) => {
      for (const [name, { method, path, ...route }] of Object.entries(tendersApi)) {
        const isSealed = (route as { metadata?: RouteMetadata }).metadata?.sealed;
        if (method !== 'GET' || isSealed || name === 'receiptKeys') continue;
        views.push(`${path} ${await seen(await buyer('GET', pathOf(path, { id, bidId: 'x', code: '72212000' })))}`);
      }
      for (const { path } of [tendersApi.ocds, tendersApi.ocdsRecord]) {
        const open = await anybody('GET', pathOf(path, { id }));
        expect(open.status).toBe(200);
        views.push(`anybody ${path} ${await seen(open)}`);
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
      body: { description: 'Amended.', reason: 'Asked for.' },
      headers: { 'if-match': etag, 'idempotency-key': 'amend' },
    });
    await others(id);
    await look(id);
    await act('POST', `/api/tenders/${id}/open-bids`, key('early'));
    await act('POST', `/api/tenders/${id}/award`, { body: { lotId: 'build', bidId: 'x' } });
    const asked = {
      questionId: 'q1',
      question: 'Who pays?',
      by: { organisation: 'org-delta' },
      askedBy: 'asker-delta',
      at: noon,
    };
    await tenders.deps.tenders.change(id, (tender) => askQuestion(tender, asked), timeCause('asked', noon));
    await look(id);
    setClock('2027-02-02T12:00:00.000Z');
    // Asked of the book: requests, whose number depends on the machine, would be counted and logged.
    await eventually(async () => expect((await tenders.deps.tenders.find(id))?.status).toBe('closed'));
    await look(id);
    await act('POST', `/api/tenders/${id}/open-bids`, key('too early'));
    await act('PATCH', `/api/tenders/${id}`, { body: { description: 'Too late.' } });
    await act('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' }, ...key('cancel') });
    await look(id);
    return { id, views };
  };

  /** All that a bidder does: draft, document, bids that are refused, a bid, its receipt. Gives back how the bid was answered. */
  const bidWith = async (firm: Client, id: string, n: number): Promise<number> => {
    const mine = `/api/tenders/${id}/bids/mine`;
    const file = { raw: `planted-secret-page-${n}`, headers: { 'content-type': 'text/plain' } };
    const document = (await firm('POST', `${mine}/documents?name=a.txt`, file)).body as Document;
    await firm('PUT', `${mine}/draft`, { body: { summary: `planted-secret-draft-${n}`, answers: [] } });
    await firm('POST', `${mine}/documents?name=a.exe`, { raw: 'MZ\u0000\u0001', headers: { 'content-type': 'text/plain' } });
    await firm('PUT', mine, { body: { ...secretBid(n), documents: [{ ...document, sha256: 'other' }] } });
    await firm('PUT', mine, { body: { ...secretBid(n), prices: [{ lotId: 'none', price: { amount: 1, currency: 'EUR' } }] } });
    await firm('PUT', mine, { body: { nonsense: true } });
    const { status } = await firm('PUT', mine, { body: { ...secretBid(n), documents: [document] } });
    await firm('GET', `${mine}/receipt`);
    await firm('GET', `${mine}/documents/${document.id}`);
    return status;
  };

  it('sees byte for byte the same with bids and without, headers, lists, events and metrics included', async () => {
    const worlds = [await startTenders({ clockAt: noon }), await startTenders({ clockAt: noon })] as const;
    try {
      const [withBids, without] = worlds;
      let bids = 0;
      const one = await play(withBids, async (id) => {
        for (const [n, firm] of [withBids.alpha, withBids.beta, withBids.gamma].entries())
          bids += (await bidWith(firm, id, n)) === 200 ? 1 : 0;
        await withBids.gamma('DELETE', `/api/tenders/${id}/bids/mine`);
      });
      const other = await play(without, async () => undefined);
      expect(bids).toBe(6);
      expect(one.id).toBe(other.id);
      expect(one.views).toEqual(other.views);
      expect(one.views.length).toBeGreaterThan(20);

      // What time brings about gets new ids each time, with bids and without.
      const events = async ({ heardOf }: Started) =>
        (await heardOf(one.id)).map(({ type, subject, sequence, time, data }) =>
          // Sealed anew each time, and as long with three bids as with none.
          JSON.stringify([type, subject, sequence, time, data], (name, value) => (name === 'owners' ? value.length : value)),
        );
      await eventually(async () => expect((await events(without)).length).toBe(5));
      expect((await events(without)).filter((text) => text.includes('"owners":'))).toHaveLength(2);
      await eventually(async () => expect(await events(withBids)).toEqual(await events(without)));
      const lines = ({ logged }: Started) =>
        logged
          .flatMap((text) => text.trim().split('\n'))
          .map((text) => {
            const { time, ms, pid, ...said } = JSON.parse(text) as Record<string, unknown>;
            return JSON.stringify(said).replace(/\w{8}-\w{4}-\w{4}-\w{4}-\w{12}/g, '<id>');
          })
          .sort();
      expect(lines(without).length).toBeGreaterThan(50);
      await eventually(async () => expect(lines(withBids)).toEqual(lines(without)));
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
              body: { sectors: [`sector ${n}`], reason: 'Asked for.' },
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
      // Nor can many that look at once add up what skipping them takes: all but the first share one reading.
      const { look } = tenders.deps.tenders;
      expect(new Set(await Promise.all(Array.from({ length: 50 }, () => look(id)))).size).toBe(2);
      await tenders.untilOpened(id);
      // What was left over is deleted meanwhile.
      await eventually(async () => expect(await tenders.deps.tenders.look(id)).toEqual(await tenders.deps.tenders.find(id)));
      expect(await tenders.deps.tenders.look('unknown')).toBeUndefined();
    } finally {
      await tenders.stop();
    }
  });
});
