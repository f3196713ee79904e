import type { S3Place } from '@umuhuza/documents/s3FileStore';
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
  S3_URL: z
    .url({ protocol: /^https?$/, error: 'expected https://<key>:<secret>@<host>/<bucket>?region=<region>' })
    .transform((text, context): S3Place => {
      const { protocol, host, username, password, pathname, searchParams } = new URL(text);
      const bucket = pathname.slice(1);
      if (username === '' || password === '' || !/^[\w.-]+$/.test(bucket))
        context.addIssue('expected https://<key>:<secret>@<host>/<bucket>?region=<region>');
      return {
        endpoint: `${protocol}//${host}`,
        bucket,
        region: searchParams.get('region') ?? 'us-east-1',
        accessKeyId: decodeURIComponent(username),
        secretAccessKey: decodeURIComponent(password),
      };
    })
    .optional(),
});
