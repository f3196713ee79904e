import { z } from 'zod';
import { document, uploadQuery } from '../documents.ts';
import { line } from '../values.ts';

/** To a published tender a document is added as an amendment, which says why. */
export const amendingUploadQuery = uploadQuery.extend({ reason: line(1_000).optional() });
export const amendingQuery = z.strictObject({ reason: line(1_000).optional() });

export const documents = z.strictObject({ items: z.array(document) });
