import { demandOfTender } from '../matching/demand.ts';
import type { FirmProfile } from '../matching/firm.ts';
import { createFirmIndex } from '../matching/firmIndex.ts';
import { measureBy } from '../matching/scoreFirm.ts';

/** How long the best 20 of many made-up firms take: `node services/matching/src/bench/manyFirms.ts [firms]`. */
const count = Number(process.argv[2] ?? 100_000);

/** A row of numbers that is the same on every run (mulberry32). */
const numbers = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const next = numbers(7);
const upTo = (n: number) => Math.floor(next() * n);
const some = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);
const code = () => `72${upTo(10)}${upTo(4)}${upTo(5)}000`;
// A few skills are common, many are rare.
const skill = () => `skill ${Math.floor(400 * next() ** 3)}`;

const firm = (n: number): FirmProfile => ({
  organisationId: `firm-${n}`,
  name: `Demonstration firm ${n}`,
  country: n % 10 === 0 ? 'DE' : 'RW',
  offers: { cpv: some(1 + upTo(4), code), skills: some(2 + upTo(8), skill) },
  needs: { cpv: [], skills: some(upTo(3), skill) },
  sectors: some(upTo(3), () => `sector ${upTo(20)}`),
  languages: [
    { language: 'en', level: (['B1', 'B2', 'C1'] as const)[upTo(3)] ?? 'B2' },
    { language: 'rw', level: 'native' },
  ],
  teamSize: 1 + upTo(60),
  dayRate: { min: { amount: 12_000 + upTo(10_000), currency: 'EUR' }, max: { amount: 25_000 + upTo(10_000), currency: 'EUR' } },
  workingHours: { timeZone: 'Africa/Kigali', from: `0${7 + upTo(3)}:00`, to: `1${6 + upTo(3)}:00` },
  certificates: next() < 0.2 ? ['ISO 27001'] : [],
  references: some(upTo(4), () => ({ status: next() < 0.3 ? ('verified' as const) : ('claimed' as const) })),
});

const tender = (n: number, asks: { cpv: string[]; skills: string[]; mustHaves?: string[] }) =>
  measureBy(
    demandOfTender(
      {
        tenderId: `tender-${n}`,
        buyer: { organisationId: 'buyer', country: 'DE' },
        sectors: ['sector 3'],
        languages: [{ language: 'en', level: 'B2' }],
        mustHaves: [],
        deadline: '2027-01-15T12:00:00.000Z',
        budget: { amount: 12_000_000, currency: 'EUR' },
        durationMonths: 6,
        ...asks,
      },
      undefined,
    ),
  );

const began = performance.now();
const index = createFirmIndex();
for (let n = 0; n < count; n++) index.put(firm(n));
const building = performance.now() - began;

const kinds = {
  'two skills and a code': (n: number) => tender(n, { cpv: [code()], skills: [skill(), skill()] }),
  'one code': (n: number) => tender(n, { cpv: [code()], skills: [] }),
  'the whole division 72': (n: number) => tender(n, { cpv: ['72000000'], skills: [] }),
  'a code and ISO 27001': (n: number) => tender(n, { cpv: [code()], skills: [], mustHaves: ['ISO 27001'] }),
  'nothing in particular (everybody is compared)': (n: number) => tender(n, { cpv: [], skills: [] }),
};

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rows = Object.entries(kinds).map(([asked, make]) => {
  const times = Array.from({ length: 9 }, (_, n) => {
    const measure = make(n);
    const from = performance.now();
    index.best(measure, 20);
    return performance.now() - from;
  });
  return { asked, 'best 20, ms (median of 9)': Math.round(median(times) * 10) / 10 };
});
console.log(
  `${count} firms put into the index in ${Math.round(building)} ms; ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MB resident`,
);
console.table(rows);
