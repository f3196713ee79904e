import { describe, expect, it } from 'vitest';
import { askedWordsOf, searchWordsOf } from './searchWords.ts';

const finds = (query: string, title: string, description = ''): boolean => {
  const words = searchWordsOf({ title, description });
  return askedWordsOf(query).every((word) => words.includes(word));
};

describe('the words a tender is found by', () => {
  it('are those of its title and description, in any order, case and ending', () => {
    expect(finds('CARRIER portal', 'A portal for carriers')).toBe(true);
    expect(finds('portals', 'A portal for carriers')).toBe(true);
    expect(finds('services', 'One service')).toBe(true);
    expect(finds('processes', 'A process')).toBe(true);
    expect(finds('Schulung', 'Portal', 'Schulungen für Fahrer')).toBe(true);
    expect(finds('portal drivers', 'A portal for carriers')).toBe(false);
  });
  it('are found with umlauts, two letters or neither', () => {
    for (const query of ['Überwachung', 'ueberwachung', 'uberwachung', 'UBERWACHUNG'])
      expect(finds(query, 'Überwachung der Server')).toBe(true);
  });
  it('are bounded, the title’s first', () => {
    const description = Array.from({ length: 5_000 }, (_, n) => `wort${n}x`).join(' ');
    const words = searchWordsOf({ title: 'Ein Portal', description });
    expect(words.length).toBeLessThanOrEqual(120);
    expect(words).toContain('portal');
  });
  it('may be anything', () => {
    for (const odd of ['', ' ', '-', '😀', '$where', '.*', 'a'.repeat(10_000)])
      expect(Array.isArray(askedWordsOf(odd))).toBe(true);
  });
});
