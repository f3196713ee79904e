import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { problemOf, publicUrl, startDoors, unlimited } from './door.fixture.ts';

const doors = await startDoors();
const { tenders, others, openDoor } = doors;
afterEach(doors.close);
afterAll(doors.stop);

describe('budgets', () => {
  it('end in a named refusal that says when to come back', async () => {
    const door = await openDoor({ budgets: { ...unlimited, read: 2 } });
    const first = await fetch(`${door}/api/tenders`);
    expect(first.headers.get('ratelimit')).toContain('r=1');
    expect(first.headers.get('ratelimit-policy')).toContain('q=2');
    await fetch(`${door}/api/tenders`);
    const third = await fetch(`${door}/api/tenders`);
    expect(third.status).toBe(429);
    expect((await problemOf(third)).type).toBe('/problems/too-many-requests');
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('are each token’s own, and reading leaves the budget for writing alone', async () => {
    const door = await openDoor({ budgets: { ...unlimited, read: 1, write: 1 } });
    const status = async (token: string, method: string) =>
      (await fetch(`${door}/api/tenders`, { method, headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status('a', 'GET')).toBe(200);
    expect(await status('a', 'GET')).toBe(429);
    expect(await status('a', 'POST')).toBe(200);
    expect(await status('b', 'GET')).toBe(200);
  });

  it('of an address are not widened by made-up tokens', async () => {
    const door = await openDoor({ budgets: { ...unlimited, read: 1, address: 3 } });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1)
      statuses.push((await fetch(`${door}/api/tenders`, { headers: { authorization: `Bearer made-up-${n}` } })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('for signing in are small', async () => {
    const door = await openDoor({ budgets: { ...unlimited, signIn: 1, write: 100 } });
    const signIn = async () => (await fetch(`${door}/api/auth/sign-in/email`, { method: 'POST', body: '{}' })).status;
    expect(await signIn()).toBe(200);
    expect(await signIn()).toBe(429);
    expect((await fetch(`${door}/api/auth/sign-out`, { method: 'POST' })).status).toBe(200);
  });
});

describe('other sites', () => {
  it.each([
    ['a form of another site', { origin: 'https://evil.example' }],
    ['a hidden origin', { origin: 'null' }],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('cannot make a browser change anything: %s', async (_, headers: Record<string, string>) => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/auth/sign-out`, { method: 'POST', headers });
    expect(answer.status).toBe(403);
    const problem = await problemOf(answer);
    expect(problem.type).toBe('/problems/cross-site-request');
    expect(problem.detail).toContain('https://umuhuza.example');
    expect(others.heard).toEqual([]);
  });

  it('are not the platform’s own pages, nor programs', async () => {
    const door = await openDoor();
    const post = async (headers: Record<string, string>) =>
      (await fetch(`${door}/api/auth/sign-out`, { method: 'POST', headers })).status;
    expect(await post({ origin: publicUrl, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await post({})).toBe(200);
  });

  it('get no answer opened to them by a service', async () => {
    const door = await openDoor();
    tenders.answer = (_req, res) => void res.setHeader('Access-Control-Allow-Origin', '*').end('{}');
    const answer = await fetch(`${door}/api/tenders`, { headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what protects those who read', () => {
  it('is a policy that lets nothing in but the platform’s own files', async () => {
    const door = await openDoor();
    for (const path of ['/', '/problems', '/api/tenders', '/nothing']) {
      const { headers } = await fetch(door + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('asks for TLS only where the public address has it', async () => {
    const secure = await fetch(`${await openDoor()}/`);
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000');
    const plain = await fetch(`${await openDoor({ publicUrl: 'http://umuhuza.example' })}/`);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });

  it('keeps private answers out of every store', async () => {
    const answer = await fetch(`${await openDoor()}/api/tenders`);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});
