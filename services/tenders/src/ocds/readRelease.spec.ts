import { existsSync, readFileSync } from 'node:fs';
import { newTender } from '@umuhuza/contracts/tenders/schemas';
import { describe, expect, it } from 'vitest';
import { openCpvVocabulary } from '../openCpvVocabulary.ts';
import { readRelease, releasesIn } from './readRelease.ts';

const at = '2027-01-01T00:00:00.000Z';
const cpv = await openCpvVocabulary();
const release = {
  ocid: 'ocds-demo-1',
  id: 'r1',
  date: '2026-12-01T00:00:00Z',
  tag: ['tender'],
  initiationType: 'tender',
  tender: {
    title: 'A portal',
    description: 'For carriers.',
    items: [
      {
        id: '1',
        classification: { scheme: 'CPV', id: '72212000-4' },
        additionalClassifications: [
          { scheme: 'CPV', id: '48000000' },
          { scheme: 'UNSPSC', id: '43' },
        ],
        quantity: 1,
      },
    ],
    value: { amount: 71_220.31, currency: 'GBP' },
    tenderPeriod: { startDate: '2026-12-01T00:00:00Z', endDate: '2027-02-01T12:00:00+01:00' },
    contractPeriod: { startDate: '2027-03-01T00:00:00+01:00', endDate: '2028-02-29T00:00:00Z' },
    lots: [{ id: 'a', title: 'One', status: 'active' }, { id: 'lot b' }],
    awardCriteria: 'priceOnly',
    legalBasis: null,
  },
  awards: [{ id: '1', suppliers: [{ id: 'x' }] }],
};
const read = (changes: Record<string, unknown> = {}, tender: Record<string, unknown> = {}) =>
  readRelease({ ...release, ...changes, tender: { ...release.tender, ...tender } }, at, cpv);

