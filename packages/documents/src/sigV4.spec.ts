import { describe, expect, it } from 'vitest';
import { isSignedBy, type Signed } from './sigV4.fixture.ts';

/** The examples of the description itself, with its key. */
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const signed = (signedHeaders: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
const common = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': nothing };
const getObject: Signed = {
  method: 'GET',
  target: '/test.txt',
  headers: {
    ...common,
    range: 'bytes=0-9',
    authorization: signed(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
  body: Buffer.alloc(0),
};
const listObjects: Signed = {
  method: 'GET',
  target: '/?max-keys=2&prefix=J',
  headers: {
    ...common,
    authorization: signed(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ),
  },
  body: Buffer.alloc(0),
};

describe('the signature that the stand-in asks for', () => {
  it('is the one of the published examples', () => {
    expect(isSignedBy(secret, getObject)).toBe(true);
    expect(isSignedBy(secret, listObjects)).toBe(true);
  });
  it('is of one secret, one request and one content', () => {
    expect(isSignedBy('another', getObject)).toBe(false);
    expect(isSignedBy(secret, { ...getObject, method: 'DELETE' })).toBe(false);
    expect(isSignedBy(secret, { ...getObject, target: '/other.txt' })).toBe(false);
    expect(isSignedBy(secret, { ...getObject, body: Buffer.from('x') })).toBe(false);
    expect(isSignedBy(secret, { ...getObject, headers: { ...getObject.headers, range: 'bytes=0-10' } })).toBe(false);
    expect(isSignedBy(secret, { ...listObjects, target: '/?max-keys=3&prefix=J' })).toBe(false);
    expect(isSignedBy(secret, { ...getObject, headers: common })).toBe(false);
  });
});
