import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type Signed = {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whether a request to S3 is signed by this secret and says what was signed: AWS Signature Version 4 after its description
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html), sharing nothing with the client that signs.
 */
export const isSignedBy = (secret: string, { method, target, headers, body }: Signed): boolean => {
  const headerOf = (name: string) => [headers[name]].flat().join(',').trim().replace(/\s+/g, ' ');
  const [, day = '', region = '', service = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8})\/([^/]+)\/(\w+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      headerOf('authorization'),
    ) ?? [];
  const at = headerOf('x-amz-date');
  const sent = headerOf('x-amz-content-sha256');
  if (!signedHeaders.split(';').includes('host') || !at.startsWith(day)) return false;
  if (sent !== 'UNSIGNED-PAYLOAD' && sent !== hash(body)) return false;

  const [path = '', query = ''] = target.split('?');
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const canonical = [
    method,
    path,
    parameters.join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${headerOf(name)}`),
    '',
    signedHeaders,
    sent,
  ].join('\n');
  const scope = [day, region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>(mac, `AWS4${secret}`);
  const expected = mac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), hash(canonical)].join('\n'));
  return signature !== '' && timingSafeEqual(expected, Buffer.from(signature, 'hex'));
};
