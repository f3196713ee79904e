import { claims } from '@umuhuza/contracts/identity/claims';
import { createRemoteJWKSet, errors, type JSONWebKeySet, type JWKSCacheInput, jwksCache, jwtVerify } from 'jose';
import type { Connection } from 'mongoose';
import type { Caller, Member } from './caller.ts';

/** Settles with the caller, or undefined when the token proves nobody. Throws `KeysUnreachable` when that cannot be told now. */
export type VerifyToken = (token: string) => Promise<Caller | Member | undefined>;

/** The issuer's keys were never seen and cannot be fetched: nobody can be recognised for now. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}

/** Where the issuer's public keys are kept, so that a service goes on while the issuer is away. */
export type KeyStore = {
  readonly load: () => Promise<JSONWebKeySet | undefined>;
  readonly save: (keys: JSONWebKeySet) => Promise<void>;
};

export type TokenOptions = {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeyStore;
};

/** How many verified tokens are remembered until they end; saves a signature check a request. */
const rememberedTokens = 1_000;

/** Verifies tokens of any OIDC-like issuer that signs with EdDSA: algorithm pinned, issuer and audience checked. */
export const tokenVerifier = async ({ jwksUrl, issuer, audience, keys }: TokenOptions): Promise<VerifyToken> => {
  const kept = await keys.load();
  // The kept set is used as it is until a token names a key that it lacks.
  const cache: JWKSCacheInput = kept ? { jwks: kept, uat: Date.now() } : {};
  const keySet = createRemoteJWKSet(new URL(jwksUrl), {
    [jwksCache]: cache,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    timeoutDuration: 3_000,
  });
  let saved = cache.uat;
  const verified = new Map<string, { caller: Caller | Member; until: number }>();

  return async (token) => {
    const known = verified.get(token);
    if (known && known.until > Date.now()) return known.caller;
    verified.delete(token);
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['EdDSA'],
        issuer,
        audience,
        requiredClaims: ['exp', 'sub'],
      });
      if (cache.uat !== saved && cache.jwks) {
        saved = cache.uat;
        await keys.save(cache.jwks);
      }
      const said = claims.safeParse(payload);
      if (!said.success) return undefined;
      const until = (payload.exp ?? 0) * 1_000;
      const caller = { ...toCaller(said.data), tokenEndsAt: until };
      if (verified.size >= rememberedTokens) verified.delete(verified.keys().next().value ?? '');
      verified.set(token, { caller, until });
      return caller;
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== 'ERR_JOSE_GENERIC')
        return undefined;
      throw new KeysUnreachable(`The signing keys cannot be fetched from ${jwksUrl}`, { cause: error });
    }
  };
};

const toCaller = (said: {
  sub: string;
  organisation?: string | undefined;
  country?: Member['country'] | undefined;
  role?: Member['role'] | undefined;
  programmeStaff: boolean;
}): Caller | Member => {
  const caller: Caller = { user: said.sub, programmeStaff: said.programmeStaff };
  return said.organisation && said.country && said.role
    ? { ...caller, organisation: said.organisation, country: said.country, role: said.role }
    : caller;
};

/** The verifier a service's configuration asks for; the issuer's keys are kept in the service's own database. */
export const tokensOf = (
  config: {
    readonly JWKS_URL: string;
    readonly TOKEN_ISSUER?: string | undefined;
    readonly PUBLIC_URL: string;
    readonly TOKEN_AUDIENCE: string;
  },
  connection: Connection,
): Promise<VerifyToken> =>
  tokenVerifier({
    jwksUrl: config.JWKS_URL,
    issuer: config.TOKEN_ISSUER ?? config.PUBLIC_URL,
    audience: config.TOKEN_AUDIENCE,
    keys: mongoKeyStore(connection),
  });

/** Keeps the issuer's public keys in the service's own database. */
export const mongoKeyStore = (connection: Connection): KeyStore => {
  const collection = connection.collection<{ _id: string; keys: JSONWebKeySet }>('issuerKeys');
  return {
    load: async () => (await collection.findOne({ _id: 'current' }))?.keys,
    save: async (keys) => {
      await collection.updateOne({ _id: 'current' }, { $set: { keys } }, { upsert: true });
    },
  };
};
