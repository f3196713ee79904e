import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeReleases } from './mergeReleases.ts';

type Json = Record<string, unknown>;
const read = (name: string) => JSON.parse(readFileSync(new URL(`../../test-data/ocds/${name}`, import.meta.url), 'utf8')) as Json;
const fixtures = read('merge-fixtures.json') as Record<string, { releases: Json[]; compiled: Json }>;

describe('merging releases', () => {
  it.each(Object.entries(fixtures))('gives what the reference implementation gives: %s', (_, { releases, compiled }) => {
    expect(mergeReleases(releases)).toEqual(compiled);
  });
  it('replaces as a whole the lists that the schemas say, and no others', () => {
    const found = new Set<string>();
    for (const name of ['release-schema-1.1', 'bid-extension-release-schema', 'lots-extension-release-schema'])
      JSON.parse(JSON.stringify(read(`${name}.json`)), function collect(key, value: Json) {
        if (value?.wholeListMerge === true) found.add(key);
        return value;
      });
    expect([...found].sort()).toEqual(['additionalClassifications', 'additionalIdentifiers', 'identifiers']);
  });
  it('leaves the releases as they are', () => {
    const releases = [
      { ocid: 'o', id: '1', date: 'd1', tag: ['tender'], tender: { id: 't', lots: [{ id: 'a', title: 'A' }] } },
      { ocid: 'o', id: '2', date: 'd2', tag: ['tenderUpdate'], tender: { lots: [{ id: 'a', title: null }] } },
    ];
    const before = JSON.stringify(releases);
    expect(mergeReleases(releases)).toMatchObject({ tender: { id: 't', lots: [{ id: 'a' }] } });
    expect(JSON.stringify(releases)).toBe(before);
  });
});

describe('a foreign record', () => {
  // Told by the time it takes, which the runner bounds: merged anew for each release these took minutes.
  it('is merged in one go, however many releases, fields and things in lists it has', () => {
    const releases = Array.from({ length: 20_000 }, (_, n) => ({ date: `${n}`, tender: { [`k${n}`]: 1, items: [{ id: n }] } }));
    const { tender } = mergeReleases(releases) as unknown as { tender: { items: unknown[] } };
    expect(Object.keys(tender)).toHaveLength(20_001);
    expect(tender.items).toHaveLength(20_000);
    const items = Array.from({ length: 100_000 }, (_, id) => ({ id }));
    expect(mergeReleases([{ tender: { items } }, { tender: { items } }])).toMatchObject({ tender: { items } });
  });
  it('is left as it is by what is merged into it', () => {
    const releases = [
      { ocid: 'o', tender: { lots: [{ id: 1, title: 'One' }, 'odd'], value: { amount: 1 } } },
      { ocid: 'o', tender: { lots: [{ id: 1, title: 'Two' }], value: { amount: 2 } } },
      { ocid: 'o', tender: { lots: [{ id: 2 }], value: { amount: null } } },
    ];
    const before = structuredClone(releases);
    expect(mergeReleases(releases)).toMatchObject({ tender: { lots: [{ id: 1, title: 'Two' }, { id: 2 }] } });
    expect(releases).toEqual(before);
  });
  it('gets a name also where no text can be made of what its name is made of', () =>
    expect(mergeReleases([{ ocid: { toString: 1 }, date: [] }]).id).toBe('-'));
});
