import { z } from 'zod';
import { country, id } from '../values.ts';

/** A member's role in its organisation. */
export const role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof role>;

/** What a token says besides issuer, audience and times. Organisation, country and role come together or not at all. */
export const claims = z.object({
  sub: id,
  organisation: id.optional(),
  country: country.optional(),
  role: role.optional(),
  programmeStaff: z.boolean().default(false),
});
export type Claims = z.infer<typeof claims>;
