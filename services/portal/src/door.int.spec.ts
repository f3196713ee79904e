import { createServer, type IncomingMessage, type RequestListener, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Problem } from '@umuhuza/contracts/problem';
import { type Listening, listen } from '@umuhuza/service/listen';
import { createLogger } from '@umuhuza/service/logger';
import { createMetrics } from '@umuhuza/service/metrics';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type Door } from './app.ts';
import { refuseBrokenRequests } from './door/brokenRequests.ts';
import { createOpenStreams } from './door/openStreams.ts';
import { serviceNames, type Targets } from './door/services.ts';
import { compressed, type Pages, toPages } from './pages/assets.ts';

type Heard = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] };
type Upstream = { readonly url: string; readonly server: Server; readonly heard: Heard[]; answer: RequestListener };

const readAll = async (req: IncomingMessage): Promise<Buffer> => Buffer.concat(await req.toArray());

const ready: RequestListener = async (req, res) => {
  const body = await readAll(req).catch(() => undefined);
  // The door broke the request off.
  if (!body) return;
  if (req.url === '/readyz') return void res.setHeader('Content-Type', 'application/json').end('{"status":"ready"}');
  res.setHeader('Content-Type', 'application/json').setHeader('ETag', '"v1"').setHeader('Cache-Control', 'private, no-cache');
  res.end(JSON.stringify({ got: body.length }));
};

/** A service as small as can be: it remembers what it heard and answers as the test says. */
const startUpstream = async (port = 0): Promise<Upstream> => {
  const heard: Heard[] = [];
  const server = createServer((req, res) => {
    heard.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers });
    upstream.answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const upstream: Upstream = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, heard, answer: ready };
  return upstream;
};

const stopped = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

let tenders: Upstream;
let others: Upstream;
let pages: Pages;
const doors: Listening[] = [];
const unlimited = { read: 0, write: 0, signIn: 0, address: 0, windowSeconds: 60 };
const publicUrl = 'https://umuhuza.example';

