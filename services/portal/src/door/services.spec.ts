import { describe, expect, it } from 'vitest';
import { serviceOf } from './services.ts';

describe('which part of the platform an address belongs to', () => {
  it.each([
    ['/api/tenders', 'tenders'],
    ['/api/tenders/t1/bids/mine', 'tenders'],
    ['/api/identity/me', 'identity'],
    ['/api/auth/sign-in/email', 'identity'],
  ])('%s belongs to %s', (path, service) => {
    expect(serviceOf(path)).toBe(service);
  });

  it.each([
    '/api',
    '/api/',
    '/api/unknown',
    '/api/tenderss',
    '/api/constructor/x',
    '/metrics',
    '/api/tenders/../../metrics',
    '/api/tenders/%2e%2E/x',
    '//api/tenders',
  ])('%s belongs to none', (path) => {
    expect(serviceOf(path)).toBeUndefined();
  });
});