describe('reading a notice', () => {
  it('takes what a tender here has a place for', () =>
    expect(read()).toMatchObject({
      ocid: 'ocds-demo-1',
      releaseId: 'r1',
      terms: {
        title: 'A portal',
        description: 'For carriers.',
        cpv: ['72212000', '48000000'],
        currency: 'GBP',
        budget: { amount: 7_122_031, currency: 'GBP' },
        showBudget: true,
        deadline: '2027-02-01T11:00:00.000Z',
        startsOn: '2027-03-01',
        durationMonths: 12,
        lots: [
          { id: 'a', title: 'One', description: '' },
          { title: 'Lot 2', description: '' },
        ],
        criteria: [{ id: 'price', name: 'Price', weight: 100, kind: 'price' }],
      },
      notes: [],
    }));
  it('lists the paths of all that it has no place for', () =>
    expect(read()).toMatchObject({
      unmapped: [
        'tender/items/0/id',
        'tender/items/0/additionalClassifications/1',
        'tender/items/0/quantity',
        'tender/tenderPeriod/startDate',
        'tender/lots/0/status',
        'tender/lots/1',
        'awards',
      ],
    }));
  it('keeps a deadline and a start that have passed out of the draft, and says so', () => {
    const past = read(
      {},
      { tenderPeriod: { endDate: '2026-12-31T23:59:59Z' }, contractPeriod: { startDate: '2026-12-31T00:00:00Z' } },
    );
    expect(past).toMatchObject({
      notes: [{ path: 'tender/tenderPeriod/endDate' }, { path: 'tender/contractPeriod/startDate' }],
    });
    expect('terms' in past && past.terms).not.toHaveProperty('deadline');
    expect('terms' in past && past.terms).not.toHaveProperty('startsOn');
  });
  it('keeps an amount that is none out, and says so', () => {
    for (const amount of [-5, 0, 1.005, '100 EUR', '1e3', true, null, [[[]]], { amount: 1 }]) {
      const odd = read({}, { value: { amount, currency: 'EUR' } });
      expect(odd).toMatchObject({ terms: { currency: 'EUR' }, notes: [{ path: 'tender/value/amount' }] });
      expect('terms' in odd && odd.terms).not.toHaveProperty('budget');
    }
  });
  it('takes an amount and a date that are written loosely, and says how', () => {
    expect(read({}, { value: { amount: ' 71220.31 ', currency: 'EUR' }, tenderPeriod: { endDate: '2027-02-01' } })).toMatchObject(
      {
        terms: { budget: { amount: 7_122_031, currency: 'EUR' }, deadline: '2027-02-01T23:59:59.000Z' },
        notes: [
          { path: 'tender/value/amount' },
          { path: 'tender/tenderPeriod/endDate', note: expect.stringContaining('no zone') },
        ],
      },
    );
    expect(read({}, { tenderPeriod: { endDate: '2027-02-01T12:00' } })).toMatchObject({
      terms: { deadline: '2027-02-01T12:00:00.000Z' },
    });
    for (const none of ['2027-02-31', '01.02.2027', '2027-2-1', 'soon', 1_800_000_000, '2027-02-01T25:00', '9999-01-01'])
      expect(read({}, { tenderPeriod: { endDate: none } })).toMatchObject({
        unmapped: expect.arrayContaining(['tender/tenderPeriod']),
      });
  });
  it('says by how much the whole months of a duration are not what the notice says', () => {
    const period = (contractPeriod: unknown) => read({}, { contractPeriod });
    const path = 'tender/contractPeriod';
    expect(period({ startDate: '2027-03-01T00:00:00Z', endDate: '2027-04-15T00:00:00Z' })).toMatchObject({
      terms: { startsOn: '2027-03-01', durationMonths: 1 },
      notes: [{ path: `${path}/endDate`, note: '45 days were taken as 1 month; a duration here is in whole months.' }],
    });
    for (const durationInDays of [1, 20, 45, 80, 180])
      expect(period({ durationInDays })).toMatchObject({
        notes: [{ path: `${path}/durationInDays`, note: expect.stringContaining(`${durationInDays} days`) }],
      });
    // A day more or less is how ends are written, and February is short.
    for (const durationInDays of [30, 31, 61, 91, 213, 365, 366, 730])
      expect(period({ durationInDays })).toMatchObject({ notes: [] });
    for (const [startDate, endDate] of [
      ['2027-02-01T00:00:00Z', '2027-02-28T00:00:00Z'],
      ['2027-02-01', '2027-03-01'],
      ['2027-03-01T00:00:00+01:00', '2027-03-31T23:59:59+02:00'],
      ['2027-03-31T00:00:00+01:00', '2034-03-31T23:59:59+01:00'],
      ['2027-06-01T00:00:00+02:00', '2027-12-01T23:59:59+01:00'],
    ])
      expect(period({ startDate, endDate }), startDate).toMatchObject({ notes: [] });
    // What is no duration here at all stays listed.
    for (const none of [0, -5, 10_000])
      expect(period({ durationInDays: none })).toMatchObject({ notes: [], unmapped: expect.arrayContaining([path]) });
  });
  it('says that a start loses its time of day and its zone', () => {
    const start = (startDate: string) => read({}, { contractPeriod: { startDate } });
    for (const startDate of ['2027-03-01T15:30:00-11:00', '2027-03-01T23:00:00Z', '2027-03-01 08:00', '2027-03-01T00:00:00.5Z'])
      expect(start(startDate)).toMatchObject({
        terms: { startsOn: '2027-03-01' },
        notes: [
          { path: 'tender/contractPeriod/startDate', note: expect.stringContaining(`“${startDate}” was taken as the day`) },
        ],
      });
    for (const startDate of ['2027-03-01', '2027-03-01T00:00:00Z', '2027-03-01T00:00:00.000+02:00', '2027-03-01T00:00'])
      expect(start(startDate)).toMatchObject({ terms: { startsOn: '2027-03-01' }, notes: [] });
  });
  it('takes the description of a code for its title only where it is that', () => {
    const unmappedOf = (id: string, description: string) => {
      const found = read({}, { items: [], classification: { scheme: 'CPV', id, description } });
      return 'unmapped' in found && found.unmapped.filter((path) => path.includes('lassification'));
    };
    for (const title of ['Custom software development services', ' custom Software  development services '])
      expect(unmappedOf('72230000', title)).toEqual([]);
    expect(unmappedOf('72230000', cpv.named('72230000')?.titles.de ?? '')).toEqual([]);
    for (const other of ['Only firms of our town may bid.', 'Custom software development services, in COBOL'])
      expect(unmappedOf('72230000', other)).toEqual(['tender/classification/description']);
    // Its title is not known here, so it may say anything.
    expect(unmappedOf('63000000', 'Supporting transport services')).toEqual(['tender/classification/description']);
  });
  it('invents no lot where none is, and says so', () =>
    expect(read({}, { lots: [{ id: 'a', title: 'One' }, { title: 'Two' }, null, 'three', { title: ' ' }] })).toMatchObject({
      terms: { lots: [{ title: 'One' }, { title: 'Two' }, { title: 'Lot 5' }] },
      notes: [{ path: 'tender/lots/2' }, { path: 'tender/lots/3' }],
    }));
  it('gives a lot another id where two have the same, and says so', () =>
    expect(
      read(
        {},
        {
          lots: [
            { id: 'a', title: 'A' },
            { id: 'a', title: 'B' },
          ],
        },
      ),
    ).toMatchObject({
      terms: { lots: [{ id: 'a', title: 'A' }, { title: 'B' }] },
      notes: [{ path: 'tender/lots/1/id' }],
    }));
  it('takes the one tender of a list of one', () =>
    expect(readRelease({ ...release, tender: [release.tender] }, at, cpv)).toMatchObject({ terms: { title: 'A portal' } }));
  it('tells very many places in lists as one', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => ({ id: n, classification: { scheme: 'CPV', id: '72000000' } }));
    expect(read({}, { items })).toMatchObject({ unmapped: expect.arrayContaining(['tender/items/*/id']) });
    const strange = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`x${n}${'y'.repeat(n)}`, n]));
    const { unmapped } = readRelease({ ...release, ...strange }, at, cpv) as { unmapped: string[] };
    expect(unmapped).toHaveLength(200);
    expect(unmapped.at(-1)).toMatch(/and \d+ more/);
    expect(Math.max(...unmapped.map((path) => path.length))).toBeLessThanOrEqual(300);
  });
  it('leaves a currency that nobody uses to the list of what is unmapped', () =>
    expect(read({}, { value: { amount: 5, currency: 'XXQ' } })).toMatchObject({
      unmapped: expect.arrayContaining(['tender/value']),
    }));
  it('shortens what is too long, and says so', () =>
    expect(read({}, { title: 'T'.repeat(400) })).toMatchObject({
      terms: { title: `${'T'.repeat(299)}…` },
      notes: [{ path: 'tender/title', note: 'Shortened from 400 to 300 characters.' }],
    }));
  it('takes a title from the description where there is none', () =>
    expect(read({}, { title: ' ', description: 'First line.\nSecond.' })).toMatchObject({
      terms: { title: 'First line.' },
      notes: [{ path: 'tender/title' }],
    }));
  it('refuses what is no release, in words', () => {
    for (const none of [null, 5, 'x', []]) expect(readRelease(none, at, cpv)).toHaveProperty('refused');
    expect(readRelease({}, at, cpv)).toMatchObject({ refused: expect.stringContaining('ocid') });
    expect(readRelease({ ocid: 'o' }, at, cpv)).toMatchObject({ refused: expect.stringContaining('tender section'), ocid: 'o' });
    expect(read({}, { title: undefined, description: 7 })).toMatchObject({ refused: expect.stringContaining('title') });
  });
  it('survives any shape inside', () => {
    for (const odd of [null, 5, 'x', [], [null, 5, []], {}, { id: {}, endDate: 5, amount: [] }])
      for (const field of Object.keys(release.tender).filter((name) => name !== 'title'))
        expect(read({}, { [field]: odd })).toHaveProperty('terms');
    expect(read({ __proto__: { polluted: true }, constructor: 5 })).toHaveProperty('terms');
  });
  it('survives what no text can be made of, where a text belongs', () => {
    const deep = Array.from({ length: 20_000 }).reduce<unknown[]>((inner) => [inner], []);
    for (const odd of [{ toString: 1, valueOf: 1 }, deep]) {
      const classification = { scheme: 'CPV', id: odd };
      expect(read({}, { classification, items: [{ additionalClassifications: [classification] }] })).toHaveProperty('terms');
      expect(readRelease({ ocid: 'o', releases: [release, { ...release, date: odd }] }, at, cpv)).toHaveProperty('terms');
    }
  });
  it('reads OCDS 1.0, where a release has no parties and one amendment', () =>
    expect(
      readRelease(
        {
          ocid: 'ocds-old-1',
          id: '1',
          tag: ['tender'],
          buyer: { identifier: { legalName: 'Demonstration Authority' } },
          tender: {
            id: '1',
            title: 'Old',
            items: [{ id: 1, classification: { scheme: 'CPV', id: 72000000 } }],
            amendment: { changes: [] },
          },
        },
        at,
        cpv,
      ),
    ).toMatchObject({
      terms: { title: 'Old', cpv: ['72000000'] },
      unmapped: ['buyer', 'tender/id', 'tender/items/0/id', 'tender/amendment'],
    }));
});

