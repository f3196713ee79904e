import { s3Url } from '@umuhuza/documents/openFileStore';
import { serviceConfig } from '@umuhuza/service/config';
import { z } from 'zod';
import { readKeyRing } from './sealing/keyRing.ts';

export const tendersConfig = serviceConfig.extend({
  /** The key-encryption keys, `id:key` by commas, the newest first. An older one stays until a start has wrapped all keys anew. */
  SEALING_KEYS: z.string().transform((text, context) => {
    const ring = readKeyRing(text);
    if (ring) return ring;
    context.addIssue('expected key-encryption keys as id:key, the newest first, each of 32 bytes in base64url');
    return z.NEVER;
  }),
  /** Where documents lie; without it in the database. */
  S3_URL: s3Url,
});
