import type { PublicKeys, ReportStatement } from '@umuhuza/contracts/sandbox/schemas';
import type { Clock } from '@umuhuza/service/clock';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Connection } from 'mongoose';

/** What kind of JWS a signed report is: nothing else that this key may come to sign can be taken for one. */
export const reportType = 'test-report+jws';

/** Signs finished reports, and tells the public keys by which everybody can check them. */
export type ReportSigner = {
  /** A compact JWS (EdDSA). */
  readonly sign: (statement: ReportStatement) => Promise<string>;
  /** Of every key that ever signed: a report stays checkable. */
  readonly publicKeys: () => Promise<PublicKeys>;
};

type StoredKey = { _id: string; public: PublicKeys['keys'][number]; private: JWK; madeAt: string };

/**
 * The key pair is made at the first start and lies in the service's own database, which must be guarded as the key itself. Replicas that
 * start at once make one each; all are published, and each signs with the oldest it finds.
 */
export const openMongoReportSigner = async (connection: Connection, clock: Clock): Promise<ReportSigner> => {
  const keys = connection.collection<StoredKey>('reportKeys');
  const oldest = async () => (await keys.find().sort({ madeAt: 1, _id: 1 }).limit(1).toArray())[0];
  const make = async (): Promise<void> => {
    const pair = await generateKeyPair('Ed25519', { extractable: true });
    const shown = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(shown);
    const key = { kty: 'OKP', crv: 'Ed25519', x: String(shown.x), kid, alg: 'EdDSA', use: 'sig' } as const;
    await keys.insertOne({ _id: kid, public: key, private: await exportJWK(pair.privateKey), madeAt: clock() });
  };
  if (!(await oldest())) await make();
  const signing = await oldest();
  if (!signing) throw new Error('the key that signs reports was made, and is not there');
  const privateKey = await importJWK(signing.private, 'EdDSA');
  return {
    sign: (statement) =>
      new CompactSign(Buffer.from(JSON.stringify(statement)))
        .setProtectedHeader({ alg: 'EdDSA', typ: reportType, kid: signing._id })
        .sign(privateKey),
    publicKeys: async () => ({ keys: (await keys.find().sort({ madeAt: 1, _id: 1 }).toArray()).map((key) => key.public) }),
  };
};
