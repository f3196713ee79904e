import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannotStart.ts';

const secret = z.string().min(32);

const secretsSchema = z.object({
  /** Password by NATS user. */
  nats: z.record(z.string(), secret),
  authSecret: secret,
  /** Stands in the one-time link that makes the programme office's account. */
  programmeOfficeCode: secret,
  /** Signs the links in mails. */
  linkSecret: secret,
  /** Encrypt the keys of tenders, by id; the last one is the newest. A new one is added behind the others. */
  sealingKeys: z.record(z.string(), secret),
  /** Of the same form: by these tenders says, and notifications reads, whom to tell of what becomes of a sealed bid. */
  postKeys: z.record(z.string(), secret),
});
export type Secrets = z.infer<typeof secretsSchema>;

const knownSchema = secretsSchema.partial();
type KnownSecrets = z.infer<typeof knownSchema>;

const random = (): string => randomBytes(32).toString('base64url');

/** Keeps what is there and makes what is missing, such as the password of a service added since. */
export const completeSecrets = (known: KnownSecrets, natsUsers: readonly string[], make: () => string = random): Secrets => ({
  nats: { ...known.nats, ...Object.fromEntries(natsUsers.map((user) => [user, known.nats?.[user] ?? make()])) },
  authSecret: known.authSecret ?? make(),
  programmeOfficeCode: known.programmeOfficeCode ?? make(),
  linkSecret: known.linkSecret ?? make(),
  sealingKeys: known.sealingKeys ?? { k1: make() },
  postKeys: known.postKeys ?? { k1: make() },
});

const read = async (path: string): Promise<KnownSecrets> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new CannotStart(`${path} cannot be read. Make it readable for the user who starts Umuhuza.`, { cause: error });
  }
  try {
    return knownSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CannotStart(
      `${path} is damaged, and the accounts in this data directory can only be opened with the secrets it held. Restore it from a backup, or start afresh with another DATA_DIR.`,
      { cause: error },
    );
  }
};

/** The passwords and keys of this data directory: made at the first start, readable by their owner only. */
export const openSecrets = async (dataDir: string, natsUsers: readonly string[]): Promise<Secrets> => {
  const path = join(dataDir, 'secrets.json');
  const known = await read(path);
  const number = Object.keys({ ...known.sealingKeys, ...known.postKeys }).find((id) => /^\d+$/.test(id));
  if (number !== undefined)
    throw new CannotStart(
      `${path} names a key ${number}. Their order says which is the newest, and JSON puts numbers first: give it an id with a letter, like k${number}.`,
    );
  const secrets = completeSecrets(known, natsUsers);
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (JSON.stringify(known) !== JSON.stringify(secrets)) {
    // A new file that takes the old one's place: a crash half-way leaves the old one whole.
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
  return secrets;
};
