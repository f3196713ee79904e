import { readFileSync } from 'node:fs';
import { newTender } from '@umuhuza/contracts/tenders/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCpvVocabulary } from '../openCpvVocabulary.ts';
import { createDraft } from '../tender/createDraft.ts';
import { noTender } from '../tender/evolve.ts';
import { readRelease, releasesIn } from './readRelease.ts';

type Json = Record<string, unknown>;
const at = '2027-01-01T00:00:00.000Z';
const cpv = await openCpvVocabulary();
const file = new URL('../../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);
const notices = (JSON.parse(readFileSync(file, 'utf8')) as { releases: Json[] }).releases;

const nested = (depth: number): unknown => JSON.parse(`${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`);

/** What people and programs put where something else belongs. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1.5, '', ' ', '0', 'null', [], {}, [[]], [null], [{}], { id: {} }),
  fc.constantFrom(
    '&lt;b&gt;Bold&lt;/b&gt;',
    '<p>One<br/>two</p>',
    '&amp;amp;',
    '&#x1F600;',
    '&#0;',
    '&nosuch;',
    '\ud800',
    '\u0000',
  ),
  fc.constantFrom('0000-00-00T00:00:00Z', '2027-02-30T00:00:00Z', '2027-01-01', '31/12/2027', '+275760-09-13T00:00:00Z', 'NaN'),
  fc.constantFrom('x'.repeat(100_000), 'rn'.repeat(20_000), 'Ã¼'.repeat(10_000), '<p'.repeat(20_000), '&'.repeat(50_000)),
  fc.constantFrom<unknown>({ toString: 1, valueOf: 1 }, `x${' '.repeat(100_000)}x`),
  fc.integer({ min: 1, max: 300 }).map((depth) => nested(depth)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every place in a notice, as steps. */
const placesIn = (value: unknown, steps: readonly string[] = []): string[][] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, one]) => [[...steps, name], ...placesIn(one, [...steps, name])])
    : [];
const replaced = (value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown => {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((one, n) => (String(n) === step ? replaced(one, rest, by) : one));
  if (value === null || typeof value !== 'object') return by;
  const object = value as Json;
  return { ...object, [step]: replaced(object[step], rest, by) };
};
const spoiltNotice = fc
  .tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 4 }))
  .map(([which, changes]) =>
    changes.reduce<unknown>(
      (notice, [place, by]) => {
        const places = placesIn(notices[which % notices.length]);
        return replaced(notice, places[place % places.length] ?? [], by);
      },
      notices[which % notices.length],
    ),
  );

/** It is answered: as a draft that the rules take, or refused in words. */
const expectAnswer = (input: unknown) => {
  const read = readRelease(input, at, cpv);
  if ('refused' in read) {
    expect(read.refused).not.toBe('');
    expect(read.refused.length).toBeLessThan(2_000);
    return;
  }
  expect(newTender.parse(read.terms)).toEqual(read.terms);
  const buyer = { organisationId: 'o', country: 'DE' as const };
  expect(createDraft(noTender, { tenderId: 't', ocid: read.ocid, buyer, terms: read.terms, at })).toMatchObject([
    { type: 'TenderDrafted' },
  ]);
  expect(JSON.stringify([read.unmapped, read.notes]).length).toBeLessThan(100_000);
};

describe('a strange notice', () => {
  it('is answered, whatever stands at any place of it', () => {
    fc.assert(fc.property(spoiltNotice, expectAnswer), { numRuns: 1_000 });
  });
  it('is answered, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(strange, fc.jsonValue()), (input) => expectAnswer(input)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(strange, strange, strange, (tender, releases, compiledRelease) => {
        expectAnswer({ ocid: 'ocds-x-1', tender });
        expectAnswer({ ocid: 'ocds-x-1', releases });
        expectAnswer({ ocid: 'ocds-x-1', releases: [{ tender, date: releases }, { tender: compiledRelease }] });
        expectAnswer({ ocid: 'ocds-x-1', compiledRelease });
      }),
      { numRuns: 300 },
    );
  });
  it('is answered, however deep it is nested', () => {
    const deep = nested(20_000);
    for (const name of ['tender', 'releases', 'compiledRelease', 'parties']) expectAnswer({ ocid: 'ocds-x-1', [name]: deep });
    for (const place of placesIn(notices[0])) expectAnswer(replaced(notices[0], place, deep));
    expectAnswer({ ocid: 'ocds-x-1', releases: [{ tender: { title: 'T', description: deep, items: deep } }] });
  });
  it('is found wherever it stands in what is sent', () => {
    fc.assert(
      fc.property(strange, strange, (one, other) => {
        for (const input of [one, [one, other], { releases: one }, { records: other }, [{ releases: [one] }, other]])
          for (const release of releasesIn(input) ?? []) expectAnswer(release);
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing silently: each place is taken, or listed itself or by what it lies in', () => {
    const marker = '\u2020 nobody has a place for this';
    for (const notice of notices)
      for (const place of placesIn(notice).filter((steps) => !/^\d+$/.test(steps.at(-1) ?? ''))) {
        const novelty = [...place.slice(0, -1), 'novelty'];
        const read = readRelease(replaced(notice, novelty, marker), at, cpv);
        if ('refused' in read) throw new Error(read.refused);
        const listed = read.unmapped.map((path) => path.split('/'));
        expect(
          listed.some((path) => path.every((step, n) => step === novelty[n])),
          novelty.join('/'),
        ).toBe(true);
      }
  });
});
