import { describe, expect, it } from 'vitest';
import type { Told } from '../told.ts';
import { write } from './write.ts';

const inLanguage = (language: 'en' | 'de', kind: Told['kind'], data: object): { subject: string; text: string } => {
  const told = { kind, data: { title: 'A portal', ...data }, other: { organisationId: 'o1', name: 'The Other' }, link: '/' };
  const { subject, body } = write(told as Told, language, 'Europe/Berlin');
  return { subject, text: body.join('\n') };
};
const english = (kind: Told['kind'], data: object) => inLanguage('en', kind, data).text;
const german = (kind: Told['kind'], data: object) => inLanguage('de', kind, data).text;

/** What the platform says in English for whoever knows no better: no German text may hold it. */
const own = 'The platform’s own sentence.';
const lost = { outcome: 'lost', rank: 2, score: 84.25, of: 3, winningScore: 91.5, reason: own, because: 'ranking' };

describe('why a bid won, lost or is out', () => {
  it('is said in the language of the reader, with its place, its points and those of the winner', () => {
    expect(english('award-outcome', lost)).toContain('Your rank: 2 of 3, with 84.25 of 100 points. The winning bid has 91.5.');
    expect(german('award-outcome', lost)).toContain(
      'Ihr Rang: 2 von 3, mit 84,25 von 100 Punkten. Das Angebot mit dem Zuschlag hat 91,5.',
    );
    for (const text of [english('award-outcome', lost), german('award-outcome', lost)]) expect(text).not.toContain(own);
  });
  it('keeps what the buyer wrote as it was written', () => {
    const said = 'Die schlüssigste Idee.';
    expect(english('award-outcome', { ...lost, said })).toContain(`Reason: ${said}`);
    expect(german('award-outcome', { ...lost, said })).toContain(`Begründung: ${said}`);
    expect(english('award-outcome', lost)).not.toContain('Reason:');
    // Where the platform adds nothing the reason is the buyer's.
    expect(german('award-outcome', { outcome: 'won', rank: 1, of: 2, score: 90, reason: said })).toContain(`Begründung: ${said}`);
  });
  it('of a bid that won is its place, or that the award before came to nothing', () => {
    const won = { outcome: 'won', rank: 1, score: 91.5, of: 2, reason: own };
    expect(german('award-outcome', { ...won, because: 'ranking' })).toContain('Ihr Angebot ist das erste in der Rangfolge.');
    for (const [how, en, de] of [
      ['declined', 'declined it', 'abgelehnt hat'],
      ['withdrawn', 'was withdrawn', 'zurückgetreten ist'],
    ] as const) {
      const passed = { ...won, rank: 2, because: 'passed-on', how };
      expect(english('award-outcome', passed)).toContain(en);
      expect(german('award-outcome', passed)).toContain(de);
      expect(german('award-outcome', passed)).not.toContain(own);
    }
  });
  it('of a lot nobody gets is that, and the buyer’s reason', () => {
    const nobody = { outcome: 'lost', because: 'no-award', said: 'Zu teuer.', reason: own };
    expect(german('award-outcome', nobody)).toContain('Den Zuschlag erhält niemand');
    expect(german('award-outcome', nobody)).toContain('Begründung: Zu teuer.');
    expect(english('award-outcome', nobody)).not.toContain('rank');
  });
  it('of a disqualified one is its ground and what the buyer wrote', () => {
    const out = { outcome: 'disqualified', code: 'abnormally-low-price', reason: 'It cannot be done.' };
    expect(english('award-outcome', out)).toMatch(/Ground: the price is abnormally low\.\nReason: It cannot be done\./);
    expect(german('award-outcome', out)).toContain('Grund: Der Preis ist ungewöhnlich niedrig.');
    expect(german('award-outcome', { outcome: 'disqualified', reason: 'So.' })).not.toContain('Grund:');
  });
  it('as an earlier version told it stays as it was', () =>
    expect(german('award-outcome', { outcome: 'lost', rank: 2, score: 70, reason: own })).toMatch(
      /Ihr Rang: 2, mit 70 von 100 Punkten\.\nBegründung: The platform/,
    ));
});

describe('why the buyer’s lot went where it went', () => {
  const award = { value: { amount: 100, currency: 'EUR' }, reason: own };
  it('is said in the language of the reader', () => {
    expect(german('lot-awarded', { ...award, because: 'ranking', rank: 1, score: 91.5 })).toContain(
      'Es ist das erste Angebot in der Rangfolge, mit 91,5 von 100 Punkten.',
    );
    expect(english('lot-awarded', { ...award, because: 'passed-on', how: 'declined', rank: 2, score: 84 })).toContain(
      'The award passes on, because the bid before declined it: this one has rank 2, with 84 of 100 points.',
    );
    expect(english('lot-awarded', award)).toContain(`Reason: ${own}`);
  });
  it('or that it ended without an award', () => {
    expect(german('tender-unsuccessful', { reason: own, because: 'no-valid-bid' })).toContain(
      'Es ging kein gültiges Angebot ein.',
    );
    expect(german('tender-unsuccessful', { reason: own, because: 'nobody-left', how: 'withdrawn' })).toContain('zurückgetreten');
    expect(german('tender-unsuccessful', { reason: 'Zu teuer.' })).toContain('Begründung: Zu teuer.');
  });
});

it('names the lot where the tender has several, in the subject and in the text', () => {
  const kinds: readonly [Told['kind'], object][] = [
    ['award-outcome', { outcome: 'won', reason: 'So.' }],
    ['lot-awarded', { value: { amount: 100, currency: 'EUR' }, reason: 'So.' }],
    ['award-lapsed', { how: 'declined', reason: 'So.', as: 'buyer' }],
    ['contract-offered', {}],
    ['contract-signed', { value: { amount: 100, currency: 'EUR' } }],
    ['milestone-signed-off', {}],
    ['contract-completed', {}],
    ['clarification-asked', {}],
    ['clarification-answered', {}],
  ];
  for (const [kind, data] of kinds) {
    for (const [language, lot] of [
      ['en', '“A portal” (lot “Run it”)'],
      ['de', '„A portal“ (Los „Run it“)'],
    ] as const) {
      const { subject, text } = inLanguage(language, kind, { ...data, lot: 'Run it' });
      expect(subject, kind).toContain('A portal (Run it)');
      expect(text, kind).toContain(lot);
      expect(inLanguage(language, kind, data).subject, kind).toMatch(/A portal$/);
    }
  }
});

describe('what waits for a buyer', () => {
  const nothing = { since: '2026-11-23T12:00:00.000Z', openQuestions: 0, undecidedLots: [], lots: 2, openClarifications: 0 };
  it('is named, and nothing else', () => {
    const questions = english('buyer-reminded', { ...nothing, openQuestions: 1 });
    expect(questions).toContain('A question waits for your answer.');
    expect(questions).not.toMatch(/lot|decided|outcome/);
    expect(german('buyer-reminded', { ...nothing, openQuestions: 3 })).toContain('3 Fragen warten auf Ihre Antwort.');
    expect(german('buyer-reminded', { ...nothing, undecidedLots: ['Run it'] })).toContain('„Run it“');
    expect(english('buyer-reminded', { ...nothing, undecidedLots: ['A portal'], lots: 1 })).toContain(
      'The bids are open, and nothing is decided yet.',
    );
    expect(english('buyer-reminded', { ...nothing, openClarifications: 2 })).toContain('2 bidders wait for your answer');
  });
});
