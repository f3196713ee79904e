import { describe, expect, it } from 'vitest';
import { readConfig, serviceConfig } from './config.ts';

const usable = {
  PORT: '8081',
  MONGODB_URL: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  JWKS_URL: 'http://127.0.0.1:8082/api/auth/jwks',
};

describe('the configuration', () => {
  it('has defaults for what need not be said', () =>
    expect(readConfig(serviceConfig, usable)).toMatchObject({
      PORT: 8081,
      HOST: '127.0.0.1',
      TOKEN_AUDIENCE: 'umuhuza',
      LOG_LEVEL: 'info',
    }));
  it('names every variable that is wrong, in one line', () => {
    const start = () => readConfig(serviceConfig, { ...usable, PORT: 'eighty', MONGODB_URL: 'postgres://here' });
    expect(start).toThrow(/PORT: .*MONGODB_URL: expected an address like mongodb:/);
    expect(start).not.toThrow(/\n/);
  });
});
