import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import type { BidReceipt, MyBid, OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { deleteForgottenFiles } from './reactions/deleteForgottenFiles.ts';
import { forgetOldDrafts } from './reactions/forgetOldDrafts.ts';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { url, issuer, buyer, alpha, beta, gamma, complete, publishedTender, untilOpened, passDays, dump, deps, connection } =
  tenders;
afterAll(tenders.stop);

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\nplanted-secret-page\n'), randomBytes(300_000)]);
const asPdf = { 'content-type': 'application/pdf' };
const upload = (client: Client, path: string, name: string, raw: Uint8Array = pdf, headers: Record<string, string> = asPdf) =>
  client('POST', `${path}${path.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`, { raw, headers });
const download = async (organisation: string, path: string) => {
  const token = await issuer.tokenFor({ organisation, country: organisation === 'org-buyer' ? 'DE' : 'RW' });
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};
const ofTender = (id: string) => `/api/tenders/${id}/documents`;
const amending = (id: string) => `${ofTender(id)}?reason=Asked%20for.`;
const mine = (id: string) => `/api/tenders/${id}/bids/mine`;
const ofBid = (id: string) => `${mine(id)}/documents`;
const rows = connection.collection<{ _id: string; file?: string; coming?: string[]; claims?: unknown[]; going?: true }>(
  'bidDocuments',
);
/** Where the bytes of a bid's document lie. */
const fileOf = async ({ id }: Document): Promise<string> => {
  const file = (await rows.findOne({ _id: id }))?.file;
  if (file === undefined) throw new Error(`the document ${id} has no file`);
  return file;
};
/** An upload whose line stays open until `end` or `cut` is called. */
const slowUpload = async (organisation: string, path: string, key: string) => {
  const token = await issuer.tokenFor({ organisation, country: organisation === 'org-buyer' ? 'DE' : 'RW' });
  const line = Promise.withResolvers<ReadableStreamDefaultController>();
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(pdf);
      line.resolve(controller);
    },
  });
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, ...asPdf };
  const sent = fetch(`${url}${path}${path.includes('?') ? '&' : '?'}name=a.pdf`, {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
  sent.catch(() => undefined);
  const open = await line.promise;
  return { sent, end: () => open.close(), cut: () => open.error(new Error('the line is dead')) };
};
const storedFiles = () => connection.collection('files.files').countDocuments();

describe('a tender’s document', () => {
  it('is added to a draft by its buyer, and read by all once the tender is published', async () => {
    const { id } = (await buyer('POST', '/api/tenders', { body: complete() })).body as TenderView;
    const added = await upload(buyer, amending(id), './Leistung “A”.PDF');
    const document = added.body as Document;
    expect(added).toMatchObject({
      status: 201,
      body: {
        name: 'Leistung “A”.pdf',
        type: 'application/pdf',
        size: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('base64url'),
      },
    });
    const path = `${ofTender(id)}/${document.id}`;
    expect((await download('org-alpha', path)).status).toBe(404);
    await buyer('POST', `/api/tenders/${id}/publish`);
    expect((await alpha('GET', `/api/tenders/${id}`)).body).toMatchObject({ documents: [document] });
    const { status, headers, body } = await download('org-alpha', path);
    expect([status, body.equals(pdf)]).toEqual([200, true]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(
        /^attachment; filename=.*; filename\*=UTF-8''Leistung%20%E2%80%9CA%E2%80%9D\.pdf$/,
      ),
      'x-content-type-options': 'nosniff',
      'content-length': String(pdf.length),
      'cache-control': 'private, no-cache',
    });
  });

  it('added to or taken from a published tender is an amendment that bids have to be confirmed after', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(5) });
    const { id: documentId } = (await upload(buyer, amending(id), 'a.pdf')).body as Document;
    expect((await buyer('GET', `/api/tenders/${id}`)).body).toMatchObject({
      amendments: [{ changed: ['documents'], reason: 'Asked for.', changesWhatIsAsked: true }],
    });
    expect(((await alpha('GET', mine(id))).body as MyBid).status).toBe('invalid');
    for (const unexplained of [
      await upload(buyer, ofTender(id), 'b.pdf'),
      await buyer('DELETE', `${ofTender(id)}/${documentId}`),
    ])
      expect(unexplained).toMatchObject(refused(422, 'amendment-without-reason'));
    expect((await buyer('DELETE', `${ofTender(id)}/${documentId}?reason=Outdated.`)).status).toBe(204);
    expect((await buyer('GET', `/api/tenders/${id}`)).body).toMatchObject({
      documents: [],
      amendments: [{}, { changed: ['documents'], reason: 'Outdated.' }],
    });
    expect((await download('org-alpha', `${ofTender(id)}/${documentId}`)).status).toBe(404);
    expect(await buyer('DELETE', `${ofTender(id)}/${documentId}`)).toMatchObject(refused(404, 'no-such-document'));
    expect(await deps.files.get(documentId)).toBeUndefined();
  });

  it('in the last four days comes and goes with a later deadline', async () => {
    const id = await publishedTender();
    passDays(7);
    const [earlier, later, muchLater] = [2, 3.5, 5].map(tenders.inDays);
    const until = (deadline: string | undefined) => `${amending(id)}&deadline=${deadline}`;
    expect(await upload(buyer, until(earlier), 'a.pdf')).toMatchObject(refused(422, 'deadline-only-later'));
    const added = await upload(buyer, until(later), 'a.pdf');
    expect(added.status).toBe(201);
    expect((await buyer('GET', `/api/tenders/${id}`)).body).toMatchObject({
      deadline: later,
      documents: [added.body],
      amendments: [{ changed: expect.arrayContaining(['deadline', 'documents']), changesWhatIsAsked: true }],
    });
    const { id: documentId } = added.body as Document;
    const remove = (query: string) => buyer('DELETE', `${ofTender(id)}/${documentId}${query}`);
    expect(await remove('?reason=Wrong.')).toMatchObject(refused(409, 'too-close-to-deadline'));
    expect((await remove(`?reason=Wrong.&deadline=${muchLater}`)).status).toBe(204);
  });

  it('that is refused leaves no file', async () => {
    const id = await publishedTender();
    const before = await storedFiles();
    expect(await upload(alpha, ofTender(id), 'a.pdf')).toMatchObject(refused(403, 'only-the-buyer'));
    expect(await upload(buyer, ofTender('unknown'), 'a.pdf')).toMatchObject(refused(404, 'no-such-tender'));
    expect(await upload(buyer, amending(id), 'a.exe', Buffer.from('4d5a9000030000000400', 'hex'))).toMatchObject(
      refused(415, 'document-type-not-taken'),
    );
    expect(await upload(buyer, amending(id), 'a.txt', new Uint8Array())).toMatchObject(refused(422, 'document-empty'));
    expect(await upload(buyer, amending(id), 'a.txt', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))).toMatchObject(
      refused(413, 'document-too-large'),
    );
    expect(await buyer('POST', ofTender(id), { raw: pdf, headers: asPdf })).toMatchObject(refused(400, 'invalid-request'));
    passDays(7);
    expect(await upload(buyer, amending(id), 'a.pdf')).toMatchObject(refused(409, 'too-close-to-deadline'));
    passDays(4);
    expect(await upload(buyer, amending(id), 'a.pdf')).toMatchObject(refused(409, 'bidding-is-over'));
    expect(await storedFiles()).toBe(before);
    expect(await connection.collection('unsettledFiles').countDocuments()).toBe(0);
  });

  it('sent again under its key is the same one', async () => {
    const id = await publishedTender();
    const key = { ...asPdf, 'idempotency-key': 'document-1' };
    const first = await upload(buyer, amending(id), 'a.pdf', pdf, key);
    expect((await upload(buyer, amending(id), 'a.pdf', pdf, key)).body).toEqual(first.body);
    expect((await buyer('GET', `/api/tenders/${id}`)).body).toMatchObject({ documents: [first.body] });
  });

  it('is told under its key what it was told first, whatever became of the tender', async () => {
    const id = await publishedTender();
    const key = (name: string) => ({ ...asPdf, 'idempotency-key': name });
    const taken = () => upload(buyer, amending(id), 'taken.pdf', pdf, key('taken'));
    const first = await taken();
    expect((await buyer('DELETE', `${ofTender(id)}/${(first.body as Document).id}?reason=Wrong.`)).status).toBe(204);
    const program = () => upload(buyer, amending(id), 'a.exe', Buffer.from('4d5a9000030000000400', 'hex'), key('program'));
    expect(await program()).toMatchObject(refused(415, 'document-type-not-taken'));
    passDays(6.5);
    const late = () => upload(buyer, amending(id), 'late.pdf', pdf, key('late'));
    expect(await late()).toMatchObject(refused(409, 'too-close-to-deadline'));
    const body = { deadline: tenders.inDays(30), reason: 'More time.' };
    expect((await buyer('PATCH', `/api/tenders/${id}`, { body })).status).toBe(200);
    expect(await late()).toMatchObject(refused(409, 'too-close-to-deadline'));
    expect((await upload(buyer, amending(id), 'late.pdf', pdf, key('later'))).status).toBe(201);
    expect((await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'No money.' } })).status).toBe(200);
    expect(await program()).toMatchObject(refused(415, 'document-type-not-taken'));
    const stored = await storedFiles();
    expect(await taken()).toMatchObject({ status: 201, body: first.body });
    expect(await upload(buyer, amending(id), 'taken.pdf', Buffer.from('%PDF-1.7 other'), key('taken'))).toMatchObject(
      refused(422, 'key-used-for-another-request'),
    );
    expect(await storedFiles()).toBe(stored);
  });

  it('is taken for no other one: another file or name under its key is refused, also when both come at once', async () => {
    const id = await publishedTender();
    const other = Buffer.concat([pdf, Buffer.from('more')]);
    const key = { ...asPdf, 'idempotency-key': 'document-2' };
    const first = await upload(buyer, amending(id), 'a.pdf', pdf, key);
    const reused = refused(422, 'key-used-for-another-request');
    expect(await upload(buyer, amending(id), 'a.pdf', other, key)).toMatchObject(reused);
    expect(await upload(buyer, amending(id), 'b.pdf', pdf, key)).toMatchObject(reused);
    const before = await storedFiles();
    const both = await Promise.all(
      [pdf, other].map((content) => upload(buyer, amending(id), 'c.pdf', content, { ...asPdf, 'idempotency-key': 'document-3' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(await storedFiles()).toBe(before + 1);
    const { documents } = (await buyer('GET', `/api/tenders/${id}`)).body as TenderView;
    expect(documents).toEqual([first.body, both.find(({ status }) => status === 201)?.body]);
  });

  it('whose line broke is sent again under the same key, also while the first attempt still hangs', async () => {
    const id = await publishedTender();
    for (const [n, how] of (['cut', 'end'] as const).entries()) {
      const before = await storedFiles();
      const unsettled = () => connection.collection('unsettledFiles').countDocuments({ tenderId: id });
      const first = await slowUpload('org-buyer', amending(id), how);
      await eventually(async () => expect(await unsettled()).toBe(1));
      const again = await upload(buyer, amending(id), 'a.pdf', pdf, { ...asPdf, 'idempotency-key': how });
      expect(again.status).toBe(201);
      const document = again.body as Document;
      first[how]();
      if (how === 'end') expect(await (await first.sent).json()).toEqual(document);
      else await expect(first.sent).rejects.toThrow();
      await eventually(async () => expect(await unsettled()).toBe(0));
      expect((await download('org-alpha', `${ofTender(id)}/${document.id}`)).body.equals(pdf)).toBe(true);
      expect([await storedFiles(), ((await buyer('GET', `/api/tenders/${id}`)).body as TenderView).documents.length]).toEqual([
        before + 1,
        n + 1,
      ]);
    }
  });

  it('whose line broke leaves nothing, and comes under its key the next time', async () => {
    const id = await publishedTender();
    const before = await storedFiles();
    const unsettled = () => connection.collection('unsettledFiles').countDocuments({ tenderId: id });
    const { sent, cut } = await slowUpload('org-buyer', amending(id), 'broken');
    await eventually(async () => expect(await unsettled()).toBe(1));
    cut();
    await expect(sent).rejects.toThrow();
    await eventually(async () => expect([await unsettled(), await storedFiles()]).toEqual([0, before]));
    const again = await upload(buyer, amending(id), 'a.pdf', pdf, { ...asPdf, 'idempotency-key': 'broken' });
    expect(again.status).toBe(201);
  });

  it('of which a crash left only the file is deleted after a day', async () => {
    const id = await publishedTender();
    const stray = { id: 'stray', name: 'a.pdf', at: deps.clock() };
    await deps.tenderFiles.receive(id, { ...stray, content: Readable.from([pdf]) });
    const named = (await upload(buyer, amending(id), 'b.pdf')).body as Document;
    await connection.collection('unsettledFiles').insertOne({ _id: named.id as never, tenderId: id, at: deps.clock() });
    await deleteForgottenFiles(deps)();
    expect(await deps.tenderFiles.open('stray')).toBeDefined();
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect(await deps.tenderFiles.open('stray')).toBeUndefined();
    expect(await deps.tenderFiles.open(named.id)).toBeDefined();
    expect(await connection.collection('unsettledFiles').countDocuments()).toBe(0);
  });
});

describe('a tender’s document that is taken away', () => {
  const dies = () => Promise.reject(new Error('dies here'));
  const notes = () => connection.collection('unsettledFiles').countDocuments();

  it('goes a day later when who took it away died before its bytes were gone', async () => {
    const id = await publishedTender();
    const [gone, kept] = [
      (await upload(buyer, amending(id), 'a.pdf')).body as Document,
      (await upload(buyer, amending(id), 'b.pdf')).body as Document,
    ];
    const dying = await tenders.onReplica('org-buyer', ({ tenderFiles }) => ({ tenderFiles: { ...tenderFiles, delete: dies } }));
    expect((await dying('DELETE', `${ofTender(id)}/${gone.id}?reason=Outdated.`)).status).toBe(500);
    expect(await buyer('DELETE', `${ofTender(id)}/${gone.id}?reason=Outdated.`)).toMatchObject(refused(404, 'no-such-document'));
    expect(await deps.tenderFiles.open(gone.id)).toBeDefined();
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect(await deps.tenderFiles.open(gone.id)).toBeUndefined();
    expect(await deps.tenderFiles.open(kept.id)).toBeDefined();
    expect(await notes()).toBe(0);
  });

  it('stays when who took it away died before the tender said so, and when nobody may take it away there', async () => {
    const [id, other] = [await publishedTender(), await publishedTender()];
    const document = (await upload(buyer, amending(id), 'a.pdf')).body as Document;
    expect((await buyer('DELETE', `${ofTender(other)}/${document.id}?reason=Outdated.`)).status).toBe(404);
    expect((await alpha('DELETE', `${ofTender(id)}/${document.id}?reason=Outdated.`)).status).toBe(403);
    expect((await buyer('DELETE', `${ofTender(id)}/${document.id}`)).status).toBe(422);
    expect(await notes()).toBe(0);
    const dying = await tenders.onReplica('org-buyer', (given) => ({ tenders: { ...given.tenders, change: dies } }));
    expect((await dying('DELETE', `${ofTender(id)}/${document.id}?reason=Outdated.`)).status).toBe(500);
    expect(await notes()).toBe(1);
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect(await deps.tenderFiles.open(document.id)).toBeDefined();
    expect(await notes()).toBe(0);
  });
});

describe('a milestone’s document', () => {
  it('comes from a side of the contract, is read by both and by nobody else, and stays', async () => {
    const id = await publishedTender({ standstillDays: 0, lots: [{ id: 'build', title: 'Build it' }] });
    const at = (path: string) => `/api/tenders/${id}${path}`;
    for (const firm of [alpha, beta]) await firm('PUT', mine(id), { body: bid(5) });
    await untilOpened(id);
    const { bids } = (await buyer('GET', at('/bids'))).body as OpenedBids;
    const scores = bids.map(({ bidId }, n) => ({ bidId, criterionId: 'approach', score: 90 - n }));
    const winner = bids.find(({ bidder }) => bidder.organisationId === 'org-alpha')?.bidId;
    expect((await buyer('POST', at('/award'), { body: { lotId: 'build', bidId: winner, scores } })).status).toBe(200);
    const milestone = at('/lots/build/contract/milestones/design');
    const milestones = [{ id: 'design', title: 'Design' }];
    expect((await buyer('POST', at('/lots/build/contract'), { body: { milestones } })).status).toBe(200);
    expect(await upload(alpha, `${milestone}/documents`, 'a.pdf')).toMatchObject(refused(409, 'contract-not-signed'));
    const contractIn = async (client: Client) => ((await client('GET', at(''))).body as TenderView).lots[0]?.award?.contract;
    const contractId = (await contractIn(alpha))?.contractId;
    expect((await alpha('POST', at('/lots/build/contract/sign'), { body: { contractId } })).status).toBe(200);

    const key = { ...asPdf, 'idempotency-key': 'delivered' };
    const added = await upload(alpha, `${milestone}/documents`, 'delivered.pdf', pdf, key);
    expect(added).toMatchObject({ status: 201, body: { name: 'delivered.pdf', size: pdf.length } });
    expect((await upload(alpha, `${milestone}/documents`, 'delivered.pdf', pdf, key)).body).toEqual(added.body);
    const document = added.body as Document;
    for (const side of [alpha, buyer])
      expect(await contractIn(side)).toMatchObject({ milestones: [{ documents: [{ ...document, by: 'supplier' }] }] });
    expect(await contractIn(beta)).not.toHaveProperty('milestones');
    const path = `${milestone}/documents/${document.id}`;
    for (const side of ['org-alpha', 'org-buyer']) expect((await download(side, path)).body.equals(pdf)).toBe(true);
    expect((await download('org-beta', path)).status).toBe(403);
    expect((await download('org-alpha', at(`/documents/${document.id}`))).status).toBe(404);
    const files = await storedFiles();
    expect(await upload(beta, `${milestone}/documents`, 'b.pdf')).toMatchObject(refused(403, 'not-the-winner'));
    expect(await upload(buyer, `${milestone}/documents`, 'b.exe', Buffer.from('4d5a9000030000000400', 'hex'))).toMatchObject(
      refused(415, 'document-type-not-taken'),
    );
    expect(await storedFiles()).toBe(files);

    for (const side of [alpha, buyer]) await side('POST', `${milestone}/sign-off`);
    expect(await upload(buyer, `${milestone}/documents`, 'late.pdf')).toMatchObject(refused(409, 'milestone-is-reached'));
    await connection.collection('unsettledFiles').insertOne({ _id: document.id as never, tenderId: id, at: deps.clock() });
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect((await download('org-buyer', path)).body.equals(pdf)).toBe(true);
    const { releases } = (await buyer('GET', at('/ocds'))).body as { releases: { contracts?: unknown }[] };
    expect(JSON.stringify(releases.at(-1)?.contracts)).toContain(document.id);
    expect(JSON.stringify((await beta('GET', at('/ocds'))).body)).not.toContain(document.id);
  });
});

describe('a bid’s document', () => {
  it('is its bidder’s alone and encrypted until the opening, then its buyer reads it', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'planted-secret-name.pdf')).body as Document;
    const path = `${ofBid(id)}/${document.id}`;
    expect((await alpha('GET', ofBid(id))).body).toEqual({ items: [document] });
    expect((await download('org-alpha', path)).body.equals(pdf)).toBe(true);
    for (const other of ['org-beta', 'org-buyer']) expect((await download(other, path)).status).toBe(404);
    const said = { ...bid(5), documents: [document] };
    const receipt = await alpha('PUT', mine(id), { body: said });
    expect(receipt).toMatchObject({ status: 200 });
    const { bidId } = receipt.body as MyBid;
    const atBuyers = `/api/tenders/${id}/bids/${bidId}/documents/${document.id}`;
    expect((await download('org-buyer', atBuyers)).status).toBe(409);
    const lines = (await dump()).split('\n').filter((line) => line.includes(id) || line.includes(document.id));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join()).not.toMatch(/planted-secret|org-alpha|%PDF|"size"/);
    expect(lines.join()).not.toContain(document.sha256);

    await untilOpened(id);
    const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
    expect(bids).toMatchObject([{ content: { documents: [document] } }]);
    const read = await download('org-buyer', atBuyers);
    expect([read.status, read.body.equals(pdf)]).toEqual([200, true]);
    expect((await download('org-beta', atBuyers)).status).toBe(403);
    expect((await download('org-buyer', atBuyers.replace(document.id, 'other'))).status).toBe(404);

    // When all that was prepared is forgotten and the tender's key is gone, the opened bid has what it needs.
    await upload(gamma, ofBid(await publishedTender()), 'other.pdf');
    passDays(40);
    await forgetOldDrafts(deps)();
    expect(await deps.keys.find(id)).toBeUndefined();
    expect((await download('org-buyer', atBuyers)).body.equals(pdf)).toBe(true);
    expect((await download('org-alpha', path)).body.equals(pdf)).toBe(true);
  });

  it('is named in the bid exactly as it was uploaded, and by nobody else', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
    const put = (client: Client, documents: Document[]) => client('PUT', mine(id), { body: { ...bid(5), documents } });
    const notUploaded = refused(422, 'document-not-uploaded');
    expect(await put(beta, [document])).toMatchObject(notUploaded);
    expect(await put(alpha, [{ ...document, sha256: 'other' }])).toMatchObject(notUploaded);
    expect(await put(alpha, [{ ...document, id: 'other' }])).toMatchObject(notUploaded);
    expect((await put(alpha, [document])).status).toBe(200);
  });

  it('is told again of the bid that named it when it has gone since, and one that was not there is never taken later', async () => {
    const id = await publishedTender();
    const [first, second] = await Promise.all(
      ['a.pdf', 'b.pdf'].map(async (name) => (await upload(alpha, ofBid(id), name)).body as Document),
    );
    const put = (key: string, price: number, documents: (Document | undefined)[]) =>
      alpha('PUT', mine(id), { body: { ...bid(price), documents }, headers: { 'idempotency-key': key } });
    const taken = await put('once', 5, [first]);
    expect(taken.status).toBe(200);
    expect((await put('twice', 6, [second])).status).toBe(200);
    passDays(1);
    const present = await put('thrice', 7, [second]);
    expect((await alpha('GET', ofBid(id))).body).toEqual({ items: [second] });
    const { statement: _, ...told } = taken.body as BidReceipt;
    expect(await put('once', 5, [first])).toMatchObject({ status: 200, body: told });
    expect(await put('never', 8, [first])).toMatchObject(refused(422, 'document-not-uploaded'));
    expect(await put('never', 9, [second])).toMatchObject(refused(422, 'key-used-for-another-request'));
    const { digest } = present.body as BidReceipt;
    expect((await alpha('GET', `${mine(id)}/receipt`)).body).toMatchObject({ digest, version: 3 });
  });

  it('is deleted when nothing names it; one that the bid or the draft names is not', async () => {
    const id = await publishedTender();
    const [inBid, inDraft, loose] = await Promise.all(
      ['a.pdf', 'b.pdf', 'c.pdf'].map(async (name) => (await upload(alpha, ofBid(id), name)).body as Document),
    );
    await alpha('PUT', mine(id), { body: { ...bid(5), documents: [inBid] } });
    await alpha('PUT', `${mine(id)}/draft`, { body: { documents: [inDraft] } });
    const remove = (document: Document | undefined) => alpha('DELETE', `${ofBid(id)}/${document?.id}`);
    expect(await remove(inBid)).toMatchObject(refused(409, 'document-in-use'));
    expect(await remove(inDraft)).toMatchObject(refused(409, 'document-in-use'));
    expect(await beta('DELETE', `${ofBid(id)}/${loose?.id}`)).toMatchObject(refused(404, 'no-such-document'));
    expect((await remove(loose)).status).toBe(204);
    expect(await remove(loose)).toMatchObject(refused(404, 'no-such-document'));
    const file = await fileOf(inBid as Document);
    // A withdrawn bid takes its documents along, but not those that a draft goes on with.
    await alpha('DELETE', mine(id));
    expect((await alpha('GET', ofBid(id))).body).toEqual({ items: [inDraft] });
    expect(await deps.files.get(file)).toBeUndefined();
  });

  it('goes when the bid is submitted anew without it, and the draft it came with', async () => {
    const id = await publishedTender();
    const [dropped, kept, drafted, loose] = await Promise.all(
      ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'].map(async (name) => (await upload(alpha, ofBid(id), name)).body as Document),
    );
    const submit = (documents: unknown[]) => alpha('PUT', mine(id), { body: { ...bid(5), documents } });
    const left = async () =>
      ((await alpha('GET', ofBid(id))).body as { items: Document[] }).items.map(({ name }) => name).toSorted();
    expect((await submit([dropped, kept])).status).toBe(200);
    expect(await left()).toEqual(['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf']);
    await alpha('PUT', `${mine(id)}/draft`, { body: { documents: [drafted] } });
    const file = await fileOf(dropped as Document);
    expect((await submit([kept])).status).toBe(200);
    // One that neither named may be on its way into a draft.
    expect(await left()).toEqual(['b.pdf', 'd.pdf']);
    expect(await deps.files.get(file)).toBeUndefined();
    expect((await submit([kept, loose])).status).toBe(200);
    // Told again it says nothing new, and takes nothing.
    expect((await submit([kept, loose])).status).toBe(200);
    expect(await left()).toEqual(['b.pdf', 'd.pdf']);
    // Nor where it makes good what was lost: then the bid names them as it did.
    await connection.collection('bidContents').deleteMany({ tenderId: id });
    await rows.updateMany({ tenderId: id }, { $set: { claims: [] } });
    expect((await submit([kept, loose])).status).toBe(200);
    expect(await left()).toEqual(['b.pdf', 'd.pdf']);
    expect((await rows.find({ tenderId: id }).toArray()).map(({ claims }) => claims?.length)).toEqual([1, 1]);
    await untilOpened(id);
    const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
    for (const { id: document } of bids[0]?.content.documents ?? [])
      expect((await download('org-buyer', `/api/tenders/${id}/bids/${bids[0]?.bidId}/documents/${document}`)).status).toBe(200);
  });

  describe('beside another request of its bidder', () => {
    /** A part of a replica that waits, once it is reached, until it is let go. */
    const gate = () => {
      const [reached, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const waiting =
        <Arguments extends unknown[], Answer>(work: (...given: Arguments) => Promise<Answer>) =>
        async (...given: Arguments): Promise<Answer> => {
          reached.resolve();
          await open.promise;
          return work(...given);
        };
      return { waiting, reached: reached.promise, open: open.resolve };
    };
    const uploaded = async () => {
      const id = await publishedTender();
      const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
      const submit = (client: Client, documents: Document[]) => client('PUT', mine(id), { body: { ...bid(5), documents } });
      const remove = (client: Client) => client('DELETE', `${ofBid(id)}/${document.id}`);
      const readable = async () =>
        expect((await download('org-alpha', `${ofBid(id)}/${document.id}`)).body.equals(pdf)).toBe(true);
      const claims = async () => (await rows.findOne({ _id: document.id }))?.claims?.length ?? 0;
      return { id, document, submit, remove, readable, claims };
    };
    const inUse = refused(409, 'document-in-use');

    it('is not taken from under a bid that is on its way to the tender, by no removal, other bid or withdrawal', async () => {
      const { id, document, submit, remove, readable, claims } = await uploaded();
      expect((await submit(alpha, [document])).status).toBe(200);
      for (const meanwhile of [
        async () => expect((await submit(alpha, [])).status).toBe(200),
        async () => expect((await alpha('DELETE', mine(id))).status).toBe(200),
      ]) {
        const { waiting, reached, open } = gate();
        const slow = await tenders.onReplica('org-alpha', ({ tenders }) => ({
          tenders: { ...tenders, change: waiting(tenders.change) },
        }));
        const submission = submit(slow, [document]);
        await reached;
        await meanwhile();
        // By now no bid names it.
        expect(await remove(alpha)).toMatchObject(inUse);
        open();
        expect((await submission).status).toBe(200);
        await readable();
        expect(await claims()).toBe(1);
      }
      await untilOpened(id);
      const { bids } = (await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids;
      const opened = `/api/tenders/${id}/bids/${bids[0]?.bidId}/documents/${document.id}`;
      expect((await download('org-buyer', opened)).body.equals(pdf)).toBe(true);
    });

    it.each([
      ['was changed', (id: string, documents: Document[]) => alpha('PUT', mine(id), { body: { ...bid(6), documents } }), 1],
      ['was withdrawn', (id: string) => alpha('DELETE', mine(id)), 0],
    ] as const)('does not bring back, with what it names, what a bid said before it %s', async (_, change, left) => {
      const { id, document } = await uploaded();
      const named = left === 1 ? [document] : [];
      const submit = (client: Client) => client('PUT', mine(id), { body: { ...bid(5), documents: named } });
      expect((await submit(alpha)).status).toBe(200);
      const { waiting, reached, open } = gate();
      // It says nothing new, and is to look whether what it says is there.
      const slow = await tenders.onReplica('org-alpha', ({ bids }) => ({ bids: { ...bids, read: waiting(bids.read) } }));
      const submission = submit(slow);
      await reached;
      expect((await change(id, named)).status).toBe(200);
      open();
      await submission;
      expect(await tenders.storedBids(id)).toBe(left);
      expect(
        (await rows.find({ tenderId: id, 'claims.0': { $exists: true } }).toArray()).map(({ claims }) => claims?.length),
      ).toEqual(named.map(() => 1));
    });

    it('stays where a bid came to name it after its removal had looked', async () => {
      const { document, submit, remove, readable } = await uploaded();
      const { waiting, reached, open } = gate();
      const slow = await tenders.onReplica('org-alpha', ({ bidDocuments }) => ({
        bidDocuments: { ...bidDocuments, delete: waiting(bidDocuments.delete) },
      }));
      const removal = remove(slow);
      await reached;
      expect((await submit(alpha, [document])).status).toBe(200);
      open();
      expect(await removal).toMatchObject(inUse);
      await readable();
    });

    it('is in no bid that had looked for it before its removal', async () => {
      const { id, document, submit, remove, claims } = await uploaded();
      const other = (await upload(alpha, ofBid(id), 'b.pdf')).body as Document;
      const { waiting, reached, open } = gate();
      const slow = await tenders.onReplica('org-alpha', ({ bidDocuments }) => ({
        bidDocuments: { ...bidDocuments, claim: waiting(bidDocuments.claim) },
      }));
      const submission = submit(slow, [other, document]);
      await reached;
      expect((await remove(alpha)).status).toBe(204);
      open();
      expect(await submission).toMatchObject(refused(422, 'document-not-uploaded'));
      expect((await alpha('GET', mine(id))).status).toBe(404);
      expect(await claims()).toBe(0);
      // What the refused bid had claimed is free again.
      expect((await alpha('DELETE', `${ofBid(id)}/${other.id}`)).status).toBe(204);
    });

    it('is free again an hour after a crash between claim and bid, and gone when one came between its deletion and its end', async () => {
      const { id, document, remove, readable, claims } = await uploaded();
      const slow = await tenders.onReplica('org-alpha', ({ bids }) => ({
        bids: { ...bids, keep: () => Promise.reject(new Error('the process has died')) },
      }));
      expect((await slow('PUT', mine(id), { body: { ...bid(5), documents: [document] } })).status).toBe(500);
      expect(await claims()).toBe(1);
      expect(await remove(alpha)).toMatchObject(inUse);
      await readable();
      passDays(1 / 12);
      const file = await fileOf(document);
      expect((await remove(alpha)).status).toBe(204);
      expect(await deps.files.get(file)).toBeUndefined();

      const half = (await upload(alpha, ofBid(id), 'b.pdf')).body as Document;
      await rows.updateOne({ _id: half.id }, { $set: { going: true } });
      expect((await alpha('GET', ofBid(id))).body).toEqual({ items: [] });
      await deleteForgottenFiles(deps)();
      expect(await rows.findOne({ _id: half.id })).toBeNull();
    });
  });

  it('that nothing names makes room for another once it is an hour old', async () => {
    const id = await publishedTender();
    const small = Buffer.from('text');
    const add = async (name: string) => upload(alpha, ofBid(id), `${name}.txt`, small);
    const named = (await add('named')).body as Document;
    const drafted = (await add('drafted')).body as Document;
    await alpha('PUT', mine(id), { body: { ...bid(5), documents: [named] } });
    await alpha('PUT', `${mine(id)}/draft`, { body: { documents: [drafted] } });
    for (let n = 0; n < 18; n += 1) expect((await add(`forgotten-${n}`)).status).toBe(201);
    // Their answers may still be on the way.
    expect(await add('one too many')).toMatchObject(refused(409, 'too-many-documents'));
    passDays(1);
    expect((await add('after a day')).status).toBe(201);
    const { items } = (await alpha('GET', ofBid(id))).body as { items: Document[] };
    expect(items.map(({ name }) => name).toSorted()).toEqual(['after a day.txt', 'drafted.txt', 'named.txt']);
  });

  it('goes with a cancelled tender', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
    const file = await fileOf(document);
    expect(await deps.files.get(file)).toBeDefined();
    await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } });
    await eventually(async () => expect(await deps.files.get(file)).toBeUndefined());
    await eventually(async () => expect(await rows.countDocuments({ tenderId: id })).toBe(0));
  });

  it('comes in twenty at most, whatever races, only from who may bid, and once under a key', async () => {
    const id = await publishedTender();
    const small = Buffer.from('text');
    const key = { ...asPdf, 'idempotency-key': 'once' };
    const once = await upload(alpha, ofBid(id), 'once.txt', small, key);
    expect((await upload(alpha, ofBid(id), 'once.txt', small, key)).body).toEqual(once.body);
    const reused = refused(422, 'key-used-for-another-request');
    expect(await upload(alpha, ofBid(id), 'once.txt', Buffer.from('other'), key)).toMatchObject(reused);
    expect(await upload(alpha, ofBid(id), 'another.txt', small, key)).toMatchObject(reused);
    const sent = await Promise.all(Array.from({ length: 25 }, (_, n) => upload(alpha, ofBid(id), `${n}.txt`, small)));
    const refusals = sent.filter(({ status }) => status !== 201);
    for (const one of refusals) expect(one).toMatchObject(refused(409, 'too-many-documents'));
    const { items } = (await alpha('GET', ofBid(id))).body as { items: Document[] };
    expect(items.length).toBeLessThanOrEqual(20);
    expect(items.length + refusals.length).toBe(26);
    expect(await upload(buyer, ofBid(id), 'a.txt', small)).toMatchObject(refused(403, 'buyer-may-not-bid'));
    await untilOpened(id);
    expect(await upload(beta, ofBid(id), 'a.txt', small)).toMatchObject(refused(409, 'bidding-is-over'));
  });

  it('is told under its key what it was told first, after the deadline, too, and when it has gone', async () => {
    const id = await publishedTender();
    passDays(6);
    const send = (name: string, content: Uint8Array = Buffer.from('text')) =>
      upload(alpha, ofBid(id), name, content, { ...asPdf, 'idempotency-key': name });
    const [kept, gone] = [await send('kept.txt'), await send('gone.txt')];
    expect([kept.status, gone.status]).toEqual([201, 201]);
    const program = Buffer.from('4d5a9000030000000400', 'hex');
    expect(await send('a.exe', program)).toMatchObject(refused(415, 'document-type-not-taken'));
    expect((await alpha('DELETE', `${ofBid(id)}/${(gone.body as Document).id}`)).status).toBe(204);
    passDays(4.5);
    for (let n = 0; n < 2; n++) expect(await send('late.txt')).toMatchObject(refused(409, 'bidding-is-over'));
    for (const { body } of [kept, gone]) {
      const { name } = body as Document;
      expect(await send(name)).toMatchObject({ status: 201, body });
      expect(await send(name, Buffer.from('other'))).toMatchObject(refused(422, 'key-used-for-another-request'));
    }
    expect(await send('a.exe', program)).toMatchObject(refused(415, 'document-type-not-taken'));
  });

  it('that somebody changed where it lies is not given out', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
    const chunks = connection.collection('files.chunks');
    const chunk = await chunks.findOne({ files_id: (await fileOf(document)) as never, n: 0 });
    const bytes = Buffer.from(chunk?.data.buffer);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await chunks.updateOne({ _id: chunk?._id as never }, { $set: { data: bytes } });
    await expect(download('org-alpha', `${ofBid(id)}/${document.id}`)).rejects.toThrow();
  });
});

