import { readConfig } from '@umuhuza/service/config';
import { describe, expect, it } from 'vitest';
import { portalConfig } from './config.ts';

const addresses = {
  PORT: '8080',
  IDENTITY_URL: 'http://127.0.0.1:8101',
  PROFILES_URL: 'http://127.0.0.1:8102',
  MATCHING_URL: 'http://127.0.0.1:8103',
  SANDBOX_URL: 'http://127.0.0.1:8104',
  TENDERS_URL: 'http://127.0.0.1:8105',
  NOTIFICATIONS_URL: 'http://127.0.0.1:8106',
};
const read = (more: Record<string, string> = {}) => readConfig(portalConfig, { ...addresses, ...more });

describe('the door’s configuration', () => {
  it('needs the address of each service and nothing else', () => {
    expect(read()).toMatchObject({
      PORT: 8080,
      PUBLIC_URL: 'http://localhost:8080',
      TENDERS_URL: 'http://127.0.0.1:8105',
      RATE_LIMIT_READ: 600,
      RATE_LIMIT_SIGN_IN: 60,
    });
    expect(read().METRICS_PORT).toBeUndefined();
  });

  it('names the service whose address is missing', () => {
    expect(() => readConfig(portalConfig, { ...addresses, TENDERS_URL: undefined })).toThrow('TENDERS_URL');
  });

  it('takes proxies in front as their number or their addresses', () => {
    expect(read({ TRUST_PROXY: '1' }).TRUST_PROXY).toBe(1);
    expect(read({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).TRUST_PROXY).toEqual(['loopback', '10.0.0.0/8']);
  });

  it('refuses to trust everybody', () => {
    expect(() => read({ TRUST_PROXY: 'true' })).toThrow('TRUST_PROXY');
  });
});
