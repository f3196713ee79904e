import type { ProfileContent } from '@umuhuza/contracts/profiles/schemas';
import { type Company, enter, expecting } from '../door.ts';
import { patiently } from '../patiently.ts';
import { devices } from './scenes/sandbox.ts';

const codes = ['72212000', '72230000', '72260000', '72310000'];

/** Each Rwandan firm offers one kind of work, so that a tender finds one or two of them and not all. */
export const profileOf = ({ country, slug }: Pick<Company, 'country' | 'slug'>): ProfileContent => ({
  summary: 'A demonstration company.',
  offers: {
    cpv: country === 'RW' ? [codes[Number(slug.split('-').at(-1)) % codes.length] as string] : [],
    skills: ['TypeScript'],
  },
  needs: { cpv: [], skills: ['Partners'] },
  sectors: ['Logistics'],
  languages: [{ language: 'en', level: 'C1' }],
  teamSize: 20,
  workingHours: { timeZone: country === 'DE' ? 'Europe/Berlin' : 'Africa/Kigali', from: '08:00', to: '17:00' },
  certificates: [],
  references: [],
});

/** A company of the run with its one account; entering again finds what an interrupted entering has made. */
export const companyOf = (door: string, country: 'DE' | 'RW', slug: string): Promise<Company> =>
  enter(door, {
    name: `${slug} (demonstration)`,
    slug,
    country,
    person: 'Demonstration Owner',
    email: `owner@${slug}.example`,
    password: 'a long enough passphrase',
  });

/** The companies of a run, all with published profiles and known to the services they will speak to. */
export const settle = async (
  door: string,
  germans: number,
  rwandans: number,
): Promise<{ germans: Company[]; rwandans: [Company, ...Company[]] }> => {
  const one = async (country: 'DE' | 'RW', n: number): Promise<Company> => {
    const company = await companyOf(door, country, `faults-${country.toLowerCase()}-${n}`);
    await expecting('writes its profile', 200, company.profiles.editMine({ body: profileOf(company), headers: {} }));
    await patiently(
      'its name is known',
      () => expecting('publishes its profile', 200, company.profiles.publishMine({ body: {}, headers: {} })),
      { within: 120_000 },
    );
    if (country === 'RW')
      await expecting(
        'describes its devices',
        200,
        company.sandbox.describeResources({ body: { resources: [devices] }, headers: {} }),
      );
    return company;
  };
  const all = (country: 'DE' | 'RW', number: number) => Promise.all(Array.from({ length: number }, (_, n) => one(country, n)));
  const [germanOnes, rwandanOnes] = await Promise.all([all('DE', germans), all('RW', rwandans)]);
  return { germans: germanOnes, rwandans: rwandanOnes as [Company, ...Company[]] };
};
