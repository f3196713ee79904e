import { z } from 'zod';
import { event } from '../event.ts';
import { id } from '../values.ts';
import { publicProfile } from './schemas.ts';

const example = {
  organisationId: 'org-kigali-1',
  name: 'Demonstration Software Ltd',
  country: 'RW' as const,
  summary: 'A demonstration firm that builds mobile money integrations.',
  offers: { cpv: ['72212000', '72230000'], skills: ['TypeScript', 'Mobile money'] },
  needs: { cpv: [], skills: ['Sales in Germany'] },
  sectors: ['Finance'],
  languages: [{ language: 'en', level: 'C1' as const }],
  teamSize: 12,
  dayRate: { min: { amount: 15_000, currency: 'EUR' }, max: { amount: 25_000, currency: 'EUR' } },
  workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
  certificates: ['ISO 27001'],
  references: [{ id: 'ref-1', title: 'Payment gateway', year: 2025, status: 'claimed' as const }],
  publishedAt: '2026-11-23T20:00:00.000Z',
};

/** What the profiles service tells the others. The subject is the organisation. */
export const profilesEvents = {
  ProfilePublished: event(1, z.object({ profile: publicProfile }), { profile: example }),
  ProfileChanged: event(1, z.object({ profile: publicProfile }), { profile: { ...example, teamSize: 14 } }),
  ProfileWentStale: event(1, z.object({ organisationId: id }), { organisationId: 'org-kigali-1' }),
  ProfileWithdrawn: event(1, z.object({ organisationId: id }), { organisationId: 'org-kigali-1' }),
};
