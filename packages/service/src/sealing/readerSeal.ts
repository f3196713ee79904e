import { createHmac, hkdfSync } from 'node:crypto';
import { type About, sealJson, unsealJson } from './aead.ts';

/**
 * What hides who reads something where it is kept: marks that stand for a reader and lead to it, or from one to the other, only with the
 * key, and what is sealed by it.
 */
export type ReaderSeal = {
  /** The same for the same parts, and of a form of its own. */
  readonly mark: (...parts: readonly string[]) => string;
  /** `least`: bytes it is filled up to, or twice as many, or four times … */
  readonly seal: (about: About, value: unknown, least: number) => string;
  /** Throws `CannotUnseal`. */
  readonly open: (about: About, sealed: string) => unknown;
};

const prefix = 'sealed-';
/** Whether an id, or what something is found by, is such a mark. */
export const isMark = (text: string): boolean => text.startsWith(prefix);

/** What the stored key is about that a key ring has wrapped. */
export const aboutReaderKey: About = ['readers'];
/** What is sealed by it: notifications, and who is told of an event, by the id under which that is kept. */
export const aboutNotification: About = ['notification'];
export const aboutAudience = (id: string): About => ['audience', id];

export const readerSeal = (key: Buffer): ReaderSeal => {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `umuhuza ${purpose}`, 32));
  const [marking, sealing] = [keyFor('reader marks'), keyFor('reader seal')];
  return {
    mark: (...parts) => `${prefix}${createHmac('sha256', marking).update(JSON.stringify(parts)).digest('base64url')}`,
    seal: (about, value, least) => sealJson(sealing, about, value, least).toString('base64url'),
    open: (about, sealed) => unsealJson(sealing, about, Buffer.from(sealed, 'base64url')),
  };
};
