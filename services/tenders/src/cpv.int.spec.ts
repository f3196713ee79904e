import { afterAll, describe, expect, it } from 'vitest';
import { refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { url, publishedTender, alpha } = tenders;
afterAll(tenders.stop);

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/api/tenders/cpv${path}`, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as never };
};
const codesIn = ({ body }: { body: { items: { code: string }[] } }) => body.items.map(({ code }) => code);

describe('the vocabulary of what is procured', () => {
  it('is searched by anybody, in both languages', async () => {
    expect(codesIn(await get('?q=Softwareentwicklung'))[0]).toBe('72262000');
    expect(codesIn(await get('?q=software%20development'))[0]).toBe('72262000');
    expect(codesIn(await get('?q=72212000-4&limit=2'))).toEqual(['72212000', '72212100']);
    expect(codesIn(await get(''))).toEqual(['48000000', '72000000', '73000000', '79000000', '80000000']);
  });
  it('shows a code between those above and those below it', async () => {
    const { body } = await get('/72212000');
    expect(body).toMatchObject({ code: '72212000', checkDigit: 4, titles: { de: 'Programmierung von Anwendersoftware' } });
    const { parents, children } = body as { parents: { code: string }[]; children: { code: string }[] };
    expect(parents.map(({ code }) => code)).toEqual(['72000000', '72200000', '72210000']);
    expect(children.map(({ code }) => code)).toContain('72212100');
  });
  it('says many codes at once, as they are asked for, without those it does not know', async () => {
    expect(codesIn(await get('?codes=72262000,45000000,72212000'))).toEqual(['72262000', '72212000']);
    expect(codesIn(await get('?codes=72262000&q=training&limit=1'))).toEqual(['72262000']);
    const many = (count: number) => Array.from({ length: count }, (_, n) => String(72_000_000 + n)).join(',');
    expect((await get(`?codes=${many(100)}`)).status).toBe(200);
    for (const wrong of [many(101), '', '7221', '72262000,'])
      expect(await get(`?codes=${wrong}`)).toMatchObject(refused(400, 'invalid-request'));
  });
  it('may be kept by any cache, and is not sent again to who has it', async () => {
    const { headers } = await get('?q=training');
    expect(headers.get('cache-control')).toBe('public, max-age=86400');
    const seen = { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    expect((await get('?q=training', seen)).status).toBe(304);
  });
  it('says which check digit is right, and what it does not know', async () => {
    expect((await get('/72212000-4')).status).toBe(200);
    expect(await get('/72212000-5')).toMatchObject(refused(404, 'no-such-cpv-code'));
    expect((await get('/72212000-5')).body).toMatchObject({ detail: expect.stringContaining('is 4') });
    expect(await get('/45000000')).toMatchObject(refused(404, 'no-such-cpv-code'));
    expect(await get('/7221')).toMatchObject(refused(400, 'invalid-request'));
    expect(await get('?limit=1000')).toMatchObject(refused(400, 'invalid-request'));
  });
});

describe('tenders by what they procure', () => {
  it('are found by the code, and by every code above it', async () => {
    const id = await publishedTender({ cpv: ['72212931'] });
    const found = async (cpv: string) =>
      ((await alpha('GET', `/api/tenders?cpv=${cpv}`)).body as { items: { id: string }[] }).items.some((item) => item.id === id);
    for (const cpv of ['72212931', '72212900', '72212000', '72000000', '72', '7221']) expect(await found(cpv)).toBe(true);
    for (const cpv of ['72212932', '72213000', '73000000', '48', '722130']) expect(await found(cpv)).toBe(false);
  });
});
