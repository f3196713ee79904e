import { createHash } from 'node:crypto';
import type { PublicKeys, TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyReport } from './verifyReport.ts';

const shown = {
  bookingId: 'booking-1',
  title: 'Mobile money test room (demonstration)',
  host: { organisationId: 'org-kigali-1', name: 'Demonstration Software Ltd' },
  guest: { organisationId: 'org-berlin-1', name: null },
  product: 'Demonstration wallet',
  startsAt: '2026-11-23T07:00:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
  summary: 'Acht Personen bezahlten, ohne zu stocken: „gut“.',
  findings: [],
  evidence: [],
  feedback: [],
  handedOverAt: '2026-11-23T11:00:00.000Z',
};
const digestOf = (what: object) => createHash('sha256').update(JSON.stringify(what)).digest('hex');

let keys: PublicKeys;
let privateKey: CryptoKey;
beforeAll(async () => {
  const pair = await generateKeyPair('Ed25519', { extractable: true });
  privateKey = pair.privateKey;
  const { x = '' } = await exportJWK(pair.publicKey);
  keys = { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'k1', alg: 'EdDSA', use: 'sig' }] };
});

const signed = async (statement: object = {}, header: object = {}): Promise<TestReportView> => {
  const signature = await new CompactSign(
    Buffer.from(JSON.stringify({ bookingId: 'booking-1', digest: digestOf(shown), ...statement })),
  )
    .setProtectedHeader({ alg: 'EdDSA', typ: 'test-report+jws', kid: 'k1', ...header })
    .sign(privateKey);
  return { ...shown, status: 'finished', finished: { at: '2026-12-01T09:00:00.000Z', digest: digestOf(shown), signature } };
};

describe('a signed report', () => {
  it('is genuine as it was signed', async () => expect(await verifyReport(await signed(), keys)).toBe('genuine'));

  it('is not, once a word of it is another', async () =>
    expect(await verifyReport({ ...(await signed()), summary: 'All was well.' }, keys)).toBe('not-genuine'));

  it('is not, where the shown digest was changed along with it', async () => {
    const { finished, ...report } = await signed();
    const { status: _, ...other } = { ...report, summary: 'All was well.' };
    if (!finished) throw new Error('the report was signed');
    expect(await verifyReport({ ...report, ...other, finished: { ...finished, digest: digestOf(other) } }, keys)).toBe(
      'not-genuine',
    );
  });

  it('is not, by another booking, another key or another kind of statement', async () => {
    expect(await verifyReport(await signed({ bookingId: 'booking-2' }), keys)).toBe('not-genuine');
    expect(await verifyReport(await signed({}, { kid: 'k2' }), keys)).toBe('not-genuine');
    expect(await verifyReport(await signed({}, { typ: 'bid-receipt+jws' }), keys)).toBe('not-genuine');
    const pair = await exportJWK((await generateKeyPair('Ed25519', { extractable: true })).publicKey);
    const others = { keys: keys.keys.map((key) => ({ ...key, x: pair.x ?? '' })) };
    expect(await verifyReport(await signed(), others)).toBe('not-genuine');
  });

  it('is not, without a signature', async () => {
    expect(await verifyReport({ ...(await signed()), finished: null }, keys)).toBe('not-genuine');
    const { finished, ...report } = await signed();
    if (!finished) throw new Error('the report was signed');
    expect(await verifyReport({ ...report, finished: { ...finished, signature: 'x.y.z' } }, keys)).toBe('not-genuine');
  });
});
