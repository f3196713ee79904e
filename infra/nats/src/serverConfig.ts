import { operator, operatorPermissions, type Permissions, permissionsOf } from './permissions.ts';
import { streamOf } from './streams.ts';

export type ServerVersion = readonly [major: number, minor: number, patch: number];

export type ServerOptions = {
  readonly version: ServerVersion;
  /** The folder of JetStream's files. */
  readonly storeDir: string;
  /** Loopback unless told otherwise: passwords travel unencrypted. */
  readonly host?: string;
  /** 0 lets the server choose a free one and say so in its log. */
  readonly port: number;
  /** Password by user name; `operator` may do everything, any other name is a service and speaks for itself only. */
  readonly users: Readonly<Record<string, string>>;
};

/** Seconds a client has to say who it is. */
const patience = 60;
const memoryStoreBytes = 64 * 1024 ** 2;

/** From the line `nats-server: v2.9.10`; undefined when there is no version in it. */
export const parseServerVersion = (line: string): ServerVersion | undefined => {
  const found = /\bv?(\d+)\.(\d+)\.(\d+)/.exec(line);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
};

/** `sync_interval` came with 2.10; older servers refuse to start on a setting they do not know. */
export const knowsSyncInterval = ([major, minor]: ServerVersion): boolean => major > 2 || (major === 2 && minor >= 10);

// A JSON string is a string of the configuration language too, and nothing inside quotes is taken for a variable.
const quoted = (text: string): string => JSON.stringify(text);

const list = (subjects: readonly string[]): string => `[${subjects.map(quoted).join(', ')}]`;

const userLines = (name: string, password: string): string[] => {
  const may: Permissions = name === operator ? operatorPermissions : permissionsOf(name);
  return [
    '    {',
    `      user: ${quoted(name)}, password: ${quoted(password)}`,
    '      permissions {',
    `        publish { allow: ${list(may.publish)} }`,
    `        subscribe { allow: ${list(may.subscribe)} }`,
    '      }',
    '    }',
  ];
};

/**
 * The text of a nats-server configuration file; each line's purpose is told in `infra/nats/README.md`.
 * It holds the passwords, so it belongs in a file that only its owner reads.
 */
export const serverConfig = ({ version, storeDir, host = '127.0.0.1', port, users }: ServerOptions): string => {
  const names = Object.keys(users);
  const streamSizes = names.filter((name) => name !== operator).map((name) => streamOf(name).max_bytes);
  // Once more the biggest: adding a stream that exists already reserves its size a second time before it is recognised.
  const reserved = streamSizes.reduce((sum, size) => sum + size, Math.max(...streamSizes, 1024 ** 3));
  return [
    `listen: ${quoted(`${host}:${port === 0 ? -1 : port}`)}`,
    `max_payload: ${1024 ** 2}`,
    'jetstream {',
    `  store_dir: ${quoted(storeDir)}`,
    `  max_file_store: ${reserved}`,
    `  max_memory_store: ${memoryStoreBytes}`,
    ...(knowsSyncInterval(version) ? ['  sync_interval: always'] : []),
    '}',
    'authorization {',
    `  timeout: ${patience}`,
    '  users: [',
    ...names.flatMap((name) => userLines(name, users[name] ?? '')),
    '  ]',
    '}',
    '',
  ].join('\n');
};
