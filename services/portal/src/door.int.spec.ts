import { connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createMetrics } from '@umuhuza/service/metrics';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { problemOf, publicUrl, startDoors, statusOf } from './door.fixture.ts';

const doors = await startDoors();
const { tenders, others, openDoor } = doors;
afterEach(doors.close);
afterAll(doors.stop);

describe('the way through the door', () => {
  it('leads each address to its service, with the path and the question as they were', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/tenders/t%201?mine=true&cpv=72`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"v1"');
    expect(tenders.heard.map(({ url }) => url)).toEqual(['/api/tenders/t%201?mine=true&cpv=72']);
    await fetch(`${door}/api/auth/get-session`);
    expect(others.heard.map(({ url }) => url)).toEqual(['/api/auth/get-session']);
  });

  it('passes bodies, keys and tags on', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/tenders/t1`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1', 'if-match': '"v0"', authorization: 'Bearer t' },
      body: JSON.stringify({ title: 'x'.repeat(100_000) }),
    });
    expect(await answer.json()).toEqual({ got: 100_012 });
    expect(tenders.heard[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      'if-match': '"v0"',
      authorization: 'Bearer t',
    });
  });

  it('gives back the service’s own refusals as they are', async () => {
    const door = await openDoor();
    tenders.answer = (_req, res) => {
      res.writeHead(412, { 'Content-Type': 'application/problem+json' }).end('{"type":"/problems/stale-version"}');
    };
    const answer = await fetch(`${door}/api/tenders/t1`, { method: 'PATCH', body: '{}' });
    expect(answer.status).toBe(412);
    expect(await problemOf(answer)).toEqual({ type: '/problems/stale-version' });
  });

  it('ends with a named refusal where there is no service', async () => {
    const door = await openDoor();
    for (const path of ['/api/nothing', '/api', '/metrics', '/api/tenders/%2e%2e/metrics', '/problems/nothing']) {
      const answer = await fetch(door + path, { headers: { accept: 'application/json' } });
      expect(answer.status, path).toBe(404);
      expect((await problemOf(answer)).type).toBe('/problems/not-found');
    }
    expect(tenders.heard).toEqual([]);
  });

  it('tells a person in words that a page is not there', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/nothing`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is nothing here');
  });
});

describe('what the door says of a request', () => {
  it('is an id of its own, told to the service and to the client alike', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/tenders`, { headers: { 'x-request-id': 'forged-by-client' } });
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(tenders.heard[0]?.headers['x-request-id']).toBe(id);
  });

  it('is the true address of the client, unless a proxy in front is trusted', async () => {
    const forged = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    await fetch(`${await openDoor()}/api/tenders`, { headers: forged });
    await fetch(`${await openDoor({ trustProxy: ['loopback'] })}/api/tenders`, { headers: forged });
    expect(tenders.heard.map(({ headers }) => headers['x-forwarded-for'])).toEqual(['127.0.0.1', '198.51.100.9']);
    for (const { headers } of tenders.heard)
      expect(headers).toMatchObject({ 'x-forwarded-host': 'umuhuza.example', 'x-forwarded-proto': 'https' });
  });

  it('is a refusal of the usual form even where no request can be read', async () => {
    const { port } = new URL(await openDoor());
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NOT HTTP AT ALL\r\n\r\n'));
      let heard = '';
      socket.on('data', (data) => {
        heard += data;
      });
      socket.once('end', () => resolve(heard));
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('/problems/invalid-request');
  });

  it('is the instance of every refusal', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/nothing`);
    expect((await problemOf(answer)).instance).toBe(answer.headers.get('x-request-id'));
  });
});

describe('the pages', () => {
  it('come compressed; their files stay for a year, the page itself is asked for each time', async () => {
    const door = await openDoor();
    const page = await fetch(`${door}/`, { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toContain('<title>Umuhuza</title>');
    expect(await statusOf(door, { 'accept-encoding': 'br', 'if-none-match': page.headers.get('etag') ?? '' })).toBe(304);
    const style = await fetch(`${door}/assets/style-1.css`);
    expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(style.headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('come with a service worker that is asked for each time, and taken back where that is wanted', async () => {
    const worker = await fetch(`${await openDoor()}/service-worker.js`);
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(worker.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(await worker.text()).toBe('keepShell()');
    expect(await (await fetch(`${await openDoor({ keepsShell: false })}/service-worker.js`)).text()).toBe('giveUpShell()');
  });

  it('are where the links in mails lead', async () => {
    const answer = await fetch(`${await openDoor()}/tenders/t-1`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/#/tenders/t-1');
  });

  it('are led to the one name that cookies know, on the same machine', async () => {
    const door = await openDoor({ publicUrl: 'http://localhost:8080' });
    const status = (host: string) => statusOf(door, { host });
    expect(await status('127.0.0.1:8080')).toBe(302);
    expect(await status('localhost:8080')).toBe(200);
    expect(await status('umuhuza.example')).toBe(200);
  });

  it('explain each refusal to people and to programs', async () => {
    const door = await openDoor();
    const page = await fetch(`${door}/problems/too-close-to-deadline`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('The deadline is too close for this change');
    const data = await fetch(`${door}/problems/service-away`, { headers: { accept: 'application/json' } });
    expect(await data.json()).toMatchObject({
      problems: [{ type: '/problems/service-away', title: 'A part of the platform is away', parts: ['Everywhere'] }],
    });
    const index = await (await fetch(`${door}/problems`, { headers: { accept: 'text/html' } })).text();
    for (const name of ['service-away', 'slot-full', 'no-such-interest', 'wrong-code'])
      expect(index).toContain(`/problems/${name}"`);
  });
});

describe('the description of the interface', () => {
  it('is valid OpenAPI 3.1 and covers every service and the way in', async () => {
    const answer = await fetch(`${await openDoor()}/openapi.json`);
    const document = (await answer.json()) as { paths: Record<string, unknown>; servers: unknown };
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
    expect(document.servers).toEqual([{ url: publicUrl }]);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/auth/token',
        '/api/identity/me',
        '/api/profiles/mine',
        '/api/matching/mine',
        '/api/sandbox/bookings/{id}',
        '/api/tenders/{id}/bids/mine',
        '/api/notifications/stream',
        '/readyz',
      ]),
    );
  });
});

describe('what the door remembers of requests', () => {
  it('counts them by service, but never those that would tell of sealed bids', async () => {
    const metrics = createMetrics('portal');
    const door = await openDoor({ metrics });
    await fetch(`${door}/api/tenders/t1`);
    await fetch(`${door}/api/tenders/t1/bids/mine`, { method: 'PUT', body: '{}' });
    await fetch(`${door}/api/tenders/t1/bids/mine/`, { method: 'DELETE' });
    const lines = (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('http_request_duration_seconds_count'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('method="GET"');
    expect(lines[0]).toContain('route="/api/tenders"');
  });
});
