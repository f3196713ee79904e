import { s3Url } from '@umuhuza/documents/openFileStore';
import { serviceConfig } from '@umuhuza/service/config';
import { keyRingIn } from '@umuhuza/service/sealing/keyRing';

export const tendersConfig = serviceConfig.extend({
  /** The key-encryption keys, `id:key` by commas, the newest first. An older one stays until a start has wrapped all keys anew. */
  SEALING_KEYS: keyRingIn('SEALING_KEYS'),
  /** Keys of the same form, shared with notifications alone: by these it learns whom to tell of what becomes of a sealed bid. */
  POST_KEYS: keyRingIn('POST_KEYS'),
  /** Where documents lie; without it in the database. */
  S3_URL: s3Url,
});
