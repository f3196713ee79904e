import type { PublicProfile } from '@umuhuza/contracts/profiles/schemas';
import type { PublicTender } from '@umuhuza/contracts/tenders/events';
import type { TenderTerms } from './matching/demand.ts';
import type { FirmProfile } from './matching/firm.ts';

/** What of a published tender this service keeps in memory: what counts, and what is shown of it beside a match. */
export type Tender = TenderTerms &
  Pick<PublicTender, 'title' | 'deadline' | 'audience'> & { readonly buyer: PublicTender['buyer'] };

export const termsOf = (tender: PublicTender): Tender => ({
  tenderId: tender.tenderId,
  buyer: tender.buyer,
  title: tender.title,
  deadline: tender.deadline,
  audience: tender.audience,
  cpv: tender.cpv,
  skills: tender.skills,
  sectors: tender.sectors,
  languages: tender.languages,
  mustHaves: tender.mustHaves,
  budget: tender.budget,
  startsOn: tender.startsOn,
  durationMonths: tender.durationMonths,
  workingHoursOverlap: tender.workingHoursOverlap,
});

/** What of a profile counts: of the references only whether they are verified, of the summary nothing. */
export const firmOf = (profile: PublicProfile): FirmProfile => ({
  organisationId: profile.organisationId,
  name: profile.name,
  country: profile.country,
  offers: profile.offers,
  needs: profile.needs,
  sectors: profile.sectors,
  languages: profile.languages,
  teamSize: profile.teamSize,
  dayRate: profile.dayRate,
  availableFrom: profile.availableFrom,
  workingHours: profile.workingHours,
  certificates: profile.certificates,
  references: profile.references.map(({ status }) => ({ status })),
});
