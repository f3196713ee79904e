import { clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { expectValid, validatePackage, validateRecord } from './ocds/schemas.fixture.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { publishedTender, untilOpened, complete, buyer, alpha, beta, inDays } = tenders;
afterAll(tenders.stop);

type Release = { readonly id: string; readonly tag: readonly string[]; readonly date: string };
const releasesFor = async (reader: typeof buyer, id: string) => {
  const { body } = await reader('GET', `/api/tenders/${id}/ocds`);
  expectValid(validatePackage, body);
  return (body as { releases: Release[] }).releases;
};
const recordFor = async (reader: typeof buyer, id: string) => {
  const { body } = await reader('GET', `/api/tenders/${id}/ocds/record`);
  expectValid(validateRecord, body);
  return (body as { records: { releases: Release[]; compiledRelease: Record<string, never> }[] }).records[0];
};

describe('a tender for the world', () => {
  it('is a release an event and one record, which keep what they told', async () => {
    const id = await publishedTender();
    await alpha('POST', `/api/tenders/${id}/questions`, { body: { question: 'May we?' } });
    const questionId = ((await buyer('GET', `/api/tenders/${id}`)).body as { questions: { id: string }[] }).questions[0]?.id;
    await buyer('POST', `/api/tenders/${id}/questions/${questionId}/answer`, { body: { answer: 'You may.' } });
    await buyer('PATCH', `/api/tenders/${id}`, { body: { deadline: inDays(10.5), reason: 'Holidays.' } });
    const early = await releasesFor(beta, id);
    expect(early.map(({ tag }) => tag[0])).toEqual(['tender', 'tenderUpdate', 'tenderUpdate', 'tenderAmendment']);

    for (const firm of [alpha, beta])
      expect((await firm('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(100) })).status).toBe(200);
    expect(await releasesFor(beta, id)).toEqual(early);
    await untilOpened(id);
    const later = await releasesFor(beta, id);
    expect(later.slice(0, early.length)).toEqual(early);
    expect(later).toHaveLength(early.length + 1);

    const record = await recordFor(beta, id);
    expect(record?.releases).toEqual(later);
    expect(record?.compiledRelease).toMatchObject({
      tag: ['compiled'],
      date: later.at(-1)?.date,
      tender: { title: 'A portal for carriers', numberOfTenderers: 2, enquiries: [{ answer: 'You may.' }] },
    });
    expect(record?.compiledRelease.bids).not.toHaveProperty('details');
    expect((await recordFor(buyer, id))?.compiledRelease.bids).toHaveProperty('details');
  });
  it('is read without an account in every state it has been published in, and says no more there than to a stranger', async () => {
    const anybody = clientOf(tenders.url);
    const isSealed = async (id: string) => /published|closed/.test(await tenders.statusOf(id));
    const publicPart = async (id: string) => {
      const found = await releasesFor(anybody, id);
      expect(found).toEqual(await releasesFor(beta, id));
      expect(await recordFor(anybody, id)).toEqual(await recordFor(beta, id));
      expect(await releasesFor(buyer, id)).not.toEqual(found);
      const text = JSON.stringify(await recordFor(anybody, id));
      for (const secret of ['90000', 'planted-secret', ...((await isSealed(id)) ? ['org-alpha'] : [])])
        expect(text).not.toContain(secret);
      return found.at(-1)?.tag;
    };
    const id = await publishedTender();
    expect(await publicPart(id)).toEqual(['tender']);
    expect((await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(100, 200) })).status).toBe(200);
    await alpha('POST', `/api/tenders/${id}/questions`, { body: { question: 'May we?' } });
    expect(await publicPart(id)).toEqual(['tenderUpdate']);
    tenders.passDays(11);
    await eventually(async () => expect(await tenders.statusOf(id)).toBe('closed'));
    expect(await publicPart(id)).toEqual(['tenderUpdate']);
    const questionId = ((await buyer('GET', `/api/tenders/${id}`)).body as { questions: { id: string }[] }).questions[0]?.id;
    await buyer('POST', `/api/tenders/${id}/questions/${questionId}/answer`, { body: { answer: 'You may.' } });
    await eventually(async () => expect(await tenders.statusOf(id)).toBe('opened'));
    expect(await publicPart(id)).toEqual(['tenderUpdate']);
    const cancelled = await publishedTender();
    await buyer('POST', `/api/tenders/${cancelled}/cancel`, { body: { reason: 'Stopped.' } });
    expect(await publicPart(cancelled)).toEqual(['tenderCancellation']);
  });

  it('may be kept by any cache without a token, by none with one; a token that is no good gets nothing', async () => {
    const id = await publishedTender();
    const anybody = clientOf(tenders.url);
    for (const path of ['ocds', 'ocds/record'].map((name) => `/api/tenders/${id}/${name}`)) {
      const open = await anybody('GET', path);
      expect(open.headers.get('cache-control')).toBe('no-cache');
      const own = await buyer('GET', path);
      expect(own.headers.get('cache-control')).toBe('private, no-cache');
      for (const { headers } of [open, own]) expect(headers.get('vary')).toBe('Authorization');
      // Without a rule of its own `fetch` asks for a whole answer.
      const seen = { headers: { 'if-none-match': open.headers.get('etag') ?? '', 'cache-control': 'max-age=0' } };
      expect((await anybody('GET', path, seen)).status).toBe(304);
      expect((await buyer('GET', path, seen)).status).toBe(200);
      expect(await clientOf(tenders.url, 'made.up.token')('GET', path)).toMatchObject(refused(401, 'not-signed-in'));
      const withoutOrganisation = clientOf(tenders.url, await tenders.issuer.tokenFor({}));
      expect((await withoutOrganisation('GET', path)).body).toEqual(open.body);
    }
  });

  it('is not there for who has no account where it is a draft, or for matched or invited firms only', async () => {
    const anybody = clientOf(tenders.url);
    const drafted = async () => ((await buyer('POST', '/api/tenders', { body: complete() })).body as { id: string }).id;
    const dropped = await drafted();
    await buyer('POST', `/api/tenders/${dropped}/cancel`, { body: { reason: 'Stopped.' } });
    const invited = await publishedTender({ audience: 'invited', invited: ['org-alpha'] });
    expect((await releasesFor(alpha, invited)).length).toBe(1);
    const ended = await publishedTender({ audience: 'invited', invited: ['org-alpha'] });
    await buyer('POST', `/api/tenders/${ended}/cancel`, { body: { reason: 'Stopped.' } });
    const hidden = [await drafted(), dropped, invited, ended, await publishedTender({ audience: 'matched' }), 'unknown'];
    const withoutInstance = ({ body }: { body: { instance?: string } }) => ({ ...body, instance: undefined });
    for (const path of ['ocds', 'ocds/record']) {
      const told = await Promise.all(hidden.map((id) => anybody('GET', `/api/tenders/${id}/${path}`)));
      for (const answer of told) {
        expect(answer).toMatchObject(refused(404, 'no-such-tender'));
        expect(withoutInstance(answer)).toEqual(withoutInstance(told.at(-1) as never));
      }
    }
  });

  describe('names documents that are read', () => {
    const anybody = clientOf(tenders.url);
    const page = 'planted-secret-page';
    const upload = async (client: typeof buyer, path: string): Promise<string> => {
      const added = await client('POST', path, { raw: page, headers: { 'content-type': 'text/plain' } });
      expect(added.status).toBe(201);
      return (added.body as { id: string }).id;
    };
    const draftWithDocument = async (changes: Record<string, unknown> = {}) => {
      const { id } = (await buyer('POST', '/api/tenders', { body: complete(changes) })).body as { id: string };
      return { id, path: `/api/tenders/${id}/documents/${await upload(buyer, `/api/tenders/${id}/documents?name=../page.exe`)}` };
    };
    const publish = async (id: string) => expect((await buyer('POST', `/api/tenders/${id}/publish`)).status).toBe(200);
    const cancel = async (id: string) =>
      expect((await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } })).status).toBe(200);
    const namedFor = async (reader: typeof buyer, id: string) => {
      const { tender } = ((await recordFor(reader, id))?.compiledRelease ?? {}) as {
        tender?: { documents?: { url?: string }[] };
      };
      // One that was taken away is still told of, without an address.
      return (tender?.documents ?? []).flatMap(({ url }) => (url === undefined ? [] : [new URL(url).pathname]));
    };

    it('by anybody where everybody may see the tender, also once it is cancelled, until they are taken away', async () => {
      const { id, path } = await draftWithDocument();
      await publish(id);
      expect(await namedFor(anybody, id)).toEqual([path]);
      const read = await anybody('GET', path);
      expect(read).toMatchObject({ status: 200, body: page });
      expect(Object.fromEntries(read.headers)).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': 'attachment; filename=page.exe.txt',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
        vary: 'Authorization',
      });
      expect(await clientOf(tenders.url, 'made.up.token')('GET', path)).toMatchObject(refused(401, 'not-signed-in'));
      expect((await clientOf(tenders.url, await tenders.issuer.tokenFor({}))('GET', path)).body).toBe(page);
      for (const write of ['POST', 'DELETE'] as const)
        expect((await anybody(write, write === 'POST' ? `/api/tenders/${id}/documents?name=a.txt` : path)).status).toBe(401);
      const other = await upload(buyer, `/api/tenders/${id}/documents?name=b.txt&reason=More.`);
      expect((await buyer('DELETE', `/api/tenders/${id}/documents/${other}?reason=Outdated.`)).status).toBe(204);
      expect(await anybody('GET', `/api/tenders/${id}/documents/${other}`)).toMatchObject(refused(404, 'no-such-document'));
      await cancel(id);
      expect(await namedFor(anybody, id)).toEqual([path]);
      expect((await anybody('GET', path)).body).toBe(page);
    });

    it('by nobody else of a draft, nor of a tender for matched or invited firms, nor of a bid', async () => {
      const [draft, dropped] = [await draftWithDocument(), await draftWithDocument()];
      await cancel(dropped.id);
      const invited = await draftWithDocument({ audience: 'invited', invited: ['org-alpha'] });
      const ended = await draftWithDocument({ audience: 'invited', invited: ['org-alpha'] });
      const matched = await draftWithDocument({ audience: 'matched' });
      for (const { id } of [invited, ended, matched]) await publish(id);
      await cancel(ended.id);
      expect(await namedFor(alpha, invited.id)).toEqual([invited.path]);
      expect((await alpha('GET', invited.path)).body).toBe(page);
      for (const { path } of [draft, dropped, invited, ended, matched, { path: '/api/tenders/unknown/documents/d1' }])
        expect(await anybody('GET', path)).toMatchObject(refused(404, 'no-such-tender'));

      const open = await publishedTender();
      const ofBid = await upload(alpha, `/api/tenders/${open}/bids/mine/documents?name=a.txt`);
      const { body: sealed } = await alpha('GET', `/api/tenders/${open}/bids/mine/documents`);
      const submitted = await alpha('PUT', `/api/tenders/${open}/bids/mine`, {
        body: { ...bid(100), documents: (sealed as { items: unknown[] }).items },
      });
      expect(submitted.status).toBe(200);
      const { bidId } = submitted.body as { bidId: string };
      const bidNeverRead = async () => {
        expect(await anybody('GET', `/api/tenders/${open}/documents/${ofBid}`)).toMatchObject(refused(404, 'no-such-document'));
        for (const place of ['mine', bidId])
          expect((await anybody('GET', `/api/tenders/${open}/bids/${place}/documents/${ofBid}`)).status).toBe(401);
        expect(JSON.stringify(await recordFor(anybody, open))).not.toContain(ofBid);
      };
      await bidNeverRead();
      await untilOpened(open);
      await bidNeverRead();
    });
  });

  it('is nobody’s but its buyer’s while it is a draft', async () => {
    const { id } = (await buyer('POST', '/api/tenders', { body: complete() })).body as { id: string };
    expect((await releasesFor(buyer, id)).map(({ tag }) => tag[0])).toEqual(['planning']);
    for (const path of ['ocds', 'ocds/record'])
      expect(await alpha('GET', `/api/tenders/${id}/${path}`)).toMatchObject(refused(404, 'no-such-tender'));
  });
});
