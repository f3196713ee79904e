import fc from 'fast-check';
import type { TenderTerms } from './demand.ts';
import { type FirmProfile, levels } from './firm.ts';

/** A Rwandan firm of the specs, with what matters changed. */
export const firmWith = (some: Partial<FirmProfile> = {}): FirmProfile => ({
  organisationId: 'kigali-1',
  name: 'Demonstration Software Kigali',
  country: 'RW',
  offers: { cpv: ['72212000'], skills: ['TypeScript'] },
  needs: { cpv: [], skills: [] },
  sectors: [],
  languages: [],
  teamSize: 10,
  workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
  certificates: [],
  references: [],
  ...some,
});

/** A German tender of the specs, with what matters changed. */
export const tenderWith = (some: Partial<TenderTerms> = {}): TenderTerms => ({
  tenderId: 'tender-1',
  buyer: { organisationId: 'buyer', country: 'DE' },
  cpv: ['72212000'],
  skills: [],
  sectors: [],
  languages: [],
  mustHaves: [],
  deadline: '2027-01-15T12:00:00.000Z',
  ...some,
});

// A small vocabulary, so that comparisons meet often.
const code = fc.constantFrom(
  '72000000',
  '72010000',
  '72200000',
  '72210000',
  '72212000',
  '72212100',
  '72220000',
  '72300000',
  '72316000',
  '48000000',
);
const skill = fc.constantFrom('TypeScript', 'typescript', 'Mobile money', 'Rust', 'Kubernetes', 'Sales in Germany');
const capabilities = fc.record({ cpv: fc.array(code, { maxLength: 4 }), skills: fc.array(skill, { maxLength: 4 }) });
const sectors = fc.array(fc.constantFrom('Health', 'Finance', 'finance', 'Logistics'), { maxLength: 3 });
const languages = fc.array(fc.record({ language: fc.constantFrom('en', 'de', 'fr', 'rw'), level: fc.constantFrom(...levels) }), {
  maxLength: 3,
});
const certificates = fc.array(fc.constantFrom('ISO 27001', 'ISO/IEC 27001:2022', 'ISO 9001', 'Rwanda Tech Seal'), {
  maxLength: 2,
});
const money = fc.record({ amount: fc.integer({ min: 1, max: 50_000 }), currency: fc.constantFrom('EUR', 'EUR', 'RWF') });
const day = fc.constantFrom('2027-01-01', '2027-02-01', '2027-02-15', '2027-07-01');
const hours = fc.record({
  timeZone: fc.constantFrom('Africa/Kigali', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata'),
  from: fc.constantFrom('06:00', '08:00', '09:30', '22:00'),
  to: fc.constantFrom('12:00', '17:00', '06:00'),
});

export const anyFirm: fc.Arbitrary<FirmProfile> = fc.record({
  organisationId: fc.integer({ min: 1, max: 60 }).map((n) => `org-${n}`),
  name: fc.constant('Demonstration firm'),
  country: fc.constantFrom('RW', 'RW', 'RW', 'DE'),
  offers: capabilities,
  needs: capabilities,
  sectors,
  languages,
  teamSize: fc.integer({ min: 1, max: 40 }),
  dayRate: fc.option(
    money.map((min) => ({ min, max: { ...min, amount: min.amount * 2 } })),
    { nil: undefined },
  ),
  availableFrom: fc.option(day, { nil: undefined }),
  workingHours: hours,
  certificates,
  references: fc.array(fc.record({ status: fc.constantFrom('claimed', 'verified') }), { maxLength: 5 }),
});

export const anyTender: fc.Arbitrary<TenderTerms> = fc.record({
  tenderId: fc.integer({ min: 1, max: 1_000 }).map((n) => `tender-${n}`),
  buyer: fc.constant({ organisationId: 'buyer', country: 'DE' as const }),
  cpv: fc.array(code, { maxLength: 4 }),
  skills: fc.array(skill, { maxLength: 4 }),
  sectors,
  languages,
  mustHaves: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom(['ISO 27001'], ['ISO 9001', '–']) },
  ),
  budget: fc.option(
    money.map(({ amount, currency }) => ({ amount: amount * 300, currency })),
    { nil: undefined },
  ),
  deadline: fc.constant('2027-01-15T12:00:00.000Z'),
  startsOn: fc.option(day, { nil: undefined }),
  durationMonths: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  workingHoursOverlap: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
});
