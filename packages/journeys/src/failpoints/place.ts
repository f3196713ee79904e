import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSecrets, type Secrets } from '@umuhuza/local/secrets';
import { natsUsers } from '@umuhuza/local/topology';
import { startIssuer, type TokenFor } from '@umuhuza/testing/issuer';
import { embeddedMongo, localNats } from '@umuhuza/testing/localBackends';
import { accountUser } from '@umuhuza/testing/natsAccounts';

/** Where one service runs: databases and streams that no other place sees. */
export type Place = {
  readonly folder: string;
  readonly mongoUrl: string;
  readonly nats: { readonly url: string; readonly user: string; readonly password: string };
  readonly secrets: Secrets;
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly tokenFor: TokenFor;
};

export type Places = { readonly next: () => Promise<Place>; readonly close: () => Promise<void> };

/** Servers for a whole run. Each place has a MongoDB of its own and an account of its own on the one NATS. */
export const openPlaces = async (): Promise<Places> => {
  const folder = await mkdtemp(join(tmpdir(), 'umuhuza-failpoints-'));
  const [nats, issuer, secrets] = await Promise.all([localNats(folder), startIssuer(), openSecrets(folder, natsUsers)]);
  const databases: { stop: () => Promise<void> }[] = [];
  let places = 0;
  return {
    next: async () => {
      const n = places;
      places += 1;
      const own = join(folder, `place-${n}`);
      await mkdir(own);
      const mongo = await embeddedMongo(own);
      databases.push(mongo);
      return {
        folder: own,
        mongoUrl: mongo.url,
        nats: { url: nats.url, ...accountUser(n) },
        secrets,
        jwksUrl: issuer.options.jwksUrl,
        issuer: issuer.options.issuer,
        tokenFor: issuer.tokenFor,
      };
    },
    close: async () => {
      await Promise.all(databases.map((one) => one.stop()));
      await nats.stop();
      await issuer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
