import type { Clock } from '@umuhuza/service/clock';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { announcerOf } from './announceOrganisations.ts';
import { openAccounts } from './auth/accounts.ts';
import { type AuthConfig, createAuth } from './auth/betterAuth.ts';
import { programmeOfficeOf } from './auth/programmeOffice.ts';
import { ensureSigningKey } from './auth/signingKey.ts';
import { unfinishedOf } from './auth/unfinished.ts';
import { openChangeMarks } from './changeMarks.ts';
import { directoryOf } from './directory.ts';
import { openMongoOrganisationBook } from './mongoOrganisationBook.ts';

export type IdentityConfig = AuthConfig & { readonly PROGRAMME_OFFICE_CODE?: string | undefined };

type Deps = {
  readonly config: IdentityConfig;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Everything of the service that lies in its database: opened in the order in which one part needs the other. */
export const openIdentity = async ({ config, connection, clock, logger }: Deps) => {
  const accounts = await openAccounts(connection);
  const organisations = await openMongoOrganisationBook(connection);
  const marks = await openChangeMarks(connection);
  const directory = directoryOf(accounts);
  const unfinished = unfinishedOf(accounts);
  const announcer = announcerOf({ directory, organisations, marks, clock, logger });
  const auth = createAuth({ config, connection, directory, announcer, unfinished, logger });
  await ensureSigningKey(auth);
  const programmeOffice = programmeOfficeOf({ auth, accounts, unfinished, code: config.PROGRAMME_OFFICE_CODE });
  return { accounts, organisations, directory, announcer, auth, programmeOffice };
};
