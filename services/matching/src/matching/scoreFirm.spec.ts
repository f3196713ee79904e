import { mustHaveSubjects, reasonSubjects } from '@umuhuza/contracts/matching/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from './cpv.ts';
import { demandOfProfile, demandOfTender, type TenderTerms } from './demand.ts';
import { type FirmProfile, wordKey } from './firm.ts';
import { anyFirm, anyTender, firmWith, tenderWith } from './firmsAndTenders.fixture.ts';
import { scoreFirm } from './scoreFirm.ts';
import { divide, weights, whole } from './weights.ts';

const judge = (tender: Partial<TenderTerms>, firm: Partial<FirmProfile>, buyer?: FirmProfile) =>
  scoreFirm(demandOfTender(tenderWith(tender), buyer), firmWith(firm));
const reason = (judgement: ReturnType<typeof scoreFirm>, name: string) => judgement.reasons.find((one) => one.name === name);

/** The profile without what a reason names: what the firm would have had to leave out for the reason not to be there. */
const without = (firm: FirmProfile, name: string): FirmProfile => {
  const [kind = '', value = ''] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
  switch (name.includes(':') ? kind : name) {
    case 'cpv': {
      const best = nearest(value, firm.offers.cpv);
      return { ...firm, offers: { ...firm.offers, cpv: firm.offers.cpv.filter((code) => nearest(value, [code]) < best) } };
    }
    case 'skill':
      return { ...firm, offers: { ...firm.offers, skills: firm.offers.skills.filter((skill) => wordKey(skill) !== value) } };
    case 'sector':
      return { ...firm, sectors: firm.sectors.filter((sector) => wordKey(sector) !== value) };
    case 'language':
      return { ...firm, languages: value === '' ? [] : firm.languages.filter(({ language }) => language !== value) };
    case 'working-hours':
      return { ...firm, workingHours: { timeZone: 'Pacific/Auckland', from: '12:00', to: '12:01' } };
    case 'verified-references':
      return { ...firm, references: firm.references.filter(({ status }) => status === 'claimed') };
    case 'certificates':
      return { ...firm, certificates: [] };
    case 'rate':
      return { ...firm, dayRate: undefined };
    case 'size':
      return { ...firm, teamSize: 0 };
    case 'availability':
      return { ...firm, availableFrom: undefined };
    case 'wishes':
      return { ...firm, needs: { cpv: [], skills: [] } };
  }
  throw new Error(`no test knows the reason ${name}`);
};

