import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type About, seal, unseal } from './aead.ts';

/** A key, or what else is sealed directly by these, as it is stored: encrypted by the key-encryption key of this id. */
export type WrappedKey = { readonly kek: string; readonly wrapped: Uint8Array };

/** The key-encryption keys of the environment: the first wraps, all unwrap. They are nowhere in the database. */
export type KeyRing = {
  /** The id of the one that wraps. */
  readonly newest: string;
  readonly has: (kek: string) => boolean;
  readonly wrap: (key: Buffer, about: About) => WrappedKey;
  /** Throws `CannotUnseal` when the key is another's, or of a key-encryption key that is not there. */
  readonly unwrap: (key: WrappedKey, about: About) => Buffer;
};

const keyBytes = 32;
export const newKey = (): Buffer => randomBytes(keyBytes);

/** A key ring as the environment has it in this variable. */
export const keyRingIn = (variable: string) =>
  z.string().transform((text, context) => {
    const ring = readKeyRing(text, variable);
    if (ring) return ring;
    context.addIssue('expected key-encryption keys as id:key, the newest first, each of 32 bytes in base64url');
    return z.NEVER;
  });

/** `id:key` pairs, the newest first; a key is 32 bytes in base64url. Undefined when the text is nothing of that kind. */
export const readKeyRing = (text: string, variable = 'SEALING_KEYS'): KeyRing | undefined => {
  const pairs = text.split(',').map((pair) => /^\s*([\w.-]{1,40}):([A-Za-z0-9_-]{43}=?)\s*$/.exec(pair));
  const keys = new Map<string, Buffer>();
  for (const pair of pairs) {
    const [, id, key] = pair ?? [];
    if (id === undefined || key === undefined || keys.has(id)) return undefined;
    keys.set(id, Buffer.from(key, 'base64url'));
  }
  const [first] = keys;
  return first && keyRing(variable, first[0], keys);
};

const keyRing = (variable: string, newest: string, keys: ReadonlyMap<string, Buffer>): KeyRing => {
  const keyOf = (kek: string): Buffer => {
    const key = keys.get(kek);
    if (!key) throw new Error(`the key-encryption key ${kek} is not in ${variable}`);
    return key;
  };
  return {
    newest,
    has: (kek) => keys.has(kek),
    wrap: (key, about) => ({ kek: newest, wrapped: seal(keyOf(newest), ['key', newest, ...about], key) }),
    unwrap: ({ kek, wrapped }, about) => unseal(keyOf(kek), ['key', kek, ...about], wrapped),
  };
};
