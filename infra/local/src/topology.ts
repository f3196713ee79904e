import { join } from 'node:path';
import { operator } from '@umuhuza/nats/permissions';
import type { Secrets } from './secrets.ts';

export const serviceNames = ['identity', 'profiles', 'matching', 'sandbox', 'tenders', 'notifications', 'portal'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Everything that can run as a process of its own, in the order people read it. */
export const partNames = ['nats', 'mongo', ...serviceNames] as const;
export type PartName = (typeof partNames)[number];

export const isService = (part: PartName): part is ServiceName => part !== 'nats' && part !== 'mongo';

/** The services that speak on the bus, each as a NATS user of its own. The portal does not. */
export const busUsers = serviceNames.filter((name) => name !== 'portal');

/** NATS users of a system: the services, and the operator. */
export const natsUsers = [...busUsers, operator];

/** What somebody else runs for us; each on its own replaces the embedded part. */
export type External = {
  readonly mongodbUrl?: string;
  readonly nats?: {
    readonly url: string;
    readonly user?: string;
    readonly password?: string;
    /** The password of each service, where each has its own user as in a system that is started here. */
    readonly passwords?: Readonly<Record<string, string>>;
  };
  readonly smtpUrl?: string;
};

export type Topology = {
  readonly dataDir: string;
  readonly ports: Readonly<Partial<Record<PartName, number>>>;
  readonly services: readonly ServiceName[];
  readonly external: External;
  readonly secrets: Secrets;
  /** The address people type. */
  readonly url: string;
  /** The address the door listens on; everything else stays on loopback. */
  readonly doorHost: string;
};

/** The processes of a system: what is external, or was not asked for, is not among them. */
export const partsOf = (services: readonly ServiceName[], external: External): PartName[] =>
  partNames.filter((part) => {
    if (part === 'nats') return external.nats === undefined;
    if (part === 'mongo') return external.mongodbUrl === undefined;
    return services.includes(part);
  });

export const mailDirectory = (dataDir: string): string => join(dataDir, 'mail');

const loopback = '127.0.0.1';
const at = (scheme: string, port: number | undefined): string => `${scheme}://${loopback}:${port ?? 0}`;

/** The environment by which a service learns where it stands. */
export const environmentOf = (service: ServiceName, topology: Topology): Record<string, string> => {
  const { ports, external, secrets, url, dataDir, doorHost } = topology;
  const common = {
    HOST: service === 'portal' ? doorHost : loopback,
    PORT: String(ports[service] ?? 0),
    MONGODB_URL: external.mongodbUrl ?? at('mongodb', ports.mongo),
    NATS_URL: external.nats?.url ?? at('nats', ports.nats),
    PUBLIC_URL: url,
    TOKEN_ISSUER: url,
    JWKS_URL: `${at('http', ports.identity)}/api/auth/jwks`,
    ...natsCredentials(service, topology),
  };
  switch (service) {
    case 'identity':
      return { ...common, AUTH_SECRET: secrets.authSecret, PROGRAMME_OFFICE_CODE: secrets.programmeOfficeCode };
    case 'notifications':
      return {
        ...common,
        LINK_SECRET: secrets.linkSecret,
        POST_KEYS: newestFirst(secrets.postKeys),
        ...(external.smtpUrl === undefined ? { MAIL_DIR: mailDirectory(dataDir) } : { SMTP_URL: external.smtpUrl }),
      };
    case 'tenders':
      return { ...common, SEALING_KEYS: newestFirst(secrets.sealingKeys), POST_KEYS: newestFirst(secrets.postKeys) };
    case 'portal':
      return { ...common, ...addressesFor(ports) };
    default:
      return common;
  }
};

const newestFirst = (keys: Readonly<Record<string, string>>): string =>
  Object.entries(keys)
    .toReversed()
    .map(([id, key]) => `${id}:${key}`)
    .join();

const natsCredentials = (service: ServiceName, { external, secrets }: Topology): Record<string, string> => {
  if (external.nats && !external.nats.passwords) {
    const { user, password } = external.nats;
    return { ...(user === undefined ? {} : { NATS_USER: user }), ...(password === undefined ? {} : { NATS_PASSWORD: password }) };
  }
  const password = (external.nats?.passwords ?? secrets.nats)[service];
  return password === undefined ? {} : { NATS_USER: service, NATS_PASSWORD: password };
};

const addressesFor = (ports: Topology['ports']): Record<string, string> =>
  Object.fromEntries(
    serviceNames.filter((name) => name !== 'portal').map((name) => [`${name.toUpperCase()}_URL`, at('http', ports[name])]),
  );

/** Variables that `environmentOf` decides; those of the surrounding shell must not slip through to a service. */
export const decidedVariables = [
  ...[
    'HOST',
    'PORT',
    'MONGODB_URL',
    'NATS_URL',
    'NATS_USER',
    'NATS_PASSWORD',
    'NATS_PASSWORDS',
    'PUBLIC_URL',
    'TOKEN_ISSUER',
    'JWKS_URL',
  ],
  ...[
    'DATA_DIR',
    'MONGO_HOST',
    'MONGO_PORT',
    'AUTH_SECRET',
    'PROGRAMME_OFFICE_CODE',
    'LINK_SECRET',
    'SEALING_KEYS',
    'POST_KEYS',
    'SMTP_URL',
    'MAIL_DIR',
  ],
];