describe('the score of a firm for a tender', () => {
  it('is the sum of its reasons, between 0 and 1, whatever is compared', () =>
    fc.assert(
      fc.property(anyTender, anyFirm, fc.option(anyFirm, { nil: undefined }), (tender, firm, buyer) => {
        const { score, reasons, failures } = scoreFirm(demandOfTender(tender, buyer), firm);
        expect(score).toBe(reasons.reduce((sum, { points }) => sum + points, 0) / whole);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        if (failures.length === 0) expect(reasons.reduce((sum, { max }) => sum + max, 0)).toBe(whole);
        for (const { points, max, kind } of reasons) {
          expect(points).toBeLessThanOrEqual(max);
          expect(kind).toBe(points > 0 ? 'for' : 'against');
        }
      }),
      { numRuns: 300 },
    ));

  it('falls when what a reason names is taken away from the profile', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyTender, anyFirm, (tender, firm) => {
        const demand = demandOfTender(tender, undefined);
        const { score, reasons } = scoreFirm(demand, firm);
        for (const { name, kind } of reasons) {
          if (kind === 'against') continue;
          seen.add(name.replace(/:.*/, ''));
          expect(scoreFirm(demand, without(firm, name)).score, name).toBeLessThan(score);
        }
      }),
      { numRuns: 700, seed: 20_261_123 },
    );
    expect([...seen].sort()).toEqual(reasonSubjects.toSorted());
  });

  it('is 1 for a firm that has everything that is asked', () => {
    const { score, reasons } = judge(
      { cpv: ['72212000'], skills: ['TypeScript'], sectors: ['Health'], languages: [{ language: 'en', level: 'B2' }] },
      {
        offers: { cpv: ['72212000'], skills: ['typescript'] },
        needs: { cpv: [], skills: ['TypeScript'] },
        sectors: ['health'],
        languages: [{ language: 'en', level: 'C1' }],
        certificates: ['ISO 27001', 'ISO 9001'],
        references: [{ status: 'verified' }, { status: 'verified' }, { status: 'verified' }],
      },
    );
    expect(reasons.filter(({ points, max }) => points < max)).toEqual([]);
    expect(score).toBe(1);
  });

  it('gives the weight of what is not asked to the rest', () => {
    expect(reason(judge({ sectors: ['Health'] }, {}), 'certificates')?.max).toBeLessThan(
      reason(judge({ sectors: [] }, {}), 'certificates')?.max ?? 0,
    );
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(whole);
  });

  it('says for each reason what was found and what is asked', () => {
    const judgement = judge(
      {
        cpv: ['72212000', '72300000'],
        skills: ['Mobile money'],
        languages: [{ language: 'de', level: 'B1' }],
        budget: { amount: 12_000_000, currency: 'EUR' },
        durationMonths: 6,
        startsOn: '2027-02-01',
        workingHoursOverlap: 4,
      },
      {
        offers: { cpv: ['72212000', '72316000'], skills: [] },
        dayRate: { min: { amount: 20_000, currency: 'EUR' }, max: { amount: 25_000, currency: 'EUR' } },
        teamSize: 12,
        references: [{ status: 'claimed' }],
        workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
      },
    );
    expect(judgement.reasons.map(({ name, kind, says }) => [name, kind, says])).toEqual([
      ['cpv:72212000', 'for', 'Offers exactly what is asked: CPV 72212000.'],
      ['cpv:72300000', 'for', 'Offers CPV 72316000, a part of CPV 72300000 that is asked.'],
      ['skill:mobile money', 'against', 'Mobile money is asked and not among the skills offered.'],
      ['language:de', 'against', 'German at B1 is asked; the profile does not name it.'],
      [
        'working-hours',
        'for',
        'Shares 7 working hours a day with the other side (08:00–17:00 Kigali and 09:00–17:00 Berlin, on 1 February 2027); 4 are wished.',
      ],
      ['verified-references', 'against', 'None of its references is confirmed yet; a contract won here counts as one.'],
      ['wishes', 'against', 'The profile does not say what the firm looks for, so its own wishes cannot count.'],
      ['rate', 'for', 'At a day rate from EUR 200.00 the budget pays 5 people for 6 months.'],
      ['size', 'for', 'The team has 12 members; the budget pays 4 at its upper rate.'],
      ['certificates', 'against', 'The profile shows no certificate.'],
      [
        'availability',
        'against',
        'The profile does not say from when the firm is available; the work starts on 1 February 2027.',
      ],
    ]);
  });
});

describe('capabilities', () => {
  it('count more the nearer the offered CPV code comes to the asked one', () => {
    const points = ['72212000', '72212100', '72211000', '72220000', '72200000', '72300000'].map(
      (code) => reason(judge({ cpv: ['72212000'] }, { offers: { cpv: [code], skills: ['x'] } }), 'cpv:72212000')?.points ?? 0,
    );
    expect(points[0]).toBe(points[1]);
    expect(points.slice(1)).toEqual([...points.slice(1)].sort((a, b) => b - a));
    expect(points.at(-1)).toBe(0);
  });
  it('are met by a code below the asked one', () => {
    expect(judge({ cpv: ['72000000'] }, { offers: { cpv: ['72212000'], skills: [] } }).reasons[0]).toMatchObject({ kind: 'for' });
    expect(reason(judge({ cpv: ['72000000'] }, { offers: { cpv: ['72212000'], skills: [] } }), 'cpv:72000000')).toMatchObject({
      says: 'Offers CPV 72212000, a part of CPV 72000000 that is asked.',
    });
  });
  it('are compared without case and spaces', () => {
    expect(
      reason(
        judge({ cpv: [], skills: ['Mobile  Money '] }, { offers: { cpv: [], skills: ['mobile money'] } }),
        'skill:mobile money',
      ),
    ).toMatchObject({ kind: 'for' });
  });
});

