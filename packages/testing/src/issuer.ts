import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type TokenFor = (claims: {
  readonly user?: string;
  readonly organisation?: string;
  readonly country?: 'DE' | 'RW';
  readonly role?: 'owner' | 'admin' | 'member';
  readonly programmeStaff?: boolean;
  /** Seconds; negative for a token that has ended. */
  readonly lasts?: number;
  readonly audience?: string;
  readonly issuer?: string;
}) => Promise<string>;

/** A token issuer for tests: real EdDSA tokens, real JWKS over HTTP, so that the services' own verifier is what is tested. */
export const startIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' }] };
  const server = createServer((_req, res) => res.setHeader('content-type', 'application/json').end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = 'https://issuer.test';
  const audience = 'umuhuza';

  const tokenFor: TokenFor = ({
    user = 'user',
    organisation,
    country,
    role = 'owner',
    programmeStaff = false,
    lasts = 900,
    ...other
  }) =>
    new SignJWT({ programmeStaff, ...(organisation ? { organisation, country: country ?? 'DE', role } : {}) })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
      .setSubject(user)
      .setIssuer(other.issuer ?? issuer)
      .setAudience(other.audience ?? audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + lasts)
      .sign(privateKey);

  return {
    tokenFor,
    /** For `tokenVerifier`; keys are not kept between starts. */
    options: {
      jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      issuer,
      audience,
      keys: { load: async () => undefined, save: async () => undefined },
    },
    stop: () => new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
};
