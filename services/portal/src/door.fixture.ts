import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '@umuhuza/contracts/problem';
import { type Listening, listen } from '@umuhuza/service/listen';
import { createLogger } from '@umuhuza/service/logger';
import { createMetrics } from '@umuhuza/service/metrics';
import { expect } from 'vitest';
import { createApp, type Door } from './app.ts';
import { refuseBrokenRequests } from './door/brokenRequests.ts';
import { createOpenStreams } from './door/openStreams.ts';
import { serviceNames, type Targets } from './door/services.ts';
import { compressed, toPages } from './pages/assets.ts';

type Heard = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] };
export type Upstream = { readonly url: string; readonly server: Server; readonly heard: Heard[]; answer: RequestListener };

export const readAll = async (req: IncomingMessage): Promise<Buffer> => Buffer.concat(await req.toArray());

export const ready: RequestListener = async (req, res) => {
  const body = await readAll(req).catch(() => undefined);
  // The door broke the request off.
  if (!body) return;
  if (req.url === '/readyz') return void res.setHeader('Content-Type', 'application/json').end('{"status":"ready"}');
  res.setHeader('Content-Type', 'application/json').setHeader('ETag', '"v1"').setHeader('Cache-Control', 'private, no-cache');
  res.end(JSON.stringify({ got: body.length }));
};

/** A service as small as can be: it remembers what it heard and answers as the test says. */
export const startUpstream = async (port = 0): Promise<Upstream> => {
  const heard: Heard[] = [];
  const server = createServer((req, res) => {
    heard.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers });
    upstream.answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const upstream: Upstream = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, heard, answer: ready };
  return upstream;
};

export const stopped = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export const unlimited = { read: 0, write: 0, signIn: 0, address: 0, windowSeconds: 60 };
export const publicUrl = 'https://umuhuza.example';

/** By Node's own client: fetch sets `Host` and the headers of caches itself. */
export const statusOf = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve) => {
    request(url, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).end();
  });

export const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await answer.json()) as Problem;
};

/** Doors before two services: that of the tenders, and one that stands for all others. */
export const startDoors = async () => {
  const [tenders, others] = await Promise.all([startUpstream(), startUpstream()]);
  const doors: Listening[] = [];
  const pages = toPages(
    new Map([
      ['/', await compressed(Buffer.from('<!doctype html><title>Umuhuza</title>'.repeat(50)))],
      ['/assets/style-1.css', await compressed(Buffer.from('body{}'))],
      ['/service-worker.js', await compressed(Buffer.from('keepShell()'))],
      ['/service-worker-off.js', await compressed(Buffer.from('giveUpShell()'))],
    ]),
  );
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
  return {
    tenders,
    others,
    pages,
    openDoor,
    /** Those that are open. */
    listening: doors as readonly Listening[],
    /** After each test. */
    close: async (): Promise<void> => {
      for (const door of doors.splice(0)) await stopped(door.server);
      for (const upstream of [tenders, others]) {
        upstream.answer = ready;
        upstream.heard.length = 0;
      }
    },
    stop: async (): Promise<void> => {
      await Promise.all([stopped(tenders.server), stopped(others.server)]);
    },
  };
};