describe('a document’s bidder', () => {
  it('breaking off leaves nothing, and what a crash left of an upload is deleted after a day', async () => {
    const id = await publishedTender();
    const before = await storedFiles();
    const { sent, cut } = await slowUpload('org-alpha', ofBid(id), 'broken-off');
    const stored = () => connection.collection('bidDocuments').countDocuments({ tenderId: id });
    await eventually(async () => expect(await stored()).toBe(1));
    cut();
    await expect(sent).rejects.toThrow();
    await eventually(async () => expect([await stored(), await storedFiles()]).toEqual([0, before]));
    const left = { _id: 'left' as never, tenderId: id, owner: 'someone', begunAt: deps.clock() };
    await connection.collection('bidDocuments').insertOne(left);
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect(await stored()).toBe(0);
  });

  it('sending again while the first attempt still hangs keeps what the second brought, however the first one ends', async () => {
    const id = await publishedTender();
    for (const how of ['cut', 'end'] as const) {
      const before = await storedFiles();
      const first = await slowUpload('org-alpha', ofBid(id), how);
      await eventually(async () => expect(await rows.countDocuments({ tenderId: id, 'coming.0': { $exists: true } })).toBe(1));
      const again = await upload(alpha, ofBid(id), 'a.pdf', pdf, { ...asPdf, 'idempotency-key': how });
      expect(again.status).toBe(201);
      const document = again.body as Document;
      first[how]();
      if (how === 'end') expect(await (await first.sent).json()).toEqual(document);
      else await expect(first.sent).rejects.toThrow();
      await eventually(async () => expect(await rows.findOne({ _id: document.id })).toMatchObject({ coming: [] }));
      expect((await download('org-alpha', `${ofBid(id)}/${document.id}`)).body.equals(pdf)).toBe(true);
      expect(await storedFiles()).toBe(before + 1);
    }
    expect(((await alpha('GET', ofBid(id))).body as { items: Document[] }).items).toHaveLength(2);
  });

  it('whose first attempt a crash ended keeps the second, and the first one’s bytes are deleted after a day', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
    await deps.files.put('left-by-a-crash', Readable.from([pdf]));
    await rows.updateOne({ _id: document.id }, { $push: { coming: 'left-by-a-crash' } });
    passDays(1.01);
    await deleteForgottenFiles(deps)();
    expect(await deps.files.get('left-by-a-crash')).toBeUndefined();
    expect((await download('org-alpha', `${ofBid(id)}/${document.id}`)).body.equals(pdf)).toBe(true);
  });

  it('finds what an earlier version stored under the document’s own id', async () => {
    const id = await publishedTender();
    const document = (await upload(alpha, ofBid(id), 'a.pdf')).body as Document;
    const stored = await deps.files.get(await fileOf(document));
    if (!stored) throw new Error('it is not there');
    await deps.files.put(document.id, stored);
    await deps.files.delete(await fileOf(document));
    await rows.updateOne({ _id: document.id }, { $unset: { file: true, coming: true } });
    expect((await download('org-alpha', `${ofBid(id)}/${document.id}`)).body.equals(pdf)).toBe(true);
    expect((await alpha('DELETE', `${ofBid(id)}/${document.id}`)).status).toBe(204);
    expect(await deps.files.get(document.id)).toBeUndefined();
  });
});