describe('must-haves', () => {
  const failed = (tender: Partial<TenderTerms>, firm: Partial<FirmProfile>) =>
    judge(tender, firm).failures.map(({ name }) => name);

  it('leave no score and no reason when one is lacking', () =>
    expect(judge({ mustHaves: ['ISO 27001'] }, { certificates: ['ISO 9001'] })).toEqual({
      score: 0,
      reasons: [],
      failures: [{ name: 'certificate:iso 27001', says: 'ISO 27001 is required; the profile does not show it.' }],
    }));
  it('know a certificate by its parts', () =>
    expect(failed({ mustHaves: ['ISO 27001'] }, { certificates: ['ISO/IEC 27001:2022'] })).toEqual([]));
  it('do not put a certificate together from two others', () =>
    expect(failed({ mustHaves: ['ISO 27001'] }, { certificates: ['ISO 9001', 'BSI 27001'] })).toEqual(['certificate:iso 27001']));
  it('ask for something that is asked among what is offered', () => {
    expect(failed({ cpv: ['72212000'], skills: [] }, { offers: { cpv: ['72300000'], skills: ['TypeScript'] } })).toEqual([
      'capability',
    ]);
    expect(failed({ cpv: ['72212000'], skills: [] }, { offers: { cpv: ['72230000'], skills: [] } })).toEqual([]);
  });
  it('let everybody through who is asked for nothing in particular', () =>
    expect(failed({ cpv: [], skills: [] }, { offers: { cpv: [], skills: [] } })).toEqual([]));
  it('bring the two countries together, never one with itself', () =>
    expect(failed({}, { country: 'DE' })).toEqual(['other-country']));
  it('are about what the contract names', () =>
    expect(
      failed({ mustHaves: ['ISO 27001'], cpv: ['72212000'], skills: [] }, { country: 'DE', offers: { cpv: [], skills: [] } }).map(
        (name) => name.replace(/:.*/, ''),
      ),
    ).toEqual(mustHaveSubjects));
});

describe('languages', () => {
  const english = (level: 'B2', spoken?: FirmProfile['languages'][number]['level']) =>
    reason(
      judge({ languages: [{ language: 'en', level }] }, { languages: spoken ? [{ language: 'en', level: spoken }] : [] }),
      'language:en',
    );
  it('count fully at the asked level, half at one below, not at all when they are not spoken', () => {
    const full = english('B2', 'B2')?.points ?? 0;
    expect(english('B2', 'native')?.points).toBe(full);
    expect(english('B2', 'B1')?.points).toBe(Math.floor(full / 2));
    expect(english('B2')?.points).toBe(0);
  });
  it('are one of several between partners', () => {
    const company = firmWith({
      country: 'DE',
      needs: { cpv: [], skills: ['TypeScript'] },
      languages: [
        { language: 'de', level: 'native' },
        { language: 'en', level: 'B2' },
      ],
    });
    const judgement = scoreFirm(
      demandOfProfile(company, '2027-02-01'),
      firmWith({ offers: { cpv: [], skills: ['TypeScript'] }, languages: [{ language: 'en', level: 'C1' }] }),
    );
    expect(reason(judgement, 'language')).toMatchObject({ kind: 'for', says: 'You both speak English.' });
    expect(reason(judgement, 'language')?.points).toBe(reason(judgement, 'language')?.max);
  });
});

describe('the firm’s own wishes', () => {
  it('are met by the work or by what the buyer’s company offers', () => {
    const buyer = firmWith({ organisationId: 'buyer', country: 'DE', offers: { cpv: [], skills: ['Sales in Germany'] } });
    const firm = { needs: { cpv: [], skills: ['Sales in Germany', 'Rust'] } };
    expect(reason(judge({}, firm, buyer), 'wishes')).toMatchObject({
      kind: 'for',
      says: 'It would find what it looks for: Sales in Germany.',
    });
    expect(reason(judge({}, firm), 'wishes')).toMatchObject({
      kind: 'against',
      says: 'Nothing the firm looks for is found here.',
    });
  });
});

describe('money', () => {
  it('in two currencies is never compared', () =>
    expect(
      reason(
        judge(
          { budget: { amount: 1, currency: 'EUR' }, durationMonths: 1 },
          { dayRate: { min: { amount: 1, currency: 'RWF' }, max: { amount: 1, currency: 'RWF' } } },
        ),
        'rate',
      ),
    ).toMatchObject({ points: 0, says: 'The day rate is in RWF, the budget in EUR; they cannot be compared.' }));
});

describe('dividing a weight', () => {
  it('loses nothing to rounding', () =>
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(fc.nat(100), { minLength: 1, maxLength: 60 }), (total, by) => {
        const parts = divide(total, by);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(by.some((weight) => weight > 0) ? total : 0);
      }),
    ));
});
