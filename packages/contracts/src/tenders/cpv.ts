import { z } from 'zod';
import { named } from '../api.ts';
import { cpvCode } from '../values.ts';

/** A code of the Common Procurement Vocabulary of 2008 with its official titles. */
export const cpvEntry = z
  .strictObject({
    code: cpvCode,
    /** The ninth digit, written after a hyphen: 72212000-4. */
    checkDigit: z.int().min(0).max(9),
    titles: z.strictObject({ en: z.string(), de: z.string() }),
  })
  .meta({ id: 'CpvCode' });
export type CpvEntry = z.infer<typeof cpvEntry>;

/** A code with those above it, from its division down, and those directly below. */
export const cpvPlace = cpvEntry.extend({ parents: z.array(cpvEntry), children: z.array(cpvEntry) }).meta({ id: 'CpvPlace' });

export const cpvQuery = z.strictObject({
  /** A code, its first digits, or words in English or German; without it, the divisions. */
  q: z.string().trim().max(200).optional(),
  /** These codes instead, as they are asked for; those that are not known are left out. */
  codes: named(cpvCode).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** With its check digit or without. */
export const writtenCpvCode = z
  .string()
  .regex(/^\d{8}(-\d)?$/, 'A CPV code has eight digits and may have a check digit, like 72212000 or 72212000-4');
