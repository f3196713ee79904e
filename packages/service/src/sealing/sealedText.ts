import { type About, filledJson, readFilled } from './aead.ts';
import type { KeyRing } from './keyRing.ts';

/** Seals a value with the newest key of a ring, filled up as `sealJson` does, as a text that names the key. */
export const sealText = (ring: KeyRing, about: About, value: unknown, least: number): string => {
  const { kek, wrapped } = ring.wrap(filledJson(value, least), about);
  return `${kek}.${Buffer.from(wrapped).toString('base64url')}`;
};

/** Throws `CannotUnseal`, or says which key is missing. */
export const openText = (ring: KeyRing, about: About, text: string): unknown => {
  const end = text.lastIndexOf('.');
  const wrapped = Buffer.from(text.slice(end + 1), 'base64url');
  return readFilled(ring.unwrap({ kek: text.slice(0, Math.max(end, 0)), wrapped }, about));
};
