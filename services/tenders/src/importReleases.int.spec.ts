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
