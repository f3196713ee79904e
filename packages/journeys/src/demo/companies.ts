import type { ProfileContent } from '@umuhuza/contracts/profiles/schemas';
import type { CompanyCard } from '../door.ts';

export type DemoCompany = Omit<CompanyCard, 'password'> & { readonly profile: ProfileContent };

const none = { cpv: [], skills: [] };
const berlin = { timeZone: 'Europe/Berlin', from: '09:00', to: '17:00' };
const kigali = { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' };
const english = { language: 'en', level: 'C1' as const };
const german = { language: 'de', level: 'native' as const };
const rate = (min: number, max: number) => ({
  min: { amount: min * 100, currency: 'EUR' },
  max: { amount: max * 100, currency: 'EUR' },
});

const buyer = (name: string, sectors: string[], summary: string): DemoCompany => {
  const slug = slugOf(name);
  return {
    name: `${name} (demonstration)`,
    slug,
    country: 'DE',
    person: 'Demonstration Buyer',
    email: `buyer@${slug}.example`,
    profile: {
      summary: `A demonstration company. ${summary}`,
      offers: none,
      needs: { cpv: ['72200000', '72000000', '48000000'], skills: ['Software development'] },
      sectors,
      languages: [german, english],
      teamSize: 40,
      workingHours: berlin,
      certificates: [],
      references: [],
    },
  };
};

const firm = (
  name: string,
  teamSize: number,
  cpv: string[],
  skills: string[],
  sectors: string[],
  more: Partial<ProfileContent> = {},
): DemoCompany => {
  const slug = slugOf(name);
  return {
    name: `${name} (demonstration)`,
    slug,
    country: 'RW',
    person: 'Demonstration Owner',
    email: `owner@${slug}.example`,
    profile: {
      summary: `A demonstration firm in Kigali: ${skills.slice(0, 3).join(', ')}.`,
      offers: { cpv, skills },
      needs: { cpv: [], skills: ['Customers in Germany'] },
      sectors,
      languages: [english, { language: 'rw', level: 'native' }],
      teamSize,
      dayRate: rate(140, 260),
      workingHours: kigali,
      certificates: [],
      references: [],
      ...more,
    },
  };
};

const slugOf = (name: string): string => `demo-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** Nobody's real company: each name says that it is a demonstration, each address ends in `.example`. */
export const buyers: readonly DemoCompany[] = [
  buyer('Hafenkante Logistik GmbH', ['Logistics', 'Public sector'], 'It runs warehouses and buys its software.'),
  buyer('Waldrand Gesundheit GmbH', ['Health', 'Public sector'], 'It runs clinics and buys its software.'),
  buyer('Talblick Energie GmbH', ['Energy', 'Public sector'], 'It supplies towns and buys its software.'),
];

export const firms: readonly DemoCompany[] = [
  firm(
    'Akagera Code Ltd',
    24,
    ['72200000', '72212000', '72260000'],
    ['TypeScript', 'Node.js', 'PostgreSQL'],
    ['Logistics', 'Public sector'],
    {
      certificates: ['ISO 27001'],
      references: [{ title: 'Fleet portal', year: 2025 }],
    },
  ),
  firm(
    'Virunga Systems Ltd',
    12,
    ['72000000', '72250000', '72267000'],
    ['Java', 'Support', 'Kubernetes'],
    ['Public sector', 'Energy'],
  ),
  firm('Imigongo Apps Ltd', 9, ['72212000', '48000000', '72413000'], ['Flutter', 'Mobile money', 'UX'], ['Finance', 'Health']),
  firm(
    'Muhazi Cloud Ltd',
    31,
    ['72400000', '72300000', '72700000', '72000000'],
    ['Cloud', 'DevOps', 'Networks'],
    ['Public sector'],
  ),
  firm(
    'Nyungwe Data Ltd',
    14,
    ['72300000', '72316000', '48600000', '72260000'],
    ['Python', 'Data analysis', 'PostgreSQL'],
    ['Health', 'Agriculture'],
  ),
  firm(
    'Kivu Security Ltd',
    8,
    ['72800000', '72810000', '48730000', '72260000'],
    ['Security tests', 'ISO 27001', 'Audit'],
    ['Finance', 'Public sector'],
    {
      certificates: ['ISO 27001'],
    },
  ),
];
