import { z } from 'zod';
import { id, line } from './values.ts';

/** A document as it is stored: its name made safe, its type found in its content. */
export const document = z
  .strictObject({
    id,
    name: z.string().min(1).max(160),
    type: z.string().max(120),
    /** In bytes. */
    size: z.int(),
    /** SHA-256 of the content, base64url. */
    sha256: z.string().max(64),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof document>;

/** The name the file has where it comes from; its bytes are the body of the request. */
export const uploadQuery = z.strictObject({ name: line(400) });
