import { z } from 'zod';

const isCanonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** RFC 3339 allows any number of digits, Temporal nine. */
const finest = /(\.\d{9})\d+/;

/**
 * The one written form of an instant here: RFC 3339, UTC, milliseconds. In this form text order is time order.
 * What is no instant comes back as it was: zod runs this also after a check has refused it.
 */
const canonical = (text: string): string => {
  if (isCanonical.test(text)) return text;
  try {
    return Temporal.Instant.from(text.replace(finest, '$1'))
      .round({ smallestUnit: 'millisecond', roundingMode: 'floor' })
      .toString({ fractionalSecondDigits: 3 });
  } catch (error) {
    if (error instanceof RangeError) return text;
    throw error;
  }
};

/**
 * An RFC 3339 instant with any offset; parsed into UTC with milliseconds. Compare with `Temporal.Instant.compare`.
 * The years are bounded so that the written form keeps its width.
 */
export const instant = z.iso
  .datetime({ offset: true, error: 'An instant like 2026-11-23T20:00:00Z is expected' })
  .refine((text) => /^(19|20|21)\d\d-/.test(text), 'The year must lie between 1900 and 2199')
  .overwrite(canonical)
  .meta({ description: 'RFC 3339 instant; always answered in UTC with milliseconds' });
export type Instant = z.infer<typeof instant>;

/** ISO 4217 alphabetic code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'A currency is three capital letters of ISO 4217, like EUR or RWF');

/** An amount in minor units (cents for EUR, whole francs for RWF) with its currency. */
export const money = z.strictObject({ amount: z.int().min(0).max(1_000_000_000_000_000), currency });
export type Money = z.infer<typeof money>;

/** The countries the platform brings together, as ISO 3166-1 alpha-2. */
export const country = z.enum(['DE', 'RW']);
export type Country = z.infer<typeof country>;

/** An id as this platform or better-auth makes it; safe in a URL path and in a NATS subject. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'An id has letters, digits, - and _ only');

/** A CPV 2008 code without its check digit: eight digits. */
export const cpvCode = z.string().regex(/^\d{8}$/, 'A CPV code has eight digits, like 72212000');

/** A skill as firms write it: TypeScript, Mobile money, Kubernetes. Compared without case. */
export const skill = z.string().trim().min(1).max(60);

/** ISO 639-1 language with a level of the Common European Framework. */
export const languageSkill = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/, 'A language is two letters of ISO 639-1, like en, de, fr or rw'),
  level: z.enum(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native']),
});
export type LanguageSkill = z.infer<typeof languageSkill>;

/** A named zone of the IANA database; a bare offset like +02:00 is none, since it knows no change of clocks. */
export const timeZone = z
  .string()
  .max(60)
  .refine(isNamedZone, 'An IANA time zone is expected, like Africa/Kigali')
  .meta({ description: 'IANA time zone', examples: ['Africa/Kigali', 'Europe/Berlin'] });

/** One line of text: what would break a line, and every other control character, becomes a space. */
export const line = (max: number) =>
  z
    .string()
    .overwrite((said) =>
      said
        .toWellFormed()
        .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim(),
    )
    .min(1)
    .max(max);

/** Text of several lines; may be empty. Line ends become \n, other control characters go, but for tabs. */
export const text = (max: number) =>
  z
    .string()
    .overwrite((said) =>
      said
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, '')
        .trim(),
    )
    .max(max);

function isNamedZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
