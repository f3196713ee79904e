import { createHash } from 'node:crypto';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content, problemOf, type Sandbox, startSandbox } from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const whole = {
  ...content,
  areas: ['mobile-money', 'health'],
  kinds: [],
  networks: ['MTN 4G'],
  testerPanel: { size: 8, languages: [{ language: 'rw', level: 'native' }], profile: 'Market traders' },
  documents: [{ title: 'House rules', url: 'https://demonstration.example/rules.pdf' }],
  price: { amount: 25_000, currency: 'RWF' },
  seatsPerPlace: 4,
  bufferMinutes: 30,
  termsOfUse: 'No personal data leaves the room.\nDevices stay here.',
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a test environment', () => {
  it('says what can be tested, where, with whom and on which terms, and is found by code and by word', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-whole', 'RW'), sandbox.as('org-reads')]);
    const opened = await sandbox.openEnvironment(host, whole);
    const { termsOfUse: text, ...said } = whole;
    expect(opened).toMatchObject({ ...said, status: 'open', termsOfUse: { version: 1, hash: sha256(text) } });
    expect((await guest('GET', `/api/sandbox/environments/${opened.environmentId}`)).body).toEqual(opened);
    expect(await guest('GET', `/api/sandbox/terms/${sha256(text)}`)).toMatchObject({ status: 200, body: { text } });
    expect(problemOf(await guest('GET', `/api/sandbox/terms/${sha256('no such text')}`))).toBe('no-such-terms');
    const found = (await guest('GET', '/api/sandbox/environments?kind=health')).body as { items: object[] };
    expect(found.items).toEqual([opened]);
    const slot = await sandbox.openSlot(host, opened.environmentId, 2);
    expect(slot).toMatchObject({
      areas: whole.areas,
      networks: whole.networks,
      price: whole.price,
      seatsPerPlace: 4,
      termsOfUse: opened.termsOfUse,
    });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(opened.environmentId))[0]).toMatchObject({
        type: 'EnvironmentOpened',
        data: { environment: { price: whole.price, testerPanel: whole.testerPanel, termsOfUse: opened.termsOfUse } },
      }),
    );
  });

  it('must say something that can be tested, and a price that is one', async () => {
    const host = await sandbox.as('org-mute', 'RW');
    const open = (more: object) => host('POST', '/api/sandbox/environments', { body: { ...content, ...more } });
    expect(await open({ areas: [], kinds: [] })).toMatchObject({ status: 400, body: { issues: [{ path: 'body.kinds' }] } });
    expect((await open({ price: 'cheap' })).status).toBe(400);
    expect((await open({ price: { amount: 10.5, currency: 'EUR' } })).status).toBe(400);
    expect((await open({ areas: ['alchemy'] })).status).toBe(400);
  });

  it('is described anew by its host, on the view it read; open slots keep the terms they were opened on', async () => {
    const [host, rival] = await Promise.all([sandbox.as('org-edits', 'RW'), sandbox.as('org-rival', 'RW')]);
    const { environmentId, termsOfUse } = await sandbox.openEnvironment(host, whole);
    const slot = await sandbox.openSlot(host, environmentId, 2);
    const path = `/api/sandbox/environments/${environmentId}`;
    const headers = { 'if-match': (await host('GET', path)).headers.get('etag') ?? '' };
    const body = { ...whole, title: 'A larger room (demonstration)', termsOfUse: 'Devices stay here.' };
    expect(problemOf(await rival('PUT', path, { body }))).toBe('not-the-host');
    expect(problemOf(await host('PUT', '/api/sandbox/environments/unknown', { body }))).toBe('no-such-environment');
    const edited = await host('PUT', path, { body, headers });
    expect(edited).toMatchObject({
      status: 200,
      body: { title: body.title, termsOfUse: { version: 2, hash: sha256('Devices stay here.') } },
    });
    expect(problemOf(await host('PUT', path, { body: whole, headers }))).toBe('stale-version');
    expect((await host('GET', `/api/sandbox/slots/${slot.slotId}`)).body).toMatchObject({ title: content.title, termsOfUse });
    expect((await host('GET', `/api/sandbox/terms/${termsOfUse?.hash}`)).body).toMatchObject({ text: whole.termsOfUse });
    await eventually(async () =>
      expect((await sandbox.eventsAbout(environmentId)).map(({ type }) => type)).toEqual([
        'EnvironmentOpened',
        'EnvironmentChanged',
      ]),
    );
  });

  it('is closed and opened again; meanwhile it takes no new slots and is listed for its host alone', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-closes', 'RW'), sandbox.as('org-looks')]);
    const { environmentId } = await sandbox.openEnvironment(host, { ...content, kinds: ['Basketry'] });
    const path = `/api/sandbox/environments/${environmentId}`;
    const listed = async (query: string, reader = guest) =>
      ((await reader('GET', `/api/sandbox/environments?${query}`)).body as { items: { environmentId: string }[] }).items.map(
        (item) => item.environmentId,
      );
    expect(problemOf(await guest('POST', `${path}/close`, { body: { reason: 'Mine' } }))).toBe('not-the-host');
    expect(await host('POST', `${path}/close`, { body: { reason: 'We move' } })).toMatchObject({
      status: 200,
      body: { status: 'closed', closedBecause: 'We move' },
    });
    expect(await listed('kind=basketry')).toEqual([]);
    expect(await listed('mine=true', host)).toEqual([environmentId]);
    const times = { startsAt: sandbox.inHours(5), endsAt: sandbox.inHours(6), capacity: 1 };
    expect(problemOf(await host('POST', `${path}/slots`, { body: times }))).toBe('environment-closed');
    expect(await host('POST', `${path}/reopen`)).toMatchObject({ status: 200, body: { status: 'open', closedBecause: null } });
    expect(await listed('kind=basketry')).toEqual([environmentId]);
    expect((await host('POST', `${path}/slots`, { body: times })).status).toBe(201);
  });
});

