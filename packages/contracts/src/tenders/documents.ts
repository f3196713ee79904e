import { z } from 'zod';
import { document, uploadQuery } from '../documents.ts';
import { instant, line } from '../values.ts';

/**
 * A published tender's documents change by amendments: each says why and may move the deadline to a later instant, which it has to in
 * the last four days.
 */
const amending = { reason: line(1_000).optional(), deadline: instant.optional() };
export const amendingUploadQuery = uploadQuery.extend(amending);
export const amendingQuery = z.strictObject(amending);

export const documents = z.strictObject({ items: z.array(document) });
