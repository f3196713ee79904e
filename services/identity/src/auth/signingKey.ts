import { StartFailure } from '@umuhuza/service/startFailure';
import type { Auth } from './betterAuth.ts';

/**
 * Makes the first signing key before anybody asks for a token, so that parallel first tokens do not each make one, and finds out now
 * whether the stored key can be read.
 */
export const ensureSigningKey = async (auth: Auth): Promise<void> => {
  try {
    await auth.api.signJWT({ body: { payload: {} } });
  } catch (error) {
    if (error instanceof Error && error.message.includes('decrypt'))
      throw new StartFailure(
        'AUTH_SECRET is not the one that the stored signing keys were encrypted with. Set the former AUTH_SECRET; to start over with a new one, empty the collection `jwks` first.',
        { cause: error },
      );
    throw error;
  }
};
