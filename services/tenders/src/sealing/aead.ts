import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** What was sealed cannot be opened with this key for this purpose: another key, or somebody changed it. */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal';
}

/** What it is, never whose: an error's text ends up in the log. */
const kindOf = ([kind = 'something']: About): string => kind;

/** What a sealed text is about: bound to it, so that it opens in its own place only. */
export type About = readonly string[];

const bound = (about: About): Buffer => Buffer.from(JSON.stringify(about));

/** AES-256-GCM: nonce, ciphertext and tag in one. */
export const seal = (key: Buffer, about: About, plain: Buffer): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound(about));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

export const unseal = (key: Buffer, about: About, sealed: Uint8Array): Buffer => {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < ivBytes + tagBytes) throw new CannotUnseal(`too short: ${kindOf(about)}`);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(bound(about))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
  } catch (error) {
    throw new CannotUnseal(kindOf(about), { cause: error });
  }
};

/**
 * Seals a value as JSON, filled up to a multiple of `step` bytes: its length does not tell how many digits a price has, that of a long
 * one tells its size in steps.
 */
export const sealJson = (key: Buffer, about: About, value: unknown, step = 4_096): Buffer => {
  const json = Buffer.from(JSON.stringify(value));
  const padded = Buffer.alloc(Math.ceil((json.length + 4) / step) * step);
  padded.writeUInt32BE(json.length);
  json.copy(padded, 4);
  return seal(key, about, padded);
};

export const unsealJson = (key: Buffer, about: About, sealed: Uint8Array): unknown => {
  const padded = unseal(key, about, sealed);
  return JSON.parse(padded.subarray(4, 4 + padded.readUInt32BE()).toString());
};
