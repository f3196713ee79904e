import { describe, expect, it } from 'vitest';
import { explainedProblems } from '../../../door/problemTexts.ts';
import { de, refusals } from './de.ts';
import { en } from './en.ts';
import { preferredLanguage } from './language.ts';

const placesIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('the texts', () => {
  it('leave the same places for values in every language', () => {
    for (const [key, text] of Object.entries(en)) {
      if (key.endsWith('_one')) continue;
      expect(placesIn(de[key as keyof typeof en]), key).toEqual(placesIn(text));
    }
  });
});

describe('the refusals told in another language', () => {
  it('are ones that the platform gives', () => {
    const given = new Set(explainedProblems.map(({ name }) => name));
    for (const name of Object.keys(refusals)) expect(given, name).toContain(name);
  });
});

describe('the language of the page', () => {
  it('is the chosen one', () => expect(preferredLanguage('de', ['en-GB'])).toBe('de'));
  it('is the first of the browser’s that there is', () => expect(preferredLanguage(null, ['fr-FR', 'de-DE', 'en'])).toBe('de'));
  it('is English where there is none of them', () => expect(preferredLanguage('xx', ['rw-RW'])).toBe('en'));
});
