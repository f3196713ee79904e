import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandOfTender } from '../demand.ts';
import { anyFirm, anyTender } from '../firmsAndTenders.fixture.ts';
import { scoreFirm } from '../scoreFirm.ts';
import { type Language, wordsIn } from './languages.ts';
import type { Words } from './words.ts';

const kigali = { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' };
const berlin = { timeZone: 'Europe/Berlin', from: '09:00', to: '18:00' };

/** One of each sentence, and what of it must be read in every language. */
const samples: { readonly [Said in keyof Words]: readonly [Parameters<Words[Said]>, ...string[]] } = {
  offersCode: [['72212000'], '72212000'],
  offersPartOf: [[['72212100', '72212200'], '72212000'], '72212100', '72212200', '72212000'],
  offersNear: [[['72211000'], '72212000'], '72211000', '72212000'],
  offersNothingNear: [['72212000'], '72212000'],
  offersSkill: [['TypeScript'], 'TypeScript'],
  lacksSkill: [['TypeScript'], 'TypeScript'],
  speaks: [['C1', { language: 'en', level: 'B2' }], 'C1', 'B2'],
  doesNotSpeak: [[{ language: 'en', level: 'B2' }], 'B2'],
  bothSpeak: [[['en', 'de']]],
  noLanguageInCommon: [[['en', 'de']]],
  sharesHours: [
    [{ shared: 7, wished: 4, firm: kigali, other: berlin, day: '2027-02-01' }],
    ...['7', '4', '08:00–17:00 Kigali', '09:00–18:00 Berlin', '2027'],
  ],
  knowsSector: [['Health'], 'Health'],
  lacksSector: [['Health'], 'Health'],
  hasReferences: [[2], '2'],
  noReferenceYet: [[]],
  holds: [[['ISO 27001', 'ISO 9001']], 'ISO 27001', 'ISO 9001'],
  noCertificate: [[]],
  findsWhatItWants: [[['Rust'], ['72212000']], 'Rust', 'CPV 72212000'],
  findsNothingItWants: [[]],
  saysNoWish: [[]],
  otherCurrency: [['RWF', 'EUR'], 'RWF', 'EUR'],
  noDayRate: [[]],
  budgetPays: [[{ amount: 20_000, currency: 'EUR' }, 5, 6], 'EUR', '200', '5', '6'],
  teamAndBudget: [[12, 4], '12', '4'],
  availableFrom: [['2027-03-05', '2027-02-01'], '5', '1', '2027'],
  availabilityUnknown: [['2027-02-01'], '1', '2027'],
  sameCountry: [[]],
  certificateRequired: [['ISO 27001'], 'ISO 27001'],
  offersNothingAsked: [[]],
  noProfile: [[]],
};
const said = (language: Language, name: keyof Words): string => {
  const [given] = samples[name];
  return (wordsIn[language][name] as (...values: readonly unknown[]) => string)(...given);
};

describe.each(Object.keys(samples) as (keyof Words)[])('%s', (name) => {
  it('is a sentence of its own in each language, and leaves nothing out', () => {
    const [, ...read] = samples[name];
    const sentences = (Object.keys(wordsIn) as Language[]).map((language) => said(language, name));
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[\p{Lu}\p{N}].*\.$/u);
      for (const value of read) expect(sentence).toContain(value);
    }
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('German', () => {
  it('writes numbers, days, amounts, languages and lists its own way', () => {
    expect(wordsIn.de.budgetPays({ amount: 1_250_050, currency: 'EUR' }, 2.5, 1)).toBe(
      'Bei einem Tagessatz ab 12.500,50 EUR bezahlt das Budget 2,5 Personen für 1 Monat.',
    );
    expect(said('de', 'availableFrom')).toBe('Verfügbar ab 5. März 2027; die Arbeit beginnt am 1. Februar 2027.');
    expect(said('de', 'bothSpeak')).toBe('Sie sprechen beide Englisch und Deutsch.');
    expect(wordsIn.de.speaks('native', { language: 'rw', level: 'native' })).toBe(
      'Spricht Kinyarwanda als Muttersprache; verlangt ist Muttersprache.',
    );
  });
  it('changes what is said and nothing that counts', () =>
    fc.assert(
      fc.property(anyTender, anyFirm, (tender, firm) => {
        const demand = demandOfTender(tender, undefined);
        const counted = (words: Words) => {
          const { score, failures, reasons } = scoreFirm(demand, firm, words);
          return [score, failures.map(({ name }) => name), reasons.map(({ says: _, ...reason }) => reason)];
        };
        expect(counted(wordsIn.de)).toEqual(counted(wordsIn.en));
        const { failures, reasons } = scoreFirm(demand, firm, wordsIn.de);
        for (const { says } of [...failures, ...reasons]) expect(says).not.toMatch(/\b(the|is|asked|profile|offers)\b/);
      }),
      { numRuns: 200 },
    ));
});
