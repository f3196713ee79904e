import { commonProblems, type ProblemText } from '@umuhuza/contracts/problem';
import { describe, expect, it } from 'vitest';
import { serviceProblems } from '../../../door/contracts.ts';
import { doorProblems } from '../../../door/problems.ts';
import { explainedProblems } from '../../../door/problemTexts.ts';
import { type AreaName, areaFiles } from './areas.ts';
import { de, refusals } from './de.ts';
import { en } from './en.ts';
import { languages, preferredLanguage } from './language.ts';

const placesIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

/** The same places in the same sentence; a singular may leave its number out. */
const expectSamePlaces = (english: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) => {
  expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    if (key.endsWith('_one')) continue;
    expect(placesIn(other[key] ?? ''), key).toEqual(placesIn(text));
  }
};

describe('the texts', () => {
  it('leave the same places for values in every language', () => expectSamePlaces(en, de));

  it.each(Object.entries(areaFiles))('of %s do so too', async (_, files) => {
    const { texts: english } = await files.en();
    for (const language of languages) expectSamePlaces(english, (await files[language]()).texts);
  });
});

describe('the refusals told in another language', () => {
  const given = new Set(explainedProblems.map(({ name }) => name));
  it('are ones that the platform gives', async () => {
    const ofAreas = await Promise.all(Object.values(areaFiles).map((files) => files.de()));
    for (const told of [refusals, ...ofAreas.map((file) => file.refusals ?? {})])
      for (const name of Object.keys(told)) expect(given, name).toContain(name);
  });

  it('are all of them, those of an area’s service with the area', async () => {
    const areaOf: Readonly<Record<string, AreaName>> = { tenders: 'tenders', sandbox: 'sandbox', profiles: 'profile' };
    for (const [service, problems] of Object.entries<Readonly<Record<string, ProblemText>>>({
      ...serviceProblems,
      everywhere: { ...commonProblems, ...doorProblems },
    })) {
      const area = areaOf[service];
      const ofArea = area && (await areaFiles[area].de()).refusals;
      const told: Readonly<Record<string, ProblemText>> = { ...refusals, ...ofArea };
      for (const [name, english] of Object.entries(problems)) {
        expect(english.title && english.detail, `${service}: ${name}`).toMatch(/\S/);
        expect(told[name]?.title, `${service}: ${name}`).toMatch(/\S/);
        expect(told[name]?.detail, `${service}: ${name}`).toMatch(/\S/);
        expect(told[name]?.title, `${service}: ${name}`).not.toBe(english.title);
      }
    }
  });

  it('are told in one place each, so that no area changes what another says', async () => {
    const ofAreas = await Promise.all(Object.values(areaFiles).map((files) => files.de()));
    const names = [refusals, ...ofAreas.map((file) => file.refusals ?? {})].flatMap((told) => Object.keys(told));
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });
});

describe('the language of the page', () => {
  it('is the chosen one', () => expect(preferredLanguage('de', ['en-GB'])).toBe('de'));
  it('is the first of the browser’s that there is', () => expect(preferredLanguage(null, ['fr-FR', 'de-DE', 'en'])).toBe('de'));
  it('is English where there is none of them', () => expect(preferredLanguage('xx', ['rw-RW'])).toBe('en'));
});
