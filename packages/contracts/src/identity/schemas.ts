import { z } from 'zod';
import { country, id, line } from '../values.ts';
import { role } from './claims.ts';

/** The languages people are written to in. */
export const personLanguage = z.enum(['en', 'de']);
export type PersonLanguage = z.infer<typeof personLanguage>;

/** What stands in addresses for an organisation; unique, without case. */
export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'A slug has small letters, digits and - only, up to 60');

/** 10 characters or more; length is what makes a password strong. */
export const password = z.string().min(10, 'A password has at least 10 characters').max(128);

/** A member as those need it who write to people. */
export const member = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role,
  language: personLanguage,
  timeZone: z.string(),
});
export type MemberOfOrganisation = z.infer<typeof member>;

/** One of a person's organisations, with the person's role in it. */
export const membership = z.strictObject({ organisationId: id, name: z.string(), slug: z.string(), country, role });
export type Membership = z.infer<typeof membership>;

/** The signed-in person. `active` is the organisation that this token acts for. */
export const me = z.strictObject({
  userId: id,
  name: z.string(),
  email: z.string(),
  language: personLanguage,
  timeZone: z.string(),
  programmeStaff: z.boolean(),
  organisations: z.array(membership),
  active: id.nullable(),
});
export type Me = z.infer<typeof me>;

/** Whether the one-time link can still be used. */
export const programmeOffice = z.strictObject({ open: z.boolean() });

/** The one-time link's code, and the account it is to make. */
export const openProgrammeOffice = z.strictObject({
  code: z.string().min(1).max(200),
  name: line(120),
  email: z.email().max(254),
  password,
});
export type OpenProgrammeOffice = z.infer<typeof openProgrammeOffice>;
