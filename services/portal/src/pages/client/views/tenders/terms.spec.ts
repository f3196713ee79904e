import { describe, expect, it } from 'vitest';
import { aroundTheChange, differencesOf } from './termDifferences.ts';
import { rowsOf, type TermWords } from './termRows.ts';

const words: TermWords = {
  t: (key) => `<${key}>`,
  language: 'de',
  nameOf: (what, id) => `${what} ${id}`,
};
const differences = (term: string, from: unknown, to: unknown) => differencesOf(term, from, to, words);
const texts = (term: string, value: unknown) => rowsOf(term, value, words).map(({ text }) => text);

describe('a term in words', () => {
  it('has no codes and no ids', () => {
    expect(texts('mustHaveCodes', ['signed-nda'])).toEqual(['<must-have-signed-nda>']);
    expect(texts('audience', 'matched')).toEqual(['<audience-matched>']);
    expect(
      texts('languages', [
        { language: 'de', level: 'B2' },
        { language: 'en', level: 'native' },
      ]),
    ).toEqual(['Deutsch, B2', 'Englisch, <native>']);
    expect(texts('invited', ['o1'])).toEqual(['firm o1']);
    expect(texts('showBudget', false)).toEqual(['<no>']);
    expect(texts('budget', { amount: 1_250_000, currency: 'EUR' }).join()).toMatch(/^12\.500,00\sEUR$/);
    expect(texts('deadline', '2027-02-01T11:00:00.000Z').join()).toContain('12:00 <Berlin>');
    expect(texts('startsOn', '2027-02-01').join()).toContain('2027');
    expect(texts('paymentTerms', null)).toEqual([]);
  });

  it('says all of a bid’s parts', () => {
    expect(texts('prices', [{ lotId: 'l1', price: { amount: 100, currency: 'EUR' } }]).join()).toMatch(/^lot l1: 1,00\sEUR$/);
    expect(texts('answers', [{ criterionId: 'c1', answer: 'Iterations.' }])).toEqual(['criterion c1: Iterations.']);
    expect(texts('team', [{ role: 'Lead', name: 'A. B.', experience: 'Ten years.' }])).toEqual(['Lead, A. B.\nTen years.']);
    expect(texts('documents', [{ id: 'd', name: 'plan.pdf', size: 1_048_576 }])).toEqual(['plan.pdf (1 MB)']);
  });
});

describe('what differs between two versions of a term', () => {
  const lot = { id: 'build', title: 'Build', description: 'A portal.' };

  it('is only the parts that do, with everything they say', () => {
    const run = { id: 'run', title: 'Run', description: '' };
    expect(differences('lots', [lot, run], [{ ...lot, description: 'A portal and an app.' }, run])).toEqual([
      { before: 'Build\nA portal.', after: 'Build\nA portal and an app.' },
    ]);
    expect(differences('lots', [lot], [lot, run])).toEqual([{ after: 'Run' }]);
    expect(differences('lots', [lot, run], [lot])).toEqual([{ before: 'Run' }]);
    expect(differences('lots', [lot, run], [run, lot])).toEqual([]);
  });

  it('is seen whatever it is of', () => {
    const criterion = { id: 'c', name: 'Approach', weight: 60, kind: 'quality', description: 'Steps.' };
    const milestone = { id: 'm', title: 'Go-live', dueOn: '2027-01-31' };
    for (const changed of [{ kind: 'price' }, { weight: 50 }, { description: 'Small steps.' }, { name: 'How' }])
      expect(differences('criteria', [criterion], [{ ...criterion, ...changed }]), JSON.stringify(changed)).toHaveLength(1);
    for (const changed of [{ dueOn: '2027-02-01' }, { dueOn: undefined }, { description: 'All of it.' }])
      expect(differences('milestones', [milestone], [{ ...milestone, ...changed }]), JSON.stringify(changed)).toHaveLength(1);
    expect(differences('durationMonths', 6, null)).toEqual([{ before: '6' }]);
    expect(differences('skills', ['Go', 'Go'], ['Go'])).toEqual([{ before: 'Go' }]);
  });

  it('is shown of a long text with what stands around it', () => {
    const long = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ');
    const [before, after] = aroundTheChange(long, long.replace('word60', 'another'));
    expect(before).toContain('word59 word60 word61');
    expect(after).toContain('word59 another word61');
    expect(before).toMatch(/^… word\d+ .* …$/);
    for (const shown of [before, after]) expect(shown.length).toBeLessThan(200);
    expect(aroundTheChange('short', 'other')).toEqual(['short', 'other']);
    const [whole, longer] = aroundTheChange(long, `${long} and more`);
    expect(whole.endsWith('word119')).toBe(true);
    expect(longer.endsWith('word119 and more')).toBe(true);
    expect(aroundTheChange(long, '')[1]).toBe('');
  });
});
