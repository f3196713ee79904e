import { z } from 'zod';
import { problems } from './problem.ts';

/** What every service's contract shares: its place below the door, its refusals, and that undeclared statuses are errors. */
export const apiOptions = <Prefix extends `/api/${string}`>(pathPrefix: Prefix) =>
  ({ pathPrefix, commonResponses: problems, strictStatusCodes: true }) as const;

/** Every POST may carry a key; a repetition within seven days gets the first answer. */
export const postHeaders = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });

/** What is edited may carry the ETag it was read with; a stale one is refused with 412. */
export const editHeaders = z.object({ 'if-match': z.string().max(200).optional() });

/** Opaque cursor pagination, stable under inserts. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export const page = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item), next: z.string().nullable() });

/** How many things may be asked for by name at once. */
export const mostAskedAtOnce = 100;

/** Things asked for by name, parted by commas. */
export const named = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .max(mostAskedAtOnce * 65)
    .transform((text) => text.split(','))
    .pipe(z.array(item).max(mostAskedAtOnce));

/** A document: 20 MB. */
export const mostUploadBytes = 20 * 1024 * 1024;

/**
 * What a route says of itself to the guard and the recorder.
 * - `access`: by default a token with an organisation; `user`: any token; `programme-staff`: theirs only, 404 for others; `public`: no token;
 *   `public-part`: none, and with one also what its organisation may see beside. A token that is no good is refused all the same.
 * - `sealed`: never logged or counted, because the mere number of calls would tell of sealed bids.
 * - `bodyLimit`: larger than the usual 256 kB, like `5mb`.
 * - `upload`: the body is a file, `mostUploadBytes` at most, which the handler reads as it comes.
 */
export type RouteMetadata = {
  readonly access?: 'public' | 'public-part' | 'user' | 'programme-staff';
  readonly sealed?: true;
  readonly bodyLimit?: string;
  readonly upload?: true;
};
