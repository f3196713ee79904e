import { serviceConfig } from '@umuhuza/service/config';
import { z } from 'zod';

export const identityConfig = serviceConfig.extend({
  /** Signs cookies and encrypts the private signing keys. Another one ends all sessions and makes the stored keys unreadable. */
  AUTH_SECRET: z.string().min(32, 'at least 32 characters; `openssl rand -base64 32` makes a good one'),
  /** The code of the one-time link; without one the link is closed. */
  PROGRAMME_OFFICE_CODE: z.string().min(16).optional(),
  /** Further addresses that browsers may send requests from, separated by commas; PUBLIC_URL is always one. */
  TRUSTED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url()))
    .optional(),
  /**
   * How often one address may try to sign in, sign up or change a password before it has to pause for a minute, each counted apart.
   * An office or a training room behind one address needs some; who guesses passwords needs thousands.
   */
  AUTH_ATTEMPTS: z.coerce.number().int().min(1).default(60),
});
export type IdentityConfig = z.infer<typeof identityConfig>;
