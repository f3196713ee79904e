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
  it('is nobody’s but its buyer’s while it is a draft', async () => {
    const { id } = (await buyer('POST', '/api/tenders', { body: complete() })).body as { id: string };
    expect((await releasesFor(buyer, id)).map(({ tag }) => tag[0])).toEqual(['planning']);
    for (const path of ['ocds', 'ocds/record'])
      expect(await alpha('GET', `/api/tenders/${id}/${path}`)).toMatchObject(refused(404, 'no-such-tender'));
  });
});
