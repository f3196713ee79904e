import { z } from 'zod';
import { country, cpvCode, id, instant, languageSkill, line, money, skill, text, timeZone } from '../values.ts';

/** What a firm can do or looks for: CPV codes and skills in its own words. */
export const capabilities = z.strictObject({ cpv: z.array(cpvCode).max(50), skills: z.array(skill).max(50) });

/** Wall-clock hours of a working day, in the firm's own zone. */
export const workingHours = z.strictObject({
  timeZone,
  from: z.iso.time({ precision: -1 }),
  to: z.iso.time({ precision: -1 }),
});

const day = z.iso.date();

/** A past project a firm tells of; it counts as claimed until the other side, or a contract won here, proves it. */
export const claimedReference = z.strictObject({
  title: line(200),
  client: line(200).optional(),
  year: z.int().min(1990).max(2100),
});

/** What the firm says of itself. Rates are for a person and day, in minor units. */
export const profileContent = z.strictObject({
  summary: text(4_000),
  website: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  offers: capabilities,
  needs: capabilities,
  sectors: z.array(line(60)).max(20),
  languages: z.array(languageSkill).max(20),
  teamSize: z.int().min(1).max(100_000),
  dayRate: z
    .strictObject({ min: money, max: money })
    .refine(
      ({ min, max }) => min.currency === max.currency && min.amount <= max.amount,
      'The lower rate comes first, both in one currency',
    )
    .optional(),
  availableFrom: day.optional(),
  workingHours,
  certificates: z.array(line(120)).max(30),
  references: z.array(claimedReference).max(50),
});
export type ProfileContent = z.infer<typeof profileContent>;

export const reference = z.strictObject({
  id,
  title: z.string(),
  client: z.string().optional(),
  year: z.int(),
  status: z.enum(['claimed', 'verified']),
});
export type Reference = z.infer<typeof reference>;

/** A published profile as every signed-in company and every other service sees it. */
export const publicProfile = z
  .object({
    organisationId: id,
    name: z.string(),
    country,
    ...profileContent.shape,
    references: z.array(reference),
    publishedAt: instant,
  })
  .meta({ id: 'Profile' });
export type PublicProfile = z.infer<typeof publicProfile>;

/** One's own profile in any state. */
export const ownProfile = z
  .object({
    organisationId: id,
    name: z.string().nullable(),
    country: country.nullable(),
    status: z.enum(['draft', 'published', 'stale', 'withdrawn']),
    content: profileContent.nullable(),
    verifiedReferences: z.array(reference),
    publishedAt: instant.nullable(),
    /** When it will count as stale unless it is renewed. */
    staleAt: instant.nullable(),
  })
  .meta({ id: 'OwnProfile' });
export type OwnProfile = z.infer<typeof ownProfile>;