describe('a document of a test environment', () => {
  const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n';
  const headers = { 'content-type': 'application/octet-stream' };
  const upload = (client: Client, path: string, name: string, raw: string | Uint8Array, more: Record<string, string> = {}) =>
    client('POST', `${path}?name=${encodeURIComponent(name)}`, { raw, headers: { ...headers, ...more } });

  it('is added by its host under a safe name, read by every signed-in company, and taken away', async () => {
    const [host, rival, guest] = await Promise.all([
      sandbox.as('org-documents', 'RW'),
      sandbox.as('org-documents-rival', 'RW'),
      sandbox.as('org-documents-guest'),
    ]);
    const { environmentId, uploads } = await sandbox.openEnvironment(host);
    expect(uploads).toEqual([]);
    const path = `/api/sandbox/environments/${environmentId}`;
    const key = { 'idempotency-key': 'house-rules' };
    const added = await upload(host, `${path}/documents`, '../House rules.exe', pdf, key);
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'House rules.exe.pdf', type: 'application/pdf', size: pdf.length },
    });
    expect(await upload(host, `${path}/documents`, '../House rules.exe', pdf, key)).toMatchObject({
      status: 201,
      body: added.body,
    });
    const another = await upload(host, `${path}/documents`, '../House rules.exe', `${pdf} and more`, key);
    expect([another.status, problemOf(another)]).toEqual([422, 'key-used-for-another-request']);
    const { id } = added.body as { id: string };
    expect((await guest('GET', path)).body).toMatchObject({ uploads: [added.body], documents: [] });

    const saved = await guest('GET', `${path}/documents/${id}`);
    expect(saved.status).toBe(200);
    expect(Buffer.from(saved.body as never).toString()).toBe(pdf);
    expect(saved.headers.get('content-disposition')).toContain('attachment');
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${sandbox.address}${path}/documents/${id}`)).status).toBe(401);

    expect(problemOf(await upload(rival, `${path}/documents`, 'a.pdf', pdf))).toBe('not-the-host');
    expect(problemOf(await upload(host, '/api/sandbox/environments/unknown/documents', 'a.pdf', pdf))).toBe(
      'no-such-environment',
    );
    expect(await upload(host, `${path}/documents`, 'page.html', new Uint8Array([0x4d, 0x5a, 0x90, 0]))).toMatchObject({
      status: 415,
      body: { type: '/problems/document-type-not-taken' },
    });
    expect(problemOf(await upload(host, `${path}/documents`, 'a.txt', ''))).toBe('document-empty');
    expect(await sandbox.documentsOf('files.files')).toHaveLength(1);

    // Described anew, it keeps its documents.
    expect((await host('PUT', path, { body: whole })).body).toMatchObject({ uploads: [added.body], documents: whole.documents });
    expect(problemOf(await rival('DELETE', `${path}/documents/${id}`))).toBe('not-the-host');
    expect((await host('DELETE', `${path}/documents/${id}`)).status).toBe(204);
    expect(problemOf(await host('DELETE', `${path}/documents/${id}`))).toBe('no-such-document');
    expect(problemOf(await guest('GET', `${path}/documents/${id}`))).toBe('no-such-document');
    expect((await guest('GET', path)).body).toMatchObject({ uploads: [] });
    expect(await sandbox.documentsOf('files.files')).toEqual([]);
  });

  it('is one of twenty at most, whatever comes at once; one too many leaves no file', async () => {
    const host = await sandbox.as('org-many-documents', 'RW');
    const { environmentId } = await sandbox.openEnvironment(host);
    const path = `/api/sandbox/environments/${environmentId}`;
    const replies = await Promise.all(
      Array.from({ length: 24 }, (_, n) => upload(host, `${path}/documents`, `rules-${n}.txt`, `Rule ${n}`)),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(20);
    for (const reply of replies.filter(({ status }) => status !== 201)) expect(problemOf(reply)).toBe('too-many-documents');
    expect(await sandbox.documentsOf('files.files')).toHaveLength(20);
  });
});
