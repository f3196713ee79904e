import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCpvVocabulary } from './openCpvVocabulary.ts';

const cpv = await openCpvVocabulary();
const codesFor = (query: string, limit = 10) => cpv.search(query, limit).map(({ code }) => code);

describe('the vocabulary', () => {
  it('has five divisions and under each a tree without a gap', () => {
    expect(cpv.divisions.map(({ code }) => code)).toEqual(['48000000', '72000000', '73000000', '79000000', '80000000']);
    const counted = new Set<string>();
    const walk = (code: string, parents: readonly string[]): void => {
      const place = cpv.find(code);
      expect(place?.parents.map((parent) => parent.code)).toEqual(parents);
      counted.add(code);
      for (const child of place?.children ?? []) walk(child.code, [...parents, code]);
    };
    for (const { code } of cpv.divisions) walk(code, []);
    expect(counted.size).toBe(730);
  });
  it('knows each code’s titles and check digit', () => {
    expect(cpv.find('72212000')).toMatchObject({
      checkDigit: 4,
      titles: { en: 'Programming services of application software', de: 'Programmierung von Anwendersoftware' },
    });
    const digits = { 48000000: 8, 72000000: 5, 73000000: 2, 79000000: 4, 80000000: 4, 72222300: 0, 72267000: 4, 72212931: 4 };
    for (const [code, checkDigit] of Object.entries(digits)) expect(cpv.find(code)).toMatchObject({ checkDigit });
    expect(cpv.find('72999999')).toBeUndefined();
  });

  const demonstration = new URL('../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);
  /** Lies beside the project where it is developed. */
  const real = new URL('../../../../shared/ocds/real-it-releases.json', import.meta.url);
  const files = [demonstration, ...(existsSync(real) ? [real] : [])];
  it.each(files.map((file) => [file.pathname.split('/').at(-1), file]))('says what public notices say: %s', (_, file) => {
    const classifications = new Map<string, string>();
    JSON.parse(readFileSync(file as URL, 'utf8'), (_key, value: unknown) => {
      const { scheme, id, description } = (value ?? {}) as Record<string, unknown>;
      if (scheme === 'CPV' && typeof description === 'string') classifications.set(String(id), description);
      return value;
    });
    const known = [...classifications].filter(([code]) => /^(48|72|73|79|80)/.test(code));
    for (const [code, title] of known) expect(cpv.find(code.slice(0, 8))?.titles.en).toBe(title);
    expect(known.length).toBeGreaterThan(3);
  });
});

describe('finding a code', () => {
  it('by its digits, with all that lies below it', () => {
    expect(codesFor('72212000')[0]).toBe('72212000');
    expect(codesFor('72212000-4', 3)).toEqual(['72212000', '72212100', '72212110']);
    expect(codesFor('72000000', 2)).toEqual(['72000000', '72100000']);
    expect(codesFor('805', 100).every((code) => code.startsWith('805'))).toBe(true);
    expect(codesFor('99')).toEqual([]);
  });
  it('by words of either language, whatever their case and order', () => {
    expect(codesFor('software development')[0]).toBe('72262000');
    expect(codesFor('DEVELOPMENT Software')).toContain('72262000');
    expect(codesFor('Systemberatung und technische Beratung')[0]).toBe('72220000');
    expect(codesFor('database systems')[0]).toBe('48610000');
    expect(codesFor('Datenbank')).toContain('48610000');
  });
  it('with umlauts as they are, as two letters, or without their dots', () => {
    const found = codesFor('Überwachung');
    expect(found).toContain('79714000');
    for (const spelled of ['Ueberwachung', 'uberwachung', 'U\u0308berwachung']) expect(codesFor(spelled)).toEqual(found);
    expect(codesFor('aussen')).toEqual(codesFor('außen'));
  });
  it('by the beginning of a word, another ending, or a part of a compound', () => {
    expect(codesFor('program', 100)).toContain('72212000');
    expect(codesFor('databases', 100)).toContain('48610000');
    expect(codesFor('anwender', 100)).toContain('72212000');
    expect(codesFor('multimedia software', 100)).toContain('48520000');
  });
  it('by a compound whose parts stand apart, and by parts of a compound', () => {
    expect(codesFor('Softwareentwicklung')[0]).toBe('72262000');
    expect(codesFor('Softwareentwicklung', 100)).toContain('72212190');
    expect(codesFor('email')).toEqual(codesFor('E-Mail'));
    expect(codesFor('Software-Entwicklung')[0]).toBe('72262000');
  });
  it('with most of the words where none has all of them', () => {
    expect(codesFor('quantum software programming', 100)).toContain('72212000');
    expect(codesFor('quantum')).toEqual([]);
  });
  it('puts up with anything', () => {
    for (const odd of ['', ' ', '-', '---', '😀', '\u0000', '(.*)', 'a'.repeat(200), 'software'.repeat(25), 'für', '^$'])
      expect(Array.isArray(codesFor(odd))).toBe(true);
  });
});
