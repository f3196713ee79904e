import { readConfig } from '@umuhuza/service/config';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { describe, expect, it } from 'vitest';
import { tendersConfig } from './config.ts';

const key = () => newKey().toString('base64url');
const usable = {
  PORT: '8081',
  MONGODB_URL: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  JWKS_URL: 'http://127.0.0.1:8082/api/auth/jwks',
  SEALING_KEYS: `new:${key()},old:${key()}`,
  POST_KEYS: `post:${key()}`,
};
const read = (more: Record<string, string> = {}) => readConfig(tendersConfig, { ...usable, ...more });

describe('the configuration of the tenders', () => {
  it('names the key-encryption keys, the newest first', () => expect(read().SEALING_KEYS.newest).toBe('new'));
  it('is not usable without them, and does not say what was given for them', () => {
    for (const name of ['SEALING_KEYS', 'POST_KEYS'] as const) {
      const { [name]: _, ...others } = usable;
      expect(() => readConfig(tendersConfig, others)).toThrow(name);
      const wrong = () => read({ [name]: 'k1:not-a-key' });
      expect(wrong).toThrow(`${name}: expected key-encryption keys`);
      expect(wrong).not.toThrow(/not-a-key/);
    }
  });
  it('keeps documents in the database unless it names a bucket', () => {
    expect(read().S3_URL).toBeUndefined();
    expect(read({ S3_URL: 'https://key:s%2Fcret@s3.example.org:9000/documents?region=eu-central-1' }).S3_URL).toEqual({
      endpoint: 'https://s3.example.org:9000',
      bucket: 'documents',
      region: 'eu-central-1',
      accessKeyId: 'key',
      secretAccessKey: 's/cret',
    });
    for (const wrong of ['ftp://a:b@c/d', 'https://s3.example.org/documents', 'https://key:secret@s3.example.org/', 'no address'])
      expect(() => read({ S3_URL: wrong })).toThrow(/S3_URL: expected https/);
  });
});
