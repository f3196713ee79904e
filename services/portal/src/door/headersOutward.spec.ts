import { describe, expect, it } from 'vitest';
import { headersOutward } from './headersOutward.ts';

describe('what a client gets to read of an answer’s headers', () => {
  it('is kept by nobody on the way when it is private, or when nothing is said', () => {
    expect(headersOutward({ 'cache-control': 'private, no-cache', etag: '"1"' })).toEqual({
      'cache-control': 'private, no-store',
      etag: '"1"',
    });
    expect(headersOutward({})).toEqual({ 'cache-control': 'private, no-store' });
  });

  it('keeps the rule of what is public, unless a cookie comes with it', () => {
    const publicPart = { 'cache-control': 'no-cache', vary: 'Authorization', etag: '"1"' };
    expect(headersOutward(publicPart)).toEqual(publicPart);
    expect(headersOutward({ 'cache-control': 'max-age=60', 'set-cookie': ['a=b'] })['cache-control']).toBe('private, no-store');
  });

  it('tells nothing of what stands behind the door, and opens it to no other site', () => {
    const passed = headersOutward({
      server: 'x',
      'x-powered-by': 'y',
      connection: 'keep-alive',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      'access-control-allow-origin': '*',
      'x-request-id': 'theirs',
      'content-type': 'application/json',
    });
    expect(Object.keys(passed).sort()).toEqual(['cache-control', 'content-type']);
  });
});
