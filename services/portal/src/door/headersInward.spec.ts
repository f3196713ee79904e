import { describe, expect, it } from 'vitest';
import { headersInward } from './headersInward.ts';

const inward = (given: Record<string, string>, service: 'identity' | 'tenders' = 'tenders') =>
  headersInward(given, {
    requestId: 'request-1',
    address: '203.0.113.7',
    publicUrl: new URL('https://umuhuza.example'),
    service,
  });

describe('what a service gets to read of a request', () => {
  it('is the door’s word on where the request came from, whatever the client claims', () => {
    const passed = inward({
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'for=10.0.0.1',
      'x-real-ip': '10.0.0.1',
      'x-request-id': 'forged-request',
      'x-original-url': '/admin',
      'x-umuhuza-caller': 'somebody',
    });
    expect(passed).toMatchObject({
      'x-request-id': 'request-1',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'umuhuza.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
    for (const name of ['forwarded', 'x-real-ip', 'x-original-url', 'x-umuhuza-caller']) expect(passed).not.toHaveProperty(name);
  });

  it('keeps what makes repeating and editing safe', () => {
    const kept = {
      'idempotency-key': 'k1',
      'if-match': '"e1"',
      'if-none-match': '"e2"',
      authorization: 'Bearer t',
      'last-event-id': '7',
    };
    expect(inward(kept)).toMatchObject(kept);
  });

  it('leaves out what is meant for one hop only, also what the client names as such', () => {
    const passed = inward({
      connection: 'keep-alive, X-Trick',
      'x-trick': '1',
      te: 'trailers',
      upgrade: 'websocket',
      expect: '100-continue',
    });
    for (const name of ['connection', 'x-trick', 'te', 'upgrade', 'expect']) expect(passed).not.toHaveProperty(name);
  });

  it('does not let a client name the token or the length of the body as meant for one hop', () => {
    const passed = inward({ connection: 'authorization, content-length', authorization: 'Bearer t', 'content-length': '2' });
    expect(passed).toMatchObject({ authorization: 'Bearer t', 'content-length': '2' });
  });

  it('shows the session’s cookie to the identity service alone', () => {
    expect(inward({ cookie: 'session=1' }, 'identity').cookie).toBe('session=1');
    expect(inward({ cookie: 'session=1' }, 'tenders')).not.toHaveProperty('cookie');
  });

  it('goes on with a trace that is well-formed, and begins one otherwise', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect(inward({ traceparent, tracestate: 'a=b' })).toMatchObject({ traceparent, tracestate: 'a=b' });
    const fresh = inward({ traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01', tracestate: 'a=b' });
    expect(fresh.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(fresh).not.toHaveProperty('tracestate');
  });
});