describe('reading a record', () => {
  it('goes on with its sound releases where one of them is broken', () => {
    const releases = [
      { ocid: 'o', id: '1', date: '2026-01-01T00:00:00Z', tender: { title: 'A portal' } },
      { ocid: 'o', id: '2', date: '2026-02-01T00:00:00Z', tender: 5 },
    ];
    expect(readRelease({ ocid: 'o', releases }, at, cpv)).toMatchObject({ terms: { title: 'A portal' } });
  });
  it('lists what stands beside its releases in few words, however much that is', () => {
    const foreign = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x${n}-${'y'.repeat(1_000)}`, n]));
    const { unmapped } = readRelease(
      { ocid: 'o', releases: [{ ocid: 'o', tender: { title: 'A portal' } }], ...foreign },
      at,
      cpv,
    ) as {
      unmapped: string[];
    };
    expect(unmapped.length).toBeLessThanOrEqual(200);
    expect(Math.max(...unmapped.map((path) => path.length))).toBeLessThanOrEqual(300);
  });
  const later = {
    ...release,
    id: 'r2',
    date: '2026-12-05T00:00:00Z',
    tender: { title: 'A better portal', value: { amount: null } },
  };
  it('takes its compiled release, else what its releases come to, whatever their order', () => {
    expect(
      readRelease({ ocid: 'o', compiledRelease: release, releases: [{ url: 'https://example.org' }] }, at, cpv),
    ).toMatchObject({
      ocid: 'ocds-demo-1',
      terms: { title: 'A portal' },
    });
    const read = readRelease({ ocid: 'ocds-demo-1', releases: [later, release] }, at, cpv);
    expect(read).toMatchObject({ ocid: 'ocds-demo-1', terms: { title: 'A better portal', description: 'For carriers.' } });
    expect('terms' in read && read.terms).not.toHaveProperty('budget');
  });
  it('orders its releases by when they were made, in whatever zone that is written', () => {
    const ofDate = (date: unknown, title: string) => ({ ocid: 'o', date, tender: { title } });
    const titleOf = (...releases: object[]) => {
      const read = readRelease({ ocid: 'o', releases }, at, cpv);
      return 'terms' in read && read.terms.title;
    };
    const inBerlin = ofDate('2026-03-01T00:30:00+01:00', 'Half past eleven');
    const inUtc = ofDate('2026-02-28T23:45:00Z', 'A quarter to twelve');
    expect(titleOf(inBerlin, inUtc)).toBe('A quarter to twelve');
    expect(titleOf(inUtc, inBerlin)).toBe('A quarter to twelve');
    expect(titleOf(ofDate('2026-02-28T23:45:00.5Z', 'Later'), inUtc)).toBe('Later');
    // Also within one millisecond; past nine digits there is no telling.
    const dates = [
      '2026-03-01T00:45:00.000000002+01:00',
      '2026-02-28T23:45:00.000000001Z',
      '2026-03-01T01:45:00.0000000009+02:00',
    ];
    const [last = {}, ...before] = dates.map((date) => ofDate(date, date));
    expect(titleOf(last, ...before)).toBe(dates[0]);
    expect(titleOf(...before, last)).toBe(dates[0]);
    // A day, and what is no date, stand where their text does.
    expect(titleOf(ofDate('2026-03-01', 'A day'), inBerlin, inUtc)).toBe('A day');
    expect(titleOf(inUtc, ofDate('no date', 'Odd'), inBerlin)).toBe('Odd');
  });
  it('refuses one that only links to its releases', () =>
    expect(
      readRelease({ ocid: 'o', releases: [{ url: 'https://example.org/1', date: '2026-12-01T00:00:00Z' }] }, at, cpv),
    ).toEqual({
      refused: expect.stringContaining('links'),
      ocid: 'o',
    }));
});

describe('finding the releases in what is sent', () => {
  it('takes a package, a release, and arrays of either', () => {
    expect(releasesIn({ releases: [release] })).toEqual([release]);
    expect(releasesIn(release)).toEqual([release]);
    expect(releasesIn([release, { releases: [release, 5] }, 'x'])).toEqual([release, release, 5, 'x']);
    const record = { ocid: 'o', releases: [release], compiledRelease: release };
    expect(releasesIn({ records: [record] })).toEqual([record]);
    expect(releasesIn([record])).toEqual([record]);
  });
  it('takes an array within an array for no release, however deep it is nested', () => {
    const nested: unknown = JSON.parse('['.repeat(60_000) + ']'.repeat(60_000));
    const found = releasesIn([release, nested]);
    expect(found).toHaveLength(2);
    expect(readRelease(found?.[1], at, cpv)).toHaveProperty('refused');
  });
  it('takes nothing else', () => {
    for (const none of [{}, { records: {} }, null, 'x', 5]) expect(releasesIn(none)).toBeUndefined();
  });
});

const demonstration = new URL('../../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);
/** Lies beside the project where it is developed; a clone has the demonstration notices. */
const real = new URL('../../../../../shared/ocds/real-it-releases.json', import.meta.url);
/** How many codes have another description than their title, or one that is not known here; how many ends lie between whole months. */
type Expected = { readonly described: number; readonly rounded: number };
const files: [string, URL, Expected][] = [
  ['the demonstration notices of this project', demonstration, { described: 1, rounded: 0 }],
  ...(existsSync(real) ? [['real public notices', real, { described: 5, rounded: 6 }] as [string, URL, Expected]] : []),
];
describe.each(files)('%s', (_, file, expected) => {
  const found = releasesIn(JSON.parse(readFileSync(file, 'utf8'))) ?? [];

  it('all become drafts with a title, a description and CPV codes, free of broken characters', () => {
    expect(found.length).toBeGreaterThanOrEqual(8);
    for (const one of found) {
      const tender = readRelease(one, at, cpv);
      if ('refused' in tender) throw new Error(tender.refused);
      expect(newTender.parse(tender.terms)).toEqual(tender.terms);
      expect(tender.terms.cpv?.length).toBeGreaterThan(0);
      expect(tender.terms.description).not.toBe('');
      expect(tender.terms.title + tender.terms.description).not.toMatch(/â€|Ã.|\r|rnrn/);
    }
  });

  it('have what is not taken as it stands said, and nothing else', () => {
    const all = found.flatMap((one) => {
      const tender = readRelease(one, at, cpv);
      return 'terms' in tender ? [tender] : [];
    });
    const described = all
      .flatMap(({ unmapped }) => unmapped)
      .filter((path) => /lassifications?(\/\d+)?\/description$/.test(path));
    const rounded = all.flatMap(({ notes }) => notes).filter(({ note }) => note.includes('whole months'));
    expect({ described: described.length, rounded: rounded.length }).toEqual(expected);
  });
});
