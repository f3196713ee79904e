import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannotStart.ts';
import { busUsers, type External } from './topology.ts';

export type LaunchConfig = {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly external: External;
  readonly verbose: boolean;
};

// A variable that is set to nothing counts as not set, as in a .env file with an empty line for it.
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const address = (schemes: readonly string[], example: string) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), `expected an address like ${example}`);

/** `identity:<password>,tenders:<password>,…`, of every service that speaks on the bus, and of nobody else. */
const passwordsSchema = z.string().transform((text, context) => {
  const given = text.split(',').map((each) => each.trim().split(/:(.*)/s, 2));
  const missing = busUsers.filter((name) => !given.some(([user, password]) => user === name && password));
  const others = given.filter(([user = '']) => !busUsers.some((name) => name === user));
  if (missing.length === 0 && others.length === 0 && given.length === busUsers.length)
    return Object.fromEntries(given) as Readonly<Record<string, string>>;
  context.addIssue(`expected <service>:<password> of each of ${busUsers.join(', ')}, separated by commas`);
  return z.NEVER;
});

const environmentSchema = z.object({
  PORT: optional(z.coerce.number('expected a number').int().min(1).max(65_535)),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(z.url('expected an address like https://umuhuza.example')),
  DATA_DIR: optional(z.string()),
  MONGODB_URL: optional(address(['mongodb', 'mongodb+srv'], 'mongodb://127.0.0.1:27017')),
  NATS_URL: optional(address(['nats', 'tls', 'ws', 'wss'], 'nats://127.0.0.1:4222')),
  NATS_USER: optional(z.string()),
  NATS_PASSWORD: optional(z.string()),
  NATS_PASSWORDS: optional(passwordsSchema),
  SMTP_URL: optional(address(['smtp', 'smtps'], 'smtp://127.0.0.1:1025')),
});

const natsOf = ({ NATS_URL, NATS_USER, NATS_PASSWORD, NATS_PASSWORDS }: z.infer<typeof environmentSchema>): External['nats'] => {
  if (NATS_URL === undefined) return undefined;
  // The client takes user and password apart from the address, so those written into it are moved.
  const url = new URL(NATS_URL);
  const user = NATS_USER ?? (decodeURIComponent(url.username) || undefined);
  const password = NATS_PASSWORD ?? (decodeURIComponent(url.password) || undefined);
  url.username = '';
  url.password = '';
  if (NATS_PASSWORDS && (user !== undefined || password !== undefined))
    throw new CannotStart('NATS_PASSWORDS gives each service a user of its own: leave out NATS_USER and NATS_PASSWORD.');
  if (NATS_PASSWORDS) return { url: url.href, passwords: NATS_PASSWORDS };
  return { url: url.href, ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
};

/** What `npm start` was asked for: the environment, and `--verbose` as its only argument. */
export const readLaunchConfig = (
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  home: { readonly repository: string; readonly workingDirectory: string },
): LaunchConfig => {
  const unknown = args.find((arg) => arg !== '--verbose');
  if (unknown !== undefined) throw new CannotStart(`${unknown} is not known. Use \`npm start\` or \`npm start -- --verbose\`.`);
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CannotStart(`The environment is not usable. ${wrong.join('; ')}.`);
  }
  const { PORT, HOST, PUBLIC_URL, DATA_DIR, MONGODB_URL, SMTP_URL } = parsed.data;
  const nats = natsOf(parsed.data);
  return {
    dataDir: DATA_DIR === undefined ? join(home.repository, '.data') : resolve(home.workingDirectory, DATA_DIR),
    port: PORT ?? 8080,
    host: HOST ?? '127.0.0.1',
    ...(PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL.replace(/\/+$/, '') }),
    external: {
      ...(MONGODB_URL === undefined ? {} : { mongodbUrl: MONGODB_URL }),
      ...(nats === undefined ? {} : { nats }),
      ...(SMTP_URL === undefined ? {} : { smtpUrl: SMTP_URL }),
    },
    verbose: args.includes('--verbose'),
  };
};
