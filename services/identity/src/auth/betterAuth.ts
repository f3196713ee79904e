import { randomUUID } from 'node:crypto';
import { mongodbAdapter } from '@better-auth/mongo-adapter';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { jwt } from 'better-auth/plugins/jwt';
import { organization } from 'better-auth/plugins/organization';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { z } from 'zod';
import { actingFor } from '../actingFor.ts';
import type { Announcer } from '../announceOrganisations.ts';
import type { Directory } from '../directory.ts';
import { namedRefusals } from './namedRefusals.ts';
import type { Unfinished } from './unfinished.ts';
import { withFailpoints } from './withFailpoints.ts';

export type AuthConfig = {
  readonly PUBLIC_URL: string;
  readonly TOKEN_ISSUER?: string | undefined;
  readonly TOKEN_AUDIENCE: string;
  readonly AUTH_SECRET: string;
  readonly AUTH_ATTEMPTS: number;
  readonly TRUSTED_ORIGINS?: readonly string[] | undefined;
};

export type AuthDeps = {
  readonly config: AuthConfig;
  readonly connection: Connection;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly unfinished: Unfinished;
  readonly logger: Logger;
};

/** The header in which the door hands the client's address over; whatever a client sends in it is replaced there. */
export const clientAddressHeader = 'x-client-address';

/** better-auth with what we use of it: e-mail and password, organisations, and the tokens that the other services verify. */
export const createAuth = ({ config, connection, directory, announcer, unfinished, logger }: AuthDeps) => {
  const { db } = connection;
  if (!db) throw new Error('the accounts need a connection that is open');
  const isHttps = config.PUBLIC_URL.startsWith('https:');
  const attempts = { window: 60, max: config.AUTH_ATTEMPTS };

  return betterAuth({
    appName: 'Umuhuza',
    basePath: '/api/auth',
    baseURL: config.PUBLIC_URL,
    secret: config.AUTH_SECRET,
    trustedOrigins: [new URL(config.PUBLIC_URL).origin, ...(config.TRUSTED_ORIGINS ?? [])],
    telemetry: { enabled: false },
    logger: { level: 'warn', disableColors: true, log: logTo(logger) },
    // What is no refusal is thrown on to the app, which answers every failure alike.
    onAPIError: { throw: true },
    // mongoose brings a driver of its own; both speak alike. Without a client there are no transactions.
    database: namedRefusals(withFailpoints(mongodbAdapter(db as unknown as Parameters<typeof mongodbAdapter>[0]))),
    advanced: {
      database: { generateId: () => randomUUID() },
      cookiePrefix: 'umuhuza',
      useSecureCookies: isHttps,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/*': attempts,
        '/sign-up/*': attempts,
        '/change-password': attempts,
        // Asked for by every page and every script, and worth nothing without a session.
        '/get-session': false,
        '/token': false,
        '/jwks': false,
      },
    },
    emailAndPassword: { enabled: true, autoSignIn: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        language: { type: ['en', 'de'], required: true, defaultValue: 'en' },
        timeZone: { type: 'string', required: false },
        programmeStaff: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    databaseHooks: {
      user: {
        update: {
          before: async (_changes, context) => {
            const userId = context?.context.session?.user.id;
            if (userId)
              for (const organisation of await directory.organisationsOf(userId)) await announcer.expectChange(organisation);
          },
          after: async (user) => {
            for (const organisation of await directory.organisationsOf(user.id)) await announcer.announce(organisation);
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path === '/sign-up/email') await unfinished.clearUser({ email: emailOf.parse(body).email });
        if (path === '/organization/create') await unfinished.clearOrganization(slugOf.parse(body).slug);
        if (path === '/organization/leave') await announcer.expectChange(leftOf.parse(body).organizationId);
      }),
      after: createAuthMiddleware(async ({ path, body }) => {
        if (path === '/organization/leave') await announcer.announce(leftOf.parse(body).organizationId);
      }),
    },
    plugins: [
      organization({
        creatorRole: 'owner',
        organizationLimit: 20,
        disableOrganizationDeletion: true,
        // The invitation's id is the secret that is handed over; it opens only together with the invited address. No mail is sent yet
        // that could prove the address, and nobody is shown invitations by address alone.
        requireEmailVerificationOnInvitation: false,
        invitationExpiresIn: 7 * 24 * 3600,
        schema: { organization: { additionalFields: { country: { type: 'string', required: true } } } },
        organizationHooks: {
          beforeAddMember: async ({ organization: { id } }) => announcer.expectChange(id),
          afterAddMember: async ({ organization: { id } }) => announcer.announce(id),
          beforeAcceptInvitation: async ({ organization: { id } }) => announcer.expectChange(id),
          afterAcceptInvitation: async ({ organization: { id } }) => announcer.announce(id),
          beforeUpdateMemberRole: async ({ organization: { id } }) => announcer.expectChange(id),
          afterUpdateMemberRole: async ({ organization: { id } }) => announcer.announce(id),
          beforeRemoveMember: async ({ organization: { id } }) => announcer.expectChange(id),
          afterRemoveMember: async ({ organization: { id } }) => announcer.announce(id),
          beforeUpdateOrganization: async ({ member }) => announcer.expectChange(member.organizationId),
          afterUpdateOrganization: async ({ member }) => announcer.announce(member.organizationId),
        },
      }),
      jwt({
        disableSettingJwtHeader: true,
        jwks: { keyPairConfig: { alg: 'EdDSA', crv: 'Ed25519' } },
        jwt: {
          issuer: config.TOKEN_ISSUER ?? config.PUBLIC_URL,
          audience: config.TOKEN_AUDIENCE,
          expirationTime: '15m',
          definePayload: async ({ user, session }) => {
            const acts = actingFor(await directory.membershipsOf(user.id), session.activeOrganizationId);
            return {
              programmeStaff: user.programmeStaff === true,
              ...(acts ? { organisation: acts.organisationId, country: acts.country, role: acts.role } : {}),
            };
          },
        },
      }),
    ],
  });
};

export type Auth = ReturnType<typeof createAuth>;

/** The bodies were held against the contract at the door; this only gives them their types back. */
const emailOf = z.object({ email: z.string().toLowerCase() });
const slugOf = z.object({ slug: z.string() });
const leftOf = z.object({ organizationId: z.string() });

/**
 * A wrong password is an error in its log and everyday life here; what broke comes with the error that broke it. Its messages may quote
 * what a client sent, so those without an error are for debugging only.
 */
const logTo =
  (logger: Logger) =>
  (_level: string, message: string, ...more: unknown[]): void => {
    const error = more.find((argument) => argument instanceof Error);
    if (error instanceof APIError) return;
    if (error) logger.warn({ err: error }, `better-auth: ${message}`);
    else logger.debug(`better-auth: ${message}`);
  };
