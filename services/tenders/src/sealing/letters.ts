import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import { CompactEncrypt, compactDecrypt, errors, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';

/** What the opening needs of a content and nobody before it may read: who gave it, and its key (base64url). */
export type Letter = { readonly bidder: string; readonly contentKey: string };
/** `letter`: for the tender's letter box. `bidder`: of a tender whose key is of the earlier kind; who gave the content, by the tender's one key. */
export type SealedLetter = { readonly letter: Uint8Array } | { readonly bidder: Uint8Array };
export type LetterPlace = { readonly tenderId: string; readonly contentId: string };

/** A tender's letter box: everybody may put letters in, only who has the private half (a JWK, as JSON) reads them. */
export type LetterBox = { readonly publicHalf: string; readonly privateHalf: Buffer };

const curve = { kty: 'OKP', crv: 'X25519' } as const;
const publicJwk = z.object({ x: z.string() });
const privateJwk = publicJwk.extend({ d: z.string() });

export const newLetterBox = async (): Promise<LetterBox> => {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: curve.crv, extractable: true });
  const { x } = publicJwk.parse(await exportJWK(publicKey));
  return { publicHalf: x, privateHalf: Buffer.from(JSON.stringify(await exportJWK(privateKey))) };
};

const written = z.object({ tenderId: z.string(), contentId: z.string(), bidder: z.string(), contentKey: z.string() });
/** Filled up, so that its length does not tell the organisation's. */
const letterBytes = 512;

export const sealLetter = async (publicHalf: string, place: LetterPlace, letter: Letter): Promise<Uint8Array> => {
  const text = JSON.stringify({ ...place, ...letter } satisfies z.input<typeof written>).padEnd(letterBytes);
  const sealed = await new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
    .encrypt(await importJWK({ ...curve, x: publicHalf }, 'ECDH-ES'));
  return Buffer.from(sealed);
};

/** Reads what lies in this place; `CannotUnseal` for what is another box's, was changed, or lay in another place. */
export const letterReader = async (privateHalf: Buffer) => {
  const key = await importJWK({ ...curve, ...privateJwk.parse(JSON.parse(privateHalf.toString())) }, 'ECDH-ES');
  return async ({ tenderId, contentId }: LetterPlace, sealed: Uint8Array): Promise<Letter> => {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? new CannotUnseal('letter', { cause: error }) : error;
    });
    const { bidder, contentKey, ...place } = written.parse(JSON.parse(Buffer.from(plaintext).toString()));
    if (place.tenderId !== tenderId || place.contentId !== contentId) throw new CannotUnseal('letter of another place');
    return { bidder, contentKey };
  };
};
