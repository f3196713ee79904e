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

/** Bytes before a value that tell how long it is; what follows it fills up. */
const lengthBytes = 4;

/** Twice the least length, or twice that, and so on, until it is long enough. */
const filledUp = (length: number, least: number): number => least * 2 ** Math.max(0, Math.ceil(Math.log2(length / least)));

/**
 * Seals a value as JSON, filled up to `least` bytes, or twice as many, or four times …: its length tells neither how many digits a price has
 * nor, but for its order of magnitude, how much was written.
 */
export const sealJson = (key: Buffer, about: About, value: unknown, least = 4_096): Buffer =>
  seal(key, about, filledJson(value, least));

export const unsealJson = (key: Buffer, about: About, sealed: Uint8Array): unknown => readFilled(unseal(key, about, sealed));

export const filledJson = (value: unknown, least: number): Buffer => {
  const json = Buffer.from(JSON.stringify(value));
  const padded = Buffer.alloc(filledUp(json.length + lengthBytes, least));
  padded.writeUInt32BE(json.length);
  json.copy(padded, lengthBytes);
  return padded;
};

export const readFilled = (padded: Buffer): unknown =>
  JSON.parse(padded.subarray(lengthBytes, lengthBytes + padded.readUInt32BE()).toString());
