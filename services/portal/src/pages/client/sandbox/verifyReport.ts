import type { PublicKeys, ReportStatement, TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import { sha256Of } from './digest.ts';

/**
 * - `genuine`: the platform signed exactly what is shown.
 * - `not-genuine`: it did not.
 * - `cannot-check`: this browser cannot work it out.
 */
export type Verdict = 'genuine' | 'not-genuine' | 'cannot-check';

/** Nothing else that the key may sign can be taken for a report. */
const reportType = 'test-report+jws';

/** Checks on the device what is shown against the signature: that the platform’s key made it, and that it is about this very content. */
export const verifyReport = async (report: TestReportView, { keys }: PublicKeys): Promise<Verdict> => {
  const { status: _, finished, ...shown } = report;
  if (!finished) return 'not-genuine';
  const digest = await sha256Of(new Blob([JSON.stringify(shown)]));
  if (digest === undefined) return 'cannot-check';
  const [header = '', payload = '', signature = ''] = finished.signature.split('.');
  const { alg, typ, kid } = jsonIn(header) as { alg?: unknown; typ?: unknown; kid?: unknown };
  const key = keys.find((each) => each.kid === kid);
  if (alg !== 'EdDSA' || typ !== reportType || !key) return 'not-genuine';
  const imported = await keyOf(key);
  if (!imported) return 'cannot-check';
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  if (!(await crypto.subtle.verify('Ed25519', imported, bytesIn(signature), signed))) return 'not-genuine';
  const statement = jsonIn(payload) as Partial<ReportStatement>;
  return statement.bookingId === report.bookingId && statement.digest === digest && finished.digest === digest
    ? 'genuine'
    : 'not-genuine';
};

/** Browsers from before 2025 know no Ed25519. */
const keyOf = async ({ kty, crv, x }: PublicKeys['keys'][number]): Promise<CryptoKey | undefined> => {
  try {
    return await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined;
    throw error;
  }
};

const bytesIn = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

const jsonIn = (base64url: string): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytesIn(base64url))) ?? {};
  } catch {
    return {};
  }
};
