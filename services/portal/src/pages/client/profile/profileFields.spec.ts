import { profileContent } from '@umuhuza/contracts/profiles/schemas';
import { describe, expect, it } from 'vitest';
import { emptyProfile, missingIn, profileFieldsOf, toContent } from './profileFields.ts';

const small = { ...emptyProfile('RW'), summary: 'We build payments.', offersSkills: ['TypeScript'], teamSize: 12 };
const whole = {
  ...small,
  website: ' https://demonstration.example ',
  offersCpv: ['72212000'],
  needsSkills: ['Sales in Germany'],
  sectors: ['Finance'],
  rateMin: { amount: 15_000, currency: 'EUR' },
  rateMax: { amount: 25_000, currency: 'EUR' },
  availableFrom: '2027-01-01',
  certificates: ['ISO 27001'],
  references: [
    { title: 'Payment gateway', client: '', year: 2025 },
    { title: 'Fleet portal', client: 'Demonstration GmbH', year: null },
  ],
};

describe('the form of a profile', () => {
  it('gives what the platform takes, and shows it again', () => {
    for (const fields of [small, whole]) {
      const content = profileContent.parse(toContent(fields, 2026));
      const again = profileFieldsOf(content);
      expect(profileContent.parse(toContent(again, 2026))).toEqual(content);
    }
    expect(toContent(whole, 2026)).toMatchObject({ website: 'https://demonstration.example', references: [{}, { year: 2026 }] });
  });

  it('gives no rate that has one end only', () =>
    expect(toContent({ ...whole, rateMax: null }, 2026)).not.toHaveProperty('dayRate'));

  it('begins with the clocks and languages of the company’s country', () => {
    expect(emptyProfile('DE')).toMatchObject({ timeZone: 'Europe/Berlin', languages: [{ language: 'de' }, { language: 'en' }] });
    expect(profileContent.safeParse(toContent(emptyProfile('DE'), 2026)).error?.issues.map(({ path }) => path[0])).toEqual([
      'teamSize',
    ]);
  });
});

describe('what a profile lacks', () => {
  it('is a summary and something offered or needed, before anything is written', () =>
    expect(missingIn(null, 'DE').needed).toEqual(['summary', 'offer-or-need']));

  it('is nothing needed, once one thing is named on either side', () => {
    expect(missingIn(toContent(small, 2026), 'RW').needed).toEqual([]);
    expect(missingIn(toContent({ ...small, offersSkills: [], needsCpv: ['72000000'] }, 2026), 'RW').needed).toEqual([]);
  });

  it('is, of what helps, asked by the side one is on', () => {
    expect(missingIn(toContent(small, 2026), 'RW').helpful).toEqual(['cpv', 'sectors', 'rate', 'references']);
    expect(missingIn(toContent(small, 2026), 'DE').helpful).toEqual(['cpv', 'sectors']);
    expect(missingIn(toContent(whole, 2026), 'RW').helpful).toEqual([]);
  });
});
