import { s3Url } from '@umuhuza/documents/openFileStore';
import { serviceConfig } from '@umuhuza/service/config';
import { z } from 'zod';

/** What every service reads, and how much of the places one company may have at a time. */
export const sandboxConfig = serviceConfig.extend({
  FAIR_USE_OPEN_BOOKINGS: z.coerce.number().int().min(1).default(50),
  FAIR_USE_OPEN_HOLDS: z.coerce.number().int().min(1).default(5),
  FAIR_USE_WAITING: z.coerce.number().int().min(1).default(100),
  /** Where documents and evidence lie; without it in the database. */
  S3_URL: s3Url,
});