const openDoor = async (options: Partial<Door> = {}): Promise<string> => {
  const targets = Object.fromEntries(
    serviceNames.map((name) => [name, name === 'tenders' ? tenders.url : others.url]),
  ) as Targets;
  const app = createApp({
    targets,
    publicUrl,
    budgets: unlimited,
    pages: Promise.resolve(pages),
    streams: createOpenStreams(),
    metrics: createMetrics('portal'),
    logger: createLogger('portal', 'silent'),
    restartsWithin: 0,
    ...options,
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  refuseBrokenRequests(listening.server);
  doors.push(listening);
  return `http://127.0.0.1:${listening.port}`;
};

/** By Node's own client: fetch sets `Host` and the headers of caches itself. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve) => {
    request(url, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).end();
  });

const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await answer.json()) as Problem;
};

beforeAll(async () => {
  tenders = await startUpstream();
  others = await startUpstream();
  pages = toPages(
    new Map([
      ['/', await compressed(Buffer.from('<!doctype html><title>Umuhuza</title>'.repeat(50)))],
      ['/assets/style-1.css', await compressed(Buffer.from('body{}'))],
      ['/service-worker.js', await compressed(Buffer.from('keepShell()'))],
      ['/service-worker-off.js', await compressed(Buffer.from('giveUpShell()'))],
    ]),
  );
});
afterEach(async () => {
  for (const door of doors.splice(0)) await stopped(door.server);
  for (const upstream of [tenders, others]) {
    upstream.answer = ready;
    upstream.heard.length = 0;
  }
});
afterAll(() => Promise.all([stopped(tenders.server), stopped(others.server)]));

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

describe('live streams', () => {
  it('come through piece by piece, from the moment they open', async () => {
    const door = await openDoor();
    let stream: ServerResponse | undefined;
    others.answer = (_req, res) => {
      stream = res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream.flushHeaders();
    };
    const answer = await fetch(`${door}/api/notifications/stream`);
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    stream?.write('data: first\n\n');
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: first\n\n');
    stream?.write('data: second\n\n');
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: second\n\n');
    await reader?.cancel();
  });

  it('end at the service when the client leaves', async () => {
    const door = await openDoor();
    let left = false;
    others.answer = (_req, res) => {
      res.once('close', () => {
        left = true;
      });
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    };
    const leaving = new AbortController();
    await fetch(`${door}/api/notifications/stream`, { signal: leaving.signal });
    leaving.abort();
    await eventually(() => expect(left).toBe(true));
  });

  it('may be silent for longer than a service may leave a question unanswered', async () => {
    const door = await openDoor({ patience: 500 });
    let stream: ServerResponse | undefined;
    others.answer = (_req, res) => {
      stream = res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream.flushHeaders();
      setTimeout(() => res.end('data: late\n\n'), 1_500);
    };
    const answer = await fetch(`${door}/api/notifications/stream`);
    expect(await answer.text()).toBe('data: late\n\n');
  });

  it('end when the door stops, so that it can', async () => {
    const streams = createOpenStreams();
    const door = await openDoor({ streams });
    others.answer = (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const answer = await fetch(`${door}/api/notifications/stream`);
    streams.stop();
    expect(await answer.text()).toBe('');
    await doors[0]?.stop();
  });
});

describe('bodies', () => {
  it('over the limit are refused by their stated length before the service hears of them', async () => {
    const door = await openDoor({ maxBody: 1_000 });
    const answer = await fetch(`${door}/api/tenders`, { method: 'POST', body: 'x'.repeat(1_001) });
    expect(answer.status).toBe(413);
    expect((await problemOf(answer)).type).toBe('/problems/body-too-large');
    expect(tenders.heard).toEqual([]);
  });

  it('that hide their length are cut off at the limit', async () => {
    const door = await openDoor({ maxBody: 100_000 });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${door}/api/tenders`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      });
      sending.once('error', reject);
      for (let part = 0; part < 20; part += 1) sending.write('x'.repeat(10_000));
      sending.end();
    });
    expect(status).toBe(413);
  });

  it('of six megabytes fit', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/tenders/import`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024) });
    expect(await answer.json()).toEqual({ got: 6 * 1024 * 1024 });
    expect((await fetch(`${door}/api/tenders/import`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) })).status).toBe(
      413,
    );
  });
});

describe('files', () => {
  const megabytes = (n: number) => 'x'.repeat(n * 1024 * 1024);
  const send = async (door: string, path: string, body: string) =>
    fetch(`${door}/api/tenders/t1${path}`, { method: 'POST', body, headers: { 'content-type': 'application/pdf' } });

  it('of twenty megabytes fit where a file is expected, and nowhere else', async () => {
    const door = await openDoor();
    for (const path of [
      '/documents?name=a.pdf',
      '/bids/mine/documents?name=a.pdf',
      '/lots/build/contract/milestones/design/documents?name=a.pdf',
    ]) {
      expect(await (await send(door, path, megabytes(20))).json()).toEqual({ got: 20 * 1024 * 1024 });
      expect((await send(door, path, `${megabytes(20)}x`)).status).toBe(413);
    }
    for (const path of ['/questions', '/documents/x', '/bids/mine'])
      expect((await send(door, path, megabytes(7))).status).toBe(413);
  });
});

describe('a service that is away', () => {
  const away = { ...Object.fromEntries(serviceNames.map((name) => [name, 'http://127.0.0.1:1'])) } as Targets;

  it('is named in words, and the rest goes on', async () => {
    const door = await openDoor({ targets: { ...away, tenders: tenders.url } });
    const answer = await fetch(`${door}/api/matching/mine`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    const problem = await problemOf(answer);
    expect(problem.type).toBe('/problems/service-away');
    expect(problem.detail).toContain('Matching cannot be reached');
    expect((await fetch(`${door}/api/tenders`)).status).toBe(200);
  });

  it('counts as away when it does not answer in time', async () => {
    const door = await openDoor({ patience: 50 });
    tenders.answer = () => undefined;
    expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
  });

  it('may close a kept connection without a reader noticing', async () => {
    const door = await openDoor();
    const served = new WeakSet<object>();
    tenders.answer = (req, res) => {
      if (served.has(req.socket)) return void req.socket.destroy();
      served.add(req.socket);
      res.end('{}');
    };
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(`${door}/api/tenders`);
      expect(answer.status).toBe(200);
      await answer.text();
    }
  });

  it('is waited for while it is restarted, and nothing is sent twice', async () => {
    const restarting = await startUpstream();
    const door = await openDoor({ targets: { ...away, tenders: restarting.url }, restartsWithin: 60_000 });
    expect((await fetch(`${door}/api/tenders`)).status).toBe(200);
    await stopped(restarting.server);
    const asked = Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0
        ? fetch(`${door}/api/tenders?n=${n}`)
        : fetch(`${door}/api/tenders`, { method: 'POST', body: `body ${n}`, headers: { 'x-n': `${n}` } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = await startUpstream(Number(new URL(restarting.url).port));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    expect(again.heard).toHaveLength(20);
    await stopped(again.server);
  });

  it('is not waited for any more once it stayed away for long', async () => {
    const door = await openDoor({ targets: away, restartsWithin: 300 });
    expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
    const begun = performance.now();
    for (let n = 0; n < 10; n += 1) expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  describe('that breaks off before it answers', () => {
    /** Breaks off the first time it hears a question, and answers the second time with what it got. */
    const breaksOffOnce = () => {
      const broken = new Set<string>();
      tenders.answer = async (req, res) => {
        const body = await readAll(req).catch(() => undefined);
        const key = String(req.headers['idempotency-key'] ?? req.url);
        if (!body || !broken.has(key)) {
          broken.add(key);
          return void req.socket.destroy();
        }
        res.end(body);
      };
    };
    const post = (door: string, headers: Record<string, string>, body = 'a command') =>
      fetch(`${door}/api/tenders`, { method: 'POST', body, headers });

    it('is asked again by a reader', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await fetch(`${door}/api/tenders?read`)).status).toBe(200);
    });
    it('gets a command with a key again, whole', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      const body = 'x'.repeat(200_000);
      const answer = await post(door, { 'idempotency-key': 'one' }, body);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(body);
    });
    it('gets a command without a key once only, since it may have done it', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await post(door, {})).status).toBe(503);
      expect(tenders.heard).toHaveLength(1);
    });
    it('gets a command that is too large to be kept once only', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await post(door, { 'idempotency-key': 'large' }, 'x'.repeat(300_000))).status).toBe(503);
      expect(tenders.heard).toHaveLength(1);
    });
    it('each time is not asked for ever', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      tenders.answer = (req) => void req.socket.destroy();
      expect((await post(door, { 'idempotency-key': 'fatal' })).status).toBe(503);
      expect(tenders.heard).toHaveLength(4);
    });
  });

  it('that breaks off amid an answer breaks it off for the client too, rather than passing a part for the whole', async () => {
    const door = await openDoor();
    tenders.answer = (_req, res) => {
      res.writeHead(200, { 'Content-Length': '1000' });
      res.write('half', () => res.destroy());
    };
    await expect(fetch(`${door}/api/tenders`).then((answer) => answer.text())).rejects.toThrow();
  });

  it('is what /readyz names, and what /livez does not care for', async () => {
    const some = await openDoor({ targets: { ...away, tenders: tenders.url } });
    const answer = await fetch(`${some}/readyz`);
    expect(answer.status).toBe(503);
    const problem = await problemOf(answer);
    expect(problem.type).toBe('/problems/not-ready');
    expect(problem.detail).toContain('matching (not reachable)');
    expect(problem.detail).not.toContain('tenders');
    expect((await fetch(`${some}/livez`)).status).toBe(200);
  });

  it('is missed by nobody when all are there', async () => {
    const answer = await fetch(`${await openDoor()}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: 'ready',
      services: Object.fromEntries(serviceNames.map((name) => [name, 'ready'])),
    });
  });

  it('says through /readyz what it lacks itself', async () => {
    tenders.answer = (_req, res) => {
      res.writeHead(503, { 'Content-Type': 'application/problem+json' }).end('{"detail":"Missing: MongoDB"}');
    };
    const answer = await fetch(`${await openDoor()}/readyz`);
    expect((await problemOf(answer)).detail).toBe('Missing: tenders (MongoDB)');
  });
});

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
