import { type JwkSet, jwk } from '@umuhuza/contracts/tenders/schemas';
import type { Clock } from '@umuhuza/service/clock';
import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import { StartFailure } from '@umuhuza/service/startFailure';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import mongoose, { type Connection } from 'mongoose';
import { type ReceiptSigner, receiptType } from './receiptSigner.ts';

/** After so many days a start makes a new key; the older ones stay published. */
const signsFor = 365;

type StoredKey = {
  /** The thumbprint of the public key: its `kid`. */
  _id: string;
  public: JwkSet['keys'][number];
  madeAt: string;
  kek: string;
  wrapped: mongoose.mongo.Binary;
};

const about = (kid: string) => ['receipts', kid];

/** Keeps the signing keys in the database, their private halves wrapped by the key-encryption keys of the environment. */
export const openMongoReceiptSigner = async (connection: Connection, ring: KeyRing, clock: Clock): Promise<ReceiptSigner> => {
  const keys = connection.collection<StoredKey>('receiptKeys');
  const newest = async () => (await keys.find().sort({ madeAt: -1, _id: -1 }).limit(1).toArray())[0];

  const wrap = (kid: string, privateKey: Buffer) => {
    const { kek, wrapped } = ring.wrap(privateKey, about(kid));
    return { kek, wrapped: new mongoose.mongo.Binary(wrapped) };
  };
  const unwrap = ({ _id, kek, wrapped }: StoredKey): Buffer => {
    try {
      if (ring.has(kek)) return ring.unwrap({ kek, wrapped: wrapped.buffer }, about(_id));
    } catch (error) {
      if (!(error instanceof CannotUnseal)) throw error;
    }
    throw new StartFailure(
      `SEALING_KEYS lacks ${kek}, or names another key by that id: receipts cannot be signed. Add the former key.`,
    );
  };
  const make = async (): Promise<StoredKey> => {
    const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    const shown = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(shown);
    const made = {
      _id: kid,
      public: jwk.parse({ ...shown, kid, alg: 'EdDSA', use: 'sig' }),
      madeAt: clock(),
      ...wrap(kid, Buffer.from(JSON.stringify(await exportJWK(privateKey)))),
    };
    await keys.insertOne(made);
    return made;
  };

  const known = await newest();
  const isFresh =
    known && Temporal.Instant.compare(Temporal.Instant.from(known.madeAt).add({ hours: 24 * signsFor }), clock()) > 0;
  const signing = isFresh ? known : await make();
  for await (const key of keys.find({ kek: { $ne: ring.newest } }))
    await keys.updateOne({ _id: key._id, kek: key.kek }, { $set: wrap(key._id, unwrap(key)) });
  const privateKey = await importJWK(JSON.parse(unwrap(signing).toString()) as JWK, 'EdDSA');

  return {
    sign: (statement) =>
      new CompactSign(Buffer.from(JSON.stringify(statement)))
        .setProtectedHeader({ alg: 'EdDSA', typ: receiptType, kid: signing._id })
        .sign(privateKey),
    publicKeys: async () => ({ keys: (await keys.find().sort({ madeAt: -1, _id: -1 }).toArray()).map((key) => key.public) }),
  };
};
