import { readFile } from 'node:fs/promises';
import type { ImportResult } from '@umuhuza/contracts/tenders/schemas';
import { afterAll, describe, expect, it } from 'vitest';
import { criteria, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { inDays, buyer, berlin } = tenders;
afterAll(tenders.stop);

describe('importing public notices', () => {
  const notices = new URL('../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);

  it('makes drafts that can be completed and published; again changes nothing', async () => {
    const body = JSON.parse(await readFile(notices, 'utf8')) as { releases: unknown[] };
    const imported = (await berlin('POST', '/api/tenders/import', { body })).body as ImportResult;
    expect(imported).toMatchObject({ created: body.releases.length, alreadyThere: 0, refused: 0 });
    expect(imported.releases[0]?.unmapped).toContain('parties');
    const again = (await berlin('POST', '/api/tenders/import', { body })).body as ImportResult;
    expect(again).toMatchObject({ created: 0, alreadyThere: body.releases.length, refused: 0 });
    expect(again.releases.map(({ tenderId }) => tenderId)).toEqual(imported.releases.map(({ tenderId }) => tenderId));

    const id = imported.releases[0]?.tenderId;
    expect((await berlin('PATCH', `/api/tenders/${id}`, { body: { deadline: inDays(20), criteria } })).body).toMatchObject({
      missing: [],
    });
    expect(await berlin('POST', `/api/tenders/${id}/publish`)).toMatchObject({ status: 200, body: { status: 'published' } });
    expect(await buyer('POST', '/api/tenders/import', { body: body.releases[0] })).toMatchObject({ body: { created: 1 } });
  });
  it('is one request under its key: it is told its first answer again, and another one makes nothing', async () => {
    const send = (body: unknown) => buyer('POST', '/api/tenders/import', { body, headers: { 'idempotency-key': 'import-once' } });
    const notice = (ocid: string) => ({ ocid, tender: { title: 'Once', description: 'Once.' } });
    const first = await send(notice('ocds-k-1'));
    expect(first).toMatchObject({ status: 200, body: { created: 1 } });
    const reused = refused(422, 'key-used-for-another-request');
    for (const other of [notice('ocds-k-2'), { releases: [] }, { releases: [notice('ocds-k-1'), notice('ocds-k-2')] }])
      expect(await send(other)).toMatchObject(reused);
    expect(await send(notice('ocds-k-1'))).toMatchObject({ status: 200, body: first.body });
    expect((await buyer('POST', '/api/tenders/import', { body: notice('ocds-k-2') })).body).toMatchObject({ created: 1 });
  });
  it('goes on past a broken release and says what is wrong with it', async () => {
    const good = { ocid: 'ocds-x-1', tender: { title: 'Good', description: 'Good.' } };
    const twice = {
      ocid: 'ocds-x-2',
      tender: {
        title: 'Two',
        lots: [
          { id: 'a', title: 'A' },
          { id: 'a', title: 'B' },
        ],
      },
    };
    const { body } = await buyer('POST', '/api/tenders/import', { body: { releases: [{ broken: true }, good, twice, null] } });
    expect(body).toMatchObject({
      created: 2,
      refused: 2,
      releases: [
        { index: 0, outcome: 'refused', refusal: { type: '/problems/not-ocds', detail: expect.stringContaining('ocid') } },
        { index: 1, outcome: 'created', ocid: 'ocds-x-1' },
        { index: 2, outcome: 'created', notes: [{ path: 'tender/lots/1/id' }] },
        { index: 3, outcome: 'refused' },
      ],
    });
  });
  it('makes one draft of a notice, its amendment and its award, whatever their order, and says what it has no place for', async () => {
    const part = (id: string, date: string, more: Record<string, unknown>) => ({
      ocid: 'ocds-p-1',
      id,
      date,
      tag: [id],
      ...more,
    });
    const tender = part('tender', '2026-01-01T00:00:00Z', {
      tender: { title: 'A portal', description: 'For carriers.', lots: [{ id: 'a', title: 'One' }], status: 'active' },
    });
    const amended = part('amendment', '2026-02-01T00:00:00Z', {
      tender: { title: 'A better portal', lots: [{ id: 'b', title: 'Two' }], value: { amount: 5, currency: 'EUR' } },
    });
    const award = part('award', '2026-03-01T00:00:00Z', { awards: [{ id: '1' }] });
    const other = { ocid: 'ocds-p-2', tender: { title: 'Other' } };
    const extra = {
      publisher: { name: 'Demonstration' },
      license: 'https://example.org',
      extensions: null,
      uri: 'x',
      version: '1.1',
    };
    const body = { ...extra, releases: [award, amended, other, tender] };
    const headers = { 'idempotency-key': 'process' };
    for (const again of [{ headers }, { headers }, {}]) {
      const isFirst = 'headers' in again;
      const imported = (await buyer('POST', '/api/tenders/import', { body, ...again })).body as ImportResult;
      const [first, second, third, fourth] = imported.releases;
      expect(imported).toMatchObject({
        created: isFirst ? 2 : 0,
        alreadyThere: isFirst ? 2 : 4,
        unmapped: ['publisher', 'license'],
        releases: [{ index: 0 }, { index: 1 }, { index: 2 }, { index: 3 }],
      });
      expect([second?.tenderId, fourth?.tenderId]).toEqual([first?.tenderId, first?.tenderId]);
      expect(second?.notes).toMatchObject([{ path: 'ocid' }]);
      expect(third?.title).toBe('Other');
      if (isFirst) {
        expect(first).toMatchObject({ title: 'A better portal', unmapped: ['tender/status', 'awards'] });
        expect(first?.notes).toContainEqual({ path: 'date', note: 'Put together of 3 releases by their dates.' });
      } else expect(first?.notes).toEqual([]);
    }
    const { releases } = (await buyer('POST', '/api/tenders/import', { body: amended })).body as ImportResult;
    expect(releases).toMatchObject([{ outcome: 'already-there', unmapped: ['tender'], notes: [{ path: 'id' }] }]);
    expect((await buyer('GET', `/api/tenders/${releases[0]?.tenderId}`)).body).toMatchObject({
      title: 'A better portal',
      description: 'For carriers.',
      budget: { amount: 500, currency: 'EUR' },
      lots: [{ id: 'a' }, { id: 'b' }],
    });
  });
  it('goes on with one of a process where a later release of it is broken', async () => {
    const good = { ocid: 'ocds-q-1', id: '1', date: '2026-01-01T00:00:00Z', tender: { title: 'Good' } };
    const broken = { ocid: 'ocds-q-1', id: '2', date: '2026-02-01T00:00:00Z', tender: { title: null, description: null } };
    const { body } = await buyer('POST', '/api/tenders/import', { body: { releases: [good, broken, { ...good, tender: 5 }] } });
    expect(body).toMatchObject({
      created: 1,
      refused: 2,
      releases: [{ outcome: 'created' }, { outcome: 'refused' }, { outcome: 'refused' }],
    });
  });
  it('counts the one draft of a process once where its releases do not go together', async () => {
    const part = (id: string, date: string, tender: unknown) => ({ ocid: 'ocds-q-2', id, date, tag: ['tender'], tender });
    const releases = [
      part('one', '2026-01-01T00:00:00Z', { title: 'Of January', description: 'One.' }),
      part('two', '2026-02-01T00:00:00Z', { title: 'Of February', description: 'Two.' }),
      part('three', '2026-03-01T00:00:00Z', { title: null, description: null }),
    ];
    const headers = { 'idempotency-key': 'process-that-does-not-go-together' };
    const { body } = await buyer('POST', '/api/tenders/import', { body: { releases }, headers });
    expect(body).toMatchObject({
      ...{ created: 1, alreadyThere: 1, refused: 1 },
      releases: [
        { index: 0, outcome: 'created', title: 'Of January' },
        { index: 1, outcome: 'already-there', title: 'Of January', unmapped: ['tender'], notes: [{ path: 'id' }] },
        { index: 2, outcome: 'refused' },
      ],
    });
  });
  it('lists what a record says beside its releases', async () => {
    const compiledRelease = { id: '1', tender: { title: 'Recorded' }, buyer: { name: 'Demonstration' } };
    const record = {
      ocid: 'ocds-r-1',
      compiledRelease,
      releases: [{ url: 'x' }],
      versionedRelease: { tender: {} },
      packages: ['x'],
    };
    const awards = { ocid: 'ocds-r-2', id: '2', date: '2026-02-01T00:00:00Z', awards: [{ id: '1' }] };
    const history = { ocid: 'ocds-r-2', releases: [{ ocid: 'ocds-r-2', id: '1', tender: { title: 'Told' } }, awards] };
    const { body } = await buyer('POST', '/api/tenders/import', { body: { records: [record, history] } });
    expect(body).toMatchObject({
      created: 2,
      releases: [{ unmapped: ['buyer', 'versionedRelease', 'packages'] }, { unmapped: ['awards'] }],
    });
  });
  it('takes record packages, and its own', async () => {
    const id = await tenders.publishedTender();
    const own = (await berlin('GET', `/api/tenders/${id}/ocds/record`)).body;
    const imported = await berlin('POST', '/api/tenders/import', { body: own });
    expect(imported).toMatchObject({
      status: 200,
      body: { created: 1, refused: 0, releases: [{ title: 'A portal for carriers' }] },
    });
  });
  it('gives a repeated request its first answer, and refuses its key for another', async () => {
    const headers = { 'idempotency-key': 'import-1' };
    const release = { ocid: 'ocds-y-1', tender: { title: 'Once' } };
    const first = await buyer('POST', '/api/tenders/import', { headers, body: release });
    expect(first.body).toMatchObject({ created: 1 });
    expect((await buyer('POST', '/api/tenders/import', { headers, body: release })).body).toEqual(first.body);
    const other = { ...release, tender: { title: 'Other' } };
    expect(await buyer('POST', '/api/tenders/import', { headers, body: other })).toMatchObject(
      refused(422, 'key-used-for-another-request'),
    );
  });
  it('takes five megabytes and no more, and nothing that is no OCDS', async () => {
    const release = { ocid: 'ocds-z-1', tender: { title: 'Large' }, planning: 'x'.repeat(4_900_000) };
    expect(await buyer('POST', '/api/tenders/import', { body: release })).toMatchObject({ body: { created: 1 } });
    const larger = { ...release, planning: 'x'.repeat(5_300_000) };
    expect(await buyer('POST', '/api/tenders/import', { body: larger })).toMatchObject(refused(413, 'body-too-large'));
    expect(await buyer('POST', '/api/tenders/import', { body: { hello: 'world' } })).toMatchObject(refused(422, 'not-ocds'));
    expect(await buyer('POST', '/api/tenders/import', { raw: '5' })).toMatchObject(refused(400, 'broken-json'));
  });

  it('takes no more than one request can do in time, and says so', async () => {
    const releases = Array.from({ length: 501 }, (_, n) => ({ ocid: `ocds-demo-many-${n}`, tender: { title: 'One of many' } }));
    expect(await buyer('POST', '/api/tenders/import', { body: { releases } })).toMatchObject({
      status: 422,
      body: { type: '/problems/too-many-releases' },
    });
  });
});
